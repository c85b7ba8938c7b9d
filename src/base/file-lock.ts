import { type LockOptions, lock } from 'proper-lockfile';

export type FileLockOptions = Pick<LockOptions, 'lockfilePath' | 'stale' | 'retries' | 'realpath' | 'update' | 'onCompromised'>;

/** Takes the lock beside `path` (a folder made and touched, so that it works on network disks); the answer releases it. Rejects with `code: 'ELOCKED'`. */
export function lockFile(path: string, options: FileLockOptions): Promise<() => Promise<void>> {
  return lock(path, options);
}
