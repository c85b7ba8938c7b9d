import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/base/clock.js';
import { diagnostic } from '../../../src/base/errors.js';
import { SourceText } from '../../../src/base/position.js';
import { MASK, type Masking, Secret } from '../../../src/base/secret.js';
import { Unknown, type Value } from '../../../src/base/value.js';
import { EventBus } from '../../../src/events/bus.js';
import type { NewEvent, RunEvent } from '../../../src/events/event.js';
import { serialiseEvent } from '../../../src/events/serialise.js';

const clock: Clock = { now: () => 1_000, sleep: async () => {} };

/** Masks the word "hunter2", and counts the values that it was given. */
class WordMasking implements Masking {
  calls = 0;
  add(): void {}
  mask(text: string): string {
    return text.replaceAll('hunter2', MASK);
  }
  maskValue<T>(value: T): T {
    this.calls++;
    return JSON.parse(this.mask(JSON.stringify(value))) as T;
  }
}

function bus(onError: (name: string, error: unknown) => void = () => {}) {
  const masking = new WordMasking();
  return { masking, bus: new EventBus(clock, masking, onError) };
}

const result = (value: Value): NewEvent => ({
  type: 'task_result',
  play: 'p',
  task: 't',
  module: 'command',
  host: 'h',
  status: 'ok',
  handler: false,
  result: value,
  position: 'x:1:1',
  duration: 1,
  roundTrips: 1,
});

describe('the event bus', () => {
  it('adds the time, masks once, and hands the same event to all in order', () => {
    const seen: [string, RunEvent][] = [];
    const { bus: events, masking } = bus();
    for (const name of ['journal', 'plain']) events.subscribe({ name, handle: (event) => seen.push([name, event]) });
    events.emit(result({ stdout: 'the password is hunter2' }));
    expect(seen.map(([name]) => name)).toEqual(['journal', 'plain']);
    expect(seen[0]?.[1]).toBe(seen[1]?.[1]);
    expect(seen[0]?.[1]).toMatchObject({ time: '1970-01-01T00:00:01.000Z', result: { stdout: `the password is ${MASK}` } });
    expect(masking.calls).toBe(1);
  });

  it('makes plain data of what is none', () => {
    const seen: RunEvent[] = [];
    const { bus: events } = bus();
    events.subscribe({ name: 'x', handle: (event) => seen.push(event) });
    const odd = { unknown: new Unknown('apt would run'), list: [new Unknown('x')] };
    events.emit(result({ ...odd, ...({ secret: new Secret('abcdef'), big: 5n, gone: undefined } as object) }));
    expect(seen[0]).toMatchObject({
      result: { unknown: '(known after apply)', list: ['(known after apply)'], secret: MASK, big: 5 },
    });
    expect(seen[0]).not.toHaveProperty('result.gone');
  });

  it('goes on when a subscriber throws, and says so once', () => {
    const errors: string[] = [];
    const seen: RunEvent[] = [];
    const { bus: events } = bus((name, error) => errors.push(`${name}: ${error}`));
    events.subscribe({
      name: 'broken',
      handle: () => {
        throw new Error('no space left');
      },
    });
    events.subscribe({ name: 'whole', handle: (event) => seen.push(event) });
    events.emit(result(null));
    events.emit(result(null));
    expect(seen).toHaveLength(2);
    expect(errors).toEqual(['broken: Error: no space left']);
  });

  it('masks a finding’s parameters and its excerpt, and keeps its place', () => {
    const seen: RunEvent[] = [];
    const { bus: events } = bus();
    events.subscribe({ name: 'x', handle: (event) => seen.push(event) });
    const source = new SourceText('play.yaml', 'a: 1\npassword: hunter2\nonwer: root\n');
    const found = diagnostic(
      'args/unknown',
      { name: 'hunter2', owner: 'file' },
      { position: { source, offset: source.text.indexOf('onwer'), length: 5 } },
    );
    events.emit({ type: 'diagnostic', diagnostic: found });
    const line = serialiseEvent(seen[0] as RunEvent);
    expect(line).not.toContain('hunter2');
    expect(JSON.parse(line)).toMatchObject({
      diagnostic: { position: { path: 'play.yaml', line: 3, column: 1, lines: ['a: 1', `password: ${MASK}`, 'onwer: root', ''] } },
    });
  });
});
