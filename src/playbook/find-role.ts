import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { shownPath } from '../source/read-source.js';
import type { PlaybookContext } from './context.js';
import type { Place } from './reading.js';

export interface RoleFolder {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/**
 * Beside the playbook, `roles/` upward to the project root, `--roles-path`, the package's own, beside the role that asks; `package:role` in
 * `node_modules`; a path. Collects `role/not-found` with what was looked through.
 */
export function findRole(
  name: string,
  position: Position,
  place: Pick<Place, 'library' | 'playbookDirectory' | 'role'>,
): RoleFolder | undefined {
  const { context } = place.library;
  const packaged = /^((?:@[\w.-]+\/)?[\w.-]+):([\w./-]+)$/.exec(name);
  const folders = packaged ? packageFolders(packaged[1] ?? '', place, context) : roleFolders(place, context);
  const short = packaged?.[2] ?? name;
  const paths = isAbsolute(short) ? [short] : folders.map((folder) => join(folder, short));
  if (!packaged && short.includes('/')) paths.push(resolve(place.playbookDirectory, short));
  const found = paths.find((path) => context.files.isFolder(path));
  if (found !== undefined) return { name: packaged ? name : basename(short), path: found };
  const known = folders.flatMap((folder) => context.files.list(folder));
  const searched = folders
    .filter((folder) => context.files.isFolder(folder))
    .map((folder) => shownPath(folder, context.cwd))
    .join(', ');
  const options = { position, nearest: nearest(short, known) };
  context.collect.add(
    'role/not-found',
    { name, searched: searched === '' ? shownPath(folders[0] ?? '.', context.cwd) : searched },
    options,
  );
  return undefined;
}

/** Folders that hold roles, in the order of looking. */
function roleFolders(place: Pick<Place, 'playbookDirectory' | 'role'>, context: PlaybookContext): string[] {
  const folders = [
    ...upward(place.playbookDirectory, context).map((folder) => join(folder, 'roles')),
    ...context.rolesPaths,
    join(context.packageDirectory, 'roles'),
    ...(place.role ? [dirname(place.role.path)] : []),
  ];
  return [...new Set(folders)];
}

function packageFolders(name: string, place: Pick<Place, 'playbookDirectory'>, context: PlaybookContext): string[] {
  const starts = [...ancestors(place.playbookDirectory), ...ancestors(context.packageDirectory)];
  return starts.map((folder) => join(folder, 'node_modules', name, 'roles')).filter((folder) => context.files.isFolder(folder));
}

const PROJECT_ROOTS = ['.git', 'package.json', 'ansible.cfg', '.chatsctl'];

/** Up to the project's root; where nothing marks one, up to the working directory, else one folder up. */
function upward(start: string, context: PlaybookContext): string[] {
  const folders = ancestors(start);
  const isRoot = (folder: string) =>
    PROJECT_ROOTS.some((mark) => context.files.isFolder(join(folder, mark)) || context.files.isFile(join(folder, mark)));
  const root = folders.findIndex(isRoot);
  const cwd = folders.indexOf(context.cwd);
  const last = root >= 0 ? root : cwd >= 0 ? cwd : 1;
  return folders.slice(0, last + 1);
}

function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}
