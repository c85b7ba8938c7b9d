import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { ValueMap } from '../../base/value.js';
import { t } from '../../sdk/arguments.js';
import { ModuleFailure } from '../../sdk/module.js';
import type { Attributes, Change, ContentSource, Operation } from '../../sdk/operation.js';
import { planAttributes, resultAttributes, type Wanted } from './attributes.js';
import { requireParent, type Target } from './target.js';

/** How modules that write a file keep what was there and check what comes. */
export const safetyArguments = {
  backup: t.bool().default(false).describe('Keeps the old version beside the file, with a timestamp in its name.'),
  keep_original: t
    .bool()
    .default(false)
    .describe(
      'Keeps the version before the first change under /var/lib/chatsctl/backups: for files of the system, where a copy beside them would be read too.',
    ),
  validate: t.string().describe('A command with `%s` for the new file, run before it takes its place; when it fails nothing is changed.'),
};

export interface WriteOptions {
  readonly backup?: boolean;
  readonly keep_original?: boolean;
  readonly validate?: string | undefined;
  /** Its text is shown nowhere. */
  readonly hidden?: boolean;
  /** The missing folders above it are made first. */
  readonly makeParents?: boolean;
}

export interface WritePlan {
  readonly changes: readonly Change[];
  readonly operations: readonly Operation[];
  readonly result: ValueMap;
}

const shownLimit = 100_000;

/** The one way in which a regular file gets its content and attributes. `follow` and the like were settled when the target was probed. */
export function planWrite(target: Target, content: Buffer | ContentSource, wanted: Wanted, options: WriteOptions = {}): WritePlan {
  const { path, state } = target;
  if (options.validate !== undefined && !options.validate.includes('%s'))
    throw new ModuleFailure(`validate must contain %s: ${options.validate}`);
  if (state?.type === 'directory') throw new ModuleFailure(`${path} is a directory`);
  if (state && state.type !== 'file' && state.type !== 'link') throw new ModuleFailure(`${path} is no regular file (${state.type})`);
  const file = state?.type === 'file' ? state : undefined;
  const attributes = planAttributes(path, file, wanted, target.owners, false);
  const result = {
    ...resultAttributes(file, attributes, target.owners, false),
    state: 'file',
    size: sizeOf(content),
    ...checksumOf(content),
  };
  if (file && sameContent(target, content)) {
    const { changes } = attributes;
    return {
      changes,
      operations: changes.length ? [{ kind: 'attributes', path, follow: false, attributes: attributes.attributes }] : [],
      result,
    };
  }
  if (!options.makeParents) requireParent(target);
  const folders = options.makeParents && !target.parent ? [{ kind: 'mkdir', path: posix.dirname(path), attributes: {} } as const] : [];
  return {
    changes: [contentChange(target, content, options.hidden ?? false), ...attributes.changes],
    operations: [...folders, ...keeping(path, file !== undefined, options), writing(path, content, attributes.attributes, options)],
    result,
  };
}

export function keeping(path: string, there: boolean, options: Pick<WriteOptions, 'backup' | 'keep_original'>): Operation[] {
  if (!there) return [];
  return [
    ...(options.keep_original ? [{ kind: 'backup', path, under: 'state-directory' } as const] : []),
    ...(options.backup ? [{ kind: 'backup', path, under: 'beside' } as const] : []),
  ];
}

function writing(path: string, content: Buffer | ContentSource, attributes: Attributes, { validate }: WriteOptions): Operation {
  return { kind: 'write', path, content, attributes, ...(validate !== undefined && { validate }) };
}

function sameContent(target: Target, content: Buffer | ContentSource): boolean {
  if (target.checksum !== undefined) return target.checksum === (Buffer.isBuffer(content) ? sha256(content) : content.sha256);
  return target.content !== undefined && Buffer.isBuffer(content) && target.content.equals(content);
}

function contentChange({ path, state, content: old }: Target, content: Buffer | ContentSource, hidden: boolean): Change {
  const file = state?.type === 'file' ? state : undefined;
  const before = state ? (file ? `${file.size} bytes` : `a link to ${state.target}`) : null;
  const size = sizeOf(content);
  const after = file?.size === size ? `${size} bytes, others` : `${size} bytes`;
  const shown = !hidden && Buffer.isBuffer(content) && readable(content) && (!file || (old !== undefined && readable(old)));
  return {
    subject: path,
    attribute: 'content',
    before,
    after,
    ...(shown && { text: { before: file ? old?.toString() : undefined, after: content.toString() } }),
  };
}

function readable(content: Buffer): boolean {
  return content.length <= shownLimit && !content.includes(0) && isUtf8(content);
}

function sizeOf(content: Buffer | ContentSource): number {
  return Buffer.isBuffer(content) ? content.length : content.size;
}

/** SHA-1, as Ansible's results have it. */
function checksumOf(content: Buffer | ContentSource): ValueMap {
  return Buffer.isBuffer(content) ? { checksum: createHash('sha1').update(content).digest('hex') } : {};
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
