import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { jsonDumps } from '../../base/json-dumps.js';
import type { Value } from '../../base/value.js';
import type { ControlFile } from '../../sdk/control-file.js';
import { ModuleFailure } from '../../sdk/module.js';
import type { ContentSource } from '../../sdk/operation.js';
import type { DirectoryEntry, FileState, ReadView } from '../../sdk/query.js';
import type { CopyArguments } from './copy-arguments.js';
import { expandPath } from './expand-path.js';
import { formatMode } from './mode.js';
import { existing, probeTarget, type Target } from './target.js';

/** What copy found: the source, and what is where it is to go. */
export type CopyState = { readonly kind: 'kept'; readonly path: string } | FileCopy | FolderCopy | RemoteCopy;

export interface FileCopy {
  readonly kind: 'file';
  readonly target: Target;
  readonly content: Buffer | ContentSource;
  readonly mode: number | string | undefined;
  readonly source: string | undefined;
  readonly warnings?: readonly string[];
  readonly makeParents: boolean;
}

export interface FolderCopy {
  readonly kind: 'folder';
  readonly source: string;
  readonly root: string;
  /** The root itself first, folders before what is in them. */
  readonly parts: readonly TreePart[];
}

/** One entry of a tree that is copied. */
export interface TreePart {
  readonly target: Target;
  readonly is: 'directory' | 'file' | 'link';
  readonly mode: number | string | undefined;
  /** Of a file that differs: the new content; a path on the host for `remote_src`. */
  readonly content?: Buffer | ContentSource | { readonly from: string };
  readonly linkTo?: string;
}

export interface RemoteCopy {
  readonly kind: 'remote';
  readonly from: string;
  readonly source: FileState;
  readonly target: Target;
  readonly same: boolean;
  readonly mode: number | string | undefined;
  readonly warnings: readonly string[];
  readonly makeParents: boolean;
}

/** The mode of a new file. */
const NEW_FILE = 0o644;

/** Up to here content travels inside a message and is compared as such, which shows in a diff; larger files are compared by checksum. */
const small = 256 * 1024;

export async function probeCopy(args: CopyArguments, read: ReadView): Promise<CopyState> {
  if (args.content !== undefined) return await probeContent(args, asText(args.content), read);
  if (typeof args.src === 'string') return await probeRemote(args, await expandPath(args.src, read), read);
  if (!args.src) throw new ModuleFailure('copy needs src or content');
  return await probeControlFile(args, args.src, read);
}

function asText(content: Value): string {
  return typeof content === 'string' ? content : typeof content === 'object' && content !== null ? jsonDumps(content) : String(content);
}

async function probeContent(args: CopyArguments, text: string, read: ReadView): Promise<CopyState> {
  if (args.dest.endsWith('/')) throw new ModuleFailure(`content needs the name of a file, and dest is a directory: ${args.dest}`);
  const content = Buffer.from(text);
  verify(args, content);
  const target = await probeTarget(args.dest, args, read, { follow: args.follow });
  if (target.state?.type === 'directory')
    throw new ModuleFailure(`content needs the name of a file, and dest is a directory: ${args.dest}`);
  if (target.state && !args.force) return { kind: 'kept', path: target.path };
  return { kind: 'file', target, content, mode: plain(args.mode), source: undefined, makeParents: false };
}

async function probeControlFile(args: CopyArguments, file: ControlFile, read: ReadView): Promise<CopyState> {
  if (file.isDirectory) return await probeTree(args, file, read);
  const large = file.size > small;
  if (args.checksum !== undefined || !large) verify(args, await file.content());
  const { target, makeParents } = await destination(args, posix.basename(file.path), read, large ? 'checksum' : 'read');
  if (target.state && !args.force) return { kind: 'kept', path: target.path };
  const content = large ? await sourceOf(file) : await file.content();
  return { kind: 'file', target, content, mode: args.mode === 'preserve' ? file.mode : args.mode, source: file.path, makeParents };
}

/** Where a file goes: `dest`, or into it where it is a directory or ends with `/`. */
async function destination(args: CopyArguments, name: string, read: ReadView, contentBy: 'read' | 'checksum') {
  const options = { follow: args.follow, contentBy };
  if (args.dest.endsWith('/')) return { target: await probeTarget(posix.join(args.dest, name), args, read, options), makeParents: true };
  const [target, at] = await Promise.all([
    probeTarget(args.dest, args, read, options),
    read.stat(await expandPath(args.dest, read), { follow: true }),
  ]);
  const inside = existing(at)?.type === 'directory';
  return { target: inside ? await probeTarget(posix.join(args.dest, name), args, read, options) : target, makeParents: false };
}

