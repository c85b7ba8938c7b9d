import { isAbsolute, join } from 'node:path';
import type { Position } from '../base/position.js';
import { checkTemplateFile } from '../vars/template-file.js';
import type { KnownModule, PlaybookContext } from './context.js';
import type { Place } from './reading.js';
import type { RoleInstance, Task } from './tree.js';

/** Where a task's template stands on the control machine, when its name is plain and the file is there. */
export function templateFile(task: Task, module: KnownModule, place: FilePlace, context: PlaybookContext): string | undefined {
  for (const [name, declared] of Object.entries(module.arguments)) {
    const value = task.args[name];
    if (declared.loads?.as !== 'template' || typeof value !== 'string') continue;
    const { folder } = declared.loads;
    const folders = [
      ...(place.role ? [join(place.role.path, folder), place.role.path] : []),
      join(place.playbookDirectory, folder),
      place.playbookDirectory,
    ];
    const paths = isAbsolute(value) ? [value] : folders.map((each) => join(each, value));
    return paths.find((each) => context.files.isFile(each));
  }
  return undefined;
}

export interface FilePlace {
  readonly role: RoleInstance | undefined;
  readonly playbookDirectory: string;
}

/** A template's mistakes are found before a host is contacted. A file that is not there is an error of the run: it may be made by then. */
export function checkTemplateFiles(task: Task, module: KnownModule, place: Place): void {
  const { context } = place.library;
  const path = templateFile(task, module, place, context);
  if (path === undefined || place.library.checkedTemplates.has(path)) return;
  place.library.checkedTemplates.add(path);
  const position: Position = task.position;
  context.collect.collect(() => context.collect.push(...checkTemplateFile(context.files.read(path, position))));
}
