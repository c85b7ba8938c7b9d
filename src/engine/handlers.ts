import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
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

  /** Marks what a changed task notifies: a handler's name (`role : name` to be exact) or a topic that handlers listen to. */
  notify(host: HostState, name: string, by: Task): void {
    const found = this.named(name, host);
    if (found.length === 0) {
      const names = this.defined.flatMap((each) => [taskName(this.play, each, host), ...each.listen]);
      const near = nearest(name, names);
      throw failure('play/handler-unknown', { name }, { position: by.position, nearest: near });
    }
    for (const each of found) {
      host.notified.add(this.key(each));
      this.play.context.emit({
        type: 'handler_notified',
        host: host.name,
        handler: taskName(this.play, each, host),
        task: taskName(this.play, by, host),
      });
    }
  }

  /** Runs what is pending; a handler may notify a later one in this pass, an earlier one runs in an extra pass. Answers failed hosts. */
  async flush(hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
    const failed = new Set<HostState>();
    const waiting = () => hosts.some((host) => host.notified.size > 0 && !failed.has(host) && !host.unreachable);
    for (let pass = 0; waiting() && pass <= this.defined.length; pass++) {
      for (const handler of this.defined) {
        const key = this.key(handler);
        const due = hosts.filter((host) => host.notified.has(key) && !failed.has(host) && !host.unreachable && !host.ended);
        if (due.length === 0) continue;
        for (const host of due) host.notified.delete(key);
        for (const host of await walk(this.play, [handler], due, section)) failed.add(host);
      }
    }
    return failed;
  }

  pendingNames(host: HostState): string[] {
    return this.defined.filter((each) => host.notified.has(this.key(each))).map((each) => taskName(this.play, each, host));
  }

  /** Marks handlers that an earlier run left pending (`--resume`); names that no longer exist are answered. */
  restore(host: HostState, names: readonly string[]): string[] {
    const missing: string[] = [];
    for (const name of names) {
      const found = this.named(name, host);
      if (found.length === 0) missing.push(name);
      for (const each of found) host.notified.add(this.key(each));
    }
    return missing;
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
