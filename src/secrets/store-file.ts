import { access, constants, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure } from '../base/errors.js';
import { lockFile } from '../base/file-lock.js';
import { reasonOf } from '../base/system-reason.js';
import { writeWhole } from '../base/write-whole.js';

const PRIVATE = 0o600;
/** Another process holds the lock for one write: well under a second. */
const RETRIES = { retries: 40, factor: 1.2, minTimeout: 50, maxTimeout: 500 };
const STALE_MS = 15_000;
/** Bytes: a store of many values is smaller. */
const ROOM = 16_384;

/** The file's text; undefined where there is none. */
export async function readStoreFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw failure('secrets/damaged', { path, reason: reasonOf(error) }, { cause: error });
  }
}

/** Whole or not at all, readable by its owner alone, on the disk when this resolves. */
export async function writeStoreFile(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text, { mode: PRIVATE });
  } catch (error) {
    throw failure('secrets/unwritable', { path, reason: reasonOf(error) }, { cause: error });
  }
}

/** Proves that a store could be written beside this path, without one. */
export async function proveRoom(path: string): Promise<void> {
  const probe = `${path}.${process.pid}`;
  try {
    await writeFile(probe, Buffer.alloc(ROOM), { mode: PRIVATE });
  } catch (error) {
    throw failure('secrets/unwritable', { path, reason: reasonOf(error) }, { cause: error });
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

/** Runs `act` while no other process writes the store. `secrets/locked` after some twelve seconds. */
export async function locked<T>(path: string, act: (check: () => void) => Promise<T>): Promise<T> {
  let lost: Error | undefined;
  const release = await acquire(path, (error) => {
    lost = error;
  });
  try {
    await sweep(path);
    return await act(() => {
      if (lost) throw failure('secrets/locked', { path }, { cause: lost });
    });
  } finally {
    // Given up already when another process took it for stale.
    await release().catch(() => {});
  }
}

/** What a killed process had not renamed yet (write-file-atomic names it `secrets.age.1234567`): nobody else writes while the lock is held. */
async function sweep(path: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  const left = names.filter((name) => name.startsWith(`${basename(path)}.`) && /^\d+$/.test(name.slice(basename(path).length + 1)));
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true }).catch(() => {})));
}

async function acquire(path: string, onCompromised: (error: Error) => void): Promise<() => Promise<void>> {
  try {
    await access(dirname(path), constants.W_OK);
    return await lockFile(path, { realpath: false, retries: RETRIES, stale: STALE_MS, onCompromised });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') throw failure('secrets/locked', { path }, { cause: error });
    throw failure('secrets/unwritable', { path, reason: reasonOf(error) }, { cause: error });
  }
}
