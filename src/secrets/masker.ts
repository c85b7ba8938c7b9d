import { MASK, type Masking, Secret } from '../base/secret.js';
import { Automaton } from './automaton.js';
import { patternsOf, SHORTEST } from './derived-forms.js';
import { type Scan, scan } from './scan.js';

/** Knows the secrets of a run and puts MASK in the place of each, in whatever form it appears. */
export class Masker implements Masking {
  private readonly secrets = new Set<string>();
  private automaton: Automaton | undefined;

  /** Shorter than 4 characters: not masked, it would hide everything. */
  add(secret: string): void {
    if (secret.length < SHORTEST || this.secrets.has(secret)) return;
    this.secrets.add(secret);
    this.automaton = undefined;
  }

  mask(text: string): string {
    return this.secrets.size === 0 ? text : masked(text, this.scan(text, true), 0, text.length);
  }

  /**
   * Every string and key inside, and numbers that are a secret written as one. Class instances other than plain objects are kept as they
   * are; a Secret becomes MASK. Keys that become equal are numbered.
   */
  maskValue<T>(value: T): T {
    return this.maskAny(value) as T;
  }

  /** For the streaming writer. `isWhole`: nothing follows the text. */
  scan(text: string, isWhole: boolean): Scan {
    if (this.secrets.size === 0) return { covered: [], open: 0, kept: 0 };
    this.automaton ??= new Automaton([...this.secrets].flatMap(patternsOf));
    return scan(this.automaton, text, isWhole);
  }

  private maskAny(value: unknown): unknown {
    if (typeof value === 'string') return this.mask(value);
    if (typeof value === 'number' || typeof value === 'bigint') return this.mask(String(value)) === String(value) ? value : MASK;
    if (Array.isArray(value)) return value.map((each) => this.maskAny(each));
    if (value instanceof Secret) return MASK;
    if (typeof value !== 'object' || value === null) return value;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return value;
    const made: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) {
      const name = free(this.mask(key), made);
      Object.defineProperty(made, name, { value: this.maskAny(each), enumerable: true, configurable: true, writable: true });
    }
    return made;
  }
}

function free(key: string, taken: object): string {
  let name = key;
  for (let count = 2; Object.hasOwn(taken, name); count++) name = `${key} (${count})`;
  return name;
}

/** The part from `start` to `end`; a covered range that reaches into it is masked once, even when it begins before. */
export function masked(text: string, { covered }: Scan, start: number, end: number): string {
  let written = '';
  let at = start;
  for (const [from, to] of covered) {
    if (to <= start || from >= end) continue;
    written += text.slice(at, Math.max(from, at)) + MASK;
    at = Math.min(to, end);
  }
  return written + text.slice(at, end);
}
