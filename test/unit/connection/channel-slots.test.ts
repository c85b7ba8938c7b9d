import { describe, expect, it } from 'vitest';
import { ChannelSlots } from '../../../src/connection/channel-slots.js';

describe('channel slots', () => {
  it('gives out no more than the limit, the rest in order', async () => {
    const slots = new ChannelSlots(2);
    const order: number[] = [];
    const first = await slots.take();
    const second = await slots.take();
    const waiting = [3, 4].map(async (number) => {
      const release = await slots.take();
      order.push(number);
      return release;
    });
    await Promise.resolve();
    expect(order).toEqual([]);
    first();
    first();
    (await waiting[0])?.();
    const fourth = await waiting[1];
    expect(order).toEqual([3, 4]);
    second();
    fourth?.();
    expect(slots.inUse).toBe(0);
  });

  it('leaves the line when aborted', async () => {
    const slots = new ChannelSlots(1);
    const release = await slots.take();
    const abort = new AbortController();
    const waiting = slots.take(abort.signal);
    abort.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    release();
    (await slots.take())();
    expect(slots.inUse).toBe(0);
  });

  it('opens fewer after the server refused one', async () => {
    const slots = new ChannelSlots(8);
    const releases = await Promise.all([slots.take(), slots.take(), slots.take()]);
    slots.lower(2);
    let fourth = false;
    void slots.take().then((release) => {
      fourth = true;
      release();
    });
    releases[0]?.();
    await Promise.resolve();
    expect(fourth).toBe(false);
    releases[1]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(fourth).toBe(true);
    releases[2]?.();
    expect(slots.inUse).toBe(0);
  });
});
