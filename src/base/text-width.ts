import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: wide characters two, combining ones and colour codes none. */
export function textWidth(text: string): number {
  return stringWidth(text);
}

/** Padded with spaces to a width; longer text stays as it is. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The beginning that fits, ended by … where something was cut off. For text without colour codes. */
export function truncateTo(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  // Widths do not always add up (marks that join what stands before them), so what was cut is measured again.
  for (let room = columns - 1; room > 0; room--) {
    const cut = `${splitAt(text, room)[0]}…`;
    if (textWidth(cut) <= columns) return cut;
  }
  return '…';
}

/** Lines of at most `columns`, broken at spaces, within a word only where a word is longer than a line. Line feeds are kept. For text without colour codes. */
export function wrapText(text: string, columns: number): string[] {
  const width = Math.max(1, columns);
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, columns: number): string[] {
  if (textWidth(line) <= columns) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (textWidth(joined) <= columns) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    while (textWidth(current) > columns) {
      const head = breakable(splitAt(current, columns)[0]);
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  if (current !== '' || lines.length === 0) lines.push(current);
  return lines;
}

/** A path, a name or an address is broken after one of its own marks, where that leaves more than half a line. */
function breakable(head: string): string {
  const at = Math.max(...[...'/.-_:;,='].map((mark) => head.lastIndexOf(mark, head.length - 1)));
  return at > head.length / 2 ? head.slice(0, at + 1) : head;
}

/** Splits so that the first part is at most `columns` wide; it has at least one character. */
function splitAt(text: string, columns: number): [string, string] {
  let head = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const wide = textWidth(segment);
    if (head !== '' && used + wide > columns) break;
    head += segment;
    used += wide;
  }
  return [head, text.slice(head.length)];
}
