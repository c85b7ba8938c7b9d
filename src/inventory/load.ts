import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { type Diagnostic, Diagnostics, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { SourceText } from '../base/position.js';
import { readSource } from '../source/read-source.js';
import { parseYaml } from '../source/yaml.js';
import { GroupTree } from './groups.js';
import { expandHosts } from './host-range.js';
import { iniToYaml, looksLikeIni } from './ini.js';
import { Inventory } from './inventory.js';
import { readGroups } from './read-groups.js';
import { loadVariableFolders, type VariableFolders } from './variable-files.js';

/** Files that Ansible takes from a folder of inventories. */
const INVENTORY_EXTENSIONS = new Set(['', '.yml', '.yaml', '.json']);

/**
 * Reads inventories, later ones over earlier ones: YAML files, folders of them, `host1,host2,` lists; with the variables beside them.
 * Throws every mistake of all of them at once; warnings are the inventory's `warnings`.
 */
export function loadInventory(paths: readonly string[], { cwd }: { cwd: string }): Inventory {
  const diagnostics = new Diagnostics();
  const tree = new GroupTree();
  const directories: string[] = [];
  for (const path of paths) {
    const directory = diagnostics.collect(() => loadSource(path, cwd, tree, diagnostics));
    if (directory !== undefined && !directories.includes(directory)) directories.push(directory);
  }
  tree.settle();
  const folders = directories.map((directory) => loadVariableFolders(directory, cwd, diagnostics));
  const names = tree.groups.keys();
  for (const name of names)
    if (tree.hosts.has(name)) diagnostics.push(diagnostic('inventory/same-name', { name }, { severity: 'warning' }));
  for (const each of folders) diagnostics.push(...belongingToNothing(each, tree));
  diagnostics.throwIfAny();
  const file = paths.map((path) => resolve(cwd, path)).find((path) => existsSync(path));
  return new Inventory(tree, folders, diagnostics.all, file);
}

/** Answers the folder in which its group_vars/ and host_vars/ are looked for. */
function loadSource(path: string, cwd: string, tree: GroupTree, diagnostics: Diagnostics): string | undefined {
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute)) {
    if (path.includes(',')) {
      loadHostList(path, tree, diagnostics);
      return undefined;
    }
    diagnostics.add('inventory/not-found', { path });
    return undefined;
  }
  if (!statSync(absolute).isDirectory()) {
    loadFile(absolute, cwd, tree, diagnostics);
    return dirname(absolute);
  }
  for (const file of filesOf(absolute)) diagnostics.collect(() => loadFile(file, cwd, tree, diagnostics));
  return absolute;
}

function loadFile(file: string, cwd: string, tree: GroupTree, diagnostics: Diagnostics): void {
  const source = readSource(file, cwd);
  if (extname(file) === '.ini' || looksLikeIni(source.text)) {
    const position = { source, offset: 0, length: source.line(1)?.length ?? 0 };
    diagnostics.add('inventory/ini', { path: source.path }, { position, hint: `as YAML:\n${iniToYaml(source.text)}` });
    return;
  }
  readGroups(parseYaml(source), tree, diagnostics);
}

/** `web1,web[2:3],`. */
function loadHostList(list: string, tree: GroupTree, diagnostics: Diagnostics): void {
  const source = new SourceText('-i', list);
  for (const { 0: written, index } of list.matchAll(/[^,\s]+/g)) {
    const expanded = diagnostics.collect(() => expandHosts(written, { source, offset: index, length: written.length })) ?? [];
    for (const { name, port } of expanded) {
      const host = tree.host(name);
      tree.addHost(tree.ungrouped, host);
      if (port !== undefined) host.variables.set('ansible_port', { value: port, position: undefined });
    }
  }
}

function filesOf(folder: string): string[] {
  const skipped = new Set(['group_vars', 'host_vars', 'vars_plugins']);
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && !name.endsWith('~') && !skipped.has(name))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return filesOf(path);
      return INVENTORY_EXTENSIONS.has(extname(name)) ? [path] : [];
    });
}

/** A folder may serve several inventories, so a name that this one does not have is worth a word only when it looks like one it has. */
function belongingToNothing({ files }: VariableFolders, tree: GroupTree): Diagnostic[] {
  return files.flatMap(({ kind, name, file }) => {
    const known = kind === 'group' ? tree.groups : tree.hosts;
    const near = known.has(name) ? undefined : nearest(name, known.keys());
    return near === undefined
      ? []
      : [diagnostic('inventory/unused-variables', { file, kind, name }, { severity: 'warning', nearest: near })];
  });
}
