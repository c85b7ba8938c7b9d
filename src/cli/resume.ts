import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { type Diagnostic, diagnostic, failure } from '../base/errors.js';
import type { HostPending } from '../events/pending-handler.js';
import { PendingHandlers } from '../events/pending-handlers.js';
import { runsFolder } from '../journal/folder.js';
import { findRun, listRuns, readRun } from '../journal/runs.js';

export interface PendingRequest {
  /** `--resume [RUN]`. */
  readonly resume: string | true | undefined;
  /** As `playbookFile` has it. */
  readonly file: string;
  readonly customerDirectory: string;
}

/**
 * Handlers that earlier runs of this playbook left pending: the last run's record has those of the runs before it too. With `--resume RUN` those
 * of the named run as well. Errors: `journal/no-run`, `journal/no-runs`, `journal/other-playbook`.
 */
export async function pendingFrom({ resume, file, customerDirectory }: PendingRequest): Promise<readonly HostPending[]> {
  const last = await lastRunOf(file, customerDirectory);
  if (resume === true && last === undefined) throw failure('journal/no-runs', { folder: runsFolder(customerDirectory) });
  const named = typeof resume === 'string' ? await namedRun(resume, file, customerDirectory) : undefined;
  const pending = new PendingHandlers();
  for (const run of new Set([named, last])) {
    if (run === undefined) continue;
    const own = new PendingHandlers();
    for (const event of await readRun(customerDirectory, run)) own.handle(event);
    // What the last run says of a host stands above what the named one said.
    for (const each of own.all) pending.handle({ type: 'handlers_pending', ...each });
  }
  return pending.all;
}

/** They are not run now: said before anything else is. */
export function pendingWarning(pending: readonly HostPending[]): Diagnostic {
  const handlers = pending.map((each) => `${each.host}: ${each.handlers.map(({ handler }) => handler).join(', ')}`);
  return diagnostic('journal/handlers-pending', { handlers: [...new Set(handlers)].join('; ') }, { severity: 'warning' });
}

/** A playbook's file however it was typed, and after its folder was moved as a whole: from the inventory's folder, or within the package. */
export function playbookFile(path: string, customerDirectory: string, packageDirectory: string): string {
  const [file, customer, shipped] = [path, customerDirectory, packageDirectory].map(real) as [string, string, string];
  const within = relative(shipped, file);
  const isShipped = !within.startsWith('..') && !isAbsolute(within) && within.startsWith('playbooks');
  return isShipped ? `package:${within}` : relative(customer, file);
}

async function namedRun(wanted: string, file: string, customerDirectory: string): Promise<string> {
  const run = await findRun(customerDirectory, wanted);
  const { start } = (await listRuns(customerDirectory)).find((each) => each.run === run) ?? {};
  if (start && start.file !== file) throw failure('journal/other-playbook', { run, found: `${start.command} ${start.playbook}` });
  return run;
}

async function lastRunOf(file: string, customerDirectory: string): Promise<string | undefined> {
  const runs = await listRuns(customerDirectory);
  return runs.find(({ start }) => start?.command === 'play' && start.file === file && !start.check)?.run;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
