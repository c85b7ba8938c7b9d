import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Attributes, ContentSource, Operation } from '../../sdk/operation.js';
import type { DirectoryEntry, FileState, ReadView } from '../../sdk/query.js';
import { cannotRead } from './cannot-read.js';
import type { SimulatedSystem } from './system.js';

type Content = Buffer | ContentSource;

const largest = 16 * 1024 * 1024;

/** Where Debian's packages put no files: what is absent here stays absent. */
const notShipped = /^\/(?:home|root|tmp|run|srv|mnt|media|proc|sys|dev|usr\/local|var\/tmp|var\/lib\/chatsctl)(?:\/|$)/;

/** Files as the planned operations would leave them: the real answer, and then each operation's mark on it, in their order. */
export class SimulatedFiles {
  constructor(
    private readonly real: ReadView,
    private readonly operations: readonly Operation[],
    private readonly system: SimulatedSystem,
    /** Owns what is new and names no owner. */
    private readonly creator: string,
  ) {}

  async stat(path: string, follow: boolean): Promise<FileState | undefined> {
    if (!this.operations.length) return await this.real.stat(path, { follow });
    const found = follow ? await this.resolve(path) : path;
    const state = await this.stateAt(found, this.operations.length);
    if (state) return state;
    const shipper = this.system.installing();
    return shipper !== undefined && !notShipped.test(found) && !this.removed(found) ? { ...nothing, unknownFrom: shipper } : undefined;
  }

  async read(path: string): Promise<Buffer | undefined> {
    if (!this.operations.length) return await this.real.readFile(path);
    const found = await this.resolve(path);
    const content = await this.contentAt(found, this.operations.length);
    if (content === undefined || Buffer.isBuffer(content)) return content;
    if (content.size > largest) throw cannotRead(path, 'it is over 16 MiB (EFBIG)');
    return await readFile(content.localPath);
  }

  async checksum(path: string, algorithm: 'sha1' | 'sha256' | 'md5' | 'sha512'): Promise<string | undefined> {
    if (!this.operations.length) return await this.real.checksum(path, algorithm);
    const found = await this.resolve(path);
    if (!this.writes(found)) return (await this.stateAt(found, this.operations.length)) && (await this.real.checksum(found, algorithm));
    const content = await this.contentAt(found, this.operations.length);
    if (content === undefined) return undefined;
    if (!Buffer.isBuffer(content) && algorithm === 'sha256') return content.sha256;
    const bytes = Buffer.isBuffer(content) ? content : await readFile(content.localPath);
    return createHash(algorithm).update(bytes).digest('hex');
  }

  async list(path: string, recurse: boolean): Promise<readonly DirectoryEntry[] | undefined> {
    const real = await this.real.list(path, { recurse });
    const at = await this.stateAt(path, this.operations.length);
    if (!at) return undefined;
    const names = new Set(real?.map((entry) => entry.path));
    for (const touched of this.touched()) {
      const relative = posix.relative(path, touched);
      if (relative && !relative.startsWith('..')) for (const each of above(relative)) if (recurse || !each.includes('/')) names.add(each);
    }
    const entries = [...names].sort().map(async (name): Promise<DirectoryEntry[]> => {
      const state = await this.stateAt(posix.join(path, name), this.operations.length);
      return state ? [{ path: name, state }] : [];
    });
    return (await Promise.all(entries)).flat();
  }

  /** lstat after the first `upTo` operations. */
  private async stateAt(path: string, upTo: number): Promise<FileState | undefined> {
    let from = upTo;
    while (from > 0 && !(await this.reaches(from - 1, path))) from -= 1;
    const last = this.operations[from - 1];
    if (!last) return await this.real.stat(path);
    return await this.after(last, path, from - 1);
  }

