import type { Value } from '../../base/value.js';
import type { Variables } from '../variables.js';

/** A helper refuses its argument: becomes `template/helper-failed` at the place of the call. */
export class HelperError extends Error {
  override readonly name = 'HelperError';
}

export interface HelperCall {
  readonly variables: Variables;
  /** Named arguments: `{{ split text sep="," }}`. */
  readonly hash: Readonly<Record<string, Value>>;
}

interface Documentation {
  readonly name: string;
  /** As written in a template: `replace text from to`. */
  readonly signature: string;
  readonly summary: string;
  /** Shown by `chatsctl doc`, and run as a test. */
  readonly example: { readonly template: string; readonly variables?: Readonly<Record<string, Value>>; readonly result: Value };
  /** Fewest and most positional arguments. */
  readonly arity: readonly [least: number, most: number];
  /** The value may change though the variables do not (files): it is never remembered. */
  readonly volatile?: true;
}

/** Its arguments are computed first; an undefined one is an error, an unknown one makes the result unknown. */
export interface EagerHelper extends Documentation {
  run(values: readonly Value[], call: HelperCall): Value;
}

/** Asks for its arguments itself; undefined is a variable, or a part of its path, that does not exist. So may its answer be. */
export interface LazyHelper extends Documentation {
  runLazy(values: readonly (() => Value | undefined)[], call: HelperCall): Value | undefined;
}

export type Helper = EagerHelper | LazyHelper;

export function text(value: Value | undefined, what = 'the text'): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new HelperError(`${what} is not a string`);
}

export function list(value: Value | undefined): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new HelperError('the argument is not a list');
}

export function number(value: Value | undefined): number {
  if (typeof value === 'number') return value;
  throw new HelperError('the argument is not a number');
}
