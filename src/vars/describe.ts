import { isList, Unknown, type Value } from '../base/value.js';
import { isOmit } from './omit.js';

/** A value's kind, for messages: never the value itself, which may be a secret. */
export function describeKind(value: Value): string {
  if (value === null) return 'null';
  if (isOmit(value)) return 'omit';
  if (value instanceof Unknown) return 'not known yet';
  if (isList(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return { boolean: 'a boolean', number: 'a number', string: 'a string' }[typeof value as 'boolean' | 'number' | 'string'];
}

/** How a value reads within text, undefined where it has no one obvious form. */
export function toText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value instanceof Unknown ? value.toString() : undefined;
}
