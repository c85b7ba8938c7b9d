import { catalog } from '../base/catalog/index.js';
import { ChatsctlError } from '../base/errors.js';

/** The contract's exit statuses. */
export const exitStatus = {
  done: 0,
  defect: 1,
  taskFailed: 2,
  unreachable: 3,
  invalid: 4,
  store: 5,
  locked: 6,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** Of several errors at once, the most telling: invalid input before all, then the first one's own. */
export function statusOf(error: unknown): number {
  if (!(error instanceof ChatsctlError)) return exitStatus.defect;
  const statuses = error.diagnostics.filter((each) => each.severity === 'error').map((each) => catalog[each.code].status);
  return statuses.find((each) => each === exitStatus.invalid) ?? statuses[0] ?? exitStatus.invalid;
}
