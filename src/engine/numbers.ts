import { type ChatsctlError, failure } from '../base/errors.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import { Unknown, type Value } from '../base/value.js';
import type { Play } from '../playbook/tree.js';
import { isOmit } from '../vars/omit.js';
import type { Scope } from '../vars/scope.js';
import { NotKnown } from './not-known.js';

/** The number of a keyword, not negative: also one that is written as a text. Errors: `task/keyword-number`; NotKnown in check mode. */
export function numberOf(keyword: string, source: SourceValue | undefined, scope: Scope, otherwise = 0): number {
  if (source === undefined || source === null) return otherwise;
  const value = scope.render(source);
  if (value === null || isOmit(value)) return otherwise;
  if (value instanceof Unknown) throw new NotKnown(value.reason);
  const number = numberIn(value);
  if (number !== undefined && number >= 0) return number;
  const position = source instanceof TemplateText ? source.position : undefined;
  throw failure('task/keyword-number', { keyword, found: JSON.stringify(value) }, { position });
}

/** The number that a value is, or that it is the text of. */
export function numberIn(value: Value): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

/** A play's keyword that has no number, nor a percentage. */
export function wrongNumber(keyword: string, found: Value, play: Pick<Play, 'position'>): ChatsctlError {
  const expected = 'a number or a percentage such as 30%';
  return failure('play/keyword-value', { keyword, found: JSON.stringify(found), expected }, { position: play.position });
}