async function probeTree(args: CopyArguments, folder: ControlFile, read: ReadView): Promise<FolderCopy> {
  const dest = await expandPath(args.dest, read);
  const root = folder.path.endsWith('/') ? dest : posix.join(dest, posix.basename(folder.path));
  const entries = [{ path: '', file: folder }, ...(await folder.entries())];
  const parts = await Promise.all(
    entries.map(async ({ path, file }): Promise<TreePart> => {
      const contentBy = file.isDirectory ? 'nothing' : file.size > small ? 'checksum' : 'read';
      const target = await probeTarget(posix.join(root, path), args, read, { follow: args.follow, contentBy });
      if (file.isDirectory) return { target, is: 'directory', mode: args.directory_mode };
      const content = file.size > small ? await sourceOf(file) : await file.content();
      return { target, is: 'file', mode: args.mode === 'preserve' ? file.mode : args.mode, content };
    }),
  );
  return { kind: 'folder', source: folder.path, root, parts };
}

async function probeRemote(args: CopyArguments, from: string, read: ReadView): Promise<CopyState> {
  const source = existing(await read.stat(from, { follow: true }));
  if (!source) throw new ModuleFailure(`${from} is not there`);
  if (source.type === 'directory') return await probeRemoteTree(args, from, read);
  if (source.type !== 'file') throw new ModuleFailure(`${from} is no regular file (${source.type})`);
  const given = args.mode === 'preserve' ? source.mode : args.mode;
  // As small as this it is read, so that a diff can be shown and a check be run.
  const whole = source.size <= small || args.validate !== undefined || args.checksum !== undefined;
  const { target, makeParents } = await destination(args, posix.basename(from), read, whole ? 'read' : 'checksum');
  if (target.state && !args.force) return { kind: 'kept', path: target.path };
  const mode = given ?? (target.state?.type === 'file' ? undefined : NEW_FILE);
  // As in Ansible; but who copies a key may not have thought of it.
  const wider = given === undefined && mode === NEW_FILE && (NEW_FILE & ~source.mode) !== 0;
  const warnings = wider
    ? [`${from} has mode ${formatMode(source.mode)}, its copy gets ${formatMode(NEW_FILE)}: say "mode" (or "preserve")`]
    : [];
  if (!whole) {
    const same = target.checksum !== undefined && target.checksum === (await read.checksum(from, 'sha256'));
    return { kind: 'remote', from, source, target, same, mode, warnings, makeParents };
  }
  const content = await read.readFile(from);
  if (!content) throw new ModuleFailure(`${from} is not there`);
  verify(args, content);
  return { kind: 'file', target, content, mode, source: from, warnings, makeParents };
}

async function probeRemoteTree(args: CopyArguments, from: string, read: ReadView): Promise<FolderCopy> {
  const dest = await expandPath(args.dest, read);
  const root = from.endsWith('/') ? dest : posix.join(dest, posix.basename(from));
  const entries = (await read.list(from, { recurse: true })) ?? [];
  const part = async ({ path, state }: DirectoryEntry): Promise<TreePart | undefined> => {
    const is = state.type;
    if (is !== 'directory' && is !== 'file' && is !== 'link') return undefined;
    const at = posix.join(from, path);
    const [target, checksum] = await Promise.all([
      probeTarget(posix.join(root, path), args, read, { follow: args.follow, contentBy: is === 'file' ? 'checksum' : 'nothing' }),
      is === 'file' ? read.checksum(at, 'sha256') : undefined,
    ]);
    if (is === 'link') return { target, is, mode: undefined, ...(state.target !== undefined && { linkTo: state.target }) };
    if (is === 'directory') return { target, is, mode: args.directory_mode };
    const same = checksum !== undefined && checksum === target.checksum;
    return {
      target,
      is,
      mode: args.mode === undefined || args.mode === 'preserve' ? state.mode : args.mode,
      ...(!same && { content: { from: at } }),
    };
  };
  const rootPart: TreePart = {
    target: await probeTarget(root, args, read, { follow: true, contentBy: 'nothing' }),
    is: 'directory',
    mode: args.directory_mode,
  };
  const parts = (await Promise.all(entries.map(part))).filter((each) => each !== undefined);
  const depth = (each: TreePart) => each.target.path.split('/').length;
  return { kind: 'folder', source: from, root, parts: [rootPart, ...parts.sort((a, b) => depth(a) - depth(b))] };
}

async function sourceOf(file: ControlFile): Promise<ContentSource> {
  return { size: file.size, sha256: await file.sha256(), localPath: file.path };
}

function plain(mode: number | string | undefined): number | string | undefined {
  return mode === 'preserve' ? undefined : mode;
}

function verify(args: CopyArguments, content: Buffer): void {
  if (args.checksum === undefined) return;
  const found = createHash('sha1').update(content).digest('hex');
  if (found !== args.checksum.toLowerCase())
    throw new ModuleFailure(`the source's checksum is ${found}, expected ${args.checksum}`, { checksum: found });
}
