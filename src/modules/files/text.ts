import { isUtf8 } from 'node:buffer';

/** A text file as lines with their ends, so that what is not edited stays byte for byte. */
export class TextFile {
  private constructor(
    readonly lines: readonly Line[],
    private readonly encoding: 'utf8' | 'latin1',
    /** How an added line ends: as most lines of the file do. */
    readonly lineEnd: '\n' | '\r\n',
  ) {}

  static of(content: Buffer): TextFile {
    // What is no UTF-8 is kept as bytes, one a character.
    const encoding = isUtf8(content) ? 'utf8' : 'latin1';
    const lines = [...content.toString(encoding).matchAll(/([^\n]*?)(\r?\n|$)/g)].map(([, text = '', end = '']) => ({ text, end }));
    // The pattern also finds the nothing behind the last line end.
    if (lines.at(-1)?.text === '' && lines.at(-1)?.end === '') lines.pop();
    const windows = lines.filter((each) => each.end === '\r\n').length;
    return new TextFile(lines, encoding, windows > lines.length / 2 ? '\r\n' : '\n');
  }

  /** Text of the playbook as the characters of this file. */
  foreign(text: string): string {
    return this.encoding === 'utf8' ? text : Buffer.from(text).toString('latin1');
  }

  with(lines: readonly Line[]): TextFile {
    return new TextFile(lines, this.encoding, this.lineEnd);
  }

  get content(): Buffer {
    return Buffer.from(this.lines.map((each) => each.text + each.end).join(''), this.encoding);
  }
}

export interface Line {
  readonly text: string;
  /** `\n`, `\r\n`, or nothing for a last line without one. */
  readonly end: string;
}

/** Lines put in at an index. The line before gets an end where it has none. */
export function insertLines(lines: readonly Line[], at: number, added: readonly Line[], lineEnd: string): Line[] {
  const before = lines.slice(0, at).map((each) => (each.end === '' ? { ...each, end: lineEnd } : each));
  return [...before, ...added, ...lines.slice(at)];
}
