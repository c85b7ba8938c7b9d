import { type ChatsctlError, failure } from '../../base/errors.js';

/** A read of the simulated host that fails as the real one would. */
export function cannotRead(path: string, reason: string): ChatsctlError {
  return failure('host/read-failed', { path, reason });
}
