import type { Position } from '../base/position.js';
import type { RunEvent } from './event.js';
import { type Excerpt, fromExcerpt, toExcerpt } from './excerpt.js';

/** One line of NDJSON, without its end. `type` and `time` come first: a human reads this at times. */
export function serialiseEvent(event: RunEvent): string {
  const { type, time, ...rest } = event;
  return JSON.stringify({ type, time, ...rest }, (key, value: unknown) =>
    key === 'position' && isPosition(value) ? toExcerpt(value) : value,
  );
}

/** What `serialiseEvent` wrote, with positions that can be shown again. Undefined for a line that is no event (a torn last line). */
export function parseEvent(line: string): RunEvent | undefined {
  try {
    const event: unknown = JSON.parse(line, (key, value: unknown) => (key === 'position' && isExcerpt(value) ? fromExcerpt(value) : value));
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is RunEvent {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'time' in value;
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'source' in value && 'offset' in value;
}

function isExcerpt(value: unknown): value is Excerpt {
  return typeof value === 'object' && value !== null && 'path' in value && 'lines' in value && 'first' in value;
}
