import type { RunEvent } from '../events/event.js';

/** Handlers that a run notified and did not run, by host, in the order of notification: what `--resume` runs. A killed run counts too. */
export function pendingHandlers(events: readonly RunEvent[]): Map<string, string[]> {
  const pending = new Map<string, string[]>();
  for (const event of events) {
    if (event.type === 'handler_notified') {
      const handlers = pending.get(event.host) ?? [];
      if (!handlers.includes(event.handler)) pending.set(event.host, [...handlers, event.handler]);
    } else if (event.type === 'task_result' && event.handler && hasRun(event.status)) {
      const handlers = pending.get(event.host) ?? [];
      pending.set(
        event.host,
        handlers.filter((handler) => !isNamed(event.task, handler)),
      );
    } else if (event.type === 'handlers_pending') {
      // What the engine says at the end is exact.
      pending.set(event.host, [...event.handlers]);
    }
  }
  return new Map([...pending].filter(([, handlers]) => handlers.length > 0));
}

function hasRun(status: string): boolean {
  return status !== 'failed' && status !== 'unreachable';
}

/** A role's handler is shown as `role : name`. */
function isNamed(task: string, handler: string): boolean {
  return task === handler || task.endsWith(` : ${handler}`);
}