  /** What `operation`, the one with the number `before`, makes of a path that it affects. */
  private async after(operation: Operation, path: string, before: number): Promise<FileState | undefined> {
    const previous = () => this.stateAt(path, before);
    switch (operation.kind) {
      case 'remove':
        return undefined;
      case 'mkdir': {
        const old = await previous();
        const made = old?.type === 'directory' ? old : this.fresh('directory', 0o755);
        return operation.path === path ? await this.attributed(made, operation.attributes) : made;
      }
      case 'write':
        return await this.file(await previous(), sizeOf(operation.content), operation.attributes);
      case 'copy': {
        const content = await this.contentAt(operation.from, before);
        return await this.file(await previous(), content === undefined ? 0 : sizeOf(content), operation.attributes);
      }
      case 'attributes': {
        const old = await previous();
        return old && (old.type !== 'link' || !operation.follow) ? await this.attributed(old, operation.attributes) : old;
      }
      case 'link':
        if (operation.hard) return await this.stateAt(operation.target, before);
        return { ...this.fresh('link', 0o777), target: operation.target, size: Buffer.byteLength(operation.target) };
      case 'touch': {
        const old = (await previous()) ?? this.fresh('file', 0o644);
        const time = (planned: number | 'now') => (planned === 'now' ? Date.now() / 1000 : planned);
        const { atime, mtime } = operation;
        return { ...old, ...(atime !== undefined && { atime: time(atime) }), ...(mtime !== undefined && { mtime: time(mtime) }) };
      }
      default:
        return await previous();
    }
  }

  /** An operation affects a path by its name, or through a link that it follows. */
  private async reaches(number: number, path: string): Promise<boolean> {
    const operation = this.operations[number];
    if (affects(operation, path)) return true;
    const follows = (operation?.kind === 'attributes' && operation.follow) || operation?.kind === 'touch';
    return follows && (await this.resolve(operation.path, number)) === path;
  }

  private async contentAt(path: string, upTo: number): Promise<Content | undefined> {
    for (let number = upTo - 1; number >= 0; number -= 1) {
      const operation = this.operations[number];
      if (!operation || !affects(operation, path)) continue;
      if (operation.kind === 'write') return operation.content;
      if (operation.kind === 'copy') return await this.contentAt(operation.from, number);
      if (operation.kind === 'link' && operation.hard) return await this.contentAt(operation.target, number);
      if (operation.kind === 'remove') return undefined;
      if (operation.kind === 'mkdir') throw cannotRead(path, 'Is a directory (EISDIR)');
      if (operation.kind === 'touch' && !(await this.stateAt(path, number))) return Buffer.alloc(0);
    }
    return await this.real.readFile(path);
  }

  private async file(old: FileState | undefined, size: number, attributes: Attributes): Promise<FileState> {
    return await this.attributed({ ...(old?.type === 'file' ? old : this.fresh('file', 0o644)), size }, attributes);
  }

  private async attributed(state: FileState, { mode, owner, group }: Attributes): Promise<FileState> {
    const uid = owner === undefined ? state.uid : ((await this.system.user(owner))?.uid ?? state.uid);
    const gid = group === undefined ? state.gid : ((await this.system.group(group))?.gid ?? state.gid);
    return { ...state, mode: mode ?? state.mode, owner: owner ?? state.owner, group: group ?? state.group, uid, gid };
  }

  private fresh(type: 'file' | 'directory' | 'link', mode: number): FileState {
    return { ...nothing, type, mode, owner: this.creator, group: this.creator };
  }

  /** Follows planned and real links of the last part. */
  private async resolve(path: string, upTo = this.operations.length): Promise<string> {
    let at = path;
    for (let hops = 0; hops < 40; hops += 1) {
      const state = await this.stateAt(at, upTo);
      if (state?.type !== 'link' || state.target === undefined) return at;
      at = posix.resolve(posix.dirname(at), state.target);
    }
    throw cannotRead(path, 'Too many levels of symbolic links (ELOOP)');
  }

  private writes(path: string): boolean {
    return this.operations.some((operation) => affects(operation, path) && operation.kind !== 'attributes' && operation.kind !== 'touch');
  }

  private removed(path: string): boolean {
    return this.operations.some((operation) => operation.kind === 'remove' && affects(operation, path));
  }

  private touched(): string[] {
    return this.operations.flatMap((operation) => ('path' in operation ? [operation.path] : []));
  }
}

function affects(operation: Operation | undefined, path: string): boolean {
  if (!operation || operation.kind === 'run' || operation.kind === 'backup') return false;
  if (operation.path === path) return true;
  if (operation.kind === 'mkdir') return operation.path.startsWith(`${path}/`);
  return operation.kind === 'remove' && path.startsWith(`${operation.path}/`);
}

function sizeOf(content: Content): number {
  return Buffer.isBuffer(content) ? content.length : content.size;
}

/** `a/b/c` and the folders above it. */
function above(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

const nothing: FileState = {
  type: 'file',
  mode: 0,
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
  nlink: 1,
};
