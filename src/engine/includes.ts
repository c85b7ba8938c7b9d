import { failure } from '../base/errors.js';
import { formatPosition } from '../base/position.js';
import { Unknown, type ValueMap } from '../base/value.js';
import { type Block, effectiveKeywords, type Include, type Variables } from '../playbook/tree.js';
import { holdsAll } from './conditions.js';
import { errorResult } from './error-result.js';
import type { HostState } from './host-state.js';
import { loopItems } from './loops.js';
import { reportFailure, reportResult } from './report.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';

export interface IncludeGroups {
  readonly groups: readonly { readonly block: Block; readonly hosts: readonly HostState[] }[];
  readonly failed: Set<HostState>;
}

/** Evaluates an include for each host (and loop item), reads what it names once, and puts hosts with the same outcome together. */
export async function resolveInclude(
  play: RunningPlay,
  include: Include,
  hosts: readonly HostState[],
  section: Section,
): Promise<IncludeGroups> {
  const failed = new Set<HostState>();
  const groups = new Map<string, { block: Block; hosts: HostState[] }>();
  const { runOnce } = effectiveKeywords(include);
  const [first] = hosts;
  const once = first !== undefined && runOnce !== undefined && play.context.scope(play, include, first).render(runOnce) === true;
  const reached = once ? [first] : hosts;
  announce(play, include, reached);
  for (const host of reached) {
    try {
      for (const { target, from, variables } of await targets(play, include, host)) {
        const key = JSON.stringify([target, from, variables]);
        const known = groups.get(key);
        if (known) known.hosts.push(host);
        else groups.set(key, { block: read(play, include, target, from, variables), hosts: [host] });
        // As Ansible's recap has it: each file that is included counts as ok, a role does not.
        if (include.what === 'tasks')
          reportResult(play, host, { ...labelled(include), status: 'ok', result: { changed: false, include: target } });
      }
    } catch (error) {
      const outcome = errorResult(error, play.context.signal);
      const result = outcome.result;
      reportFailure(play, host, { ...labelled(include), result, message: outcome.message }, section);
      failed.add(host);
    }
  }
  return { groups: [...groups.values()], failed };
}

async function targets(
  play: RunningPlay,
  include: Include,
  host: HostState,
): Promise<{ target: string; from: string | undefined; variables: ValueMap }[]> {
  const { context } = play;
  const scope = context.scope(play, include, host);
  const keywords = effectiveKeywords(include);
  const items = include.loop ? await loopItems(context, include, include.loop, scope) : [undefined];
  if (!Array.isArray(items)) {
    skip(play, include, host, items.unknown);
    return [];
  }
  const found: { target: string; from: string | undefined; variables: ValueMap }[] = [];
  let reason = 'No items in the list';
  for (const item of items) {
    const variables = item?.variables ?? {};
    const itemScope = item ? scope.with({ level: 'magic', values: variables }) : scope;
    const held = holdsAll(keywords.when, itemScope);
    if (held !== true) {
      reason = typeof held === 'object' ? held.unknown : 'Conditional result was False';
      continue;
    }
    const target = itemScope.render(include.target);
    if (target instanceof Unknown || typeof target !== 'string') {
      throw failure('task/include-target', { found: String(target) }, { position: include.position });
    }
    const from = include.tasksFrom === null ? undefined : String(itemScope.render(include.tasksFrom));
    found.push({ target, from, variables });
  }
  if (found.length === 0) skip(play, include, host, reason);
  return found;
}

function read(play: RunningPlay, include: Include, target: string, from: string | undefined, variables: ValueMap): Block {
  const { includes } = play.context.ports;
  const parent = { parent: include.parent, keywords: include.apply, parameters: { ...include.keywords.vars, ...(variables as Variables) } };
  const selected = (block: Block): Block => ({ ...block, items: play.context.select(block.items) });
  if (include.what === 'tasks') return selected(includes.tasks(target, include, parent));
  const role = includes.role(target, include, parent, from);
  play.handlers.add(role.handlers);
  if (include.public) play.visibleRoles.push(...role.roles.filter((each) => !play.visibleRoles.includes(each)));
  return selected(role.block);
}

function labelled(include: Include) {
  const name = include.name === null ? String(include.target) : String(include.name);
  return { task: name, module: include.what === 'tasks' ? 'include_tasks' : 'include_role', position: include.position };
}

function announce(play: RunningPlay, include: Include, hosts: readonly HostState[]): void {
  const { position, ...label } = labelled(include);
  const names = hosts.map((host) => host.name);
  play.context.emit({ type: 'task_start', play: play.name, ...label, position: formatPosition(position), handler: false, hosts: names });
}

function skip(play: RunningPlay, include: Include, host: HostState, reason: string): void {
  const result = { changed: false, skipped: true, skip_reason: reason };
  reportResult(play, host, { ...labelled(include), status: 'skipped', result, message: reason });
}
