import type { Diagnostic } from './errors.js';
import { formatPosition } from './position.js';

/** Each finding once, where it came first: a file may be read more than once. */
export function distinct(found: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of found) {
    const { code, position, params } = each;
    const key = `${code} ${position ? formatPosition(position) : ''} ${JSON.stringify(params)}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}
