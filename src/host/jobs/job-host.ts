import type { Clock } from '../../base/clock.js';
import type { Masking } from '../../base/secret.js';
import type { ScriptAnswer } from '../../sdk/query.js';

/** What a job needs of a host: our own scripts, run by root. `HostPort.script` fits. */
export interface JobHost {
  /** POSIX sh with `$1`…; rejects with `connect/lost` when the connection went before the answer came (the script may have run). */
  script(script: string, args: readonly string[], stdin?: string): Promise<ScriptAnswer>;
  /** Resolves when scripts can be run again; rejects when the host is given up. */
  reconnect(): Promise<void>;
}

export interface JobProgress {
  /** The last line that the terminal shows, masked. */
  readonly text: string;
  /** Milliseconds since the program was started. */
  readonly elapsed: number;
  /** Milliseconds since its last output. */
  readonly silent: number;
}

/** What a dialogue needs besides the host. */
export interface JobPort {
  readonly host: JobHost;
  /** Keeps a captured value in the customer's store; it is there when this resolves. */
  store(name: string, value: string): Promise<void>;
  /** Keeps a value of a program that then failed, apart from what counts; resolves with the name under which it is there. */
  keepIssued(name: string, value: string): Promise<string>;
  /** At most twice a second. */
  progress(progress: JobProgress): void;
  readonly masking: Masking;
  readonly clock: Clock;
  /** Aborted: following stops with the signal's reason, the program goes on. */
  readonly signal: AbortSignal;
  /** A masked transcript of a dialogue that failed. */
  keepTranscript?(text: string): Promise<void>;
  /**
   * For a caller that has its own proof to write (`once`): is given what forgets the job, to be called after that. Until then a repeated
   * request answers with the same outcome and runs nothing. Without it the job is forgotten before `runJob` resolves.
   */
  defer?(forget: () => Promise<void>): void;
  /** Where jobs live on the host; another folder is for tests. */
  readonly folder?: string;
}

/** Not on a tmpfs: a reboot must leave a trace, or the program would be started twice. */
export const JOBS_FOLDER = '/var/lib/chatsctl/jobs';
