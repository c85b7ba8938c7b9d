import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { failure } from '../../../src/base/errors.js';
import type { Attributes, Effect, Operation } from '../../../src/sdk/operation.js';
import type {
  DirectoryEntry,
  FileState,
  GroupState,
  PackageState,
  ReadView,
  ScriptAnswer,
  UnitState,
  UserState,
} from '../../../src/sdk/query.js';

export interface FakeNode {
  type: 'file' | 'directory' | 'link' | 'fifo';
  content: Buffer;
  target: string | undefined;
  mode: number;
  owner: string;
  group: string;
  atime: number;
  mtime: number;
  inode: number;
  /** As the simulated host of check mode says it. */
  unknownFrom?: string;
}

export type FakeScript = (host: FakeHost, args: readonly string[], stdin: string | undefined) => ScriptAnswer | undefined;

/** A host in memory: answers a module's reads and takes its operations, and nothing else. */
export class FakeHost {
  readonly nodes = new Map<string, FakeNode>();
  readonly users = new Map<string, UserState>();
  readonly groups = new Map<string, GroupState>();
  readonly packages = new Map<string, PackageState>();
  readonly units = new Map<string, UnitState>();
  /** Our own scripts, by a part of their text. */
  readonly scripts = new Map<string, FakeScript>();
  /** For scripts that act on more than the maps hold. */
  readonly memory = new Map<string, unknown>();
  readonly backups: string[] = [];
  private inodes = 100;
  clock = 1_700_000_000;

  constructor() {
    this.put('/', { type: 'directory', mode: 0o755 });
    this.users.set('root', {
      name: 'root',
      uid: 0,
      gid: 0,
      gecos: 'root',
      home: '/root',
      shell: '/bin/bash',
      groups: [],
      homeExists: true,
    });
    this.groups.set('root', { name: 'root', gid: 0, members: [] });
  }

  put(path: string, node: Partial<FakeNode> & { type: FakeNode['type'] }): FakeNode {
    const made: FakeNode = {
      content: Buffer.alloc(0),
      target: undefined,
      mode: node.type === 'directory' ? 0o755 : 0o644,
      owner: 'root',
      group: 'root',
      atime: this.clock,
      mtime: this.clock,
      inode: this.inodes++,
      ...node,
    };
    for (let at = posix.dirname(path); !this.nodes.has(at) && at !== path; at = posix.dirname(at)) this.put(at, { type: 'directory' });
    this.nodes.set(path, made);
    return made;
  }

  /** Links in the folders above are followed, the last one when asked. */
  resolve(path: string, follow: boolean): string {
    let at = '/';
    const parts = posix.resolve('/', path).split('/').filter(Boolean);
    for (const [index, part] of parts.entries()) {
      const next = posix.join(at, part);
      const node = this.nodes.get(next);
      const last = index === parts.length - 1;
      if (node?.type === 'link' && (!last || follow)) at = this.resolve(posix.resolve(at, node.target ?? ''), true);
      else if (node && node.type !== 'directory' && !last) throw failure('host/read-failed', { path, reason: 'Not a directory' });
      else at = next;
    }
    return at;
  }

  private node(path: string, follow: boolean): FakeNode | undefined {
    return this.nodes.get(this.resolve(path, follow));
  }

  private stateOf(path: string, follow: boolean): FileState | undefined {
    const node = this.node(path, follow);
    if (!node) return undefined;
    const uid = /^\d+$/.test(node.owner) ? Number(node.owner) : (this.users.get(node.owner)?.uid ?? 0);
    const gid = /^\d+$/.test(node.group) ? Number(node.group) : (this.groups.get(node.group)?.gid ?? 0);
    return {
      type: node.type,
      mode: node.mode,
      uid,
      gid,
      owner: node.owner,
      group: node.group,
      size: node.content.length,
      atime: node.atime,
      mtime: node.mtime,
      ctime: node.mtime,
      inode: node.inode,
      device: 1,
      nlink: [...this.nodes.values()].filter((each) => each === node).length,
      ...(node.target !== undefined && { target: node.target }),
      ...(node.unknownFrom !== undefined && { unknownFrom: node.unknownFrom }),
    };
  }

