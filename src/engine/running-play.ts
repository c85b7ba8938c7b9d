import type { Handler, Level, RoleInstance, Task } from '../playbook/tree.js';
import type { RunContext } from './context.js';
import type { HostState } from './host-state.js';
import type { PlayView } from './play-view.js';
import type { Section } from './section.js';

/** A batch of a play while it runs, as the life of its tasks sees it. */
export interface RunningPlay extends PlayView {
  readonly context: RunContext;
  readonly handlers: HandlerQueue;
  readonly visibleRoles: RoleInstance[];
  judgeFindings(hosts: readonly HostState[], level: Level, section: Section): Set<HostState>;
  mustStopAll(level: Level, failed: Iterable<HostState>): boolean;
  failsTooMany(failing: ReadonlySet<HostState>): boolean;
}

export interface HandlerQueue {
  notify(host: HostState, name: string, by: Task): void;
  /** Error: `play/handler-unknown`. */
  demand(host: HostState, name: string, by: Task): readonly Handler[];
  /** `isLast`: the flush that ends a section. */
  flush(hosts: readonly HostState[], section: Section, options: { readonly isLast: boolean }): Promise<Set<HostState>>;
  add(handlers: readonly Handler[]): void;
}
