import type { Duplex } from 'node:stream';
import type { ChatsctlError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import type { ValueMap } from '../base/value.js';
import type { ExecAnswer, ExecRequest } from '../sdk/action-context.js';
import type { Operation } from '../sdk/operation.js';
import type { Answers, Query, ReadView, ScriptAnswer } from '../sdk/query.js';

/** Whom a task runs as. Sessions are opened lazily, one for each identity of a host. */
export interface Identity {
  /** `become_user`; undefined: the login user, without become. */
  readonly becomeUser: string | undefined;
  /** `become_method`: sudo is the one there is. */
  readonly method: string;
  /** `become_flags`, split at spaces. */
  readonly flags: readonly string[];
  readonly password: Secret | undefined;
}

export const loginIdentity: Identity = { becomeUser: undefined, method: 'sudo', flags: [], password: undefined };

/** The answer to one query: a value, or the error with which a task that needs it fails. */
export type Answer = { readonly value: Answers[keyof Answers] } | { readonly error: ChatsctlError };

/** Answers queries in their order, all in one round trip. What the simulated host stands on, and is. */
export interface QuerySource {
  /** Rejects only when the host cannot be asked at all (`connect/lost`, `host/…`). */
  ask(queries: readonly Query[]): Promise<readonly Answer[]>;
}

/** What one operation did, beyond being done. */
export interface OperationOutcome {
  /** Of `backup`: where the copy lies; undefined when there was nothing to keep. */
  readonly backup?: string;
  /** Of `run`. */
  readonly rc?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

export interface ExecOptions {
  /** Aborted: the program's process group on the host is ended, then the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
}

/** Our own POSIX sh, run by the session; it may change the host (then call `invalidate`). Never user text. */
export interface ScriptRequest {
  readonly script: string;
  /** `$1`…: visible in the host's process list. */
  readonly args?: readonly string[];
  /** The place for anything secret. */
  readonly stdin?: Buffer | string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default 60 s; past it the session is replaced. */
  readonly timeoutMs?: number;
}

/** Counts since the host was opened; the engine takes differences. */
export interface Counters {
  /** Messages that had to be waited for: what is sent in one turn of the event loop is one. */
  readonly roundTrips: number;
  readonly bytesSent: number;
}

/** One host as one identity. */
export interface HostPort extends QuerySource {
  readonly host: Host;
  readonly identity: Identity;
  /** Coalesced (what is asked in one turn of the event loop is one frame) and cached by content for 5 s or until the generation changes. */
  readonly read: ReadView;
  /** Coalesced, never from the cache: until, wait_for, pause, while a job runs. */
  readonly freshRead: ReadView;
  /**
   * Applies operations in order, in one message, each safely; the first failure stops the rest. Advances the host's generation.
   * Rejects with `host/write-failed`, `host/operation-failed`, `host/operation-timeout`, `host/validate-failed`.
   */
  apply(operations: readonly Operation[]): Promise<readonly OperationOutcome[]>;
  /** User text in a channel of its own. Advances the host's generation. */
  exec(request: ExecRequest, options?: ExecOptions): Promise<ExecAnswer>;
  script(request: ScriptRequest): Promise<ScriptAnswer>;
  /** A TCP stream from the host to an address as it sees it. */
  connect(host: string, port: number, signal?: AbortSignal): Promise<Duplex>;
  /** `ansible_facts` without the prefix, gathered in one round trip. `subset`: `gather_subset` (`all`, `min`, `network`, `hardware`, `virtual`, `!…`). */
  facts(subset?: readonly string[]): Promise<ValueMap>;
}

export interface LockClaim {
  readonly run: string;
  readonly operator: string;
  /** The control machine's name. */
  readonly from: string;
  /** Of the process there that holds it. */
  readonly pid: number;
  /**
   * Which of the run's ways to the host takes it. A session of the same way is a lost one, and is ended; one of another way (another user,
   * another of the host's names) holds the lock for all. Default: the host's name.
   */
  readonly connection?: string;
  /** How long to wait for another run's lock; 0: not at all. */
  readonly waitMs: number;
  /** Whether that run is known to have ended. What its session still does on the host is waited for, however long it takes, and no more is begun. */
  readonly isOver?: ((run: string) => boolean) | undefined;
  readonly signal?: AbortSignal;
}

/** One host with its one connection, shared by all identities. */
export interface Host {
  readonly name: string;
  /** `deploy@10.0.0.12:22` or `local`. */
  readonly description: string;
  readonly user: string;
  readonly local: boolean;
  readonly hostKeyFingerprint: string | undefined;
  readonly counters: Counters;
  /** The same port for an equal identity. */
  as(identity: Identity): HostPort;
  /** Forgets all cached reads of the host, of every identity: call it after an action on any host. */
  invalidate(): void;
  /** Work of several callers on this host runs one after the other (delegation). */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Takes the host's run lock, held by the session of `identity` until `close`. `host/locked` says who holds it and since when. */
  lock(claim: LockClaim, identity: Identity): Promise<void>;
  /** Drops the connection; the next use connects again (`meta: reset_connection`). */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface HostEvent {
  /** `waiting`: for another run's lock. */
  readonly state: 'connecting' | 'connected' | 'lost' | 'reconnected' | 'waiting' | 'closed';
  readonly detail?: string;
}
