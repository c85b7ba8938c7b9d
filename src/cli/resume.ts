import { failure } from '../base/errors.js';
import { runsFolder } from '../journal/folder.js';
import { pendingHandlers } from '../journal/pending-handlers.js';
import { listRuns, readRun } from '../journal/runs.js';

/** Handlers that a run left pending, by host: of the named run, else of the last one of this playbook. Errors: `journal/no-run`, `journal/no-runs`. */
export async function pendingFrom(
  resume: string | true | undefined,
  playbook: string,
  customerDirectory: string,
): Promise<Record<string, readonly string[]>> {
  if (resume === undefined) return {};
  const run = resume === true ? await lastRunOf(playbook, customerDirectory) : resume;
  return Object.fromEntries(pendingHandlers(await readRun(customerDirectory, run)));
}

async function lastRunOf(playbook: string, customerDirectory: string): Promise<string> {
  const runs = await listRuns(customerDirectory);
  const last = runs.find(({ start }) => start?.command === 'play' && start.playbook === playbook && !start.check);
  if (!last) throw failure('journal/no-runs', { folder: runsFolder(customerDirectory) });
  return last.run;
}
