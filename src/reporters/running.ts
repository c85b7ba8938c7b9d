import type { RunEvent } from '../events/event.js';

export interface RunningTask {
  readonly host: string;
  readonly task: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The last output known, if there was any: when, and its last line. */
  readonly output: { readonly at: number; readonly text: string } | undefined;
}

/** Which host runs which task, and what it last said. A host runs one task at a time. */
export class Running {
  private readonly tasks = new Map<string, RunningTask>();

  handle(event: RunEvent): void {
    const now = Date.parse(event.time);
    if (event.type === 'host_start') this.tasks.set(event.host, { host: event.host, task: event.task, since: now, output: undefined });
    else if (event.type === 'task_result') this.tasks.delete(event.host);
    else if (event.type === 'recap') this.tasks.clear();
    else if (event.type === 'progress') {
      this.tasks.set(event.host, {
        host: event.host,
        task: event.task,
        since: now - event.elapsed,
        output: event.silent >= event.elapsed ? undefined : { at: now - event.silent, text: event.text },
      });
    }
  }

  get all(): readonly RunningTask[] {
    return [...this.tasks.values()];
  }
}
