/** A way of writing characters: `\n`, `%41`, `&amp;`, `'\''`. */
export interface Notation {
  /** It cannot occur in a text without one of these. */
  readonly mark: RegExp;
  /** What stands for one character, or for nothing. */
  readonly token: RegExp;
  /** The same for the middle of a stream: a token that has only begun stops there, in the group `begun`. */
  readonly open: RegExp;
  /** Undefined: it stands for itself. */
  readonly meaning: (token: string) => string | undefined;
}

function notation(mark: RegExp, token: RegExp, begun: RegExp, meaning: Notation['meaning']): Notation {
  return { mark, token: new RegExp(token, 'gi'), open: new RegExp(`(?<begun>(?:${begun.source})$)|${token.source}`, 'gi'), meaning };
}

/** RFC 3986, of UTF-8. */
export const percent = notation(
  /%/,
  /%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3}|%[0-9a-f]{2}/,
  /%[c-f][0-9a-f](?:%[89ab][0-9a-f])*(?:%[89ab]?)?|%[0-9a-f]?/,
  (token) => utf8(token.replaceAll('%', '')),
);

/** Of JSON, YAML and JavaScript strings, `printf %q`, Python's repr, and the shell's own backslash. */
export const backslash = notation(
  /\\/,
  /\\x[c-f][0-9a-f](?:\\x[89ab][0-9a-f]){1,3}|\\3[0-7]{2}(?:\\2[0-7]{2}){1,3}|\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|\\[0-3][0-7]{2}|\\\r?\n[ \t]*|\\[\s\S]/,
  /\\x[c-f][0-9a-f](?:\\x[89ab][0-9a-f])*(?:\\(?:x[89ab]?)?)?|\\3[0-7]{2}(?:\\2[0-7]{2})*(?:\\(?:2[0-7]?)?)?|\\u[0-9a-f]{0,3}|\\u\{[0-9a-f]{0,6}|\\x[0-9a-f]?|\\[0-3][0-7]?|\\\r?\n?[ \t]*/,
  (token) => {
    const [, kind = ''] = token;
    if (/[uU]/.test(kind))
      return token.length > 2 ? String.fromCodePoint(Number.parseInt(token.replace(/[^0-9a-f]/gi, ''), 16)) : undefined;
    if (/[xX]/.test(kind)) return token.length > 2 ? utf8(token.replaceAll(/\\x/gi, '')) : undefined;
    if (/\d/.test(kind)) {
      const octets = token.match(/[0-3][0-7]{2}/g);
      return octets ? utf8(octets.map((each) => Number.parseInt(each, 8).toString(16).padStart(2, '0')).join('')) : undefined;
    }
    if (/[\r\n]/.test(kind)) return '';
    return /[a-z]/i.test(kind) ? CONTROLS[kind] : kind;
  },
);

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', e: '\u001b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A quote within the shell's quotes. */
export const shellQuote = notation(/'/, /'\\''|'"'"'/, /'(?:\\'?|"'?"?)?/, () => "'");

/** Of YAML and SQL. */
export const doubledQuote = notation(/'/, /''/, /'/, () => "'");

/** Of CSV. */
export const doubledDoubleQuote = notation(/"/, /""/, /"/, () => '"');

/** HTML and XML. */
export const entities = notation(/&/, /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);/, /&[#\w]{0,8}/, (token) => {
  const name = token.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return ENTITIES[name];
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
});

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function utf8(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}
