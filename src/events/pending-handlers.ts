import type { NewEvent, RunEvent } from './event.js';
import type { HostPending, PendingHandler } from './pending-handler.js';

/**
 * What a run's events leave pending, by play and host. At the end of a play the engine says it exactly (`handlers_pending`, also for what it
 * took over from earlier runs); of a run that was killed before, it is told from what was notified and what ran.
 */
export class PendingHandlers {
  private readonly said = new Map<string, HostPending>();
  /** Of the play under way, by host. */
  private readonly notified = new Map<string, PendingHandler[]>();
  private play = { play: '', number: 0 };

  handle(event: RunEvent | NewEvent): void {
    switch (event.type) {
      case 'play_start':
        this.notified.clear();
        this.play = { play: event.play, number: event.number };
        return;
      case 'recap':
        this.notified.clear();
        return;
      case 'handler_notified':
        this.add(event);
        return;
      case 'task_result':
        if (event.handler && event.status !== 'failed' && event.status !== 'unreachable') this.ran(event.host, event.task);
        return;
      case 'handlers_pending':
        this.notified.delete(event.host);
        this.said.set(keyOf(event), event);
    }
  }

  get all(): readonly HostPending[] {
    const pending = new Map(this.said);
    for (const [host, handlers] of this.notified) {
      const earlier = pending.get(keyOf({ ...this.play, host }))?.handlers ?? [];
      const more = handlers.filter(({ handler }) => !earlier.some((each) => each.handler === handler));
      pending.set(keyOf({ ...this.play, host }), { ...this.play, host, handlers: [...earlier, ...more] });
    }
    return [...pending.values()]
      .filter(({ handlers }) => handlers.length > 0)
      .map(({ host, play, number, handlers }) => ({ host, play, number, handlers }));
  }

  private add({ host, handler, section, flush }: PendingHandler & { readonly host: string }): void {
    const handlers = this.notified.get(host) ?? [];
    if (!handlers.some((each) => each.handler === handler)) this.notified.set(host, [...handlers, { handler, section, flush }]);
  }

  private ran(host: string, task: string): void {
    const others = (handlers: readonly PendingHandler[]) => handlers.filter(({ handler }) => handler !== task);
    this.notified.set(host, others(this.notified.get(host) ?? []));
    const key = keyOf({ ...this.play, host });
    const said = this.said.get(key);
    if (said) this.said.set(key, { ...said, handlers: others(said.handlers) });
  }
}

function keyOf({ host, play, number }: Omit<HostPending, 'handlers'>): string {
  return JSON.stringify([host, number === 0 ? play : number]);
}
