import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import { truthFrom } from '../base/truth.js';
import { Unknown, type Value } from '../base/value.js';
import type { Play } from '../playbook/tree.js';
import { isOmit } from '../vars/omit.js';
import type { Scope } from '../vars/scope.js';
import { NotKnown } from './not-known.js';

/**
 * Whether a keyword holds: a boolean, or what Ansible takes for one (`yes`, `"1"`, `on`), as answers, the environment and outputs are texts.
 * Left out, null and `omit` are `otherwise`. Errors: `task/keyword-truth`; NotKnown where check mode cannot tell.
 */
export function truthOf(keyword: string, source: SourceValue | undefined, scope: Scope, otherwise = false): boolean {
  if (source === undefined) return otherwise;
  return truthIn(keyword, scope.render(source), source instanceof TemplateText ? source.position : undefined, otherwise);
}

/** The same of a value that is rendered already; `position` is for the error. */
export function truthIn(keyword: string, value: Value, position?: Position, otherwise = false): boolean {
  if (value === null || isOmit(value)) return otherwise;
  if (value instanceof Unknown) throw new NotKnown(value.reason);
  const truth = truthFrom(value);
  if (truth !== undefined) return truth;
  throw failure('task/keyword-truth', { keyword, found: JSON.stringify(value) }, { position });
}

/** The same of a play's own keyword, which no task can answer for. What is not known is `otherwise`. Error: `play/keyword-value`. */
export function playTruth(
  keyword: string,
  source: SourceValue | undefined,
  scope: Scope,
  play: Pick<Play, 'position'>,
  otherwise: boolean,
): boolean {
  const value = source === undefined ? null : scope.render(source);
  if (value === null || isOmit(value) || value instanceof Unknown) return otherwise;
  const truth = truthFrom(value);
  if (truth !== undefined) return truth;
  const position = source instanceof TemplateText ? source.position : play.position;
  throw failure('play/keyword-value', { keyword, found: JSON.stringify(value), expected: 'true or false' }, { position });
}

/** The same, where what is not known counts as `unknown`. */
export function truthOr(unknown: boolean, keyword: string, source: SourceValue | undefined, scope: Scope, otherwise = false): boolean {
  try {
    return truthOf(keyword, source, scope, otherwise);
  } catch (error) {
    if (error instanceof NotKnown) return unknown;
    throw error;
  }
}
