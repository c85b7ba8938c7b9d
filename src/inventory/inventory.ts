import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, diagnostic, failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { type Group, type GroupTree, Host } from './groups.js';
import { hostsMatching } from './match-hosts.js';
import { type PatternPart, parsePattern, splitPattern } from './pattern.js';
import type { VariableFolders } from './variable-files.js';
import { type VariableSet, variableSet } from './variable-set.js';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];

/** Variables of one level for one host. Of two layers of one level the later one given wins. */
export interface VariableLayer extends VariableSet {
  readonly level: 'inventory-group-vars' | 'inventory-host-vars';
  /** Whose, for messages: `group "chats"`, `host "chat1"`. */
  readonly owner: string;
}

export interface GraphNode {
  readonly name: string;
  readonly children: readonly GraphNode[];
  /** The group's own. */
  readonly hosts: readonly string[];
}

export interface MatchOptions {
  readonly limit?: string | undefined;
  /** Of the pattern, for warnings and errors. */
  readonly position?: Position | undefined;
  /** Where `@file` of a limit is looked for. */
  readonly cwd?: string;
  /** `inventory/no-match`: a name in the pattern that is neither host nor group. */
  readonly warn?: (warning: Diagnostic) => void;
}

/** Groups and hosts as all sources together make them, and the variables that they give. */
export class Inventory {
  /** Hosts that are in no inventory: localhost. */
  private readonly implicit = new Map<string, Host>();
  private readonly layers = new Map<string, readonly VariableLayer[]>();

  constructor(
    private readonly tree: GroupTree,
    private readonly folders: readonly VariableFolders[],
    readonly warnings: readonly Diagnostic[],
    /** The first source that is a file or a folder: what `-i` has to name to open the customer's store. Absolute. */
    readonly file: string | undefined,
  ) {}

  /** Of the first source that is a file or a folder; the customer's store and the runs are kept there. */
  get directory(): string | undefined {
    return this.folders[0]?.directory;
  }

  /** In the order in which the sources name them; implied localhost is not among them. */
  hostNames(): readonly string[] {
    return [...this.tree.hosts.keys()];
  }

  has(name: string): boolean {
    return this.tree.hosts.has(name) || LOCAL_NAMES.includes(name);
  }

  /** For `chatsctl inventory --graph`: from `all` down. A group with several parents stands below each. */
  graph(group: Group = this.tree.all): GraphNode {
    return { name: group.name, children: group.children.map((child) => this.graph(child)), hosts: group.hosts.map((host) => host.name) };
  }

