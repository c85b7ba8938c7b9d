import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/base/errors.js';
import type { Answer } from '../../../src/host/port.js';
import { Reads } from '../../../src/host/reads/reads.js';
import type { Query } from '../../../src/sdk/query.js';

function setup(answer: (query: Query, asking: number) => Answer = () => ({ value: undefined })) {
  const frames: (readonly Query[])[] = [];
  const clock = { at: 0, now: () => clock.at, sleep: async () => {} };
  const generation = { current: 0 };
  const source = {
    ask: async (queries: readonly Query[]) => {
      frames.push(queries);
      return queries.map((query) => answer(query, frames.length));
    },
  };
  return { frames, clock, generation, reads: new Reads(source, clock, generation) };
}

describe('reads', () => {
  it('asked in one turn go in one frame, each once', async () => {
    const { frames, reads } = setup();
    const later = Promise.resolve().then(() => reads.cached.readFile('/c'));
    await Promise.all([reads.cached.stat('/a'), reads.cached.stat('/a'), reads.cached.readFile('/b'), reads.fresh.stat('/a'), later]);
    expect(frames.map((frame) => frame.length)).toEqual([3]);
  });

  it('are not asked again within 5 s, and then they are', async () => {
    const { frames, clock, reads } = setup();
    await reads.cached.stat('/a');
    clock.at = 4999;
    await reads.cached.stat('/a');
    expect(frames).toHaveLength(1);
    clock.at = 5000;
    await reads.cached.stat('/a');
    expect(frames).toHaveLength(2);
  });

  it('are told apart by all of their content', async () => {
    const { frames, reads } = setup();
    await Promise.all([
      reads.cached.stat('/a'),
      reads.cached.stat('/a', { follow: true }),
      reads.cached.script('a', ['b']),
      reads.cached.script('a', [], 'b'),
    ]);
    expect(frames[0]).toHaveLength(4);
  });

  it('are forgotten with the generation, also those that are under way', async () => {
    const { frames, generation, reads } = setup((_query, asking) => ({ value: String(asking) }));
    const before = reads.cached.checksum('/a', 'sha1');
    generation.current += 1;
    const after = reads.cached.checksum('/a', 'sha1');
    await Promise.all([before, after]);
    generation.current += 1;
    expect(await reads.cached.checksum('/a', 'sha1')).toBe('2');
    expect(frames).toHaveLength(2);
  });

  it('that must be fresh are asked each time, and serve the others', async () => {
    const { frames, reads } = setup();
    await reads.cached.stat('/a');
    await reads.fresh.stat('/a');
    await reads.cached.stat('/a');
    expect(frames).toHaveLength(2);
  });

  it('that fail are the task’s failure, and are not kept', async () => {
    const error = failure('host/read-failed', { path: '/a', reason: 'x' });
    const { frames, reads } = setup((_query, asking) => (asking === 1 ? { error } : { value: undefined }));
    await expect(reads.cached.stat('/a')).rejects.toBe(error);
    expect(await reads.cached.stat('/a')).toBeUndefined();
    expect(frames).toHaveLength(2);
  });

  it('reject all when the host cannot be asked', async () => {
    const reads = new Reads({ ask: () => Promise.reject(new Error('lost')) }, { now: () => 0, sleep: async () => {} }, { current: 0 });
    const both = await Promise.allSettled([reads.cached.stat('/a'), reads.cached.stat('/b')]);
    expect(both.map((each) => each.status)).toEqual(['rejected', 'rejected']);
  });
});
