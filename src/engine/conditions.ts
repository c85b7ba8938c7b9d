import { ChatsctlError } from '../base/errors.js';
import type { Value } from '../base/value.js';
import { type ConditionText, effectiveKeywords, type Level } from '../playbook/tree.js';
import { compileCondition, evaluateExpression } from '../vars/condition.js';
import type { Scope } from '../vars/scope.js';
import type { HostState } from './host-state.js';
import type { RunningPlay } from './running-play.js';

const MISSING: ReadonlySet<string> = new Set(['expression/undefined', 'expression/no-such-key']);

/** All must hold. The first that is false decides; else the first that check mode cannot tell. */
export function holdsAll(conditions: readonly ConditionText[], scope: Scope): boolean | { readonly unknown: string } {
  let unknown: { readonly unknown: string } | undefined;
  for (const { text, position } of conditions) {
    const held = compileCondition(text, position).evaluate(scope);
    if (held === false) return false;
    if (typeof held === 'object') unknown ??= held;
  }
  return unknown ?? true;
}

/** A variable, or what an expression makes of variables; undefined where a name or a key in it does not exist. */
export function valueNamed({ text, position }: ConditionText, scope: Scope): Value | undefined {
  try {
    return evaluateExpression(text, position, scope);
  } catch (error) {
    if (error instanceof ChatsctlError && MISSING.has(error.code)) return undefined;
    throw error;
  }
}

/** The one of the conditions that decided. */
export function falseCondition(conditions: readonly ConditionText[], scope: Scope): string | undefined {
  return conditions.find((each) => holdsAll([each], scope) === false)?.text;
}

/** Whether a role is entered by a host. A condition that cannot be evaluated is an error of the role's tasks. */
export function whenHolds(play: RunningPlay, level: Level, host: HostState): boolean {
  const { when } = effectiveKeywords(level);
  try {
    return when.length === 0 || holdsAll(when, play.context.scope(play, level, host)) === true;
  } catch (error) {
    if (error instanceof ChatsctlError) return false;
    throw error;
  }
}
