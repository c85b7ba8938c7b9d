import { chainOf, type Level, type RoleInstance } from '../playbook/tree.js';

/** The innermost role that a level stands in. */
export function roleOf(level: Level): RoleInstance | undefined {
  return chainOf(level).findLast((each) => each.role)?.role;
}
