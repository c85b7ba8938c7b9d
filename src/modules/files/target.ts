import { posix } from 'node:path';
import { ChatsctlError, failure } from '../../base/errors.js';
import { ModuleFailure } from '../../sdk/module.js';
import type { FileState, ReadView } from '../../sdk/query.js';
import { type Owners, probeOwners, type Wanted } from './attributes.js';
import { expandPath } from './expand-path.js';

/** A path that a module may write, as it is now. */
export interface Target {
  /** Absolute, links followed where that was asked for. */
  readonly path: string;
  readonly state: FileState | undefined;
  /** Of a regular file; undefined where it was not read (`contentBy: checksum`) or cannot be (over 16 MiB). */
  readonly content: Buffer | undefined;
  /** SHA-256 of a regular file, with `contentBy: checksum`. */
  readonly checksum: string | undefined;
  /** The folder it lies in, links followed; undefined: it is not there. */
  readonly parent: FileState | undefined;
  readonly owners: Owners;
}

export interface TargetOptions {
  readonly follow: boolean;
  readonly contentBy?: 'read' | 'checksum' | 'nothing';
}

/** Everything about a path in one round trip, unless links have to be followed. */
export async function probeTarget(
  given: string,
  wanted: Pick<Wanted, 'owner' | 'group'>,
  read: ReadView,
  options: TargetOptions,
): Promise<Target> {
  let path = withoutTrailingSlash(await expandPath(given, read));
  const owners = probeOwners(wanted, read);
  for (let links = 0; links < 40; links++) {
    const by = options.contentBy ?? 'read';
    const [state, parent, content, checksum] = await Promise.all([
      read.stat(path),
      read.stat(posix.dirname(path), { follow: true }),
      by === 'read' ? attempt(read.readFile(path)) : undefined,
      by === 'checksum' ? attempt(read.checksum(path, 'sha256')) : undefined,
    ]);
    if (state?.type === 'link' && options.follow) {
      path = posix.resolve(posix.dirname(path), state.target ?? '');
      continue;
    }
    const regular = state?.type === 'file';
    return {
      path,
      state: existing(state),
      content: regular ? settled(content, state.size) : undefined,
      checksum: regular ? settled(checksum, 0) : undefined,
      parent,
      owners: await owners,
    };
  }
  throw new ModuleFailure(`${given}: too many links that point to links`);
}

/** What may be brought by a package that check mode only planned is not there yet. */
export function existing(state: FileState | undefined): FileState | undefined {
  return state?.unknownFrom === undefined ? state : undefined;
}

/** Fails the task where a file could not be made because its folder is missing: before anything is done, and in check mode too. */
export function requireParent({ path, parent }: Target): void {
  const folder = posix.dirname(path);
  if (!parent) throw failure('host/no-directory', { directory: folder, path });
  if (parent.type !== 'directory' && parent.unknownFrom === undefined) throw failure('host/not-a-directory', { directory: folder, path });
}

export function withoutTrailingSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}

type Attempt<T> = { readonly value: T } | { readonly error: ChatsctlError };

/** A folder, a device or a very large file is asked for in the same breath as what it is: its error counts only where it matters. */
async function attempt<T>(reading: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await reading };
  } catch (error) {
    if (error instanceof ChatsctlError && error.code === 'host/read-failed') return { error };
    throw error;
  }
}

const largest = 16 * 1024 * 1024;

function settled<T>(attempted: Attempt<T> | undefined, size: number): T | undefined {
  if (!attempted) return undefined;
  if ('value' in attempted) return attempted.value;
  if (size > largest) return undefined;
  throw attempted.error;
}
