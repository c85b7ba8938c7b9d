import { ChatsctlError } from '../../base/errors.js';

/**
 * A read that is asked for in the same breath as the stat that tells whether it makes sense (one round trip instead of two): undefined where
 * the path turns out to be nothing that can be read so.
 */
export async function whereReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ChatsctlError && error.code === 'host/read-failed') return undefined;
    throw error;
  }
}
