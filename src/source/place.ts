import type { Position, SourceText } from '../base/position.js';

/** A place in a text, and what is around it. */
export class Place {
  readonly lineText: string;
  readonly column: number;
  private readonly number: number;

  constructor(
    readonly source: SourceText,
    readonly offset: number,
  ) {
    const { line, column } = source.lineColumn(offset);
    this.number = line;
    this.column = column - 1;
    this.lineText = source.line(line) ?? '';
  }

  get position(): Position {
    return { source: this.source, offset: this.offset, length: 1 };
  }

  get character(): string {
    return this.source.text[this.offset] ?? '';
  }

  get restOfLine(): string {
    return this.lineText
      .slice(this.column)
      .replace(/\s+#.*$/, '')
      .trim();
  }

  isFirstOfLine(): boolean {
    return this.lineText.slice(0, this.column).trim() === '';
  }

  /** The first word of this line. */
  lineStart(): Position {
    return this.wordOf(this.number);
  }

  nextLine(): Position {
    let number = this.number + 1;
    while (/^\s*(#.*)?$/.test(this.source.line(number) ?? '-')) number++;
    return this.wordOf(number);
  }

  line(): Position {
    const text = this.lineText.trim();
    return { source: this.source, offset: this.offset - this.column + this.lineText.indexOf(text), length: Math.max(1, text.length) };
  }

  /** The value that stands here has its colon on a later line: that line is indented too far. */
  goesOnBelow(): boolean {
    return !/:(\s|$)/.test(this.lineText.slice(this.column));
  }

  valueStart(): number {
    return /^\s*(?:- +)*(?:[\w.-]+:\s+)?/.exec(this.lineText)?.[0].length ?? 0;
  }

  isBracketLeftOpen(): boolean {
    return this.openBracketAt() !== undefined;
  }

  openBracket(): Position {
    return { source: this.source, offset: this.openBracketAt() ?? this.offset, length: 1 };
  }

  /** Where the quote was opened that is closed nowhere. */
  openQuote(quote: string): Position {
    const { text } = this.source;
    let at = this.offset;
    for (let from = this.offset; from > 0; ) {
      const found = text.lastIndexOf(quote, from - 1);
      if (found < 0) break;
      at = found;
      if (/[\s:[{,(-]/.test(text[found - 1] ?? ' ')) break;
      from = found;
    }
    return { source: this.source, offset: at, length: 1 };
  }

  documentMark(): Position {
    const at = this.source.text.lastIndexOf('---', this.offset + 3);
    return { source: this.source, offset: at < 0 ? this.offset : at, length: 3 };
  }

  private openBracketAt(): number | undefined {
    const open: number[] = [];
    const text = this.source.text
      .slice(0, this.offset)
      .replace(/"(?:\\.|[^"\\\n])*"|'[^'\n]*'|(?<=^|\s)#.*$/gm, (part) => ' '.repeat(part.length));
    for (const { 0: bracket, index } of text.matchAll(/(?<=[\s:,[{-]|^)[[{]|[\]}]/gm)) {
      if (bracket === '[' || bracket === '{') open.push(index);
      else open.pop();
    }
    return open.at(-1);
  }

  private wordOf(line: number): Position {
    const text = this.source.line(line) ?? '';
    const indent = /^\s*/.exec(text)?.[0].length ?? 0;
    let start = this.offset - this.column;
    for (let at = this.number; at < line; at++) start = this.source.text.indexOf('\n', start) + 1;
    return { source: this.source, offset: start + indent, length: Math.max(1, /^\S*/.exec(text.slice(indent))?.[0].length ?? 1) };
  }
}
