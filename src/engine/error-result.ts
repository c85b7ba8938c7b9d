import { catalog } from '../base/catalog/index.js';
import { ChatsctlError, plainMessage } from '../base/errors.js';
import { formatPosition } from '../base/position.js';
import { NotKnown } from './not-known.js';
import { errorFields, failed, type ItemResult, unknown } from './task-result.js';

/**
 * Errors of the task are its result, the store's among them: hosts have been contacted. A lost or refused host is unreachable; a lock that
 * another run holds, and what is a defect, go up. What check mode cannot tell is unknown.
 */
export function errorResult(error: unknown, signal: AbortSignal): ItemResult {
  if (signal.aborted && error === signal.reason) throw error;
  if (error instanceof NotKnown) return unknown(error.reason);
  if (!(error instanceof ChatsctlError)) throw error;
  const [first, ...behind] = error.diagnostics;
  const message = first.position ? `${plainMessage(first)} (${formatPosition(first.position)})` : plainMessage(first);
  // What stands behind it: the cause at a jump host, further errors of the same task.
  const result = { ...errorFields(first), ...(behind.length > 0 && { causes: behind.map(({ code }) => code) }) };
  const { status } = catalog[first.code];
  if (status === 3) return { status: 'unreachable', message, result: { changed: false, unreachable: true, msg: message, ...result } };
  if (status === 6) throw error;
  return failed(message, result);
}
