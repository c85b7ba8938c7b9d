/** The parts of a play that end with a flush; roles belong to `tasks`. */
export type FlushSection = 'pre_tasks' | 'tasks' | 'post_tasks';

/** A handler that was notified and has not run. */
export interface PendingHandler {
  /** As it is shown: `role : name`. */
  readonly handler: string;
  readonly section: FlushSection;
  /** Flushes of that section (`meta: flush_handlers`) that were over by then: it was due at the next. */
  readonly flush: number;
}

/** Those of one host in one play. */
export interface HostPending {
  readonly host: string;
  readonly play: string;
  /** Place of the play in its playbook, from 1; 0 where it is there no more. */
  readonly number: number;
  readonly handlers: readonly PendingHandler[];
}
