import { distinct } from '../base/distinct.js';
import { type Diagnostic, Diagnostics, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { SourceValue } from '../base/template-text.js';
import type { Inventory } from '../inventory/inventory.js';
import { loadVariableFolders, type VariableFolders } from '../inventory/variable-files.js';
import { reservedKind } from '../vars/reserved.js';
import type { PlaybookContext } from './context.js';
import { definedNames, definesUnknownNames } from './defined-names.js';
import type { LoadedPlaybook } from './load-playbook.js';
import { checkPatterns } from './patterns.js';
import { allItems } from './playbook-items.js';
import type { Play } from './tree.js';
import { variableUses } from './variable-uses.js';

export interface LintOptions {
  readonly inventory?: Inventory | undefined;
  /** Of `-e` and of the store. */
  readonly known?: readonly string[];
}

/**
 * What may be wrong though a run could still turn out well: variables that no file defines, hosts that the inventory does not have, patterns
 * that cannot match. Warnings; errors are found by `loadPlaybook` already. Nothing is contacted.
 */
export function lintPlaybook(
  playbook: LoadedPlaybook,
  context: PlaybookContext,
  { inventory, known = [] }: LintOptions = {},
): Diagnostic[] {
  const folders = folderReader(context);
  const beside = [...new Set(playbook.plays.map((play) => play.path.replace(/\/[^/]*$/, '')))].map(folders);
  const names = new Set([...known, ...definedNames(playbook, context), ...beside.flatMap(namesIn), ...inventoryNames(inventory, beside)]);
  const found = [...checkHosts(playbook.plays, inventory), ...checkPatterns(playbook)];
  // An include, or a variable, whose name only the run tells may be anything.
  const isComplete = [...playbook.lookedAt.values()].every((each) => each.complete);
  const isKnown = !allItems(playbook).some((item) => item.kind === 'task' && definesUnknownNames(item));
  if (isComplete && isKnown) found.push(...checkNames(playbook, names, context));
  return distinct(found);
}

function checkNames(playbook: LoadedPlaybook, names: ReadonlySet<string>, context: PlaybookContext): Diagnostic[] {
  return variableUses(playbook, context)
    .filter(({ name, guarded }) => !guarded && !names.has(name) && !isMagic(name))
    .map(({ name, position }) => {
      const near = nearest(name, names);
      return diagnostic('play/unknown-variable', { name }, { position, severity: 'warning', nearest: near });
    });
}

function isMagic(name: string): boolean {
  return name.startsWith('ansible_') || reservedKind(name) !== undefined;
}

function checkHosts(plays: readonly Play[], inventory: Inventory | undefined): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const play of inventory ? plays : []) {
    const patterns = plainPatterns(play.hosts);
    const collect = new Diagnostics();
    collect.collect(() => inventory?.match(patterns, { position: play.hostsPosition, warn: (warning) => found.push(warning) }));
    found.push(...collect.all);
  }
  return found;
}

function plainPatterns(hosts: SourceValue): string[] {
  const all: readonly SourceValue[] = Array.isArray(hosts) ? hosts : [hosts];
  return all.filter((each) => typeof each === 'string');
}

function folderReader(context: PlaybookContext): (directory: string) => VariableFolders {
  // What is wrong in them is said where they are loaded for a run.
  return (directory) => loadVariableFolders(directory, context.cwd, new Diagnostics());
}

function namesIn({ groups, hosts }: VariableFolders): string[] {
  return [...groups.values(), ...hosts.values()].flatMap((set) => Object.keys(set.values));
}

function inventoryNames(inventory: Inventory | undefined, folders: readonly VariableFolders[]): string[] {
  if (!inventory) return [];
  const layers = inventory.hostNames().flatMap((host) => [undefined, ...folders].flatMap((folder) => inventory.variablesOf(host, folder)));
  return layers.flatMap((layer) => Object.keys(layer.values));
}
