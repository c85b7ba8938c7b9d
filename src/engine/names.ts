import { ChatsctlError } from '../base/errors.js';
import { Unknown, type Value } from '../base/value.js';
import { chainOf, type Include, type Task } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import type { RunningPlay } from './running-play.js';

/** `role : name`; where there is no name, the module, or what is included. A name whose variables are not known here is shown as written. */
export function taskName(play: RunningPlay, task: Task | Include, host: HostState | undefined): string {
  const role = chainOf(task).findLast((level) => level.role)?.role?.name;
  const own = ownName(play, task, host);
  return role === undefined ? own : `${role} : ${own}`;
}

/** Without the role, as `ansible_failed_task.name` has it. */
export function ownName(play: RunningPlay, task: Task | Include, host: HostState | undefined): string {
  if (task.name === null || task.name === '') return task.kind === 'task' ? task.module : String(task.target);
  try {
    if (!host) return String(task.name);
    const value: Value = play.context.scope(play, task, host).render(task.name);
    return value instanceof Unknown || typeof value !== 'string' ? String(task.name) : value;
  } catch (error) {
    if (error instanceof ChatsctlError) return String(task.name);
    throw error;
  }
}
