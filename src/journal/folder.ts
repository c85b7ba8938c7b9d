import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../base/errors.js';
import { reasonOf } from '../base/system-reason.js';

/** Our folder beside the inventory. */
export function stateFolder(inventoryDir: string): string {
  return join(inventoryDir, '.chatsctl');
}

export function runsFolder(inventoryDir: string): string {
  return join(stateFolder(inventoryDir), 'runs');
}

/** Makes a folder and those above it, for its owner alone. */
export async function makePrivate(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

export function unwritable(path: string, cause: unknown): Error {
  return failure('journal/unwritable', { path, reason: reasonOf(cause) }, { cause });
}
