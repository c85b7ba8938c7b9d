import type { Automaton, Found, Matches } from './automaton.js';
import { SHORTEST } from './derived-forms.js';
import { type Reading, readings } from './readings.js';

export type Range = readonly [start: number, end: number];

export interface Scan {
  /** Half-open, in order, apart from each other: everything that is secret in any reading. */
  readonly covered: readonly Range[];
  /** So many characters at the end may be the beginning of a secret: they wait for what follows. */
  readonly open: number;
  /** So many at the end must be read again together with what follows; `open` of them or more. */
  readonly kept: number;
}

/** A secret that is broken over lines must be so long: two short ends of lines meet by chance. */
const SHORTEST_BROKEN = 8;

/** Looks for secrets in a text as it is written and in every reading of it. `isWhole`: nothing follows. */
export function scan(automaton: Automaton, text: string, isWhole: boolean): Scan {
  const { found, depth } = automaton.scan(text);
  const ranges = found.map(({ start, end }): Range => [start, end]);
  let open = text.length - depth;
  let kept = open;
  for (const reading of readings(text, isWhole)) {
    const matches = automaton.scan(reading.text);
    for (const each of matches.found) if (holdsTogether(each, reading)) ranges.push(written(each, reading));
    if (isWhole) continue;
    const from = Math.min(reading.pending, beginning(matches, reading, text.length));
    kept = Math.min(kept, from);
    // A line that happens to end with a letter or two of a secret is not held back for it.
    if (!reading.gaps || matches.depth >= SHORTEST || !text.includes('\n', from)) open = Math.min(open, from);
  }
  return { covered: joined(ranges), open: text.length - open, kept: text.length - kept };
}

/** Sorted, those that touch made one. */
export function joined(ranges: readonly Range[]): Range[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** What was left out between its characters is where the secret has white space itself, or a line that was full. */
function holdsTogether({ start, end, pattern }: Found, { gaps }: Reading): boolean {
  if (!gaps) return true;
  for (let at = start; at < end; at++) {
    const gap = gaps[at];
    if (gap === 'none' || (at === start && gap !== 'split') || pattern?.gaps?.has(at - start)) continue;
    if (gap === 'space' || end - start < SHORTEST_BROKEN) return false;
  }
  return true;
}

function written({ start, end }: Found, { starts, ends, pending }: Reading): Range {
  return [starts[start] ?? pending, ends[end - 1] ?? pending];
}

function beginning({ depth }: Matches, { text, starts }: Reading, length: number): number {
  return depth === 0 ? length : (starts[text.length - depth] ?? length);
}
