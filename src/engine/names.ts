import { ChatsctlError } from '../base/errors.js';
import { Unknown, type Value } from '../base/value.js';
import { chainOf, type Task } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import type { RunningPlay } from './running-play.js';

/** `role : name`, or the module where a task has no name. A name whose variables are not known here is shown as written. */
export function taskName(play: RunningPlay, task: Task, host: HostState | undefined): string {
  const role = chainOf(task).findLast((level) => level.role)?.role?.name;
  const own = nameText(play, task, host);
  return role === undefined ? own : `${role} : ${own}`;
}

function nameText(play: RunningPlay, task: Task, host: HostState | undefined): string {
  if (task.name === null || task.name === '') return task.module;
  try {
    if (!host) return String(task.name);
    const value: Value = play.context.scope(play, task, host).render(task.name);
    return value instanceof Unknown || typeof value !== 'string' ? String(task.name) : value;
  } catch (error) {
    if (error instanceof ChatsctlError) return String(task.name);
    throw error;
  }
}
