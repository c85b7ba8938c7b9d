import { styleText } from 'node:util';
import type { TaskStatus } from '../events/event.js';

type Format = Parameters<typeof styleText>[0];
export type Paint = (format: Format, text: string) => string;

/** Colour by util.styleText where it is wanted; empty text is never coloured. */
export function painter(colour: boolean): Paint {
  return (format, text) => (colour && text !== '' ? styleText(format, text, { validateStream: false }) : text);
}

/** Ansible's colours. */
export const statusColour: Readonly<Record<TaskStatus, Format>> = {
  ok: 'green',
  changed: 'yellow',
  failed: 'red',
  unreachable: ['red', 'bold'],
  skipped: 'cyan',
  rescued: 'magenta',
  ignored: 'magenta',
};

/** A unified diff, line by line. */
export function paintDiff(text: string, paint: Paint): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return paint('bold', line);
      if (line.startsWith('+')) return paint('green', line);
      if (line.startsWith('-')) return paint('red', line);
      return line.startsWith('@@') ? paint('cyan', line) : line;
    })
    .join('\n');
}
