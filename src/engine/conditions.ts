import type { ConditionText } from '../playbook/tree.js';
import { compileCondition } from '../vars/condition.js';
import type { Scope } from '../vars/scope.js';

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
