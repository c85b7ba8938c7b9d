import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ChatsctlError, failure } from '../base/errors.js';
import { reasonOf } from '../base/system-reason.js';

/** Our folder beside the inventory. */
export function stateFolder(inventoryDir: string): string {
  return join(inventoryDir, '.chatsctl');
}

export function runsFolder(inventoryDir: string): string {
  return join(stateFolder(inventoryDir), 'runs');
}

/** Makes a folder and those above it, for its owner alone. One after the other: Node's recursive mkdir loses the reason (a read-only disk). */
export async function makePrivate(path: string): Promise<void> {
  try {
    if ((await make(path)) === 'made') return;
    await makePrivate(dirname(path));
    if ((await make(path)) === 'no parent') throw new Error('ENOENT');
  } catch (cause) {
    throw cause instanceof ChatsctlError ? cause : unwritable(path, cause);
  }
}

async function make(path: string): Promise<'made' | 'no parent'> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' && dirname(path) !== path) return 'no parent';
    if (code !== 'EEXIST') throw cause;
  }
  return 'made';
}

export function unwritable(path: string, cause: unknown): Error {
  return failure('journal/unwritable', { path, reason: reasonOf(cause) }, { cause });
}
