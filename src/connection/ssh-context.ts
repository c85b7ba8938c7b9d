import type { Clock } from '../base/clock.js';
import type { Secret } from '../base/secret.js';

export interface SshContext {
  /** Replaces the user's and the global known_hosts files; the first is written to. */
  readonly knownHostsFiles?: readonly string[];
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly askPassword?: (description: string) => Promise<Secret | undefined>;
  readonly askPassphrase?: (path: string) => Promise<Secret | undefined>;
  /** One line at a time, without secrets. */
  readonly onDebug?: (line: string) => void;
}
