import { describe, expect, it } from 'vitest';
import type { RunEvent, TaskStatus } from '../../../src/events/event.js';
import { pendingHandlers } from '../../../src/journal/pending-handlers.js';

const time = '2025-01-02T03:04:05.678Z';
const notified = (host: string, handler: string): RunEvent => ({ type: 'handler_notified', time, host, handler, task: 'write' });
const ran = (host: string, task: string, status: TaskStatus = 'changed', handler = true): RunEvent => ({
  type: 'task_result',
  time,
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

describe('pendingHandlers', () => {
  it('are those notified and not run, even when the run was killed', () => {
    const events = [notified('a', 'one'), notified('a', 'two'), notified('a', 'one'), notified('b', 'one'), ran('a', 'role : one')];
    expect(pendingHandlers(events)).toEqual(
      new Map([
        ['a', ['two']],
        ['b', ['one']],
      ]),
    );
  });

  it('keep one that failed', () => {
    expect(pendingHandlers([notified('a', 'one'), ran('a', 'one', 'failed')])).toEqual(new Map([['a', ['one']]]));
  });

  it('are not removed by a task of the same name', () => {
    expect(pendingHandlers([notified('a', 'one'), ran('a', 'one', 'ok', false)])).toEqual(new Map([['a', ['one']]]));
  });

  it('are what the engine says at the end', () => {
    const said: RunEvent = { type: 'handlers_pending', time, host: 'a', handlers: ['three'] };
    const none: RunEvent = { type: 'handlers_pending', time, host: 'b', handlers: [] };
    expect(pendingHandlers([notified('a', 'one'), notified('b', 'one'), said, none])).toEqual(new Map([['a', ['three']]]));
  });
});
