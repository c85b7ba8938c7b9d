import { isMap } from '../base/value.js';
import type { Counts, NewEvent, RunEvent } from './event.js';

/** Counts per host as Ansible's recap has them: `ok` counts changed and ignored too, a rescued failure counts in `rescued` alone, unreachable is apart. */
export class Recap {
  private readonly counts = new Map<string, Counts>();

  handle(event: RunEvent | NewEvent): void {
    if (event.type === 'play_start') for (const host of event.hosts) this.of(host);
    if (event.type !== 'task_result') return;
    const changed = event.changed === true || (isMap(event.result) && event.result.changed === true);
    count(this.of(event.host), event.status, changed);
  }

  /** Hosts in the order in which they were first seen. */
  get hosts(): Record<string, Counts> {
    return Object.fromEntries([...this.counts].map(([host, counts]) => [host, { ...counts }]));
  }

  private of(host: string): Counts {
    let counts = this.counts.get(host);
    if (!counts) {
      counts = { ok: 0, changed: 0, failed: 0, unreachable: 0, skipped: 0, rescued: 0, ignored: 0 };
      this.counts.set(host, counts);
    }
    return counts;
  }
}

function count(counts: Counts, status: keyof Counts, changed: boolean): void {
  counts[status]++;
  if (status === 'changed') counts.ok++;
  if (status === 'ignored') {
    counts.ok++;
    if (changed) counts.changed++;
  }
}
