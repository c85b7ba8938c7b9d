import { backslash, doubledDoubleQuote, doubledQuote, entities, type Notation, percent, shellQuote } from './notations.js';

/** A text as another program reads it, and where each character stands in what was written. */
export interface Reading {
  readonly text: string;
  /** Of each character, half-open. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** What was left out before each character; undefined: no reading that leaves anything out. */
  readonly gaps: Gap[] | undefined;
  /** From this offset of what was written on, an escape has only begun. */
  readonly pending: number;
}

/**
 * Nothing or colours; the break of a line that was full; the same within what stands for the character; other white space, which counts only
 * where the secret has some too.
 */
export type Gap = 'none' | 'break' | 'split' | 'space';

type Reader = (text: string, isWhole: boolean) => Reading | undefined;

// ECMA-48: CSI, OSC and two-character sequences.
const ESCAPE = String.raw`\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])`;
/** One that has only begun, at the end of what was read so far. */
const BEGUN_ESCAPE = /\u001b(?:\[[0-?]*[ -/]*|\][^\u0007\u001b]{0,200}\u001b?)?$/;
const SPACE = new RegExp(`(?:\\s|${ESCAPE})+`, 'g');
/** Lines of a diff, a quotation, a YAML block or a table begin with a sign. */
const SIGNED = new RegExp(`(?:\\s|${ESCAPE})*\\n(?:[ \\t]|${ESCAPE})*[-+|>│](?:\\s|${ESCAPE})*|(?:\\s|${ESCAPE})+`, 'g');
/** No terminal and no table column is narrower: what is shorter did not end because it was full. */
const FULL_LINE = 8;

const READERS: readonly Reader[] = [
  (text, isWhole) => (/\s|\u001b/.test(text) ? squeezed(text, SPACE, isWhole) : undefined),
  (text, isWhole) => (/\n(?:[ \t]|\u001b.*?[@-~])*[-+|>│]/.test(text) ? squeezed(text, SIGNED, isWhole) : undefined),
  ...[backslash, percent, entities, shellQuote, doubledQuote, doubledDoubleQuote].map(
    (each): Reader =>
      (text, isWhole) =>
        each.mark.test(text) ? decoded(text, each, isWhole) : undefined,
  ),
];

/** Every reading of a text, and every reading of those: JSON in a URL, a wrapped escape. `isWhole`: no more follows. */
export function* readings(text: string, isWhole: boolean): Iterable<Reading> {
  for (const read of READERS) {
    const first = read(text, isWhole);
    if (!first) continue;
    yield first;
    for (const again of READERS) {
      const second = again(first.text, isWhole);
      if (second) yield composed(first, second);
    }
  }
}

/** Undefined when nothing of the notation is there. */
function decoded(text: string, notation: Notation, isWhole: boolean): Reading | undefined {
  const made = new Made(text);
  for (const found of text.matchAll(isWhole ? notation.token : notation.open)) {
    if (found.groups?.['begun'] !== undefined) return made.until(found.index);
    const meaning = notation.meaning(found[0]);
    if (meaning !== undefined) made.replace(found.index, found[0].length, meaning);
  }
  return made.isOther ? made.until(text.length) : undefined;
}

function squeezed(text: string, left: RegExp, isWhole: boolean): Reading | undefined {
  const made = new Made(text, []);
  const begun = isWhole ? -1 : text.search(BEGUN_ESCAPE);
  const end = begun < 0 ? text.length : begun;
  for (const found of text.slice(0, end).matchAll(left)) {
    const lineBreak = found[0].indexOf('\n');
    const lineStart = text.lastIndexOf('\n', found.index - 1) + 1;
    const isBreak = lineBreak >= 0 && found.index - lineStart >= FULL_LINE;
    made.replace(found.index, found[0].length, '', isBreak ? 'break' : /\s/.test(found[0]) ? 'space' : 'none');
  }
  return made.isOther || end < text.length ? made.until(end) : undefined;
}

/** A reading that is being made, from left to right. */
class Made {
  private text = '';
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private at = 0;
  private gap: Gap = 'none';
  isOther = false;

  constructor(
    private readonly written: string,
    private readonly gaps?: Gap[],
  ) {}

  replace(start: number, length: number, by: string, gap: Gap = 'none'): void {
    this.copy(start);
    this.isOther = true;
    for (let unit = 0; unit < by.length; unit++) this.put(start, start + length);
    this.text += by;
    this.at = start + length;
    this.gap = gap;
  }

  until(end: number): Reading {
    this.copy(end);
    return { text: this.text, starts: this.starts, ends: this.ends, gaps: this.gaps, pending: end };
  }

  private copy(until: number): void {
    for (let at = this.at; at < until; at++) this.put(at, at + 1);
    this.text += this.written.slice(this.at, until);
    this.at = until;
  }

  private put(start: number, end: number): void {
    this.starts.push(start);
    this.ends.push(end);
    this.gaps?.push(this.gap);
    this.gap = 'none';
  }
}

function composed(first: Reading, second: Reading): Reading {
  const gaps = second.gaps ?? (first.gaps && second.starts.map((): Gap => 'none'));
  let text = second.text;
  if (first.gaps && gaps) {
    for (const [at, start] of second.starts.entries()) {
      const [before = 'none', ...within] = first.gaps.slice(start, second.ends[at]);
      if (before !== 'none') gaps[at] = before;
      if (within.includes('break')) gaps[at] = 'split';
      // No character is written in two pieces, unless a full line ended there.
      if (within.includes('space')) text = `${text.slice(0, at)}\uffff${text.slice(at + 1)}`;
    }
  }
  const end = first.starts[second.pending] ?? first.pending;
  return {
    text,
    starts: second.starts.map((start) => first.starts[start] ?? first.pending),
    ends: second.ends.map((each) => first.ends[each - 1] ?? first.pending),
    gaps,
    pending: Math.min(first.pending, end),
  };
}