  private list(path: string, recurse: boolean): DirectoryEntry[] | undefined {
    const at = this.resolve(path, true);
    if (this.nodes.get(at)?.type !== 'directory') return undefined;
    const start = at === '/' ? '/' : `${at}/`;
    return [...this.nodes.keys()]
      .filter((each) => each.startsWith(start) && each !== at && (recurse || !each.slice(start.length).includes('/')))
      .sort()
      .flatMap((each) => {
        const state = this.stateOf(each, false);
        return state ? [{ path: each.slice(start.length), state }] : [];
      });
  }

  private runScript(script: string, args: readonly string[], stdin: string | undefined): ScriptAnswer {
    for (const [part, answer] of this.scripts) {
      const said = script.includes(part) ? answer(this, args, stdin) : undefined;
      if (said) return said;
    }
    throw new Error(`the fake host does not know this script (args: ${args.join(' ')}):\n${script}`);
  }

  readonly read: ReadView = {
    stat: async (path, options) => this.stateOf(path, options?.follow ?? false),
    readFile: async (path) => {
      const node = this.node(path, true);
      if (!node || node.unknownFrom !== undefined) return undefined;
      if (node.type !== 'file') throw failure('host/read-failed', { path, reason: `it is a ${node.type}` });
      return node.content;
    },
    checksum: async (path, algorithm) => {
      const node = this.node(path, true);
      if (!node || node.unknownFrom !== undefined) return undefined;
      if (node.type !== 'file') throw failure('host/read-failed', { path, reason: `it is a ${node.type}` });
      return createHash(algorithm).update(node.content).digest('hex');
    },
    list: async (path, options) => this.list(path, options?.recurse ?? false),
    user: async (name) => this.users.get(name),
    group: async (name) => this.groups.get(name),
    package: async (name) => this.packages.get(name) ?? { name, status: 'absent', held: false, providedBy: [] },
    unit: async (name) =>
      this.units.get(name) ?? { name, loadState: 'not-found', activeState: 'inactive', subState: 'dead', unitFileState: '' },
    script: async (script, args = [], stdin) => this.runScript(script, args, stdin),
  };

  apply(operations: readonly Operation[]): void {
    for (const operation of operations) this.applyOne(operation);
  }

  private applyOne(operation: Operation): void {
    switch (operation.kind) {
      case 'write': {
        const content = Buffer.isBuffer(operation.content) ? operation.content : Buffer.from(`(local ${operation.content.localPath})`);
        this.replace(operation.path, content, operation.attributes);
        return;
      }
      case 'copy':
        this.replace(operation.path, this.expected(operation.from, true).content, operation.attributes);
        return;
      case 'mkdir': {
        const path = this.resolve(operation.path, false);
        const node = this.nodes.get(path) ?? this.put(path, { type: 'directory' });
        if (node.type !== 'directory') throw new Error(`mkdir ${path}: it is a ${node.type}`);
        delete node.unknownFrom;
        this.settle(node, operation.attributes);
        return;
      }
      case 'attributes':
        this.settle(this.expected(operation.path, operation.follow), operation.attributes);
        return;
      case 'remove': {
        const path = this.resolve(operation.path, false);
        const below = [...this.nodes.keys()].filter((each) => each.startsWith(`${path}/`));
        if (below.length && !operation.recurse) throw new Error(`remove ${path}: it is not empty`);
        for (const each of [path, ...below]) this.nodes.delete(each);
        return;
      }
      case 'link': {
        const path = this.resolve(operation.path, false);
        this.parentOf(path);
        if (this.nodes.get(path)?.type === 'directory') throw new Error(`link ${path}: it is a directory`);
        if (operation.hard) this.nodes.set(path, this.expected(operation.target, true));
        else this.put(path, { type: 'link', target: operation.target, mode: 0o777 });
        return;
      }
      case 'touch': {
        this.clock += 1;
        const path = this.resolve(operation.path, true);
        this.parentOf(path);
        const node = this.nodes.get(path) ?? this.put(path, { type: 'file' });
        if (operation.atime !== undefined) node.atime = operation.atime === 'now' ? this.clock : operation.atime;
        if (operation.mtime !== undefined) node.mtime = operation.mtime === 'now' ? this.clock : operation.mtime;
        return;
      }
      case 'backup':
        this.expected(operation.path, true);
        this.backups.push(operation.path);
        return;
      case 'run':
        if (operation.argv.join(' ') === 'systemctl daemon-reload') this.memory.set('needs-reload', false);
        for (const effect of operation.effects) this.effect(effect);
        return;
    }
  }

