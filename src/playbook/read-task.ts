import { isTemplate } from '../base/template-text.js';
import { entryOf, headOf, type YamlEntry, type YamlMap } from '../source/node.js';
import { refuseReserved } from '../vars/reserved.js';
import type { Action } from './action.js';
import { readKeywords } from './common-keywords.js';
import { checkConditions, checkTemplates } from './expressions.js';
import { readArguments } from './module-arguments.js';
import { readLoop } from './read-loop.js';
import { readName } from './read-name.js';
import { readOnce } from './read-once.js';
import { collectorOf, type Place } from './reading.js';
import { checkTemplateFiles } from './template-files.js';
import type { ConditionText, Task } from './tree.js';
import { Values } from './values.js';

/** A task with a module. Its keys were looked at by `findAction`. */
export function readTask(action: Action, node: YamlMap, place: Place): Task | undefined {
  const { module } = action;
  if (!module) return undefined;
  const { context } = place.library;
  const { collect } = context;
  const values = new Values(collect);
  const conditions = (key: string): readonly ConditionText[] => {
    const entry = entryOf(node, key);
    return entry ? checkConditions(values.conditions(entry), collect) : [];
  };
  const retries = entryOf(node, 'retries');
  const delay = entryOf(node, 'delay');
  const once = entryOf(node, 'once');
  const task: Task = {
    kind: 'task',
    parent: place.parent,
    name: readName(node, place),
    position: headOf(node),
    ...readKeywords(node.entries, context),
    module: module.name,
    modulePosition: action.keyPosition,
    ...readArguments(action, module, entryOf(node, 'args'), place.parent, collect),
    loop: readLoop(node.entries, context),
    register: readRegister(entryOf(node, 'register'), place),
    until: conditions('until'),
    retries: (retries && values.whole(retries)) ?? null,
    delay: (delay && values.number(delay)) ?? null,
    changedWhen: conditions('changed_when'),
    failedWhen: conditions('failed_when'),
    once: once && readOnce(once, context),
    listen: readListen(node, place),
    isHandler: place.isHandler,
  };
  checkTemplates([task.retries, task.delay], collect);
  checkTemplateFiles(task, module, place);
  if (module.name === 'set_fact') checkFactNames(task, place);
  if (place.isHandler && task.module === 'meta' && Object.values(task.args).includes('flush_handlers')) {
    collect.add('play/handler-kind', { found: 'meta: flush_handlers' }, { position: action.keyPosition });
  }
  return task;
}

/** Names that a host's answers may not take, and what is no name at all; a template is judged when it is rendered. */
function checkFactNames({ args, argPositions }: Task, place: Place): void {
  const collect = collectorOf(place);
  for (const name of Object.keys(args)) {
    if (isTemplate(name)) continue;
    const position = argPositions[name];
    if (/^[A-Za-z_]\w*$/.test(name)) collect.collect(() => refuseReserved([name], 'set_fact', position));
    else collect.add('play/variable-name', { name }, { position });
  }
}

export function readRegister(entry: YamlEntry | undefined, place: Place): string | undefined {
  if (!entry) return undefined;
  const collect = collectorOf(place);
  const name = new Values(collect).identifier(entry);
  if (name === undefined) return undefined;
  collect.collect(() => refuseReserved([name], 'register', entry.value.position));
  return name;
}

export function readListen(node: YamlMap, place: Place): readonly string[] {
  const entry = entryOf(node, 'listen');
  return entry && place.isHandler ? new Values(collectorOf(place)).plainTexts(entry) : [];
}
