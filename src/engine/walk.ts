import { type Block, chainOf, type Include, type Item } from '../playbook/tree.js';
import { whenHolds } from './conditions.js';
import type { HostState } from './host-state.js';
import { resolveInclude } from './includes.js';
import { runMeta } from './meta.js';
import { startRole } from './role-start.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';
import { runTask } from './task.js';

/**
 * Walks a list of items in lockstep: every host finishes one before any starts the next. Answers the hosts that failed in it;
 * they take no part in the items after. What a failure means is decided by whom the answer reaches: a rescue, or the play.
 */
export async function walk(
  play: RunningPlay,
  items: readonly Item[],
  hosts: readonly HostState[],
  section: Section,
): Promise<Set<HostState>> {
  const failed = new Set<HostState>();
  for (const item of items) {
    const active = hosts.filter((host) => host.active && !failed.has(host) && !inEndedRole(host, item));
    if (active.length === 0) continue;
    const failedHere = await walkItem(play, item, active, section);
    play.context.signal.throwIfAborted();
    // A lost host is no failed one, but as good a reason to stop all.
    const lost = item.kind === 'task' ? active.filter((host) => host.unreachable) : [];
    if (failedHere.size === 0 && lost.length === 0) continue;
    const exceeded = !section.rescuable && play.failsTooMany(new Set([...failed, ...failedHere]));
    const all = exceeded || play.mustStopAll(item, [...failedHere, ...lost]);
    for (const host of all ? hosts.filter((each) => each.active) : failedHere) {
      host.failing = true;
      failed.add(host);
    }
  }
  return failed;
}

async function walkItem(play: RunningPlay, item: Item, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  switch (item.kind) {
    case 'task':
      return item.module === 'meta' ? runMeta(play, item, hosts, section) : runTask(play, item, hosts, section);
    case 'block':
      return walkBlock(play, item, hosts, section);
    case 'include':
      return walkInclude(play, item, hosts, section);
  }
}

/** rescue takes failed hosts back (never unreachable ones), always runs in any case but for unreachable hosts. */
async function walkBlock(play: RunningPlay, block: Block, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const rescued = block.rescue.length > 0;
  const unfit = block.role
    ? startRole(
        play,
        block,
        hosts.filter((host) => whenHolds(play, block, host)),
        section,
      )
    : new Set<HostState>();
  let failed = await walk(play, block.items, without(hosts, unfit), { rescuable: section.rescuable || rescued });
  if (failed.size > 0 && rescued) {
    for (const host of failed) {
      host.failing = false;
      host.brokenOff.clear();
    }
    failed = await walk(play, block.rescue, reachable(failed), section);
  }
  for (const host of unfit) failed.add(host);
  if (block.always.length > 0) for (const host of await walk(play, block.always, reachable(hosts), section)) failed.add(host);
  if (block.role) {
    for (const host of play.judgeFindings(
      without(hosts, failed).filter((host) => host.active),
      block,
      section,
    ))
      failed.add(host);
    for (const host of hosts) if (host.endedRole === block.role) host.endedRole = undefined;
  }
  return failed;
}

/** Hosts that include the same thing with the same variables walk it together. */
async function walkInclude(play: RunningPlay, include: Include, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const { groups, failed } = await resolveInclude(play, include, hosts, section);
  for (const group of groups) {
    const active = without(group.hosts, failed).filter((host) => host.active);
    if (active.length > 0) for (const host of await walkItem(play, group.block, active, section)) failed.add(host);
  }
  return failed;
}

function without(hosts: readonly HostState[], failed: ReadonlySet<HostState>): HostState[] {
  return hosts.filter((host) => !failed.has(host));
}

function reachable(hosts: Iterable<HostState>): HostState[] {
  return [...hosts].filter((host) => !host.unreachable && !host.ended);
}

function inEndedRole(host: HostState, item: Item): boolean {
  return host.endedRole !== undefined && chainOf(item).some((level) => level.role === host.endedRole);
}