  private expected(path: string, follow: boolean): FakeNode {
    const node = this.node(path, follow);
    if (!node) throw new Error(`${path} is not there`);
    return node;
  }

  private parentOf(path: string): void {
    if (this.nodes.get(posix.dirname(path))?.type !== 'directory') throw new Error(`${posix.dirname(path)} is no directory`);
  }

  /** Attributes that are not given: the old file's, or what is safe for a new one. */
  private replace(given: string, content: Buffer, attributes: Attributes): void {
    const path = this.resolve(given, false);
    this.parentOf(path);
    const old = this.nodes.get(path);
    if (old?.type === 'directory') throw new Error(`write ${path}: it is a directory`);
    const kept = old?.type === 'file' ? { mode: old.mode, owner: old.owner, group: old.group } : { mode: 0o600 };
    this.settle(this.put(path, { type: 'file', content, ...kept }), attributes);
  }

  private settle(node: FakeNode, { mode, owner, group }: Attributes): void {
    if (owner !== undefined && !/^\d+$/.test(owner) && !this.users.has(owner)) throw new Error(`no user ${owner}`);
    if (group !== undefined && !/^\d+$/.test(group) && !this.groups.has(group)) throw new Error(`no group ${group}`);
    if (mode !== undefined) node.mode = mode;
    if (owner !== undefined) node.owner = [...this.users.values()].find((each) => String(each.uid) === owner)?.name ?? owner;
    if (group !== undefined) node.group = [...this.groups.values()].find((each) => String(each.gid) === group)?.name ?? group;
  }

  private effect(effect: Effect): void {
    switch (effect.kind) {
      case 'package': {
        const old = this.packages.get(effect.name) ?? { name: effect.name, status: 'absent', held: false, providedBy: [] };
        const { version: _, ...rest } = old;
        const version = effect.status === 'installed' ? (effect.version ?? old.candidate ?? '1') : undefined;
        this.packages.set(effect.name, { ...rest, status: effect.status, ...(version !== undefined && { version }) });
        return;
      }
      case 'packages-index':
        this.memory.set('index-age', 0);
        return;
      case 'unit': {
        const old = this.units.get(effect.name) ?? {
          name: effect.name,
          loadState: 'loaded',
          activeState: 'inactive',
          subState: 'dead',
          unitFileState: 'disabled',
        };
        const { kind: _, ...set } = effect;
        this.units.set(effect.name, { ...old, ...set });
        return;
      }
      case 'user':
        if (effect.state) this.users.set(effect.name, effect.state);
        else this.users.delete(effect.name);
        return;
      case 'group':
        if (effect.state) this.groups.set(effect.name, effect.state);
        else this.groups.delete(effect.name);
        return;
    }
  }

  /** Everything that a module could have changed, for comparing. */
  snapshot(): unknown {
    return structuredClone({
      nodes: [...this.nodes],
      users: [...this.users],
      groups: [...this.groups],
      packages: [...this.packages],
      units: [...this.units],
    });
  }
}
