import { ChatsctlError } from '../base/errors.js';
import { isTemplate, type SourceValue, TemplateText } from '../base/template-text.js';
import { isList, isMap, Unknown, unknownIn, type Value } from '../base/value.js';
import type { EffectiveKeywords, Task } from '../playbook/tree.js';
import type { Argument, ArgumentSpec, ArgumentsOf } from '../sdk/argument.js';
import { canonicalNames, coerce, type Loaded } from '../sdk/coerce.js';
import type { AnyModule } from '../sdk/module.js';
import { isOmit } from '../vars/omit.js';
import type { Scope } from '../vars/scope.js';
import { NotKnown } from './not-known.js';

export interface Rendered {
  readonly values: Readonly<Record<string, Value>>;
  /** Why one of them is not known, where its text stands for it. */
  readonly unknown: string | undefined;
}

/**
 * module_defaults below the task's own; an argument that renders to `omit` is dropped. An unknown stays one in variables that are set; elsewhere
 * its text stands for it. Throws NotKnown where it decides what the task is about, and where the task would be done in earnest with it.
 */
export function renderArguments(module: AnyModule, task: Task, scope: Scope, keywords: EffectiveKeywords, checkMode: boolean): Rendered {
  const values: Record<string, Value> = {};
  for (const level of keywords.moduleDefaultLevels) {
    const defaults = scope.render(level);
    const own = isMap(defaults) ? (defaults[module.name] ?? defaults[`ansible.builtin.${module.name}`]) : undefined;
    if (own !== undefined && isMap(own)) Object.assign(values, own);
  }
  const canonical = canonicalNames(module.arguments);
  for (const [name, source] of Object.entries(task.args)) {
    const literal = module.arguments[canonical.get(name) ?? name]?.literal ?? false;
    const value = literal ? plain(source) : scope.render(source);
    const key = canonical.has(name) ? name : renderedName(name, task, scope);
    if (isOmit(value)) delete values[key];
    else values[key] = value;
  }
  let unknown: string | undefined;
  for (const [name, value] of Object.entries(values)) {
    const argument = module.arguments[canonical.get(name) ?? ''];
    if (module.kind === 'control' && (!argument || argument.details.any)) continue;
    const found = unknownIn(value);
    if (!found) continue;
    if (module.kind !== 'control' && !checkMode) throw new NotKnown(found.reason);
    if (argument && decides(module, argument)) throw new NotKnown(found.reason);
    unknown ??= found.reason;
    values[name] = shownUnknowns(value);
  }
  return { values, unknown };
}

/** The arguments as the module gets them. Where an unknown is of no form that the argument takes, or what is asked depends on it: NotKnown. */
export function convertArguments(module: AnyModule, { values, unknown }: Rendered, task: Task, loaded: Loaded): ArgumentsOf<ArgumentSpec> {
  try {
    const args = coerce(module.arguments, values, module.name, task.argPositions, loaded);
    if (unknown !== undefined && runsInCheckMode(module, args)) throw new NotKnown(unknown);
    return args;
  } catch (error) {
    if (unknown !== undefined && error instanceof ChatsctlError) throw new NotKnown(unknown);
    throw error;
  }
}

function runsInCheckMode(module: AnyModule, args: ArgumentsOf<ArgumentSpec>): boolean {
  if (module.kind !== 'action') return false;
  return (typeof module.checkMode === 'function' ? module.checkMode(args) : module.checkMode) !== 'unknown';
}

function decides(module: AnyModule, argument: Argument<unknown, boolean>): boolean {
  if (module.kind === 'query' || argument.isIdentity) return true;
  if (module.kind === 'resource' && argument.isRequired) return true;
  return argument.loads !== undefined;
}

/** A variable's name that set_fact is given may be a template. */
function renderedName(name: string, task: Task, scope: Scope): string {
  if (!isTemplate(name)) return name;
  const rendered = scope.render(new TemplateText(name, task.argPositions[name] ?? task.position));
  if (rendered instanceof Unknown) throw new NotKnown(rendered.reason);
  return String(rendered);
}

/** A literal argument (a condition) as it was written. */
function plain(source: SourceValue): Value {
  if (typeof source !== 'object' || source === null) return source;
  if (Array.isArray(source)) return source.map(plain);
  return String(source);
}

function shownUnknowns(value: Value): Value {
  if (value instanceof Unknown) return value.toString();
  if (isList(value)) return value.map(shownUnknowns);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shownUnknowns(each)]));
  return value;
}
