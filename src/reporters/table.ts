import { padTo, textWidth, wrapText } from '../base/text-width.js';

export interface Column {
  readonly title: string;
  /** Gives way and wraps when the table is too wide; others keep their natural width. */
  readonly flexible: boolean;
}

/** Cells are plain text; `paint` colours a whole padded cell afterwards, so that widths stay right. */
export interface Cell {
  readonly text: string;
  readonly paint?: (padded: string) => string;
}

const GAP = 2;
/** A flexible column narrower than this is not readable. */
const LEAST = 14;

/** Widths for the columns in `available` columns of the terminal; undefined when it cannot be readable. */
export function layOut(columns: readonly Column[], rows: readonly (readonly Cell[])[], available: number): number[] | undefined {
  const natural = columns.map((column, at) =>
    Math.max(textWidth(column.title), ...rows.map((row) => Math.max(...(row[at]?.text ?? '').split('\n').map(textWidth)))),
  );
  const fixed = natural.reduce((sum, width, at) => sum + (columns[at]?.flexible ? 0 : width), 0);
  let left = available - fixed - GAP * (columns.length - 1);
  const widths = [...natural];
  // Narrow columns first: what they do not use is shared among the wider ones.
  const flexible = [...columns.keys()].filter((at) => columns[at]?.flexible).sort((a, b) => (natural[a] ?? 0) - (natural[b] ?? 0));
  for (const [done, at] of flexible.entries()) {
    const share = Math.floor(left / (flexible.length - done));
    widths[at] = Math.min(natural[at] ?? 0, share);
    if ((widths[at] ?? 0) < Math.min(LEAST, natural[at] ?? 0)) return undefined;
    left -= widths[at] ?? 0;
  }
  return left < 0 ? undefined : widths;
}

/** A row's lines: cells wrapped to the widths, side by side, without trailing spaces. */
export function rowLines(cells: readonly Cell[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, at) => wrapText(cell.text, widths[at] ?? 1));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = cells.map((cell, at) => {
      const text = wrapped[at]?.[line] ?? '';
      const last = wrapped.slice(at + 1).every((later) => (later[line] ?? '') === '');
      const padded = last ? text : padTo(text, widths[at] ?? 0);
      return cell.paint ? cell.paint(padded) : padded;
    });
    return parts.join(' '.repeat(GAP)).trimEnd();
  });
}
