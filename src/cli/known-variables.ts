import { dirname } from 'node:path';
import { Diagnostics } from '../base/errors.js';
import { loadVariableFolders, type VariableFolders } from '../inventory/variable-files.js';
import { definesUnknownNames } from '../playbook/defined-names.js';
import type { IncludeReader } from '../playbook/includes.js';
import type { LoadedPlaybook } from '../playbook/load-playbook.js';
import { allItems, allLevels } from '../playbook/playbook-items.js';
import { type MissingVariable, missingVariables } from '../playbook/role-arguments.js';
import type { Play, Task } from '../playbook/tree.js';
import { type HostChoice, hostsOf } from './play-hosts.js';

export interface KnownBefore extends HostChoice {
  /** Names in the store. */
  readonly stored: readonly string[];
  readonly playbookVariables: (playbook: string) => VariableFolders | undefined;
  readonly includes: IncludeReader;
}

/**
 * Required variables of the playbook's roles that nothing answers before the run, as far as it is known without a host. What a task may set on
 * the way is not missing, nor is anything where only the run tells what they set; the engine looks again when the role begins. Tags make no difference, as in Ansible.
 */
export function missingBefore(playbook: LoadedPlaybook, known: KnownBefore): readonly MissingVariable[] {
  if (tasksOf(playbook).some((task) => definesUnknownNames(task) || readsFolder(task))) return [];
  const names = new Map<Play, ReadonlySet<string>>();
  const written = writtenNames(playbook, known.includes);
  const plays = playbook.plays.flatMap((play) => {
    const hosts = hostsOf(play, known);
    if (hosts?.length === 0) return [];
    names.set(play, new Set([...written, ...namesForPlay(play, hosts ?? [], known)]));
    return [play];
  });
  const captured = new Set(tasksOf(playbook).flatMap(capturedNames));
  return missingVariables(plays, (play, name) => names.get(play)?.has(name) ?? false).filter(({ name }) => !captured.has(name));
}

/** What a task keeps in the store. */
export function capturedNames(task: Task): string[] {
  const captures = task.module === 'expect' ? valuesOf(task.args.captures) : [];
  const stored = captures.flatMap((each) => (isMapping(each) && each.store !== undefined ? [String(each.store)] : []));
  return [...(task.once?.store === undefined ? [] : [task.once.store]), ...stored];
}

export function tasksOf(playbook: LoadedPlaybook): readonly Task[] {
  return allItems(playbook).filter((item) => item.kind === 'task');
}

/** Beside a playbook; undefined where that is the inventory's own folder, which is read already. */
export function playbookVariablesReader(inventoryDirectory: string | undefined, cwd: string, collect: Diagnostics) {
  const read = new Map<string, VariableFolders>();
  return (playbook: string): VariableFolders | undefined => {
    const directory = dirname(playbook);
    if (directory === inventoryDirectory) return undefined;
    let folders = read.get(directory);
    if (!folders) {
      folders = loadVariableFolders(directory, cwd, collect);
      read.set(directory, folders);
    }
    return folders;
  };
}

function namesForPlay(play: Play, hosts: readonly string[], known: KnownBefore): string[] {
  const folders = known.playbookVariables(play.path);
  return [
    ...Object.keys(known.extraVars),
    ...known.stored,
    ...play.varsPrompt.map((each) => each.name),
    ...play.varsFiles.flatMap((each) => varsFileNames(each, play, known.includes)),
    ...hosts.flatMap((host) => known.inventory.variablesOf(host, folders).flatMap((layer) => Object.keys(layer.values))),
  ];
}

function varsFileNames(file: Play['varsFiles'][number], play: Play, includes: IncludeReader): string[] {
  const names = typeof file === 'string' ? [file] : Array.isArray(file) ? file.map(String) : [];
  return names.flatMap((name) => keysOf(new Diagnostics().collect(() => includes.variablesFile(name, play))));
}

/** Variables that the playbook itself writes somewhere: vars, parameters, set_fact, register, include_vars. */
function writtenNames(playbook: LoadedPlaybook, includes: IncludeReader): string[] {
  const levels = allLevels(playbook).flatMap((level) => [...keysOf(level.keywords.vars), ...keysOf(level.parameters)]);
  const items = allItems(playbook).flatMap((item) => (item.kind !== 'block' && item.register !== undefined ? [item.register] : []));
  const tasks = tasksOf(playbook).flatMap((task) => {
    if (task.module === 'set_fact' || task.module === 'add_host') return [...keysOf(task.args), ...keysOf(task.args.facts)];
    return task.module === 'include_vars' ? includedNames(task, includes) : [];
  });
  return [...levels, ...items, ...tasks];
}

function includedNames(task: Task, includes: IncludeReader): string[] {
  const { file, name } = task.args;
  if (typeof name === 'string') return [name];
  return typeof file === 'string' ? keysOf(new Diagnostics().collect(() => includes.variablesFile(file, task))) : [];
}

function readsFolder({ module, args }: Task): boolean {
  return module === 'include_vars' && args.dir !== undefined && args.name === undefined;
}

function keysOf(value: unknown): string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

function valuesOf(value: unknown): unknown[] {
  return isMapping(value) ? Object.values(value) : [];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
