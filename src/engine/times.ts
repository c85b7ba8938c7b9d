import type { ValueMap } from '../base/value.js';

/** `start`, `end` and `delta` of a program, as Ansible registers them: `2026-11-24 18:38:52.015000`, local time, and `0:01:04.200000`. */
export function times(start: number, end: number): ValueMap {
  return { start: localTime(start), end: localTime(end), delta: duration(end - start) };
}

function localTime(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return `${local.toISOString().slice(0, -1).replace('T', ' ')}000`;
}

function duration(ms: number): string {
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 3600)}:${digits(Math.floor(seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}.${digits(ms % 1000, 3)}000`;
}
