import { describe, expect, it } from 'vitest';
import { probeApt } from '../../../../src/modules/packages/apt-probe.js';
import { apt } from '../../../../src/modules/resource/apt.js';
import { coerce } from '../../../../src/sdk/coerce.js';
import type { FileState, ReadView } from '../../../../src/sdk/query.js';

/** Where the package lists were refreshed `age` seconds ago, at `newest`, and their folder was changed last at `mtime`. */
async function ageOf(age: string, newest: number, mtime: number): Promise<number | undefined> {
  const args = coerce(apt.arguments, { update_cache: true }, 'apt');
  const read = {
    script: async () => ({ rc: 0, stdout: `${age} ${newest}\n`, stderr: '' }),
    stat: async (path: string) => (path === '/var/lib/apt/lists' ? ({ mtime } as FileState) : undefined),
  };
  return (await probeApt(args, read as Partial<ReadView> as ReadView)).lists?.age;
}

describe('the age of the package lists', () => {
  it('is what the host says', async () => {
    expect(await ageOf('7200', 1000, 1000.9)).toBe(7200);
    expect(await ageOf('never', 1000, 1000.9)).toBeUndefined();
  });

  it('is none where a task before it would have refreshed them (check mode)', async () => {
    expect(await ageOf('7200', 1000, 8200.5)).toBe(0);
    expect(await ageOf('never', 1000, 8200.5)).toBe(0);
  });
});
