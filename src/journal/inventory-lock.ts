import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../base/clock.js';
import { failure } from '../base/errors.js';
import { lockFile } from '../base/file-lock.js';
import { makePrivate, stateFolder, unwritable } from './folder.js';
import { describeHolder, type Holder, isGone, isHolder } from './lock-holder.js';

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

/** Another computer's run that showed no sign of life for this long (ms) is taken for dead. */
const SILENT_MS = 60_000;
const BEAT_MS = 10_000;
const RETRY_MS = 1_000;
/** Burying takes milliseconds: who began it and was killed does not keep others from it. */
const BURY_MS = 5_000;

/**
 * One run an inventory. Fails with `journal/locked`, which says who holds it, or `journal/unwritable`. A holder that was killed on this
 * computer does not hold it; one on another computer for a minute after its last sign of life, whatever the clocks of the two say.
 * The answer releases the lock.
 */
export async function acquireInventoryLock(inventoryDir: string, request: LockRequest): Promise<() => Promise<void>> {
  const folder = stateFolder(inventoryDir);
  await makePrivate(folder);
  const lock = new LockFiles(folder);
  for (let waited = false; ; waited = true) {
    if (await lock.make()) return await lock.hold(describeHolder(request.run, request.operator, request.clock.now()));
    const holder = await lock.holder();
    if (await lock.isDead(holder)) {
      await lock.bury();
      continue;
    }
    const { run, operator, host, pid, since } = holder ?? { run: '?', operator: '?', host: '?', pid: '?', since: '?' };
    if (!request.wait) throw failure('journal/locked', { run, operator, host, pid, since });
    if (!waited && holder) request.onWait?.(holder);
    await request.clock.sleep(RETRY_MS, request.signal);
  }
}

/** The lock is a folder, since making one is a test-and-set on network disks too; who holds it and the sign of life stand beside it. */
class LockFiles {
  private readonly lock: string;
  private readonly about: string;
  private readonly beat: string;

  constructor(private readonly folder: string) {
    this.lock = join(folder, 'lock');
    this.about = join(folder, 'lock.json');
    this.beat = join(folder, 'lock.beat');
  }

  async make(): Promise<boolean> {
    try {
      await mkdir(this.lock);
      return true;
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
      throw unwritable(this.lock, cause);
    }
  }

  async hold(holder: Holder): Promise<() => Promise<void>> {
    try {
      await writeFile(this.beat, '.', { mode: 0o600 });
      await writeFile(this.about, JSON.stringify(holder), { mode: 0o600 });
    } catch (cause) {
      await this.remove();
      throw unwritable(this.about, cause);
    }
    const beating = setInterval(() => void this.showLife(holder.run), BEAT_MS);
    beating.unref();
    return async () => {
      clearInterval(beating);
      // A computer that slept for long finds another run in its place.
      if ((await this.holder())?.run === holder.run) await this.remove();
    };
  }

  async holder(): Promise<Holder | undefined> {
    try {
      const holder: unknown = JSON.parse(await readFile(this.about, 'utf8'));
      return isHolder(holder) ? holder : undefined;
    } catch {
      return undefined;
    }
  }

  /** Of this computer by its process, of another by its silence. */
  async isDead(holder: Holder | undefined): Promise<boolean> {
    const gone = holder && isGone(holder);
    return gone ?? (await this.silence(holder ? this.beat : this.lock)) > SILENT_MS;
  }

  /** One at a time, and looking again: two that saw the same dead holder must not remove each other's new lock. */
  async bury(): Promise<void> {
    const lockfilePath = `${this.lock}.bury`;
    const release = await lockFile(this.folder, { lockfilePath, realpath: false, stale: BURY_MS }).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED') return undefined;
      throw unwritable(lockfilePath, cause);
    });
    if (!release) return;
    try {
      if (await this.isDead(await this.holder())) await this.remove();
    } finally {
      await release();
    }
  }

  private async remove(): Promise<void> {
    await rm(this.about, { force: true, recursive: true });
    await rm(this.beat, { force: true });
    await rmdir(this.lock).catch(() => {});
  }

  /** Written over, so that a full disk does not end the sign of life. */
  private async showLife(run: string): Promise<void> {
    try {
      if ((await this.holder())?.run !== run) return;
      const file = await open(this.beat, 'r+');
      await file.write('.', 0).finally(() => file.close());
    } catch {
      // The next beat may come through; who sees none for a minute takes the lock, and the hosts' own locks still stand.
    }
  }

  /** Milliseconds since the file was written, by the clock that stamps files here: no two computers need to agree on the time. */
  private async silence(path: string): Promise<number> {
    const probe = join(this.folder, `lock.${randomUUID()}`);
    try {
      const written = await stat(path);
      await writeFile(probe, '.', { mode: 0o600 });
      return (await stat(probe)).mtimeMs - written.mtimeMs;
    } catch {
      return 0;
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
  }
}
