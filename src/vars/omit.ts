import type { Value, ValueMap } from '../base/value.js';

/** The value of the variable `omit`: an argument that is this is as if it had not been written. Known by identity alone. */
export const OMIT: ValueMap = Object.freeze({});

export function isOmit(value: Value | undefined): boolean {
  return value === OMIT;
}
