import { ChatsctlError, failure } from '../base/errors.js';

/** How far a connection got before it failed. */
export interface Progress {
  /** TCP is there. */
  connected: boolean;
  /** The key exchange is done. */
  handshaken: boolean;
}

export interface Attempted {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly timeoutMs: number;
  readonly tried: readonly string[];
}

/** ssh2 marks its errors with a level, the socket's with a code. */
interface Raw {
  readonly message: string;
  readonly level?: unknown;
  readonly code?: unknown;
}

/** Turns what ssh2 and the socket say into one error of ours. */
export function connectError(error: unknown, progress: Progress, attempted: Attempted): ChatsctlError {
  if (error instanceof ChatsctlError) return error;
  const raw: Raw = error instanceof Error ? error : { message: String(error) };
  const { host, port, user } = attempted;
  const options = { cause: error };
  const reason = typeof raw.code === 'string' ? raw.code : raw.message;
  switch (raw.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
    case 'EAI_FAIL':
      return failure('connect/dns', { host, reason }, options);
    case 'ECONNREFUSED':
      return failure('connect/refused', { host, port }, options);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return failure('connect/unreachable', { host, port, reason }, options);
    case 'ETIMEDOUT':
      // node-ssh says ETIMEDOUT for a connection that was closed; a socket's own error names its system call.
      if ('syscall' in raw) return failure('connect/timeout', { host, port, seconds: attempted.timeoutMs / 1000 }, options);
  }
  const tried = attempted.tried.join(', ') || 'nothing: there is no key, no agent, no password';
  if (raw.level === 'client-timeout') return failure('connect/timeout', { host, port, seconds: attempted.timeoutMs / 1000 }, options);
  if (raw.level === 'client-authentication') return failure('connect/auth', { user, host, tried }, options);
  // SSH_MSG_DISCONNECT carries a numeric reason; sshd ends too many attempts with it, or drops the line.
  if (progress.handshaken && (typeof raw.code === 'number' || raw.code === 'ECONNRESET' || attempted.tried.length > 1)) {
    return failure('connect/too-many-auth-failures', { host, user, tried }, options);
  }
  if (progress.handshaken) return failure('connect/auth', { user, host, tried }, options);
  if (raw.level === 'handshake') return failure('connect/algorithms', { host, reason }, options);
  return failure('connect/not-ssh', { host, port, reason }, options);
}

/** sshd's MaxStartups drops connections before the handshake under load: worth another try. Nothing else is. */
export function isTransient(error: unknown, progress: Progress): boolean {
  if (error instanceof ChatsctlError || progress.handshaken) return false;
  const raw: Raw = error instanceof Error ? error : { message: '' };
  return (
    raw.code === 'ECONNRESET' || raw.code === 'EPIPE' || (raw.level === 'protocol' && raw.message === 'Connection lost before handshake')
  );
}
