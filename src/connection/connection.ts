import type { Duplex, Readable, Writable } from 'node:stream';
import type { Secret } from '../base/secret.js';

/** One connection to one host: SSH or the local machine. Channels are limited (8 at once) and queued by the connection itself. */
export interface Connection {
  /** `deploy@10.0.0.12:22` or `local`: for messages. */
  readonly description: string;
  /** `SHA256:…` of the host key that was accepted; undefined for local. */
  readonly hostKeyFingerprint: string | undefined;
  /** The login user's name. */
  readonly user: string;
  /** Opens a channel running `command` in the login user's shell (sshd does: shell -c command). Nothing secret goes into it. */
  open(command: string, options?: OpenOptions): Promise<Channel>;
  /** Runs to its end and gathers output as bytes. A lost connection rejects with `connect/lost`. */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /** A TCP stream from the host to an address as the host sees it (SSH: direct-tcpip; local: net.connect). Rejects with `connect/forward-refused`, or an Error with `code` ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENOTFOUND. */
  forward(host: string, port: number, signal?: AbortSignal): Promise<Duplex>;
  /** Settles once, with the reason, when the connection is gone without `close` having been called. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
}

export interface OpenOptions {
  pty?: { rows: number; cols: number; term: string };
  signal?: AbortSignal;
  /** The server has no room for one more channel (MaxSessions): it is waited for. */
  onRefused?: () => void;
}

export interface ExecOptions extends OpenOptions {
  stdin?: Buffer | Readable;
  onStdout?: (chunk: Buffer) => void;
  onStderr?: (chunk: Buffer) => void;
}

export interface Channel {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Exit code, or the signal that ended it. Rejects with `connect/lost` when the connection went first: ssh2 alone would resolve with neither. */
  readonly exited: Promise<Exit>;
  /** Sends a signal where the server allows it and closes the channel. */
  kill(signal?: 'TERM' | 'KILL' | 'INT'): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface ExecResult extends Exit {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** All that is needed to reach a host, from inventory variables, ssh config and flags. */
export interface SshTarget {
  /** The inventory name: messages and `Host` patterns of ssh config (`ansible_host` when given is the name that `ssh -G` is asked for). */
  readonly name: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  readonly privateKeyFile: string | undefined;
  readonly privateKeyPassphrase: Secret | undefined;
  /** `-J` of ansible_ssh_common_args: hosts as OpenSSH writes them, comma-separated. */
  readonly proxyJump: string | undefined;
  /** The `-o` options that are allowed, by lower-case name. */
  readonly options: Readonly<Record<string, string>>;
  readonly hostKeyChecking: 'strict' | 'accept-new';
  readonly connectTimeoutMs: number;
}
