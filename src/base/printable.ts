/**
 * Text of a host made harmless for a terminal: escape sequences and other control characters are shown, not obeyed. Line feeds and tabs
 * stay; CR LF is a line feed; direction-changing characters (which can make a line read as another) are shown too.
 */
export function printable(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
