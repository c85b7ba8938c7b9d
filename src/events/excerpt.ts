import { type Position, SourceText } from '../base/position.js';

/** Lines kept on each side of a position: as much as an error shows. */
const CONTEXT = 2;

/** A position that can be stored: where it is, and the lines around it. */
export interface Excerpt {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The number of the first of `lines`. */
  readonly first: number;
  readonly lines: readonly string[];
}

export function toExcerpt(position: Position): Excerpt {
  const { source, offset, length } = position;
  const { line, column } = source.lineColumn(offset);
  const first = Math.max(1, line - CONTEXT);
  const lines: string[] = [];
  for (let number = first; number <= line + CONTEXT; number++) {
    const text = source.line(number);
    if (text === undefined) break;
    lines.push(text);
  }
  return { path: source.path, line, column, length, first, lines };
}

/** A position with the true line and column, in a source of which only the excerpt's lines are there; the others are empty. */
export function fromExcerpt({ path, line, column, length, first, lines }: Excerpt): Position {
  const missing = '\n'.repeat(first - 1);
  const above = lines.slice(0, line - first).map((each) => `${each}\n`);
  const room = lines[line - first]?.length ?? 0;
  return {
    source: new SourceText(path, missing + lines.join('\n')),
    offset: missing.length + above.join('').length + Math.min(column - 1, room),
    length,
  };
}
