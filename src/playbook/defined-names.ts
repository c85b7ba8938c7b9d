import { dirname, join } from 'node:path';
import { Diagnostics } from '../base/errors.js';
import { isTemplate, type SourceValue, TemplateText } from '../base/template-text.js';
import { parseYaml } from '../source/yaml.js';
import type { PlaybookContext } from './context.js';
import type { LoadedPlaybook } from './load-playbook.js';
import { allItems, allLevels, allRoles } from './playbook-items.js';
import { chainOf, type Play, type Task } from './tree.js';
import { includedFolder } from './variable-folder.js';

/** Every variable that some part of a playbook defines, wherever it is seen: enough to tell a misspelt name. */
export function definedNames(playbook: LoadedPlaybook, context: PlaybookContext): readonly string[] {
  const names: string[] = [];
  for (const level of allLevels(playbook)) names.push(...keys(level.keywords.vars), ...keys(level.parameters));
  for (const role of allRoles(playbook)) {
    names.push(...keys(role.defaults), ...keys(role.vars), ...keys(role.params), ...role.options);
  }
  for (const play of playbook.plays) names.push(...play.varsPrompt.map((each) => each.name), ...varsFileNames(play, context));
  for (const item of allItems(playbook)) {
    if (item.kind === 'block') continue;
    if (item.register !== undefined) names.push(item.register);
    if (item.loop) names.push(item.loop.loopVar, ...(item.loop.indexVar === undefined ? [] : [item.loop.indexVar]));
    if (item.kind === 'task') names.push(...taskNames(item, context));
  }
  return names;
}

/** Whether a task may define variables whose names only the run tells: a template as set_fact's name, or in what include_vars reads. */
export function definesUnknownNames({ module, args }: Task): boolean {
  if (module === 'set_fact') return Object.keys(args).some(isTemplate);
  if (module !== 'include_vars' || typeof args.name === 'string') return false;
  return [args.name, args.file, args.dir].some((each) => each instanceof TemplateText);
}

function taskNames(task: Task, context: PlaybookContext): string[] {
  const stored = task.once?.store === undefined ? [] : [task.once.store];
  switch (task.module) {
    case 'set_fact':
    case 'add_host':
      return [...stored, ...keys(task.args), ...keys(task.args.facts)];
    case 'expect':
      return [...stored, ...keys(task.args.captures)];
    case 'include_vars':
      return [...stored, ...includedNames(task, context)];
    default:
      return stored;
  }
}

function includedNames(task: Task, context: PlaybookContext): string[] {
  const { file, dir, name } = task.args;
  if (typeof name === 'string') return [name];
  if (typeof dir === 'string') return folderNames(dir, task, context);
  if (typeof file !== 'string') return [];
  const chain = chainOf(task);
  const role = chain.findLast((level) => level.role)?.role;
  const [play] = chain;
  const base = play && 'path' in play && typeof play.path === 'string' ? dirname(play.path) : context.cwd;
  const folders = role ? [join(role.path, 'vars'), role.path] : [base, join(base, 'vars')];
  return folders.flatMap((folder) => namesOfFile(join(folder, file), context));
}

/** Of whatever file stands in it: what the choice leaves out does no harm here. */
function folderNames(dir: string, task: Task, context: PlaybookContext): string[] {
  const below = (folder: string): string[] =>
    context.files.list(folder).flatMap((name) => {
      const path = join(folder, name);
      return context.files.isFolder(path) ? below(path) : namesOfFile(path, context);
    });
  return below(includedFolder(dir, task, context.cwd));
}

function varsFileNames(play: Play, context: PlaybookContext): string[] {
  const files = play.varsFiles.flatMap((each): readonly SourceValue[] => (Array.isArray(each) ? each : [each]));
  return files.flatMap((file) => (typeof file === 'string' ? namesOfFile(join(dirname(play.path), file), context) : []));
}

function namesOfFile(path: string, context: PlaybookContext): string[] {
  if (!context.files.isFile(path)) return [];
  const node = new Diagnostics().collect(() => parseYaml(context.files.read(path)));
  return node?.kind === 'map' ? node.entries.map((each) => each.key) : [];
}

function keys(value: SourceValue | object | undefined): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
