import type { Attributes, Operation, WriteOperation } from '../../sdk/operation.js';
import { type Field, pack } from '../session/pack.js';

export interface EncodeContext {
  /** Of Ansible's backup names: `2026-08-01@12:00:00`. */
  readonly stamp: string;
  readonly stateDirectory: string;
}

/** An operation as perl/operations.ts reads it. Content of a `write` must be held in memory: apply.ts sends larger content by itself. */
export function encodeOperation(operation: Operation, context: EncodeContext): Buffer {
  switch (operation.kind) {
    case 'write':
      return pack('write', ...target(operation.path, operation.attributes), inline(operation));
    case 'mkdir':
      return pack('mkdir', ...target(operation.path, operation.attributes));
    case 'attributes':
      return pack('attributes', ...target(operation.path, operation.attributes), operation.follow);
    case 'copy':
      return pack('copy', ...target(operation.path, operation.attributes), operation.from);
    case 'remove':
      return pack('remove', operation.path, operation.recurse);
    case 'link':
      return pack('link', operation.path, operation.target, operation.hard);
    case 'touch':
      return pack('touch', operation.path, time(operation.atime), time(operation.mtime));
    case 'backup':
      return pack('backup', operation.path, context.stamp, operation.under === 'beside' ? '' : `${context.stateDirectory}/backups`);
    case 'run':
      return pack(
        'run',
        pack(...operation.argv),
        pack(...Object.entries(operation.environment ?? {}).flat()),
        operation.stdin !== undefined,
        operation.stdin,
        pack(...(operation.okCodes ?? [0])),
        operation.timeout ?? defaultTimeout,
      );
  }
}

/** Seconds. */
export const defaultTimeout = 600;

export function target(path: string, attributes: Attributes): Field[] {
  return [path, attributes.mode, attributes.owner, attributes.group];
}

/** How long the host may take: what runs there has its own limit, files go by their size. */
export function secondsFor(operation: Operation): number {
  return operation.kind === 'run' ? (operation.timeout ?? defaultTimeout) + 30 : operation.kind === 'remove' ? 630 : 60;
}

function inline(operation: WriteOperation): Buffer {
  if (!Buffer.isBuffer(operation.content)) throw new TypeError('content that is not held in memory cannot go in a frame');
  return operation.content;
}

/** Seconds with at most nine decimals; a double has no more than six that are true for today's times. */
function time(at: number | 'now' | undefined): string {
  return typeof at === 'number' ? at.toFixed(6) : (at ?? '');
}
