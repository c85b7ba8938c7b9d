import { posix } from 'node:path';
import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import type { Change, Operation } from '../../sdk/operation.js';
import type { DirectoryEntry, FileState, ReadView } from '../../sdk/query.js';
import { attributeArguments, planAttributes, probeOwners, resultAttributes } from '../files/attributes.js';
import { expandPath } from '../files/expand-path.js';
import { existing, probeTarget, requireParent, type Target, withoutTrailingSlash } from '../files/target.js';
import { parseTime, planTimes } from '../files/times.js';
import { whereReadable } from '../files/where-readable.js';

const spec = {
  path: t.path().required().aliases('dest', 'name').describe('The path that is managed.'),
  state: t
    .choice(['file', 'directory', 'link', 'hard', 'touch', 'absent'])
    .describe('`file` only sets attributes of what is there. Left out: as it is now, or `file` (`directory` with `recurse`).'),
  src: t.path().identifies().describe('Where a link points (`link`, `hard`). Relative ones are relative to the link.'),
  ...attributeArguments,
  follow: t.bool().default(true).describe('Attributes go to what a link points to.'),
  force: t.bool().default(false).describe('A link may replace a file or an empty directory, and may point to what is not there.'),
  recurse: t.bool().default(false).describe('Attributes of everything in a directory too.'),
  access_time: t.string().describe('`preserve`, `now`, or a time. `touch` without it: now.'),
  access_time_format: t.string().default('%Y%m%d%H%M.%S'),
  modification_time: t.string().describe('`preserve`, `now`, or a time. `touch` without it: now.'),
  modification_time_format: t.string().default('%Y%m%d%H%M.%S'),
};
type Args = ArgumentsOf<typeof spec>;

interface State {
  readonly kind: 'file' | 'directory' | 'link' | 'hard' | 'touch' | 'absent';
  readonly target: Target;
  /** Of the path itself, links not followed. */
  readonly own: FileState | undefined;
  /** For links: where it is to point, and what is there. */
  readonly source: { readonly text: string; readonly state: FileState | undefined } | undefined;
  /** Folders above that are missing, outermost first. */
  readonly missing: readonly string[];
  /** For `recurse`, and for a directory that a link is to replace. */
  readonly entries: readonly DirectoryEntry[];
}

export const file = defineResource({
  name: 'file',
  summary: 'Files, directories and links: that they are there or not, and their attributes',
  arguments: spec,
  examples: [
    {
      title: 'a directory, its parents with the same attributes',
      task: 'file: {path: /opt/app/data, state: directory, owner: app, group: app, mode: "0750"}',
    },
    { title: 'a symbolic link', task: 'file: {path: /opt/app/current, src: /opt/app/releases/2, state: link}' },
    { title: 'nothing is there any more', task: 'file: {path: /opt/legacy, state: absent}' },
  ],

  async probe(args, read): Promise<State> {
    const path = withoutTrailingSlash(await expandPath(args.path, read));
    const [own, at] = await Promise.all([read.stat(path), read.stat(path, { follow: true }), foresee(args, path, read)]);
    const kind = args.state ?? currentKind(existing(own), args.recurse);
    const inside =
      kind === 'hard' && at?.type === 'directory' && args.src !== undefined ? posix.join(path, posix.basename(args.src)) : path;
    const follow = args.follow && (kind === 'file' || kind === 'directory' || kind === 'touch');
    const target = await probeTarget(inside, args, read, { follow, contentBy: 'nothing' });
    const [source, missing, entries] = await Promise.all([
      kind === 'link' || kind === 'hard' ? sourceOf(args, target, kind, read) : undefined,
      kind === 'directory' && !target.parent ? missingAbove(target.path, read) : [],
      target.state?.type === 'directory' && (args.recurse || kind === 'link') ? read.list(target.path, { recurse: args.recurse }) : [],
    ]);
    return { kind, target, own: inside === path ? existing(own) : target.state, source, missing, entries: entries ?? [] };
  },

  plan(args, state): Plan {
    if (args.recurse && state.kind !== 'directory') throw new ModuleFailure('recurse needs state: directory');
    switch (state.kind) {
      case 'absent':
        return planAbsent(state);
      case 'directory':
        return planDirectory(args, state);
      case 'link':
      case 'hard':
        return planLink(args, state, state.kind);
      case 'touch':
      case 'file':
        return planFile(args, state);
    }
  },
});

