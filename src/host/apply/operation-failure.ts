import { failure } from '../../base/errors.js';
import { systemReason } from '../../base/system-reason.js';
import type { Operation } from '../../sdk/operation.js';
import type { SessionFailure } from '../session/session.js';
import { defaultTimeout } from './encode-operation.js';

/** Which operation failed, and why: perl/operations.ts says `run-failed` or `write-failed` with the number of those done. */
export function operationFailure(error: SessionFailure, operations: readonly Operation[]) {
  const [done, ...rest] = error.fields.map((field) => field.toString());
  const operation = operations[Number(done)];
  if (error.status === 'run-failed' && operation?.kind === 'run') {
    const [late, rc = '', stdout = '', stderr = ''] = rest;
    const what = operation.argv.join(' ');
    if (late === '1') return failure('host/operation-timeout', { what, seconds: operation.timeout ?? defaultTimeout }, { cause: error });
    return failure('host/operation-failed', { what, rc, stderr: (stderr.trim() || stdout.trim()).slice(-2000) }, { cause: error });
  }
  if (error.status === 'write-failed') {
    const [path = '', errno = '', reason = ''] = rest;
    if (operation?.kind === 'run')
      return failure('host/operation-failed', { what: operation.argv.join(' '), rc: 127, stderr: reason }, { cause: error });
    return failure('host/write-failed', { path, reason: systemReason(errno, reason) }, { cause: error });
  }
  return error;
}
