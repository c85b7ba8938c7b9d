import type { Position, SourceText } from '../base/position.js';

/** A text that was taken out of a source, and where in the source its parts stand. */
export interface LocatedText {
  readonly text: string;
  at(offset: number, length: number): Position;
}

export function wholeFile(source: SourceText): LocatedText {
  return { text: source.text, at: (offset, length) => ({ source, offset, length }) };
}

/**
 * A scalar's text. In a plain or block scalar on one line offsets are the source's own; where YAML folded lines or wrote escapes the part is
 * searched for as it reads, and when it cannot be found the scalar's beginning answers.
 */
export function scalarText(text: string, position: Position): LocatedText {
  const { source, offset: start, length: extent } = position;
  const begin = [start, start + 1].find((at) => source.text.startsWith(text, at));
  if (begin !== undefined) return { text, at: (offset, length) => ({ source, offset: begin + offset, length }) };
  const end = extent > 0 ? start + extent : Math.min(source.text.length, start + 4 * text.length + 400);
  return {
    text,
    at: (offset, length) => {
      const part = text.slice(offset, offset + length).trimEnd();
      const lead = part === '' ? -1 : nth(source.text.slice(start, end), part, occurrencesBefore(text, part, offset));
      return lead < 0 ? position : { source, offset: start + lead, length: part.length };
    },
  };
}

function occurrencesBefore(text: string, part: string, offset: number): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0 && at < offset; at = text.indexOf(part, at + 1)) count++;
  return count;
}

function nth(text: string, part: string, count: number): number {
  let at = text.indexOf(part);
  for (let left = count; left > 0 && at >= 0; left--) at = text.indexOf(part, at + 1);
  return at;
}