  /** `groups` of templates and conditions: each group's hosts, `all` and `ungrouped` too. */
  groupMap(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.tree.groups.values()].map((group) => [group.name, group.allHosts().map((host) => host.name)]));
  }

  /** `group_names`: all groups of a host but `all`, by name. Error `inventory/unknown-host`. */
  groupNamesOf(host: string): readonly string[] {
    return this.groupsOf(host)
      .filter((group) => group !== 'all')
      .sort();
  }

  /** From `all` down to what wins: by depth, then `ansible_group_priority`, then name. */
  groupsOf(host: string): readonly string[] {
    return this.sortedGroups(this.host(host)).map((group) => group.name);
  }

  /**
   * What the inventory, and the group_vars/ and host_vars/ beside it and beside the playbook say of a host, lowest first: all and groups of
   * the inventory, group_vars/all (inventory's, playbook's), group_vars/* (likewise), the host's own, host_vars (likewise).
   */
  variablesOf(name: string, playbook?: VariableFolders): readonly VariableLayer[] {
    const key = `${name}\n${playbook?.directory ?? ''}`;
    let layers = this.layers.get(key);
    if (!layers) {
      layers = this.collect(this.host(name), playbook ? [...this.folders, playbook] : this.folders);
      this.layers.set(key, layers);
    }
    return layers;
  }

  /**
   * The hosts of a pattern in Ansible's sense, in the order of the inventory's groups. `localhost` is implied. Errors: `inventory/pattern`;
   * for a limit `inventory/no-match` at once (`inventory/limit-file`), for the pattern itself a warning.
   */
  match(patterns: readonly string[], options: MatchOptions | string = {}): readonly string[] {
    const {
      limit,
      position,
      cwd = process.cwd(),
      warn = () => undefined,
    }: MatchOptions = typeof options === 'string' ? { limit: options } : options;
    const unknown = (part: PatternPart) => warn(this.noMatch(part, position, 'warning'));
    const matched = this.matched(parsePattern(patterns, position), unknown);
    const limited = limit === undefined ? undefined : this.limited(limit, cwd);
    return [...matched].filter((host) => limited?.has(host) ?? true).map((host) => host.name);
  }

  /** Refuses a limit that names something unknown, or that leaves no host: before anything is contacted. Errors as `match` has them, and `inventory/limit-empty`. */
  checkLimit(limit: string, cwd: string): void {
    if (this.limited(limit, cwd).size === 0) throw failure('inventory/limit-empty', { limit });
  }

  private limited(limit: string, cwd: string): ReadonlySet<Host> {
    const patterns = splitPattern(limit).flatMap((each) => (each.startsWith('@') ? namesIn(each.slice(1), cwd) : [each]));
    return this.matched(parsePattern(patterns), (part) => {
      throw failure('inventory/no-match', { pattern: part.text }, { nearest: this.nearestName(part.expression) });
    });
  }

  private matched(parts: readonly PatternPart[], unknown: (part: PatternPart) => void): ReadonlySet<Host> {
    return hostsMatching(parts, this.tree, (part) => {
      if (LOCAL_NAMES.includes(part.expression)) return this.host(part.expression);
      unknown(part);
      return undefined;
    });
  }

  /** A host that no source names, as `delegate_to` may: it is in the group `all` alone. */
  imply(name: string): void {
    if (!this.tree.hosts.has(name) && !this.implicit.has(name) && !LOCAL_NAMES.includes(name)) this.implicit.set(name, new Host(name));
  }

  private host(name: string): Host {
    const known = this.tree.hosts.get(name) ?? this.implicit.get(name);
    if (known) return known;
    if (!LOCAL_NAMES.includes(name)) throw failure('inventory/unknown-host', { host: name }, { nearest: this.nearestName(name) });
    const local = new Host(name);
    local.variables.set('ansible_connection', { value: 'local', position: undefined });
    this.implicit.set(name, local);
    return local;
  }

  private sortedGroups(host: Host): Group[] {
    const groups = new Set<Group>([this.tree.all, ...host.groups.flatMap((group) => [...group.withAncestors()])]);
    return [...groups].sort((a, b) => a.depth - b.depth || a.priority - b.priority || (a.name < b.name ? -1 : 1));
  }

  private collect(host: Host, folders: readonly VariableFolders[]): VariableLayer[] {
    const groups = this.sortedGroups(host);
    const inner = groups.filter((group) => group !== this.tree.all);
    const ofGroup = (group: Group, set: VariableSet | undefined) => layer('inventory-group-vars', `group "${group.name}"`, set);
    const ofHost = (set: VariableSet | undefined) => layer('inventory-host-vars', `host "${host.name}"`, set);
    return [
      ...groups.map((group) => ofGroup(group, variableSet(group.variables))),
      ...folders.map((folder) => ofGroup(this.tree.all, folder.groups.get('all'))),
      ...folders.flatMap((folder) => inner.map((group) => ofGroup(group, folder.groups.get(group.name)))),
      ofHost(variableSet(host.variables)),
      ...folders.map((folder) => ofHost(folder.hosts.get(host.name))),
    ].filter((each) => each !== undefined);
  }

  private noMatch(part: PatternPart, position: Position | undefined, severity: 'warning' | 'error'): Diagnostic {
    return diagnostic('inventory/no-match', { pattern: part.text }, { position, severity, nearest: this.nearestName(part.expression) });
  }

  private nearestName(name: string): string | undefined {
    return nearest(name, [...this.tree.groups.keys(), ...this.tree.hosts.keys()]);
  }
}

function layer(level: VariableLayer['level'], owner: string, set: VariableSet | undefined): VariableLayer | undefined {
  return set && Object.keys(set.values).length > 0 ? { level, owner, values: set.values, position: set.position } : undefined;
}

function namesIn(file: string, cwd: string): string[] {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw failure('inventory/limit-file', { file, reason }, { cause });
  }
}
