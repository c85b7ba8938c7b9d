import { dirname } from 'node:path';
import type { Value, ValueMap } from '../base/value.js';
import { chainOf, effectiveKeywords, type Level, type RoleInstance } from '../playbook/tree.js';
import { lazyMap } from '../vars/lazy-map.js';
import type { Layer } from '../vars/precedence.js';
import { reservedKind } from '../vars/reserved.js';
import { Scope } from '../vars/scope.js';
import type { RunContext } from './context.js';
import type { HostState } from './host-state.js';
import type { PlayRun } from './play-run.js';

/** The ladder for one host at one place of a playbook (language.md, 13). */
export function scopeFor(context: RunContext, play: PlayRun, level: Level, host: HostState, extra?: ValueMap): Scope {
  const keywords = effectiveKeywords(level);
  const current = keywords.roles.at(-1);
  const layers: Layer[] = [
    ...play.playRoles.filter((role) => role !== current).map((role) => layer('role-defaults', role.defaults)),
    ...keywords.roles.map((role) => layer('role-defaults', role.defaults)),
    ...hostLayers(context, play, host),
    layer('play-vars', play.play.keywords.vars ?? {}),
    layer('vars-prompt', context.ports.prompted),
    ...play.varsFiles(host).map((values) => layer('vars-files', values)),
    ...play.playRoles.filter((role) => role !== current).map((role) => layer('role-vars', role.vars)),
    ...keywords.roles.map((role) => layer('role-vars', role.vars)),
    ...keywords.blockVars.map((vars) => layer('block-vars', vars)),
    layer('task-vars', keywords.taskVars),
    layer('include-vars', host.includedVariables),
    layer('results', host.setFacts),
    ...keywords.roles.map((role) => layer('parameters', role.params)),
    ...keywords.parameters.map((values) => layer('parameters', values)),
    layer('extra-vars', context.options.extraVars),
    layer('magic', magic(context, play, host, current)),
    ...(extra ? [layer('magic', extra)] : []),
  ];
  return Scope.of(layers, { searchPaths: [...(current ? [current.path] : []), context.playbookDirectory] });
}

/** What is known of a host whatever the place: inventory, store, facts. */
function hostLayers(context: RunContext, play: PlayRun, host: HostState): Layer[] {
  return [...play.inventoryLayers(host.name), layer('store', context.store.variables()), layer('facts', factVariables(host))];
}

/** `ansible_facts`, and each fact under its `ansible_` name; what steers the connection is left out. */
function factVariables(host: HostState): Record<string, Value> {
  const injected: Record<string, Value> = { ansible_facts: host.facts };
  for (const [name, value] of Object.entries(host.facts)) {
    const prefixed = `ansible_${name}`;
    if (reservedKind(prefixed) === undefined) injected[prefixed] = value;
  }
  return injected;
}

/** Play keywords that no host decides: play vars, prompts, `-e`. */
export function playVariables(context: RunContext, level: Level): Scope {
  const play = chainOf(level)[0];
  return Scope.of(
    [
      layer('store', context.store.variables()),
      layer('play-vars', play?.keywords.vars ?? {}),
      layer('vars-prompt', context.ports.prompted),
      layer('extra-vars', context.options.extraVars),
      layer('magic', { ansible_check_mode: context.options.check, groups: context.ports.inventory.groupMap() }),
    ],
    { searchPaths: [context.playbookDirectory] },
  );
}

function magic(context: RunContext, play: PlayRun, host: HostState, role: RoleInstance | undefined): Record<string, Value> {
  const { inventory } = context.ports;
  return {
    inventory_hostname: host.name,
    inventory_hostname_short: host.name.split('.')[0] ?? host.name,
    group_names: inventory.groupNamesOf(host.name),
    groups: inventory.groupMap(),
    hostvars: play.hostvars,
    ansible_play_hosts: play.allHosts.filter((each) => !each.failed && !each.unreachable).map((each) => each.name),
    ansible_play_hosts_all: play.allHosts.map((each) => each.name),
    ansible_play_batch: play.batch.filter((each) => !each.failed && !each.unreachable).map((each) => each.name),
    ansible_play_name: play.name,
    ansible_check_mode: context.options.check,
    ansible_diff_mode: context.options.diff,
    playbook_dir: context.playbookDirectory,
    inventory_dir: inventory.directory ?? dirname(context.playbookDirectory),
    ...(role && { role_name: role.name, role_path: role.path }),
  };
}

/** Variables of each host as they are now, rendered when asked for. */
export function hostVariables(context: RunContext, play: PlayRun): ValueMap {
  const names = () => [...new Set([...context.ports.inventory.hostNames(), ...context.states.keys()])];
  return lazyMap({
    keys: names,
    has: (name) => names().includes(name),
    get: (name) => (names().includes(name) ? scopeFor(context, play, play.play, context.state(name)).view() : undefined),
  });
}

function layer(level: Layer['level'], values: Layer['values']): Layer {
  return { level, values };
}
