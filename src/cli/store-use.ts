import type { PlaybookContext } from '../playbook/context.js';
import { definedNames } from '../playbook/defined-names.js';
import type { LoadedPlaybook } from '../playbook/load-playbook.js';
import { allRoles } from '../playbook/playbook-items.js';
import { secretOptions } from '../playbook/role-arguments.js';
import { variableUses } from '../playbook/variable-uses.js';
import { reservedKind } from '../vars/reserved.js';
import { capturedNames, tasksOf } from './known-variables.js';

export interface StoreUse {
  /** Some task keeps a value: without a store the run must not begin. */
  readonly captures: boolean;
  /** Variables are used that no file defines, or that a role calls secret: they may be in the store. */
  readonly reads: boolean;
}

/** Whether a playbook has to do with the customer's store. `given`: names that the inventory and `-e` define. */
export function storeUse(playbook: LoadedPlaybook, context: PlaybookContext, given: ReadonlySet<string>): StoreUse {
  const captures = keepsValues(playbook);
  const secret = allRoles(playbook).some((role) => secretOptions(role.argumentSpec).some((name) => !given.has(name)));
  const reads = captures || secret || usesUnknown(playbook, context, given);
  return { captures, reads };
}

export function keepsValues(playbook: LoadedPlaybook): boolean {
  return tasksOf(playbook).some((task) => capturedNames(task).length > 0);
}

function usesUnknown(playbook: LoadedPlaybook, context: PlaybookContext, given: ReadonlySet<string>): boolean {
  const defined = new Set([...definedNames(playbook, context), ...given]);
  const isKnown = (name: string) => defined.has(name) || name.startsWith('ansible_') || reservedKind(name) !== undefined;
  return variableUses(playbook, context).some(({ name }) => !isKnown(name));
}
