import { posix } from 'node:path';
import { ModuleFailure, type Plan } from '../../sdk/module.js';
import type { Change, Operation } from '../../sdk/operation.js';
import { planAttributes, resultAttributes } from './attributes.js';
import type { CopyArguments } from './copy-arguments.js';
import type { FolderCopy, RemoteCopy, TreePart } from './copy-probe.js';
import { requireParent } from './target.js';
import { keeping, planWrite } from './write-plan.js';

type Part = { readonly changes: readonly Change[]; readonly operations: readonly Operation[] };

/** Folders before what is in them; those that are there keep their attributes, as with Ansible. */
export function planFolderCopy(args: CopyArguments, { parts, root, source }: FolderCopy): Plan {
  const made = new Set(parts.filter((each) => each.is === 'directory').map((each) => each.target.path));
  const planned = parts.map((part, index) => planPart(args, part, index === 0, made));
  return {
    changes: planned.flatMap((each) => each.changes),
    operations: planned.flatMap((each) => each.operations),
    result: { dest: root, src: source, state: 'directory' },
  };
}

const nothing: Part = { changes: [], operations: [] };

function planPart(args: CopyArguments, part: TreePart, isRoot: boolean, made: ReadonlySet<string>): Part {
  const { path, state, parent, owners } = part.target;
  if (state && !args.force && part.is !== 'directory') return nothing;
  const placed = { ...part.target, parent: parent ?? (made.has(posix.dirname(path)) || isRoot ? placeholder : undefined) };
  if (part.is === 'directory') {
    if (state?.type === 'directory') return nothing;
    if (state) throw new ModuleFailure(`${path} is there already, as a ${state.type}`);
    const { changes, attributes } = planAttributes(path, undefined, { ...args, mode: part.mode }, owners, true);
    return {
      changes: [{ subject: path, attribute: 'state', before: null, after: 'directory' }, ...changes],
      operations: [{ kind: 'mkdir', path, attributes }],
    };
  }
  if (part.is === 'link') {
    if (state?.type === 'link' && state.target === part.linkTo) return nothing;
    if (state?.type === 'directory') throw new ModuleFailure(`${path} is a directory`);
    const target = part.linkTo ?? '';
    return {
      changes: [{ subject: path, attribute: 'state', before: state?.type ?? null, after: `link to ${target}` }],
      operations: [{ kind: 'link', path, target, hard: false }],
    };
  }
  const wanted = { ...args, mode: part.mode };
  if (part.content && !('from' in part.content)) return planWrite(placed, part.content, wanted, args);
  const { changes, attributes } = planAttributes(path, state?.type === 'file' ? state : undefined, wanted, owners, false);
  if (!part.content) return { changes, operations: changes.length ? [{ kind: 'attributes', path, follow: false, attributes }] : [] };
  if (state?.type === 'directory') throw new ModuleFailure(`${path} is a directory`);
  return {
    changes: [
      { subject: path, attribute: 'content', before: state ? `${state.size} bytes` : null, after: `that of ${part.content.from}` },
      ...changes,
    ],
    operations: [...keeping(path, state?.type === 'file', args), { kind: 'copy', from: part.content.from, path, attributes }],
  };
}

/** Stands for a folder that the same plan makes. */
const placeholder = {
  type: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  owner: 'root',
  group: 'root',
  size: 0,
  atime: 0,
  mtime: 0,
  ctime: 0,
  inode: 0,
  device: 0,
  nlink: 2,
} as const;

/** A large file of the host, copied on the host. */
export function planRemoteCopy(args: CopyArguments, { from, source, target, same, mode, warnings, makeParents }: RemoteCopy): Plan {
  const { path, state, owners } = target;
  if (state?.type === 'directory') throw new ModuleFailure(`${path} is a directory`);
  const file = state?.type === 'file' ? state : undefined;
  const planned = planAttributes(path, file, { ...args, mode }, owners, false);
  const result = { dest: path, src: from, state: 'file', size: source.size, ...resultAttributes(file, planned, owners, false) };
  const { changes, attributes } = planned;
  if (same)
    return { changes, operations: changes.length ? [{ kind: 'attributes', path, follow: false, attributes }] : [], result, warnings };
  if (!makeParents) requireParent(target);
  const folders: Operation[] = makeParents && !target.parent ? [{ kind: 'mkdir', path: posix.dirname(path), attributes: {} }] : [];
  return {
    changes: [
      { subject: path, attribute: 'content', before: state ? `${state.size} bytes` : null, after: `that of ${from}, ${source.size} bytes` },
      ...changes,
    ],
    operations: [...folders, ...keeping(path, file !== undefined, args), { kind: 'copy', from, path, attributes }],
    result,
    warnings,
  };
}
