import { inspect } from 'node:util';

/** A string that cannot print itself. Only the code that hands it to its receiver calls `reveal`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** Stands where a secret was. */
export const MASK = '********';

/** What knows the run's secrets. Every byte for terminal, journal, report passes `mask`. Implemented by src/secrets/masker.ts. */
export interface Masking {
  /** Makes a value known; short ones (under 4 characters) and empty ones are not masked, they would hide everything. */
  add(secret: string): void;
  /** The text with each known secret, and its derived forms, replaced by MASK. */
  mask(text: string): string;
  /** The same for every string (and key) inside a JSON-like value. */
  maskValue<T>(value: T): T;
}
