import type { Value } from '../base/value.js';
import type { PendingHandler } from '../events/pending-handler.js';

/** When a handler was notified: in which section, after how many flushes of it. */
export type NotifiedAt = Omit<PendingHandler, 'handler'>;

/** What a run knows and remembers of one host. Lives from the first play to the recap. */
export class HostState {
  /** ansible_facts. */
  facts: Record<string, Value> = {};
  /** set_fact and register share a level, as in Ansible. */
  readonly setFacts: Record<string, Value> = {};
  readonly includedVariables: Record<string, Value> = {};
  /** Failed in the section under way: at its end it is `failed`, unless a rescue or `clear_host_errors` came before. */
  failing = false;
  /** Out of the play and of the plays that follow. */
  failed = false;
  unreachable = false;
  /** end_host, end_play, end_batch: no further task of this play. */
  ended = false;
  /** end_role: the role's instance that was ended. */
  endedRole: object | undefined;
  /** Notified handlers, by the position of their definition, and when; emptied at a flush. */
  readonly notified = new Map<string, NotifiedAt>();
  /** Handlers that began and failed, or lost their host. What a rescue made up for is none. */
  readonly brokenOff = new Map<string, NotifiedAt>();
  /** Where in the play it is, for what is notified. */
  at: NotifiedAt = { section: 'pre_tasks', flush: 0 };

  constructor(readonly name: string) {}

  /** Counted in `ansible_play_hosts`: active, and no failure waits for the end of its section. */
  get standing(): boolean {
    return this.active && !this.failing;
  }

  get active(): boolean {
    return !this.failed && !this.unreachable && !this.ended;
  }

  /** The end of a section in which it failed. One whose errors were cleared meanwhile is out of this play alone. */
  settleFailure(): void {
    if (this.failing) this.failed = true;
    else this.ended = true;
    this.failing = false;
  }

  /** `meta: clear_host_errors`: a failed host comes back in the next play, an unreachable one at once. */
  clearErrors(): void {
    this.ended ||= this.failed;
    this.failing = false;
    this.failed = false;
    this.unreachable = false;
  }

  /** A new play: an `end_play` of the last one is over, notifications do not cross plays. */
  startPlay(): void {
    this.ended = false;
    this.endedRole = undefined;
    this.notified.clear();
    this.brokenOff.clear();
  }
}
