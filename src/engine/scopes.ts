import { join } from 'node:path';
import { env } from 'node:process';
import type { Value, ValueMap } from '../base/value.js';
import { effectiveKeywords, type Level, type Play, type RoleInstance } from '../playbook/tree.js';
import { lazyMap } from '../vars/lazy-map.js';
import type { Layer } from '../vars/precedence.js';
import { reservedKind } from '../vars/reserved.js';
import { Scope } from '../vars/scope.js';
import type { HostState } from './host-state.js';
import type { PlayView, RunView } from './play-view.js';

/** The ladder for one host at one place of a playbook (language.md, 13). */
export function scopeFor(context: RunView, play: PlayView, level: Level, host: HostState): Scope {
  const keywords = effectiveKeywords(level);
  const own = keywords.roles.flatMap((role) => [...role.dependencies, role]);
  const roles = [...play.visibleRoles.filter((role) => !own.includes(role)), ...own];
  const current = keywords.roles.at(-1);
  return Scope.of(
    [
      ...roles.map((role) => layer('role-defaults', role.defaults)),
      ...play.inventoryLayers(host.name),
      layer('store', context.store.variables()),
      layer('facts', factVariables(host)),
      layer('play-vars', play.play.keywords.vars ?? {}),
      layer('vars-prompt', context.ports.prompted(play.play)),
      ...play.variablesFiles(host).map((values) => layer('vars-files', values)),
      ...roles.map((role) => layer('role-vars', role.vars)),
      ...keywords.blockVars.map((vars) => layer('block-vars', vars)),
      layer('task-vars', keywords.taskVars),
      layer('include-vars', host.includedVariables),
      layer('results', host.setFacts),
      ...keywords.roles.map((role) => layer('parameters', role.params)),
      ...keywords.parameters.map((values) => layer('parameters', values)),
      layer('extra-vars', context.options.extraVars),
      layer('magic', magic(context, play, host, current)),
    ],
    renderContext(context, current),
  );
}

/** What a play's own keywords may use: no host's variables but `hosts`-independent ones; with a host, its inventory, facts and set facts too. */
export function playScope(context: RunView, play: Play, host?: { readonly state: HostState; readonly layers: readonly Layer[] }): Scope {
  const magicValues = {
    ansible_check_mode: context.options.check,
    ansible_diff_mode: context.options.diff,
    playbook_dir: context.playbookDirectory,
    groups: context.ports.inventory.groupMap(),
    hostvars: hostVariables(context, outside(context, play)),
    ...(host && { inventory_hostname: host.state.name }),
  };
  return Scope.of(
    [
      ...(host?.layers ?? []),
      layer('store', context.store.variables()),
      ...(host ? [layer('facts', factVariables(host.state)), layer('results', host.state.setFacts)] : []),
      layer('play-vars', play.keywords.vars ?? {}),
      layer('vars-prompt', context.ports.prompted(play)),
      layer('extra-vars', context.options.extraVars),
      layer('magic', magicValues),
    ],
    renderContext(context, undefined),
  );
}

/** `hostvars`: each host's variables as they are now, rendered when asked for. What a play or a role gives to its own tasks is not among them. */
export function hostVariables(context: RunView, play: PlayView): ValueMap {
  const scope = (host: HostState) =>
    Scope.of(
      [
        ...play.inventoryLayers(host.name),
        layer('store', context.store.variables()),
        layer('facts', factVariables(host)),
        layer('include-vars', host.includedVariables),
        layer('results', host.setFacts),
        layer('extra-vars', context.options.extraVars),
        layer('magic', magic(context, play, host, undefined)),
      ],
      renderContext(context, undefined),
    );
  const keys = () => [...new Set([...context.ports.inventory.hostNames(), ...context.states.keys()])];
  return lazyMap({
    keys,
    has: (name) => keys().includes(name),
    get: (name) => (keys().includes(name) ? scope(context.state(name)).view() : undefined),
  });
}

/** A play of which nothing has begun: no hosts are chosen yet. */
function outside(context: RunView, play: Play): PlayView {
  const view: PlayView = {
    play,
    name: '',
    batch: [],
    allHosts: [],
    visibleRoles: [],
    get hostvars() {
      return hostVariables(context, view);
    },
    inventoryLayers: (host) => context.ports.inventory.variablesOf(host, context.ports.playbookVariables(play.path)),
    variablesFiles: () => [],
  };
  return view;
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

function magic(context: RunView, play: PlayView, host: HostState, role: RoleInstance | undefined): Record<string, Value> {
  const { inventory } = context.ports;
  return {
    inventory_hostname: host.name,
    inventory_hostname_short: host.name.split('.')[0] ?? host.name,
    group_names: inventory.groupNamesOf(host.name),
    groups: inventory.groupMap(),
    hostvars: play.hostvars,
    ansible_play_hosts: play.allHosts.filter((each) => each.standing).map((each) => each.name),
    ansible_play_hosts_all: play.allHosts.map((each) => each.name),
    ansible_play_batch: play.batch.filter((each) => each.standing).map((each) => each.name),
    ansible_play_name: play.name,
    ansible_check_mode: context.options.check,
    ansible_diff_mode: context.options.diff,
    playbook_dir: context.playbookDirectory,
    ...(inventory.directory !== undefined && { inventory_dir: inventory.directory }),
    ...(inventory.file !== undefined && { inventory_file: inventory.file }),
    ...(role && { role_name: role.name, role_path: role.path }),
  };
}

function renderContext(context: RunView, role: RoleInstance | undefined) {
  const { playbookDirectory } = context;
  const searchPaths = [...(role ? [join(role.path, 'files'), role.path] : []), join(playbookDirectory, 'files'), playbookDirectory];
  const onRead = (name: string, value: Value) => context.secrets.learn(name, value);
  return { searchPaths, env, fingerprint: context.store.fingerprint, onRead };
}

function layer(level: Layer['level'], values: Layer['values']): Layer {
  return { level, values };
}
