import type { Attributes, Change, Operation } from '../../../src/sdk/operation.js';
import { runScripts } from './known-scripts.js';

/** Changes and operations as the one-line texts that cases are written in. */

export function showChange({ subject, attribute, before, after }: Change): string {
  const value = (each: Change['before']) => (each === null ? '(absent)' : String(each));
  return `${subject} ${attribute}: ${value(before)} → ${value(after)}`;
}

export function showOperation(operation: Operation): string {
  switch (operation.kind) {
    case 'write':
      return line(
        'write',
        operation.path,
        attributes(operation.attributes),
        operation.validate === undefined ? '' : `validate=${operation.validate}`,
      );
    case 'mkdir':
      return line('mkdir', operation.path, attributes(operation.attributes));
    case 'attributes':
      return line('attributes', operation.path, attributes(operation.attributes), operation.follow ? 'follow' : '');
    case 'remove':
      return line('remove', operation.path, operation.recurse ? 'recurse' : '');
    case 'link':
      return line(operation.hard ? 'hardlink' : 'link', operation.path, '->', operation.target);
    case 'touch':
      return line('touch', operation.path, time('atime', operation.atime), time('mtime', operation.mtime));
    case 'copy':
      return line('copy', operation.from, '->', operation.path, attributes(operation.attributes));
    case 'backup':
      return line('backup', operation.path, operation.under);
    case 'run':
      if (operation.argv[2] === '. /dev/stdin' && runScripts.has(operation.stdin ?? '')) return line('run', ...operation.argv.slice(3));
      return line(
        'run',
        ...operation.argv.map((each) => each || '""'),
        operation.stdin === undefined ? '' : `< ${JSON.stringify(operation.stdin)}`,
      );
  }
}

function line(...words: string[]): string {
  return words.filter((each) => each !== '').join(' ');
}

function attributes({ mode, owner, group }: Attributes): string {
  return line(
    mode === undefined ? '' : `mode=0${mode.toString(8).padStart(3, '0')}`,
    owner === undefined ? '' : `owner=${owner}`,
    group === undefined ? '' : `group=${group}`,
  );
}

function time(name: string, value: number | 'now' | undefined): string {
  return value === undefined ? '' : `${name}=${value}`;
}
