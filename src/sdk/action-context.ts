import type { Duplex } from 'node:stream';
import type { ValueMap } from '../base/value.js';
import type { JobOutcome, JobRequest } from './job.js';
import type { ReadView } from './query.js';

/** What an action module may do. User text runs in a channel of its own, as the task's become user. */
export interface ActionContext {
  readonly read: ReadView;
  readonly facts: ValueMap;
  /** True for `ansible_connection: local`: the network is then seen from the control machine. */
  readonly local: boolean;
  /** Aborts at the task's timeout or at an orderly stop. */
  readonly signal: AbortSignal;
  readonly checkMode: boolean;
  exec(request: ExecRequest): Promise<ExecAnswer>;
  /** Applies operations at once (get_url puts its file in place with the safe writer). */
  apply(operations: readonly import('./operation.js').Operation[]): Promise<void>;
  /** A TCP stream as seen from the host. */
  connect(host: string, port: number): Promise<Duplex>;
  /** Runs or adopts a dialogue with an interactive program. Captures are stored before this resolves. */
  job(request: JobRequest): Promise<JobOutcome>;
  sleep(ms: number): Promise<void>;
  now(): number;
  /** A line for the operator while it runs (masked, throttled). */
  progress(text: string): void;
}

export interface ExecRequest {
  /** Run directly, without a shell. */
  readonly argv?: readonly string[];
  /** Or given to `executable` (default /bin/sh) on a descriptor, never in argv. */
  readonly script?: string;
  readonly executable?: string;
  readonly args?: readonly string[];
  readonly chdir?: string;
  /** The task's merged environment; never in argv. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export interface ExecAnswer {
  /** 128 + signal number for a signal. */
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Why the program could not be started, in Ansible's words; `rc` is then the errno. */
  readonly msg?: string;
}
