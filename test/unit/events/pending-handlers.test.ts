import { describe, expect, it } from 'vitest';
import type { NewEvent, TaskStatus } from '../../../src/events/event.js';
import type { PendingHandler } from '../../../src/events/pending-handler.js';
import { PendingHandlers } from '../../../src/events/pending-handlers.js';

const pending = (handler: string, more: Partial<PendingHandler> = {}): PendingHandler => ({ handler, section: 'tasks', flush: 0, ...more });
const notified = (host: string, handler: string): NewEvent => ({ type: 'handler_notified', host, task: 'write', ...pending(handler) });
const begins = (number: number): NewEvent => ({ type: 'play_start', play: `p${number}`, number, hosts: ['a', 'b'], batch: 1 });
const said = (host: string, number: number, ...handlers: string[]): NewEvent => ({
  type: 'handlers_pending',
  host,
  play: `p${number}`,
  number,
  handlers: handlers.map((each) => pending(each)),
});
const recap: NewEvent = { type: 'recap', run: 'r', exit: 0, hosts: {}, duration: 1 };
const ran = (host: string, task: string, status: TaskStatus = 'changed', handler = true): NewEvent => ({
  type: 'task_result',
  play: 'p',
  task,
  module: 'systemd_service',
  host,
  status,
  handler,
  position: 'x:1:1',
  duration: 1,
  roundTrips: 1,
});

function left(...events: NewEvent[]): string[] {
  const all = new PendingHandlers();
  for (const each of events) all.handle(each);
  return all.all.map(({ host, number, handlers }) => `${host} ${number}: ${handlers.map((each) => each.handler).join(', ')}`);
}

describe('pending handlers', () => {
  it('are those notified and not run, even when the run was killed', () => {
    const events = [notified('a', 'one'), notified('a', 'two'), notified('a', 'one'), notified('b', 'one'), ran('a', 'one')];
    expect(left(begins(1), ...events)).toEqual(['a 1: two', 'b 1: one']);
  });

  it('keep one that failed', () => {
    expect(left(begins(1), notified('a', 'one'), ran('a', 'one', 'failed'))).toEqual(['a 1: one']);
  });

  it('are not removed by a task of the same name', () => {
    expect(left(begins(1), notified('a', 'one'), ran('a', 'one', 'ok', false))).toEqual(['a 1: one']);
  });

  it('are what the engine says at the end of the play', () => {
    expect(left(begins(1), notified('a', 'one'), notified('b', 'one'), said('a', 1, 'three'), said('b', 1))).toEqual(['a 1: three']);
  });

  it('are none where a play came to its end and the engine said nothing', () => {
    expect(left(begins(1), notified('a', 'included'), begins(2))).toEqual([]);
    expect(left(begins(1), notified('a', 'included'), recap)).toEqual([]);
  });

  it('of an earlier run stay until that play has run them', () => {
    expect(left(said('a', 2, 'one', 'two'), begins(1), ran('a', 'one'), recap)).toEqual(['a 2: one, two']);
    expect(left(said('a', 2, 'one', 'two'), begins(2), ran('a', 'one'), notified('a', 'three'))).toEqual(['a 2: two, three']);
    expect(left(said('a', 2, 'one'), begins(2), notified('a', 'one'))).toEqual(['a 2: one']);
  });
});
