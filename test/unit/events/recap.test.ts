import { describe, expect, it } from 'vitest';
import type { NewEvent, TaskStatus } from '../../../src/events/event.js';
import { Recap } from '../../../src/events/recap.js';

const zero = { ok: 0, changed: 0, failed: 0, unreachable: 0, skipped: 0, rescued: 0, ignored: 0 };

function countsOf(...statuses: [TaskStatus, boolean?][]) {
  const recap = new Recap();
  for (const [status, changed = false] of statuses) {
    const event: NewEvent = {
      type: 'task_result',
      play: 'p',
      task: 't',
      module: 'command',
      host: 'h',
      status,
      handler: false,
      result: { changed },
      position: 'x:1:1',
      duration: 1,
      roundTrips: 1,
    };
    recap.handle(event);
  }
  return recap.hosts.h;
}

describe('the recap counts as Ansible does', () => {
  it.each([
    ['ok', { ...zero, ok: 1 }],
    ['changed', { ...zero, ok: 1, changed: 1 }],
    ['failed', { ...zero, failed: 1 }],
    ['skipped', { ...zero, skipped: 1 }],
    ['unreachable', { ...zero, unreachable: 1 }],
    ['rescued', { ...zero, rescued: 1 }],
    ['ignored', { ...zero, ok: 1, ignored: 1 }],
  ] as const)('%s', (status, expected) => {
    expect(countsOf([status])).toEqual(expected);
  });

  it('counts a change of an ignored failure', () => {
    expect(countsOf(['ignored', true])).toEqual({ ...zero, ok: 1, changed: 1, ignored: 1 });
  });

  it('adds up', () => {
    expect(countsOf(['ok'], ['changed', true], ['changed', true], ['rescued', true])).toEqual({ ...zero, ok: 3, changed: 2, rescued: 1 });
  });

  it('lists every host of a play, in order', () => {
    const recap = new Recap();
    recap.handle({ type: 'play_start', play: 'p', number: 1, hosts: ['b', 'a'], batch: 1 });
    expect(Object.entries(recap.hosts)).toEqual([
      ['b', zero],
      ['a', zero],
    ]);
  });
});
