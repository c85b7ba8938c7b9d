import type { Block, Include, Item, Level, RoleInstance } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import type { PlayRun } from './play-run.js';

/** Where a list of items stands: whether a failure there will be rescued. */
export interface Section {
  readonly rescuable: boolean;
}

/**
 * Walks a list of items in lockstep: every host finishes one before any starts the next. Answers the hosts that failed in it;
 * they take no part in the items after. What a failure means is decided by whom the answer reaches: a rescue, or the play.
 */
export async function walk(play: PlayRun, items: readonly Item[], hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const failed = new Set<HostState>();
  for (const item of items) {
    const active = hosts.filter((host) => host.active && !failed.has(host) && !inEndedRole(host, item));
    if (active.length === 0) break;
    for (const host of await walkItem(play, item, active, section)) failed.add(host);
    play.context.signal.throwIfAborted();
    if (failed.size > 0 && play.mustStopAll(item, failed)) for (const host of hosts) if (host.active) failed.add(host);
    play.checkFailPercentage(failed);
  }
  return failed;
}

async function walkItem(play: PlayRun, item: Item, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  switch (item.kind) {
    case 'task':
      return item.module === 'meta' && item.args.free_form === 'flush_handlers'
        ? play.flushHandlers(hosts, item)
        : play.runTask(item, hosts, section);
    case 'block':
      return walkBlock(play, item, hosts, section);
    case 'include':
      return walkInclude(play, item, hosts, section);
  }
}

/** rescue takes failed hosts back (never unreachable ones), always runs in any case but for unreachable hosts. */
async function walkBlock(play: PlayRun, block: Block, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const rescued = block.rescue.length > 0;
  let failed = await walk(play, block.items, hosts, { rescuable: section.rescuable || rescued });
  if (failed.size > 0 && rescued) failed = await walk(play, block.rescue, reachable(failed), section);
  if (block.always.length > 0) {
    for (const host of await walk(play, block.always, reachable(hosts), section)) failed.add(host);
  }
  if (block.role) {
    const judged = await play.judgeFindings(
      hosts.filter((host) => host.active && !failed.has(host)),
      block,
    );
    for (const host of judged) failed.add(host);
    for (const host of hosts) if (host.endedRole === block.role) host.endedRole = undefined;
  }
  return failed;
}

/** Hosts that include the same thing with the same variables walk it together. */
async function walkInclude(play: PlayRun, include: Include, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const { groups, failed } = await play.resolveInclude(include, hosts, section);
  for (const group of groups) {
    const active = group.hosts.filter((host) => host.active && !failed.has(host));
    for (const host of await walkItem(play, group.block, active, section)) failed.add(host);
  }
  return failed;
}

function reachable(hosts: Iterable<HostState>): HostState[] {
  return [...hosts].filter((host) => !host.unreachable && !host.ended);
}

function inEndedRole(host: HostState, item: Item): boolean {
  return host.endedRole !== undefined && rolesAbove(item).includes(host.endedRole as RoleInstance);
}

function rolesAbove(level: Level): RoleInstance[] {
  const roles: RoleInstance[] = [];
  for (let each: Level | undefined = level; each; each = each.parent) if (each.role) roles.push(each.role);
  return roles;
}