/** What will be asked for once the path's kind is known: asked now, it rides along, and what was not needed cost nothing. */
async function foresee(args: Args, path: string, read: ReadView): Promise<void> {
  const folder = posix.dirname(path);
  const source = args.src === undefined || /[$~]/.test(args.src) ? undefined : posix.resolve(folder, args.src);
  await Promise.all([
    whereReadable(read.stat(folder, { follow: true })),
    probeOwners(args, read),
    args.state === 'directory' ? missingAbove(path, read) : undefined,
    source === undefined ? undefined : whereReadable(read.stat(source, { follow: args.state === 'link' })),
  ]);
}

function currentKind(own: FileState | undefined, recurse: boolean): State['kind'] {
  if (recurse) return 'directory';
  if (own?.type === 'directory' || own?.type === 'link') return own.type;
  return 'file';
}

async function sourceOf(args: Args, target: Target, kind: 'link' | 'hard', read: ReadView): Promise<State['source']> {
  const text = args.src === undefined ? target.state?.target : await expandPath(args.src, read);
  if (text === undefined) return undefined;
  const from = target.state?.type === 'directory' ? target.path : posix.dirname(target.path);
  return { text, state: await read.stat(posix.resolve(from, text), { follow: kind === 'link' }) };
}

async function missingAbove(path: string, read: ReadView): Promise<string[]> {
  const folders: string[] = [];
  for (let at = posix.dirname(path); at !== '/' && at !== '.'; at = posix.dirname(at)) folders.unshift(at);
  const states = await Promise.all(folders.map((each) => read.stat(each, { follow: true }).catch(() => undefined)));
  return folders.filter((_, index) => states[index] === undefined);
}

function planAbsent({ target: { path }, own }: State): Plan {
  if (!own) return { changes: [], operations: [], result: { path, state: 'absent' } };
  return {
    changes: [{ subject: path, attribute: 'state', before: own.type, after: 'absent' }],
    operations: [{ kind: 'remove', path, recurse: own.type === 'directory' }],
    result: { path, state: 'absent' },
  };
}

function planDirectory(args: Args, { target, missing, entries }: State): Plan {
  const { path, state, owners } = target;
  if (state && state.type !== 'directory') throw new ModuleFailure(`${path} is there already, as a ${state.type}`);
  const own = planAttributes(path, state, args, owners, true);
  const result = { path, state: 'directory', ...resultAttributes(state, own, owners, true) };
  if (!state) {
    const made = [...missing, path];
    return {
      changes: made.flatMap((each) => [
        { subject: each, attribute: 'state', before: null, after: 'directory' },
        ...planAttributes(each, undefined, args, owners, true).changes,
      ]),
      operations: made.map((each) => ({ kind: 'mkdir', path: each, attributes: own.attributes })),
      result,
    };
  }
  const changes: Change[] = [...own.changes];
  const operations: Operation[] = own.changes.length ? [{ kind: 'attributes', path, follow: false, attributes: own.attributes }] : [];
  for (const entry of args.recurse ? entries : []) {
    const inner = posix.join(path, entry.path);
    const wanted = entry.state.type === 'link' ? { ...args, mode: undefined } : args;
    const each = planAttributes(inner, entry.state, wanted, owners);
    if (!each.changes.length) continue;
    changes.push(...each.changes);
    operations.push({ kind: 'attributes', path: inner, follow: false, attributes: each.attributes });
  }
  const times = planTimes(path, state, ...timesOf(args, 'preserve'));
  return { changes: [...changes, ...times.changes], operations: [...operations, ...times.operations], result };
}

