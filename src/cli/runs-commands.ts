import { resolve } from 'node:path';
import { formatDuration } from '../base/duration.js';
import { writeWhole } from '../base/write-whole.js';
import { listRuns, readRun } from '../journal/runs.js';
import { htmlReport } from '../reporters/html/html.js';
import { plainReporter } from '../reporters/plain.js';
import { customerDirectory } from './customer-directory.js';
import { exitStatus } from './exit.js';
import type { InventoryFlags } from './play-options.js';
import { textOptions } from './reporting.js';
import type { Session } from './session.js';
import { table } from './table.js';
import { demandWritable } from './writable.js';

export async function listRecorded(flags: InventoryFlags, { terminal, say, cwd }: Session): Promise<number> {
  const runs = await listRuns(customerDirectory(flags, 'runs', cwd));
  if (runs.length === 0) terminal.stderr.line(say('runs.none'));
  else {
    const rows = runs.map(({ run, start, recap }) => [
      run,
      start?.time.replace(/\.\d+Z$/, 'Z') ?? '?',
      recap === undefined ? '' : formatDuration(recap.duration),
      recap === undefined ? say('runs.unfinished') : String(recap.exit),
      start === undefined ? '?' : `${start.command} ${start.playbook}${start.check ? ' --check' : ''}`,
    ]);
    const headings = [say('table.run'), say('table.started'), say('table.elapsed'), say('table.exit'), say('table.command')];
    terminal.stdout.write(table(headings, rows));
  }
  return exitStatus.done;
}

/** A run as an HTML page: into a file, else to standard output. */
export async function reportRecorded(run: string | undefined, flags: InventoryFlags & { out?: string }, session: Session): Promise<number> {
  const { cwd, language, terminal } = session;
  const text = htmlReport(await readRun(customerDirectory(flags, 'runs', cwd), run), language);
  if (flags.out === undefined) terminal.stdout.write(text);
  else {
    demandWritable(flags.out, cwd);
    await writeWhole(resolve(cwd, flags.out), text);
  }
  return exitStatus.done;
}

/** The record through the reporter of logs. */
export async function showRecorded(
  run: string | undefined,
  flags: InventoryFlags & { verbose: number },
  session: Session,
): Promise<number> {
  const events = await readRun(customerDirectory(flags, 'runs', session.cwd), run);
  const { every: _live, ...options } = textOptions(session, flags.verbose);
  const reporter = plainReporter(options);
  for (const event of events) if (event.type !== 'progress') reporter.handle(event);
  await reporter.close();
  return exitStatus.done;
}
