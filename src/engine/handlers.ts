import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { PendingHandler } from '../events/pending-handler.js';
import { handlerKey } from '../playbook/handler-names.js';
import type { Handler, Task } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import { ownName, taskName } from './names.js';
import type { HandlerQueue, RunningPlay } from './running-play.js';
import type { Section } from './section.js';
import { walk } from './walk.js';

/** The handlers of a play: once per flush and host, in the order of definition, however often notified. */
export class Handlers implements HandlerQueue {
  private readonly defined: Handler[];

  constructor(
    private readonly play: RunningPlay,
    defined: readonly Handler[],
  ) {
    this.defined = [...defined];
  }

  /** Those that an included role brings. */
  add(handlers: readonly Handler[]): void {
    const known = new Set(this.defined.map(handlerKey));
    this.defined.push(...handlers.filter((each) => !known.has(handlerKey(each))));
  }

  /** Those of a name or topic. Error: `play/handler-unknown`. */
  demand(host: HostState, name: string, by: Task): readonly Handler[] {
    const found = this.named(name, host);
    if (found.length > 0) return found;
    const names = this.defined.flatMap((each) => [taskName(this.play, each, host), ...each.listen]);
    throw failure('play/handler-unknown', { name }, { position: by.position, nearest: nearest(name, names) });
  }

  /** Marks what a changed task notifies: a handler's name (`role : name` to be exact) or a topic that handlers listen to. */
  notify(host: HostState, name: string, by: Task): void {
    for (const each of this.demand(host, name, by)) {
      const key = this.key(each);
      if (!host.notified.has(key)) host.notified.set(key, host.at);
      this.play.context.emit({
        type: 'handler_notified',
        host: host.name,
        handler: taskName(this.play, each, host),
        ...host.at,
        task: taskName(this.play, by, host),
      });
    }
  }

  /** Runs what is pending; a handler may notify a later one in this pass, an earlier one runs in an extra pass. Answers failed hosts. */
  async flush(hosts: readonly HostState[], section: Section, { isLast }: { readonly isLast: boolean }): Promise<Set<HostState>> {
    const failed = new Set<HostState>();
    for (const host of hosts) this.restore(host, isLast);
    const waiting = () => hosts.some((host) => host.notified.size > 0 && !failed.has(host) && !host.unreachable);
    for (let pass = 0; waiting() && pass <= this.defined.length; pass++) {
      for (const handler of this.defined) {
        const key = this.key(handler);
        const due = hosts.filter((host) => host.notified.has(key) && !failed.has(host) && !host.unreachable && !host.ended);
        if (due.length === 0) continue;
        const notified = due.map((host) => [host, host.notified.get(key) ?? host.at] as const);
        for (const host of due) host.notified.delete(key);
        for (const host of await walk(this.play, [handler], due, section)) failed.add(host);
        for (const [host, at] of notified) {
          if (failed.has(host) || host.unreachable) host.brokenOff.set(key, at);
          else this.play.context.carried.settle(this.play.play, host.name, taskName(this.play, handler, host));
        }
      }
    }
    for (const host of hosts) host.at = { ...host.at, flush: host.at.flush + 1 };
    return failed;
  }

  /** What a host leaves behind at the end of the play. */
  pending(host: HostState): PendingHandler[] {
    const marks = new Map([...host.notified, ...(host.failed || host.unreachable ? host.brokenOff : [])]);
    return this.defined.flatMap((each) => {
      const at = marks.get(this.key(each));
      return at ? [{ handler: taskName(this.play, each, host), ...at }] : [];
    });
  }

  /** Marks what an earlier run left pending and is due now (`--resume`), by its exact name: of several of one name the last ones. */
  private restore(host: HostState, isLast: boolean): void {
    const { name: playName, play } = this.play;
    const { carried } = this.play.context;
    const due = carried.due(play, host.name, host.at, isLast);
    for (const name of new Set(due.map((each) => each.handler))) {
      const all = this.defined.filter((each) => taskName(this.play, each, host) === name);
      const count = due.filter((each) => each.handler === name).length;
      for (const each of all.slice(-count)) {
        const key = this.key(each);
        if (!host.notified.has(key)) host.notified.set(key, host.at);
      }
      if (all.length > 0) carried.settle(play, host.name, name);
      else if (isLast) carried.isGone(play, playName, host.name, name);
    }
  }

  /** By name the last one defined wins, as later ones shadow; by topic all that listen. */
  private named(name: string, host: HostState): Handler[] {
    const names = [taskName, ownName];
    const byName = this.defined.findLast((each) => names.some((nameOf) => nameOf(this.play, each, host) === name));
    const listening = this.defined.filter((each) => each.listen.includes(name));
    return [...(byName ? [byName] : []), ...listening.filter((each) => each !== byName)];
  }

  private key(handler: Handler): string {
    return String(this.defined.indexOf(handler));
  }
}
