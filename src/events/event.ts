import type { Diagnostic } from '../base/errors.js';
import type { Value } from '../base/value.js';
import type { HostPending, PendingHandler } from './pending-handler.js';

export type TaskStatus = 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable' | 'rescued' | 'ignored';

export interface Counts {
  ok: number;
  changed: number;
  failed: number;
  unreachable: number;
  skipped: number;
  rescued: number;
  ignored: number;
}

/** Diff of one change, ready to be printed: unified text without colour. */
export interface DiffPart {
  readonly subject: string;
  readonly text: string;
}

interface Timed {
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
}

/** All that a run says. Reporters, the journal and `--output json` read these and nothing else; every one is masked before it fans out. */
export type RunEvent = Timed &
  (
    | {
        readonly type: 'run_start';
        readonly run: string;
        readonly command: string;
        readonly playbook: string;
        /** The playbook's file, the same however it was typed: from the inventory's folder, or `package:` for one that came with the tool. */
        readonly file?: string;
        readonly inventory: string;
        readonly check: boolean;
        readonly operator: string;
        readonly version: string;
      }
    | {
        readonly type: 'play_start';
        readonly play: string;
        /** Its place in the playbook, from 1. */
        readonly number: number;
        readonly hosts: readonly string[];
        readonly batch: number;
        /** `strategy: free`: each host is at a task of its own. */
        readonly free?: true;
      }
    | {
        readonly type: 'task_start';
        readonly play: string;
        readonly task: string;
        readonly module: string;
        readonly position: string;
        readonly handler: boolean;
        readonly hosts: readonly string[];
      }
    | { readonly type: 'host_start'; readonly task: string; readonly host: string }
    | {
        readonly type: 'item_result';
        readonly task: string;
        readonly module: string;
        readonly host: string;
        readonly delegatedTo?: string;
        readonly item: string;
        readonly status: TaskStatus;
        readonly result?: Value;
        readonly diff?: readonly DiffPart[];
        readonly message?: string;
        readonly position: string;
      }
    | {
        readonly type: 'task_result';
        readonly play: string;
        readonly task: string;
        readonly module: string;
        readonly host: string;
        readonly status: TaskStatus;
        readonly handler: boolean;
        /** What register would hold; absent under no_log. */
        readonly result?: Value;
        /** Under no_log: an ignored failure changed something, which the recap counts. */
        readonly changed?: boolean;
        readonly diff?: readonly DiffPart[];
        /** Why: failure message, skip condition, unknown's reason. */
        readonly message?: string;
        readonly position: string;
        readonly warnings?: readonly string[];
        readonly delegatedTo?: string;
        /** Milliseconds, round trips to the host and bytes sent for this task. */
        readonly duration: number;
        readonly roundTrips: number;
      }
    | { readonly type: 'retry'; readonly task: string; readonly host: string; readonly attempt: number; readonly left: number }
    | {
        readonly type: 'progress';
        readonly task: string;
        readonly host: string;
        readonly text: string;
        readonly elapsed: number;
        readonly silent: number;
      }
    | {
        readonly type: 'connect';
        readonly host: string;
        readonly state: 'connecting' | 'connected' | 'lost' | 'reconnected' | 'waiting' | 'closed';
        readonly detail?: string;
      }
    | ({ readonly type: 'handler_notified'; readonly host: string; readonly task: string } & PendingHandler)
    | {
        readonly type: 'finding';
        readonly host: string;
        readonly clause: string;
        readonly title: string;
        readonly status: 'met' | 'unmet' | 'unknown';
        readonly severity: 'fatal' | 'warning' | 'note';
        readonly found: string;
        readonly needed: string;
        readonly observer: string;
        readonly mendedBy?: string;
        readonly remedy?: string;
        /** The command that mends it, where one does. */
        readonly command?: string;
        /** Who does what `remedy` says; absent where nothing is said. */
        readonly by?: 'you' | 'vendor';
        /** What `found` was, where the same check was made earlier in the run and found something else. */
        readonly before?: string;
        /** The same texts in Russian, as far as they are translated. */
        readonly ru?: { readonly [text in 'title' | 'found' | 'needed' | 'remedy' | 'before']?: string };
      }
    | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic; readonly host?: string }
    /** All that is pending on the host in that play: taken over from an earlier run (at the start), left by this one (at the play's end); none: what was is done. */
    | ({ readonly type: 'handlers_pending' } & HostPending)
    | {
        readonly type: 'interrupted';
        readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';
        readonly jobs: readonly { readonly host: string; readonly id: string }[];
      }
    | {
        readonly type: 'recap';
        readonly run: string;
        readonly exit: number;
        readonly hosts: Readonly<Record<string, Counts>>;
        readonly duration: number;
      }
  );

type Untimed<E> = E extends RunEvent ? Omit<E, 'time'> : never;
/** The engine emits without time; the bus adds it. */
export type NewEvent = Untimed<RunEvent>;
export type Emit = (event: NewEvent) => void;
