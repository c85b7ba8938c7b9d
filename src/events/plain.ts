import { MASK, Secret } from '../base/secret.js';
import { TemplateText } from '../base/template-text.js';
import { Unknown } from '../base/value.js';

/**
 * A copy made of JSON alone: what `register` holds may contain an unknown (check mode), a secret that was passed on, a bigint of an
 * expression. Keys with `undefined` are left out; a value that contains itself is cut there.
 */
export function toPlain<T>(value: T): T;
export function toPlain(value: unknown): unknown {
  return copy(value, new Set());
}

function copy(value: unknown, above: Set<object>): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return MASK;
  if (value instanceof Unknown || value instanceof TemplateText) return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`;
  if (above.has(value)) return '(itself)';
  above.add(value);
  const copied = Array.isArray(value) ? value.map((each) => copy(each, above) ?? null) : copyMap(value, above);
  above.delete(value);
  return copied;
}

function copyMap(value: object, above: Set<object>): Record<string, unknown> {
  const entries = value instanceof Map ? [...value].map(([key, each]) => [String(key), each] as const) : Object.entries(value);
  return Object.fromEntries(entries.map(([key, each]) => [key, copy(each, above)] as const).filter(([, each]) => each !== undefined));
}
