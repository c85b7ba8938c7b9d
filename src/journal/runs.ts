import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../base/errors.js';
import type { RunEvent } from '../events/event.js';
import { parseEvent } from '../events/serialise.js';
import { runsFolder } from './folder.js';
import { isRunId } from './run-id.js';

export interface RunInfo {
  readonly run: string;
  readonly folder: string;
  readonly start: Extract<RunEvent, { type: 'run_start' }> | undefined;
  /** Undefined: still running, or killed. */
  readonly recap: Extract<RunEvent, { type: 'recap' }> | undefined;
}

/** The runs that are recorded beside an inventory, newest first. */
export async function listRuns(inventoryDir: string): Promise<RunInfo[]> {
  const runs = await runIds(inventoryDir);
  return Promise.all(
    runs.map(async (run) => {
      const events = await eventsOf(inventoryDir, run);
      return {
        run,
        folder: join(runsFolder(inventoryDir), run),
        start: events.find((event) => event.type === 'run_start'),
        recap: events.findLast((event) => event.type === 'recap'),
      };
    }),
  );
}

/** Whether a run was one of this inventory. As long as the inventory is locked by another, such a run is over. */
export function isRecorded(inventoryDir: string, run: string): boolean {
  return isRunId(run) && existsSync(join(runsFolder(inventoryDir), run));
}

/** The events of a run, by its id or the beginning of one; without one, of the newest. Fails with `journal/no-run` or `journal/no-runs`. */
export async function readRun(inventoryDir: string, wanted?: string): Promise<RunEvent[]> {
  return eventsOf(inventoryDir, await findRun(inventoryDir, wanted));
}

/** A run's id, from its beginning; without one, the newest run's. Fails with `journal/no-run` or `journal/no-runs`. */
export async function findRun(inventoryDir: string, wanted?: string): Promise<string> {
  const folder = runsFolder(inventoryDir);
  const runs = await runIds(inventoryDir);
  if (wanted === undefined) {
    const [newest] = runs;
    if (newest === undefined) throw failure('journal/no-runs', { folder });
    return newest;
  }
  const matching = runs.filter((run) => run.startsWith(wanted));
  const [only] = matching;
  if (only === undefined || matching.length > 1) throw failure('journal/no-run', { run: wanted, folder });
  return only;
}

async function runIds(inventoryDir: string): Promise<string[]> {
  const names = await readdir(runsFolder(inventoryDir)).catch(() => []);
  return names.filter(isRunId).sort().reverse();
}

/** A run that was killed may have a torn last line: what cannot be read is left out. */
async function eventsOf(inventoryDir: string, run: string): Promise<RunEvent[]> {
  const text = await readFile(join(runsFolder(inventoryDir), run, 'events.ndjson'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const event = line === '' ? undefined : parseEvent(line);
    return event ? [event] : [];
  });
}
