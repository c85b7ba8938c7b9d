import type { Secret } from '../base/secret.js';
import type { SourceValue } from '../base/template-text.js';
import type { HostPending } from '../events/pending-handler.js';

/** What the command line says of a run, typed. */
export interface RunOptions {
  readonly check: boolean;
  readonly diff: boolean;
  readonly verbosity: number;
  readonly forks: number;
  readonly limit: string | undefined;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly extraVars: Readonly<Record<string, SourceValue>>;
  readonly become: boolean;
  readonly becomeUser: string | undefined;
  readonly becomePassword: Secret | undefined;
  readonly loginPassword: Secret | undefined;
  readonly remoteUser: string | undefined;
  readonly privateKeyFile: string | undefined;
  readonly connectTimeoutMs: number;
  readonly acceptNewHostKeys: boolean;
  readonly startAtTask: string | undefined;
  readonly step: boolean;
  readonly forceHandlers: boolean;
  /** Ids of `once:` steps whose markers are to be dropped. */
  readonly forget: readonly string[];
  /** Handlers that earlier runs of the playbook left pending. */
  readonly pending: readonly HostPending[];
  /** They run, each at the flush at which it was due; else they stay pending. */
  readonly resume: boolean;
  /** A host is this run's alone while it works there. Not for what only looks: check mode, preflight, verify. */
  readonly locksHosts: boolean;
  /** How long to wait for another run's lock on a host. */
  readonly lockWaitMs: number;
}
