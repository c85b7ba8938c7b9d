import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { chainOf, type Handler, type Task } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import { taskName } from './names.js';
import type { HandlerQueue, RunningPlay } from './running-play.js';
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
    for (const each of handlers)
      if (
        !this.defined.some(
          (known) => known.position.source.path === each.position.source.path && known.position.offset === each.position.offset,
        )
      )
        this.defined.push(each);
  }

  /** Marks what a changed task notifies: a handler's name (`role : name` to be exact) or a topic that handlers listen to. */
  notify(host: HostState, name: string, by: Task): void {
    const found = this.named(name);
    if (found.length === 0) {
      const names = this.defined.flatMap((each) => [handlerName(each), ...each.listen]);
      const near = nearest(name, names);
      throw failure(
        'play/handler-unknown',
        { name },
        { position: by.position, ...(near !== undefined && { hint: `did you mean "${near}"?` }) },
      );
    }
    for (const each of found) {
      host.notified.add(this.key(each));
      this.play.context.emit({
        type: 'handler_notified',
        host: host.name,
        handler: handlerName(each),
        task: taskName(this.play, by, host),
      });
    }
  }

  /** Runs what is pending; a handler may notify a later one in this pass, an earlier one runs in an extra pass. Answers failed hosts. */
  async flush(hosts: readonly HostState[]): Promise<Set<HostState>> {
    const failed = new Set<HostState>();
    const waiting = () => hosts.some((host) => host.notified.size > 0 && !failed.has(host) && !host.unreachable);
    for (let pass = 0; waiting() && pass <= this.defined.length; pass++) {
      for (const handler of this.defined) {
        const key = this.key(handler);
        const due = hosts.filter((host) => host.notified.has(key) && !failed.has(host) && !host.unreachable && !host.ended);
        if (due.length === 0) continue;
        for (const host of due) host.notified.delete(key);
        for (const host of await walk(this.play, [handler], due, { rescuable: false })) failed.add(host);
      }
    }
    return failed;
  }

  pendingNames(host: HostState): string[] {
    return this.defined.filter((each) => host.notified.has(this.key(each))).map(handlerName);
  }

  /** Marks handlers that an earlier run left pending (`--resume`); names that no longer exist are answered. */
  restore(host: HostState, names: readonly string[]): string[] {
    const missing: string[] = [];
    for (const name of names) {
      const found = this.named(name);
      if (found.length === 0) missing.push(name);
      for (const each of found) host.notified.add(this.key(each));
    }
    return missing;
  }

  /** By name the last one defined wins, as later ones shadow; by topic all that listen. */
  private named(name: string): Handler[] {
    const byName = this.defined.findLast((each) => handlerName(each) === name || plainName(each) === name);
    const listening = this.defined.filter((each) => each.listen.includes(name));
    return [...(byName ? [byName] : []), ...listening.filter((each) => each !== byName)];
  }

  private key(handler: Handler): string {
    return String(this.defined.indexOf(handler));
  }
}

function plainName(handler: Handler): string {
  if (handler.name !== null) return String(handler.name);
  return handler.kind === 'task' ? handler.module : String(handler.target);
}

function handlerName(handler: Handler): string {
  const role = chainOf(handler).findLast((level) => level.role)?.role?.name;
  return role === undefined ? plainName(handler) : `${role} : ${plainName(handler)}`;
}
