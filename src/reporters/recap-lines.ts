import { padTo, textWidth } from '../base/text-width.js';
import type { Counts } from '../events/event.js';
import type { Paint } from './paint.js';

/** In Ansible's order. */
const columns = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const;
const colours = {
  ok: 'green',
  changed: 'yellow',
  unreachable: 'red',
  failed: 'red',
  skipped: 'cyan',
  rescued: 'magenta',
  ignored: 'magenta',
} as const;

/** One line a host, as Ansible prints them; closer together where the terminal is too narrow. */
export function recapLines(hosts: Readonly<Record<string, Counts>>, width: number, paint: Paint): string[] {
  const names = Object.keys(hosts);
  const wide = Math.max(26, ...names.map(textWidth));
  const lines = build(hosts, wide, 4, ' ', paint);
  const fits = wide + 3 + columns.reduce((sum, name) => sum + name.length + 6, 0) - 1 <= width;
  return fits ? lines : build(hosts, Math.max(0, ...names.map(textWidth)), 1, ' ', paint);
}

function build(hosts: Readonly<Record<string, Counts>>, nameWidth: number, digits: number, gap: string, paint: Paint): string[] {
  const widths = columns.map((name) => Math.max(digits, ...Object.values(hosts).map((counts) => String(counts[name]).length)));
  return Object.entries(hosts).map(([host, counts]) => {
    const cells = columns.map((name, at) => {
      const cell = `${name}=${String(counts[name]).padEnd(widths[at] ?? digits)}`;
      return counts[name] > 0 ? paint(colours[name], cell) : cell;
    });
    return `${paint(hostColour(counts), padTo(host, nameWidth))} : ${cells.join(gap)}`.trimEnd();
  });
}

function hostColour(counts: Counts): 'red' | 'yellow' | 'green' {
  if (counts.failed > 0 || counts.unreachable > 0) return 'red';
  return counts.changed > 0 ? 'yellow' : 'green';
}