function planFile(args: Args, { kind, target, own }: State): Plan {
  const { path, state, owners } = target;
  if (!state && kind === 'file')
    throw new ModuleFailure(`${path} is not there; state: file only sets attributes (touch, copy and template make files)`, {
      path,
      state: 'absent',
    });
  if (kind === 'file' && state?.type === 'directory') throw new ModuleFailure(`${path} is a directory`, { path, state: 'directory' });
  if (kind === 'file' && state?.type === 'link') throw new ModuleFailure(`${path} is a link, and follow is false`, { path, state: 'link' });
  const isDirectory = state?.type === 'directory';
  // Made by touch(1)'s rules: 0644.
  const attributes = planAttributes(path, state, !state && args.mode === undefined ? { ...args, mode: 0o644 } : args, owners, isDirectory);
  const result = {
    path,
    dest: path,
    state: isDirectory ? 'directory' : 'file',
    size: state?.size ?? 0,
    ...resultAttributes(state, attributes, owners, isDirectory),
  };
  const setting: Operation[] = attributes.changes.length
    ? [{ kind: 'attributes', path, follow: false, attributes: attributes.attributes }]
    : [];
  const times = timesOf(args, kind === 'touch' ? 'now' : 'preserve');
  if (!state) {
    requireParent(target);
    if (own) throw new ModuleFailure(`${path} is a link that points to nothing`);
    const [atime, mtime] = times;
    return {
      changes: [{ subject: path, attribute: 'state', before: null, after: 'file' }, ...attributes.changes],
      operations: [{ kind: 'touch', path, ...(atime !== 'preserve' && { atime }), ...(mtime !== 'preserve' && { mtime }) }, ...setting],
      result,
    };
  }
  const timing = planTimes(path, state, ...times);
  return { changes: [...attributes.changes, ...timing.changes], operations: [...setting, ...timing.operations], result };
}

function timesOf(args: Args, otherwise: 'now' | 'preserve') {
  return [
    parseTime(args.access_time, args.access_time_format, otherwise),
    parseTime(args.modification_time, args.modification_time_format, otherwise),
  ] as const;
}

function planLink(args: Args, { target, own, source, entries }: State, kind: 'link' | 'hard'): Plan {
  const { path, owners } = target;
  if (!source) throw new ModuleFailure(`state: ${kind} needs src`);
  const { state: at, text } = source;
  if (!at && !(args.force && kind === 'link'))
    throw new ModuleFailure(`${text} is not there, so a link to it would point to nothing (force: true makes it all the same)`);
  const right = kind === 'link' ? own?.type === 'link' && own.target === text : own?.inode === at?.inode && own?.device === at?.device;
  const changes: Change[] = [];
  const operations: Operation[] = [];
  if (!right) {
    requireParent(target);
    if (own && own.type !== 'link' && !args.force)
      throw new ModuleFailure(`${path} is there already, as a ${own.type}; force: true replaces it`);
    if (own?.type === 'directory') {
      if (entries.length) throw new ModuleFailure(`${path} is a directory that is not empty: it is not replaced by a link`);
      operations.push({ kind: 'remove', path, recurse: false });
    }
    changes.push({
      subject: path,
      attribute: 'state',
      before: own ? described(own) : null,
      after: kind === 'link' ? `link to ${text}` : `the same file as ${text}`,
    });
    operations.push({
      kind: 'link',
      path,
      target: kind === 'link' ? text : posix.resolve(posix.dirname(path), text),
      hard: kind === 'hard',
    });
  }
  // Asked for a link, attributes are those of what it points to; with follow: false its own owner.
  const followed = args.follow && at !== undefined;
  const subject = followed ? at : right ? own : undefined;
  const attributes = planAttributes(path, subject, followed ? args : { ...args, mode: undefined }, owners, subject?.type === 'directory');
  const result = { path, dest: path, src: text, state: kind, ...(subject && resultAttributes(subject, attributes, owners)) };
  if (attributes.changes.length) operations.push({ kind: 'attributes', path, follow: followed, attributes: attributes.attributes });
  return { changes: [...changes, ...attributes.changes], operations, result };
}

function described(state: FileState): string {
  return state.type === 'link' ? `link to ${state.target}` : state.type;
}
