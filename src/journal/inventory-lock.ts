import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../base/clock.js';
import { failure } from '../base/errors.js';
import { lockFile } from '../base/file-lock.js';
import { makePrivate, stateFolder, unwritable } from './folder.js';

export interface LockRequest {
  readonly run: string;
  readonly operator: string;
  readonly clock: Clock;
  /** Waits until the other run ends instead of failing. */
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
  /** Once, when waiting begins: who is waited for. */
  readonly onWait?: (holder: Holder) => void;
}

export interface Holder {
  readonly run: string;
  readonly operator: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
  /** When the process began, as the kernel counts: a pid may have been given away again. */
  readonly processStart?: string;
}

/** Another computer's run that showed no sign of life for this long (ms) is taken for dead. */
const STALE_MS = 60_000;
const RETRY_MS = 1_000;

/**
 * One run an inventory. Fails with `journal/locked`, which says who holds it; a holder that was killed on this computer does not hold it.
 * The answer releases the lock.
 */
export async function acquireInventoryLock(inventoryDir: string, request: LockRequest): Promise<() => Promise<void>> {
  const folder = stateFolder(inventoryDir);
  await makePrivate(folder);
  const paths = { lock: join(folder, 'lock'), holder: join(folder, 'lock.json') };
  for (let waited = false; ; waited = true) {
    const release = await tryLock(folder, paths.lock, STALE_MS);
    if (release) {
      await writeFile(paths.holder, JSON.stringify(describe(request)), { mode: 0o600 });
      return async () => {
        await rm(paths.holder, { force: true });
        await release().catch(() => {});
      };
    }
    const holder = await readHolder(paths.holder);
    if (holder && isDead(holder)) {
      await bury(folder, paths);
      continue;
    }
    const shown = holder ?? { run: '?', operator: '?', host: '?', pid: 0, since: '?' };
    if (!request.wait)
      throw failure('journal/locked', { run: shown.run, operator: shown.operator, host: shown.host, pid: shown.pid, since: shown.since });
    if (!waited) request.onWait?.(shown);
    await request.clock.sleep(RETRY_MS, request.signal);
  }
}

/** Removes a dead holder's lock. One at a time, and looking again: two that saw the same dead holder must not remove each other's new lock. */
async function bury(folder: string, paths: { readonly lock: string; readonly holder: string }): Promise<void> {
  const release = await tryLock(folder, `${paths.lock}.bury`, 5_000);
  if (!release) return;
  const holder = await readHolder(paths.holder);
  if (holder && isDead(holder)) {
    await rm(paths.holder, { force: true });
    await rm(paths.lock, { recursive: true, force: true });
  }
  await release();
}

async function tryLock(folder: string, lockfilePath: string, stale: number): Promise<(() => Promise<void>) | undefined> {
  try {
    // A computer that slept longer than the lock lives finds it compromised: the run goes on, another could not have known.
    return await lockFile(folder, { lockfilePath, realpath: false, stale, update: stale / 6, onCompromised: () => {} });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED') return undefined;
    throw unwritable(lockfilePath, cause);
  }
}

function describe({ run, operator, clock }: LockRequest): Holder {
  const processStart = startOf(process.pid);
  return {
    run,
    operator,
    host: hostname(),
    pid: process.pid,
    since: new Date(clock.now()).toISOString(),
    ...(processStart !== undefined && { processStart }),
  };
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' && value !== null && 'run' in value && 'pid' in value && typeof value.pid === 'number' && 'host' in value
  );
}

function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  return holder.processStart !== undefined && startOf(holder.pid) !== holder.processStart;
}

/** Field 22 of /proc/PID/stat; undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
