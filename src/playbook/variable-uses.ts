import { dirname } from 'node:path';
import { Diagnostics } from '../base/errors.js';
import type { SourceValue } from '../base/template-text.js';
import { compileCondition } from '../vars/condition.js';
import { referencedVariables } from '../vars/template.js';
import { referencedInFile } from '../vars/template-file.js';
import type { VariableUse } from '../vars/template-references.js';
import type { PlaybookContext } from './context.js';
import { templatesIn } from './expressions.js';
import type { LoadedPlaybook } from './load-playbook.js';
import { allItems, allLevels, allRoles } from './playbook-items.js';
import { templateFile } from './template-files.js';
import { type ConditionText, chainOf, type Item, type Keywords } from './tree.js';

/** Each variable that a template or a condition of the playbook names. */
export function variableUses(playbook: LoadedPlaybook, context: PlaybookContext): readonly VariableUse[] {
  const values: SourceValue[] = [];
  const conditions: ConditionText[] = [];
  for (const level of allLevels(playbook)) {
    values.push(...keywordValues(level.keywords), level.parameters ?? null);
    conditions.push(...(level.keywords.when ?? []));
  }
  for (const role of allRoles(playbook)) values.push(role.defaults, role.vars, role.params);
  for (const play of playbook.plays) values.push(play.hosts, play.serial, play.gatherFacts, play.name);
  for (const item of allItems(playbook)) {
    values.push(...itemValues(item));
    conditions.push(...itemConditions(item));
  }
  const inValues = values.flatMap((value) => templatesIn(value).flatMap(referencedVariables));
  const inFiles = [...templatePaths(playbook, context)].flatMap((path) => referencedInFile(context.files.read(path)));
  return [...inValues, ...inFiles, ...conditions.flatMap(usesOfCondition)];
}

function templatePaths(playbook: LoadedPlaybook, context: PlaybookContext): ReadonlySet<string> {
  const paths = allItems(playbook).map((item) => {
    const module = item.kind === 'task' ? context.modules.get(item.module) : undefined;
    if (item.kind !== 'task' || !module) return undefined;
    const chain = chainOf(item);
    const [play] = chain;
    const playbookDirectory = play && 'path' in play && typeof play.path === 'string' ? dirname(play.path) : context.cwd;
    return templateFile(item, module, { role: chain.findLast((level) => level.role)?.role, playbookDirectory }, context);
  });
  return new Set(paths.filter((each) => each !== undefined));
}

function keywordValues({ tags: _tags, when: _when, vars, notify, ...rest }: Keywords): SourceValue[] {
  return [vars ?? null, notify ?? null, ...Object.values(rest)];
}

function itemValues(item: Item): SourceValue[] {
  if (item.kind === 'block') return [item.name];
  const loop: SourceValue[] = item.loop ? [item.loop.value, item.loop.label, item.loop.pause] : [];
  if (item.kind === 'include') return [item.name, item.target, item.tasksFrom, ...keywordValues(item.apply), ...loop];
  const once: SourceValue[] = item.once ? [item.once.id, item.once.value ?? null] : [];
  return [item.name, item.args, item.retries, item.delay, ...once, ...loop];
}

function itemConditions(item: Item): ConditionText[] {
  if (item.kind === 'block') return [];
  const ofLoop = item.loop?.breakWhen ?? [];
  if (item.kind === 'include') return [...(item.apply.when ?? []), ...ofLoop];
  return [...item.until, ...item.changedWhen, ...item.failedWhen, ...ofLoop, ...item.expressions];
}

function usesOfCondition({ text, position }: ConditionText): readonly VariableUse[] {
  return new Diagnostics().collect(() => compileCondition(text, position).uses) ?? [];
}
