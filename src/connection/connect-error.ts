import { ChatsctlError, failure } from '../base/errors.js';

/** How far a connection got before it failed. */
export interface Progress {
  phase: 'dial' | 'handshake' | 'login';
  /** The first of what the other side said. */
  greeting: string;
  /** The algorithms were agreed upon: the host has shown its key. */
  keyShown: boolean;
}

export interface Attempted {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly tried: readonly string[];
}

/** What ends a phase that takes too long. */
export class PhaseTimeout extends Error {
  constructor(readonly seconds: number) {
    super(`no answer for ${seconds} s`);
  }
}

/** ssh2 marks its errors with a level, the socket's with a code. */
interface Raw {
  readonly message: string;
  readonly level?: unknown;
  readonly code?: unknown;
}

/** SSH_MSG_DISCONNECT's reasons (RFC 4253, 11.1) with which servers end too many attempts: OpenSSH the first, others the second. */
const protocolError = 2;
const noMoreAuthMethods = 14;

/** Turns what ssh2 and the socket say into one error of ours. */
export function connectError(error: unknown, progress: Progress, attempted: Attempted): ChatsctlError {
  if (error instanceof ChatsctlError) return error;
  const raw = rawOf(error);
  const { host, port, user } = attempted;
  const options = { cause: error };
  const reason = reasonOf(raw, progress);
  if (error instanceof PhaseTimeout) {
    const { seconds } = error;
    if (progress.phase === 'dial') return failure('connect/timeout', { host, port, seconds }, options);
    if (progress.phase === 'handshake') return failure('connect/handshake-timeout', { host, port, seconds }, options);
    return failure('connect/login-timeout', { host, user, seconds }, options);
  }
  if (progress.phase === 'dial') {
    if (isDns(raw)) return failure('connect/dns', { host, reason }, options);
    if (raw.code === 'ECONNREFUSED') return failure('connect/refused', { host, port }, options);
    return failure('connect/unreachable', { host, port, reason }, options);
  }
  if (progress.phase === 'login') {
    const tried = attempted.tried.join(', ') || 'nothing: there is no key, no agent, no password';
    if (raw.level === 'client-authentication') return failure('connect/auth', { user, host, tried }, options);
    if (raw.code === protocolError || raw.code === noMoreAuthMethods)
      return failure('connect/too-many-auth-failures', { host, user, tried }, options);
    return failure('connect/login-closed', { host, user, reason, tried }, options);
  }
  if (raw.level === 'handshake')
    return failure(progress.keyShown ? 'connect/handshake' : 'connect/algorithms', { host, port, reason }, options);
  if (isNotSsh(progress)) return failure('connect/not-ssh', { host, port, reason }, options);
  return failure('connect/dropped', { host, port, reason }, options);
}

/**
 * How often it is tried in all. sshd's MaxStartups drops connections before the handshake under load, and a resolver may be busy: that
 * passes. Nothing else is worth another try.
 */
export function attemptsFor(error: unknown, progress: Progress): number {
  if (error instanceof ChatsctlError || error instanceof PhaseTimeout) return 1;
  const raw = rawOf(error);
  if (progress.phase === 'dial') return raw.code === 'EAI_AGAIN' ? 3 : 1;
  return progress.phase === 'handshake' && raw.level !== 'handshake' && !isNotSsh(progress) ? 5 : 1;
}

function rawOf(error: unknown): Raw {
  return error instanceof Error ? error : { message: String(error) };
}

function isDns({ code }: Raw): boolean {
  return typeof code === 'string' && (code === 'ENOTFOUND' || code.startsWith('EAI_'));
}

/** It spoke, and not SSH; OpenSSH says in plain text why it drops a connection. */
function isNotSsh({ greeting }: Progress): boolean {
  return greeting !== '' && !/^(SSH-|Exceeded MaxStartups|Not allowed at this time)/.test(greeting);
}

function reasonOf(raw: Raw, { greeting, phase }: Progress): string {
  if (phase === 'handshake' && greeting && !greeting.startsWith('SSH-')) return JSON.stringify(greeting.split(/\r?\n/)[0]?.slice(0, 60));
  // node-ssh calls every connection that was closed ETIMEDOUT; a socket's own error names its system call.
  if (raw.code === 'ETIMEDOUT' && !('syscall' in raw)) return 'it was closed by the other side';
  return typeof raw.code === 'string' ? raw.code : raw.message;
}
