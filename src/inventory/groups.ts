import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';
import type { SetVariable } from './variable-set.js';

export class Host {
  readonly groups: Group[] = [];
  readonly variables = new Map<string, SetVariable>();

  constructor(readonly name: string) {}
}

export class Group {
  readonly children: Group[] = [];
  readonly parents: Group[] = [];
  readonly hosts: Host[] = [];
  readonly variables = new Map<string, SetVariable>();
  /** `ansible_group_priority`: among groups of one depth the higher wins. */
  priority = 1;

  constructor(readonly name: string) {}

  /** The longest way down from `all`. */
  get depth(): number {
    return this.parents.reduce((deepest, parent) => Math.max(deepest, parent.depth + 1), 0);
  }

  /** Its own hosts, then those of its children, level by level; each once. */
  allHosts(): readonly Host[] {
    const hosts = new Set<Host>();
    for (const group of this.withDescendants()) for (const host of group.hosts) hosts.add(host);
    return [...hosts];
  }

  withDescendants(): ReadonlySet<Group> {
    const found = new Set<Group>([this]);
    for (const group of found) for (const child of group.children) found.add(child);
    return found;
  }

  withAncestors(): ReadonlySet<Group> {
    const found = new Set<Group>([this]);
    for (const group of found) for (const parent of group.parents) found.add(parent);
    return found;
  }
}

/** Groups and hosts as several sources add them up. `all` and `ungrouped` are always there. */
export class GroupTree {
  readonly groups = new Map<string, Group>();
  readonly hosts = new Map<string, Host>();
  readonly all = this.group('all');
  readonly ungrouped = this.group('ungrouped');

  constructor() {
    link(this.all, this.ungrouped);
  }

  group(name: string): Group {
    let group = this.groups.get(name);
    if (!group) {
      group = new Group(name);
      this.groups.set(name, group);
    }
    return group;
  }

  host(name: string): Host {
    let host = this.hosts.get(name);
    if (!host) {
      host = new Host(name);
      this.hosts.set(name, host);
    }
    return host;
  }

  /** Error `inventory/cycle`. */
  addChild(parent: Group, child: Group, position: Position): void {
    const chain = wayDown(child, parent);
    if (chain)
      throw failure('inventory/cycle', { group: child.name, chain: [parent, ...chain].map((each) => each.name).join(' > ') }, { position });
    link(parent, child);
  }

  addHost(group: Group, host: Host): void {
    if (group.hosts.includes(host)) return;
    group.hosts.push(host);
    host.groups.push(group);
  }

  /** When all sources are read: what has no parent belongs to `all`, hosts of no other group to `ungrouped`, and only those. */
  settle(): void {
    for (const group of this.groups.values()) if (group !== this.all && group.parents.length === 0) link(this.all, group);
    for (const host of this.hosts.values()) {
      const named = host.groups.some((group) => group !== this.all && group !== this.ungrouped);
      if (!named) this.addHost(this.ungrouped, host);
      else if (host.groups.includes(this.ungrouped)) {
        host.groups.splice(host.groups.indexOf(this.ungrouped), 1);
        this.ungrouped.hosts.splice(this.ungrouped.hosts.indexOf(host), 1);
      }
    }
  }
}

function link(parent: Group, child: Group): void {
  if (parent.children.includes(child)) return;
  parent.children.push(child);
  child.parents.push(parent);
}

/** The groups from one down to another, both included. */
function wayDown(from: Group, to: Group): Group[] | undefined {
  if (from === to) return [from];
  for (const child of from.children) {
    const way = wayDown(child, to);
    if (way) return [from, ...way];
  }
  return undefined;
}
