import { failure } from '../base/errors.js';
import { Unknown, type ValueMap } from '../base/value.js';
import { type Block, effectiveKeywords, type Include, type Variables } from '../playbook/tree.js';
import { holdsAll } from './conditions.js';
import type { HostState } from './host-state.js';
import { loopItems } from './loops.js';
import type { PlayRun } from './play-run.js';
import type { Section } from './walk.js';

export interface IncludeGroups {
  readonly groups: readonly { readonly block: Block; readonly hosts: readonly HostState[] }[];
  readonly failed: Set<HostState>;
}

/** Evaluates an include for each host (and loop item), reads what it names once, and puts hosts with the same outcome together. */
export async function resolveInclude(
  play: PlayRun,
  include: Include,
  hosts: readonly HostState[],
  section: Section,
): Promise<IncludeGroups> {
  const failed = new Set<HostState>();
  const groups = new Map<string, { block: Block; hosts: HostState[] }>();
  for (const host of hosts) {
    try {
      for (const { target, from, variables } of await targets(play, include, host)) {
        const key = JSON.stringify([target, from, variables]);
        const known = groups.get(key);
        if (known) known.hosts.push(host);
        else groups.set(key, { block: read(play, include, target, from, variables), hosts: [host] });
      }
    } catch (error) {
      play.context.taskError(play, include, host, error, section);
      failed.add(host);
    }
  }
  return { groups: [...groups.values()], failed };
}

async function targets(
  play: PlayRun,
  include: Include,
  host: HostState,
): Promise<{ target: string; from: string | undefined; variables: ValueMap }[]> {
  const { context } = play;
  const scope = context.scope(play, include, host);
  const keywords = effectiveKeywords(include);
  const items = include.loop ? await loopItems(context, include.loop, scope) : [undefined];
  if (!Array.isArray(items)) {
    context.skipInclude(play, include, host, items.unknown);
    return [];
  }
  const found: { target: string; from: string | undefined; variables: ValueMap }[] = [];
  for (const item of items) {
    const variables = item?.variables ?? {};
    const itemScope = item ? scope.with({ level: 'magic', values: variables }) : scope;
    const held = holdsAll(include.keywords.when ?? keywords.when, itemScope);
    if (held !== true) {
      context.skipInclude(play, include, host, typeof held === 'object' ? held.unknown : 'Conditional result was False');
      continue;
    }
    const target = itemScope.render(include.target);
    if (target instanceof Unknown || typeof target !== 'string') {
      throw failure('task/include-target', { found: String(target) }, { position: include.position });
    }
    const from = include.tasksFrom === null ? undefined : String(itemScope.render(include.tasksFrom));
    found.push({ target, from, variables });
  }
  return found;
}

function read(play: PlayRun, include: Include, target: string, from: string | undefined, variables: ValueMap): Block {
  const { includes } = play.context.ports;
  const parent = {
    parent: include.parent,
    keywords: { ...include.apply, vars: { ...include.keywords.vars } },
    parameters: variables as Variables,
  };
  const selected = (block: Block): Block => ({ ...block, items: play.context.select(block.items) });
  if (include.what === 'tasks') return selected(includes.tasks(target, include, parent));
  const role = includes.role(target, include, parent, from);
  play.handlers.add(role.handlers);
  return selected(role.block);
}
