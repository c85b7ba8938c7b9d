import { ChatsctlError, failure } from '../base/errors.js';
import { formatPosition } from '../base/position.js';
import { Unknown, type Value, type ValueMap } from '../base/value.js';
import { type Block, effectiveKeywords, type Include, type Variables } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { falseCondition, holdsAll } from './conditions.js';
import { errorResult } from './error-result.js';
import type { HostState } from './host-state.js';
import { loopItems } from './loops.js';
import { taskName } from './names.js';
import { reportFailure, reportResult } from './report.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';
import { gather, type ItemResult, skipped, unknown } from './task-result.js';
import { truthOr } from './truth.js';

interface Group {
  readonly block: Block;
  readonly hosts: HostState[];
}

export interface IncludeGroups {
  readonly groups: readonly Group[];
  readonly failed: Set<HostState>;
}

interface Target {
  readonly name: string;
  readonly from: string | undefined;
  /** Of the loop. */
  readonly variables: ValueMap;
}

/** Evaluates an include for each host (and loop item), reads what it names once, and puts hosts with the same outcome together. */
export async function resolveInclude(
  play: RunningPlay,
  include: Include,
  hosts: readonly HostState[],
  section: Section,
): Promise<IncludeGroups> {
  const { context } = play;
  const failed = new Set<HostState>();
  const groups = new Map<string, Group>();
  const { runOnce, ignoreErrors } = effectiveKeywords(include);
  const truth = (keyword: string, value: typeof runOnce, host: HostState) =>
    truthOr(false, keyword, value, context.scope(play, include, host));
  const [first] = hosts;
  const manner = attempt(() => first !== undefined && play.play.strategy !== 'free' && truth('run_once', runOnce, first));
  const once = first !== undefined && manner.value === true;
  const reached = once ? [first] : hosts;
  announce(play, include, reached);
  for (const host of reached) {
    const report = labelled(play, include, host);
    try {
      if (manner.error) throw manner.error;
      const { targets, outcome } = await evaluate(play, include, host);
      for (const each of once ? hosts : [host]) register(include, each, outcome);
      if (targets.length === 0) reportResult(play, host, { ...report, status: 'skipped', result: told(outcome), message: outcome.message });
      for (const target of targets) {
        groupFor(groups, target, host, () => read(play, include, target)).hosts.push(host);
        // As Ansible's recap has it: each file that is included counts as ok, a role does not.
        if (include.what === 'tasks')
          reportResult(play, host, { ...report, status: 'ok', result: { changed: false, include: target.name } });
      }
    } catch (error) {
      const { result, message } = errorResult(error, context.signal);
      if (attempt(() => truth('ignore_errors', ignoreErrors, host)).value)
        reportResult(play, host, { ...report, status: 'ignored', result, message });
      else {
        reportFailure(play, host, { ...report, result, message }, section);
        failed.add(host);
      }
    }
  }
  return { groups: [...groups.values()], failed };
}

function attempt<T>(read: () => T): { readonly value?: T; readonly error?: ChatsctlError } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ChatsctlError) return { error };
    throw error;
  }
}

interface Evaluated {
  readonly targets: readonly Target[];
  readonly outcome: ItemResult;
}

/** The group of hosts that include the same with the same loop variables. One host may include the same twice: then they are two. */
function groupFor(groups: Map<string, Group>, target: Target, host: HostState, open: () => Block): Group {
  for (let turn = 1; ; turn++) {
    const key = JSON.stringify([target.name, target.from, target.variables, turn]);
    const known = groups.get(key);
    if (known && !known.hosts.includes(host)) return known;
    if (known) continue;
    const group: Group = { block: open(), hosts: [] };
    groups.set(key, group);
    return group;
  }
}

async function evaluate(play: RunningPlay, include: Include, host: HostState): Promise<Evaluated> {
  const scope = play.context.scope(play, include, host);
  if (!include.loop) return evaluateOne(include, scope, {});
  const items = await loopItems(play.context, include, include.loop, scope);
  if (!Array.isArray(items)) return { targets: [], outcome: unknown(items.unknown) };
  const found = items.map(({ variables }) => evaluateOne(include, scope.with({ level: 'magic', values: variables }), variables));
  return { targets: found.flatMap((each) => each.targets), outcome: gather(found.map((each) => each.outcome)) };
}

function evaluateOne(include: Include, scope: Scope, variables: ValueMap): Evaluated {
  const { when } = effectiveKeywords(include);
  const held = holdsAll(when, scope);
  if (held !== true) {
    const outcome = held === false ? skipped('Conditional result was False', falseCondition(when, scope)) : unknown(held.unknown);
    return { targets: [], outcome: { ...outcome, result: { ...outcome.result, ...variables } } };
  }
  const name = scope.render(include.target);
  const from = include.tasksFrom === null ? undefined : scope.render(include.tasksFrom);
  for (const each of [name, from]) {
    if (!(each instanceof Unknown)) continue;
    const outcome = unknown(each.reason);
    return { targets: [], outcome: { ...outcome, result: { ...outcome.result, ...variables } } };
  }
  if (typeof name !== 'string') {
    throw failure('task/include-target', { found: String(name) }, { position: include.position });
  }
  const result = { changed: false, failed: false, include: name, ...variables };
  return { targets: [{ name, from: from === undefined ? undefined : String(from), variables }], outcome: { status: 'ok', result } };
}

function register(include: Include, host: HostState, outcome: ItemResult): void {
  if (include.register !== undefined) host.setFacts[include.register] = told(outcome);
}

function told({ unknown: reason, result }: ItemResult): Value {
  return reason === undefined ? result : new Unknown(reason);
}

function read(play: RunningPlay, include: Include, { name, from, variables }: Target): Block {
  const { includes } = play.context.ports;
  const parent = { parent: include.parent, keywords: include.apply, parameters: { ...include.keywords.vars, ...(variables as Variables) } };
  const selected = (block: Block): Block => ({ ...block, items: play.context.select(block.items) });
  if (include.what === 'tasks') return selected(includes.tasks(name, include, parent));
  const role = includes.role(name, include, parent, from);
  play.handlers.add(role.handlers);
  if (include.public) play.visibleRoles.push(...role.roles.filter((each) => !play.visibleRoles.includes(each)));
  return selected(role.block);
}

function labelled(play: RunningPlay, include: Include, host: HostState | undefined) {
  const module = include.what === 'tasks' ? 'include_tasks' : 'include_role';
  return { task: taskName(play, include, host), module, position: include.position };
}

function announce(play: RunningPlay, include: Include, hosts: readonly HostState[]): void {
  const { position, ...label } = labelled(play, include, hosts[0]);
  const names = hosts.map((host) => host.name);
  const handler = include.isHandler;
  play.context.emit({ type: 'task_start', play: play.name, ...label, position: formatPosition(position), handler, hosts: names });
}
