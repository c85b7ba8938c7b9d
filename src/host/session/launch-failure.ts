import { type ChatsctlError, failure } from '../../base/errors.js';
import type { Exit } from '../../connection/connection.js';
import type { Identity } from '../port.js';

export interface FailedLaunch {
  readonly host: string;
  /** The user that logged in, whose password sudo asks for. */
  readonly login: string;
  readonly identity: Identity;
  readonly becomes: boolean;
  readonly exit: Exit;
  /** What came on standard output, and on standard error, instead of the hello. */
  readonly noise: string;
  readonly complaint: string;
  readonly prompts: number;
}

/** Why no session came about. sudo (LC_ALL=C) says it in words alone: sudo 1.9, plugins/sudoers. */
export function launchFailure({ host, login, identity, becomes, exit, noise, complaint, prompts }: FailedLaunch): ChatsctlError {
  const user = identity.becomeUser ?? '';
  const reason = complaint || noise || (exit.signal ? `signal ${exit.signal}` : `exit status ${exit.code ?? '?'}`);
  if (becomes) {
    if (/^sudo: perl: command not found/m.test(complaint)) return failure('host/perl-missing', { host });
    if (/incorrect password attempt|Sorry, try again/.test(complaint)) return failure('host/sudo-wrong-password', { host, user: login });
    if (/must have a tty/.test(complaint)) return failure('host/sudo-tty-required', { host });
    if (/not in the sudoers file|not allowed to (execute|run)|may not run sudo/.test(complaint))
      return failure('host/sudo-not-allowed', { host, login, user });
    if (/password is required|terminal is required|askpass/.test(complaint)) {
      return prompts > 0
        ? failure('host/sudo-wrong-password', { host, user: login })
        : failure('host/sudo-password-required', { host, user });
    }
    if (/unknown user/.test(complaint)) return failure('host/become-user', { host, user });
    if (exit.code === 127) return failure('host/sudo-missing', { host });
    return failure('host/sudo-failed', { host, reason });
  }
  if (exit.code === 127) return failure('host/perl-missing', { host });
  return failure('host/session-refused', { host, reason });
}
