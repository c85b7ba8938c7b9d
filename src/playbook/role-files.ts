import { join } from 'node:path';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { yamlFile, yamlFiles } from './files.js';
import type { RoleFolder } from './find-role.js';
import type { Library } from './reading.js';
import type { Variables } from './tree.js';
import { readVariables } from './variables.js';

export type RolePart = 'tasks' | 'handlers' | 'defaults' | 'vars' | 'meta';

/** `tasks_from: x` without its extension: the name of an entry point. */
export function entryName(from: string | undefined): string {
  return (from ?? 'main').replace(/\.(ya?ml|json)$/, '');
}

/** A part's file: of `main` it may be missing, of a name that was given it may not (`role/no-entry`). */
export function rolePart(
  role: RoleFolder,
  part: RolePart,
  from: string | undefined,
  position: Position,
  library: Library,
): string | undefined {
  const { files } = library.context;
  const folder = join(role.path, part);
  const path = yamlFile(files, join(folder, from ?? 'main'));
  if (path === undefined && from !== undefined) reportMissing(role, part, from, position, library);
  return path;
}

/** `defaults/` or `vars/`: one file, or all of a folder of that name. */
export function roleVariables(
  role: RoleFolder,
  part: 'defaults' | 'vars',
  from: string | undefined,
  position: Position,
  library: Library,
): Variables {
  const { files, collect } = library.context;
  const paths = yamlFiles(files, join(role.path, part, from ?? 'main'));
  if (paths.length === 0 && from !== undefined) reportMissing(role, part, from, position, library);
  const read = paths.flatMap((path) => {
    const node = library.parse(path, position);
    return node ? [readVariables({ key: part, keyPosition: node.position, value: node }, collect, `role ${part}`)] : [];
  });
  return Object.assign({}, ...read);
}

function reportMissing(role: RoleFolder, part: RolePart, from: string, position: Position, library: Library): void {
  const { files, collect } = library.context;
  const known = files.list(join(role.path, part)).map(entryName);
  collect.add('role/no-entry', { role: role.name, part, from }, { position, nearest: nearest(entryName(from), known) });
}
