import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type Diagnostics, diagnostic } from '../base/errors.js';
import { describeNode, headOf } from '../source/node.js';
import { readSource, shownPath } from '../source/read-source.js';
import { parseYaml } from '../source/yaml.js';
import { readVariables, type SetVariable, type VariableSet, variableSet } from './variable-set.js';

const EXTENSIONS = ['', '.yml', '.yaml', '.json'];

/** `group_vars/` and `host_vars/` of one folder, read. */
export interface VariableFolders {
  readonly directory: string;
  readonly groups: ReadonlyMap<string, VariableSet>;
  readonly hosts: ReadonlyMap<string, VariableSet>;
  /** Shown path of the file or folder, by kind and name: for what belongs to nothing. */
  readonly files: readonly { readonly kind: 'group' | 'host'; readonly name: string; readonly file: string }[];
}

/**
 * Reads `group_vars/` and `host_vars/` beside an inventory or a playbook. As in Ansible, for each name the first of NAME (a file, or a folder
 * whose files are merged in alphabetical order, subfolders too), NAME.yml, NAME.yaml, NAME.json counts; hidden files and those that end in ~ do not.
 * Mistakes and warnings are collected.
 */
export function loadVariableFolders(directory: string, cwd: string, diagnostics: Diagnostics): VariableFolders {
  const files: VariableFolders['files'][number][] = [];
  const read = (kind: 'group' | 'host') => {
    const folder = join(directory, `${kind}_vars`);
    const sets = new Map<string, VariableSet>();
    if (!isFolder(folder)) return sets;
    for (const [name, path] of chosen(folder, cwd, diagnostics)) {
      const variables = new Map<string, SetVariable>();
      for (const file of filesOf(path)) for (const [variable, set] of readFile(file, cwd, diagnostics)) variables.set(variable, set);
      sets.set(name, variableSet(variables));
      files.push({ kind, name, file: shownPath(path, cwd) });
    }
    return sets;
  };
  return { directory, groups: read('group'), hosts: read('host'), files };
}

/** The path that counts for each name. */
function chosen(folder: string, cwd: string, diagnostics: Diagnostics): Map<string, string> {
  const paths = new Map<string, string>();
  const entries = readdirSync(folder).filter(isVisible).sort();
  for (const name of new Set(entries.flatMap(namesOf))) {
    const [first, ...others] = EXTENSIONS.map((extension) => `${name}${extension}`).filter((each) => entries.includes(each));
    if (first === undefined) continue;
    paths.set(name, join(folder, first));
    for (const other of others) {
      const params = { file: shownPath(join(folder, other), cwd), instead: shownPath(join(folder, first), cwd) };
      diagnostics.push(diagnostic('inventory/shadowed-file', params, { severity: 'warning' }));
    }
  }
  return paths;
}

/** Names that a file may stand for: `a.yaml` is for `a`, and a host may really be called so. */
function namesOf(entry: string): string[] {
  const extension = extname(entry);
  if (extension !== '' && EXTENSIONS.includes(extension)) return [basename(entry, extension)];
  return [entry];
}

function filesOf(path: string): string[] {
  if (!isFolder(path)) return [path];
  return readdirSync(path)
    .filter(isVisible)
    .sort()
    .flatMap((name) => {
      const inner = join(path, name);
      if (isFolder(inner)) return filesOf(inner);
      return EXTENSIONS.includes(extname(name)) ? [inner] : [];
    });
}

function readFile(file: string, cwd: string, diagnostics: Diagnostics): Map<string, SetVariable> {
  const none = new Map<string, SetVariable>();
  const root = diagnostics.collect(() => {
    const source = readSource(file, cwd);
    if (!source.text.startsWith('$ANSIBLE_VAULT')) return parseYaml(source);
    diagnostics.add('yaml/vault', {}, { position: { source, offset: 0, length: '$ANSIBLE_VAULT'.length } });
    return undefined;
  });
  if (!root || (root.kind === 'scalar' && root.value === null)) return none;
  if (root.kind === 'map') return readVariables(root.entries, diagnostics);
  const params = { what: 'a file of variables', found: describeNode(root), expected: 'a mapping of variables' };
  diagnostics.add('inventory/form', params, { position: headOf(root) });
  return none;
}

function isVisible(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('~');
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
