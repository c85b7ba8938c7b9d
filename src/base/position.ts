/** Text as it was when it was parsed: excerpts are cut from it, the file is never read again. */
export class SourceText {
  private starts: number[] | undefined;

  constructor(
    /** As the user would type it: relative to the working directory where that is shorter. */
    readonly path: string,
    readonly text: string,
  ) {}

  /** 1-based line and column (in UTF-16 code units) of an offset. */
  lineColumn(offset: number): { line: number; column: number } {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** A line's text without its end, 1-based; undefined past the end. */
  line(number: number): string | undefined {
    const start = this.lineStarts()[number - 1];
    if (start === undefined) return undefined;
    const next = this.lineStarts()[number];
    return this.text.slice(start, next).replace(/\r?\n$/, '');
  }

  private lineStarts(): number[] {
    if (!this.starts) {
      this.starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) this.starts.push(at + 1);
    }
    return this.starts;
  }
}

/** A place in a source: half-open range of offsets. `length` 0 points between characters. */
export interface Position {
  readonly source: SourceText;
  readonly offset: number;
  readonly length: number;
}

/** `file:line:column`, for messages. */
export function formatPosition(position: Position): string {
  const { line, column } = position.source.lineColumn(position.offset);
  return `${position.source.path}:${line}:${column}`;
}
