import { diagnostic } from '../base/errors.js';
import type { Emit } from '../events/event.js';
import type { HostPending, PendingHandler } from '../events/pending-handler.js';
import type { Play, Playbook } from '../playbook/tree.js';
import type { NotifiedAt } from './host-state.js';
import type { RunOptions } from './options.js';

/** Handlers that earlier runs left pending: said again at the start, so that this run's record has them too; with `--resume` run when due. */
export class CarriedHandlers {
  private readonly left = new Map<Play, Map<string, readonly PendingHandler[]>>();
  private readonly names = new Map<Play, string>();
  private readonly resume: boolean;
  /** Tags may have left out the include that brings a handler. */
  private readonly isWhole: boolean;

  constructor(
    private readonly playbook: Playbook,
    { resume, tags, skipTags, startAtTask, step }: Pick<RunOptions, 'resume' | 'tags' | 'skipTags' | 'startAtTask' | 'step'>,
    private readonly emit: Emit,
  ) {
    this.resume = resume;
    this.isWhole = tags.length === 0 && skipTags.length === 0 && startAtTask === undefined && !step;
  }

  /** Those whose play is there no more stay as they are; with `--resume` they are told and dropped. */
  begin(pending: readonly HostPending[]): void {
    for (const { host, play: name, number, handlers } of pending) {
      const play = this.find(name, number);
      if (this.resume && !play) {
        for (const { handler } of handlers) this.warn(host, name, handler);
        continue;
      }
      this.emit({ type: 'handlers_pending', host, play: name, number: play ? this.number(play) : 0, handlers });
      if (!play) continue;
      const ofPlay = this.left.get(play) ?? new Map<string, readonly PendingHandler[]>();
      ofPlay.set(host, [...(ofPlay.get(host) ?? []), ...handlers]);
      this.left.set(play, ofPlay);
      this.names.set(play, name);
    }
  }

  /** With `--resume`, after all plays: those of hosts that are there no more are told and dropped. */
  end(knows: (host: string) => boolean): void {
    if (!this.resume || !this.isWhole) return;
    for (const [play, hosts] of this.left) {
      const name = this.names.get(play) ?? '';
      for (const [host, handlers] of hosts) {
        if (handlers.length === 0 || knows(host)) continue;
        for (const { handler } of handlers) this.warn(host, name, handler);
        this.emit({ type: 'handlers_pending', host, play: name, number: this.number(play), handlers: [] });
      }
    }
  }

  /** Place of a play in the playbook, from 1. */
  number(play: Play): number {
    return this.playbook.plays.indexOf(play) + 1;
  }

  of(play: Play, host: string): readonly PendingHandler[] {
    return this.left.get(play)?.get(host) ?? [];
  }

  /** With `--resume`: what is to run at a flush; at a section's last all that is left of the section. */
  due(play: Play, host: string, at: NotifiedAt, isLast: boolean): readonly PendingHandler[] {
    if (!this.resume) return [];
    return this.of(play, host).filter(({ section, flush }) => section === at.section && (isLast || flush <= at.flush));
  }

  /** It ran, or is among those that will: nothing is owed any more. */
  settle(play: Play, host: string, name: string): void {
    const left = this.of(play, host);
    if (left.length > 0)
      this.left.get(play)?.set(
        host,
        left.filter(({ handler }) => handler !== name),
      );
  }

  /** The play has no such handler. */
  isGone(play: Play, playName: string, host: string, name: string): void {
    this.warn(host, playName, name);
    if (this.isWhole) this.settle(play, host, name);
  }

  private warn(host: string, play: string, handler: string): void {
    this.emit({
      type: 'diagnostic',
      host,
      diagnostic: diagnostic('journal/handler-gone', { host, play, handler }, { severity: 'warning' }),
    });
  }

  /** The play at that place, unless it has another name now; then the only one of that name. */
  private find(name: string, number: number): Play | undefined {
    const { plays } = this.playbook;
    const at = plays[number - 1];
    if (at && (typeof at.name !== 'string' || at.name === name)) return at;
    const [play, ...others] = plays.filter((each) => each.name === name);
    return others.length === 0 ? play : undefined;
  }
}
