import { ModuleFailure } from '../../sdk/module.js';
import type { Change, Operation } from '../../sdk/operation.js';
import type { FileState } from '../../sdk/query.js';

/** `preserve`, `now`, or a time in seconds since the epoch. */
export type Time = 'preserve' | 'now' | number;

/** `202608011200.00` in the host's UTC, or with `format` (`%Y%m%d%H%M.%S` is the default). */
export function parseTime(text: string | undefined, format: string, otherwise: Time): Time {
  if (text === undefined || text === '') return otherwise;
  if (text === 'preserve' || text === 'now') return text;
  const names: string[] = [];
  const widths: Readonly<Record<string, string>> = {
    Y: '(\\d{4})',
    m: '(\\d{2})',
    d: '(\\d{2})',
    H: '(\\d{2})',
    M: '(\\d{2})',
    S: '(\\d{2})',
    s: '(\\d+)',
  };
  const pattern = format.replace(/%([A-Za-z])|[.*+?^$()|[\]\\{}]/g, (whole, letter: string | undefined) => {
    if (letter === undefined) return `\\${whole}`;
    names.push(letter);
    return widths[letter] ?? '(.*?)';
  });
  const found = new RegExp(`^${pattern}$`).exec(text);
  if (!found) throw new ModuleFailure(`the time "${text}" is not of the form ${format}`);
  const part = (letter: string, none: number) => (names.includes(letter) ? Number(found[names.indexOf(letter) + 1]) : none);
  if (names.includes('s')) return part('s', 0);
  return Date.UTC(part('Y', 1970), part('m', 1) - 1, part('d', 1), part('H', 0), part('M', 0), part('S', 0)) / 1000;
}

/** What has to be done to a path that is there, so that it has these times. `now` is a change each time. */
export function planTimes(path: string, state: FileState, atime: Time, mtime: Time): { changes: Change[]; operations: Operation[] } {
  const changes: Change[] = [];
  for (const [attribute, wanted, found] of [
    ['access_time', atime, state.atime],
    ['modification_time', mtime, state.mtime],
  ] as const) {
    if (wanted === 'preserve' || wanted === found) continue;
    changes.push({ subject: path, attribute, before: found, after: wanted });
  }
  if (!changes.length) return { changes: [], operations: [] };
  const operation: Operation = { kind: 'touch', path, ...(atime !== 'preserve' && { atime }), ...(mtime !== 'preserve' && { mtime }) };
  return { changes, operations: [operation] };
}
