import { dirname, extname, join, resolve } from 'node:path';
import { failure } from '../base/errors.js';
import type { VariableSource } from '../sdk/control-context.js';
import type { FileAccess } from './files.js';
import { chainOf, type Task } from './tree.js';

/** The folder that include_vars means: in a role's vars/ (`vars/…` may be written too), in a playbook beside the file of the task. */
export function includedFolder(dir: string, task: Task, cwd: string): string {
  const role = chainOf(task).findLast((level) => level.role)?.role;
  if (!role) return resolve(cwd, dirname(task.position.source.path), dir);
  return resolve(role.path, dir.split('/')[0] === 'vars' ? '' : 'vars', dir);
}

type FolderChoice = Omit<Extract<VariableSource, { dir: string }>, 'dir'>;

/**
 * The files in the order in which Ansible reads them: folder by folder, sorted. (Its depth counted folders before 2.18, one after the other;
 * here it is what its documentation says.) Error: `task/vars-folder`.
 */
export function filesOfFolder(folder: string, choice: FolderChoice, files: FileAccess): string[] {
  if (!files.isFolder(folder)) throw failure('task/vars-folder', { path: folder });
  const { matching, ignored, extensions, ignoreUnknownExtensions } = choice;
  return foldersBelow(folder, choice.depth, files).flatMap((each) =>
    files.list(each).flatMap((name) => {
      const path = join(each, name);
      if (!files.isFile(path) || (matching && !matching.test(name)) || ignored.some((one) => one.test(name))) return [];
      if (extensions.includes(extname(name).slice(1))) return [path];
      if (ignoreUnknownExtensions) return [];
      throw failure('task/vars-extension', { path, expected: extensions.join(', ') });
    }),
  );
}

function foldersBelow(folder: string, depth: number, files: FileAccess): string[] {
  const below =
    depth === 1
      ? []
      : files
          .list(folder)
          .flatMap((name) => (files.isFolder(join(folder, name)) ? foldersBelow(join(folder, name), depth - 1, files) : []));
  return [folder, ...below].sort();
}
