import { ChatsctlError, type Diagnostic, type Diagnostics } from '../base/errors.js';
import type { Position } from '../base/position.js';
import { isTemplate, type SourceValue, TemplateText } from '../base/template-text.js';
import type { Value } from '../base/value.js';
import { type Argument, type ArgumentSpec, brokenRule, canonicalNames, type Schema, schemaOf } from '../sdk/arguments.js';
import { describeNode, headOf, type YamlEntry, type YamlMap, type YamlNode } from '../source/node.js';
import { validateNode } from '../source/schema.js';
import { isTemplateNode, toSourceValue } from '../source/source-value.js';
import { type Action, unknownModule } from './action.js';
import type { KnownModule, PlaybookContext } from './context.js';
import { checkExpressions, checkTemplates, templatesIn } from './expressions.js';
import { parseFreeForm } from './free-form.js';
import { shortName } from './keywords.js';
import type { ConditionText, Level, Variables } from './tree.js';
import { Values } from './values.js';
import { literal } from './variables.js';

export interface ReadArguments {
  readonly args: Variables;
  readonly argPositions: Readonly<Record<string, Position>>;
  /** CEL texts, with their places. */
  readonly expressions: readonly ConditionText[];
}

/**
 * A task's arguments: a mapping, or one text (`command: touch x creates=/y`), and `args:` below either. Everything that can be known before
 * rendering is checked: names, types, patterns, conditions, which exclude each other. `module_defaults` above count as given.
 */
export function readArguments(
  action: Action,
  module: KnownModule,
  args: YamlEntry | undefined,
  parent: Level,
  collect: Diagnostics,
): ReadArguments {
  const own = ownEntries(action, module, collect);
  if (own === undefined) return { args: {}, argPositions: {}, expressions: [] };
  const more = args ? new Values(collect).entries(args).filter((each) => !own.some((one) => one.key === each.key)) : [];
  const entries = [...own, ...more];
  const whole: YamlMap = { kind: 'map', position: action.value.kind === 'map' ? action.value.position : action.keyPosition, entries };
  const given = defaultNames(parent, module);
  const found = validateNode(schemaFor(module), whole, module.name, action.keyPosition).filter((each) => !isGiven(each, given));
  collect.push(...found);
  const read = canonical(entries, module, collect, found.length === 0);
  if (found.length === 0) checkRules(module, read.args, given, action.keyPosition, collect);
  return read;
}

function ownEntries({ value, keyPosition }: Action, module: KnownModule, collect: Diagnostics): readonly YamlEntry[] | undefined {
  if (value.kind === 'map') return value.entries;
  if (value.kind === 'scalar' && value.value === null) return [];
  if (value.kind === 'scalar') {
    const { entries, rest } = parseFreeForm(value, module.name);
    if (!rest) return entries;
    if (module.freeForm !== undefined) return [{ key: module.freeForm, keyPosition, value: rest }, ...entries];
  }
  const expected = `a mapping of arguments${module.freeForm === undefined ? '' : ' or a text'}`;
  collect.add('play/keyword-value', { keyword: module.name, found: describeNode(value), expected }, { position: headOf(value) });
  return undefined;
}

/** Names as declared; what is wrong with a value that no template will change. */
function canonical(entries: readonly YamlEntry[], module: KnownModule, collect: Diagnostics, sound: boolean): ReadArguments {
  const names = canonicalNames(module.arguments);
  const args: Record<string, SourceValue> = {};
  const argPositions: Record<string, Position> = {};
  const expressions: ConditionText[] = [];
  for (const entry of entries) {
    const name = names.get(entry.key) ?? entry.key;
    const declared = module.arguments[name];
    if (Object.hasOwn(args, name)) {
      const written = entries.filter((each) => (names.get(each.key) ?? each.key) === name).map((each) => each.key);
      collect.add('args/exclusive', { owner: module.name, names: written.join(', ') }, { position: entry.keyPosition });
    }
    argPositions[name] = entry.keyPosition;
    if (declared?.literal) {
      args[name] = literal(toSourceValue(entry.value));
      expressions.push(...new Values(collect).conditions(entry));
    } else {
      args[name] = toSourceValue(entry.value);
      checkTemplates(args[name], collect);
    }
    if (declared && sound && !declared.details.rest) checkValue(entry, declared, args[name], module, collect);
    if (!declared && isTemplate(name)) checkTemplates(new TemplateText(name, entry.keyPosition), collect);
    warnOfDecimalMode(entry, name, collect);
  }
  checkExpressions(expressions, collect);
  return { args, argPositions, expressions };
}

function checkValue(
  entry: YamlEntry,
  declared: Argument<unknown, boolean>,
  value: SourceValue,
  module: KnownModule,
  collect: Diagnostics,
): void {
  if (declared.loads || value === null || templatesIn(value).length > 0) return;
  const { position } = entry.value;
  try {
    // Without templates a source value is a value.
    if (declared.details.convert(value as Value, module.name, entry.key) !== undefined) return;
    const found = declared.isSecret ? 'a value of another form' : describeNode(entry.value);
    collect.add('args/invalid', { name: entry.key, owner: module.name, found, expected: declared.details.expected }, { position });
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    collect.push(...error.diagnostics.map((each) => (each.position ? each : { ...each, position: placeOfText(entry.value) })));
  }
}

function placeOfText(node: YamlNode): Position {
  return node.kind === 'scalar' ? node.textPosition : node.position;
}

/** `mode: 644` is the number 644, which is 1204 in octal. */
function warnOfDecimalMode({ value }: YamlEntry, name: string, collect: Diagnostics): void {
  if (!/(^|_)mode$/.test(name) || value.kind !== 'scalar' || value.style !== 'plain' || typeof value.value !== 'number') return;
  if (!/^[1-7][0-7]{2,3}$/.test(value.text)) return;
  const octal = value.value.toString(8).padStart(4, '0');
  collect.add(
    'play/mode-decimal',
    { found: value.text, octal },
    { position: value.position, severity: 'warning', nearest: `0${value.text}` },
  );
}

const schemas = new WeakMap<ArgumentSpec, Schema>();

/** The same object each time: the validator compiles a schema once. */
function schemaFor(module: KnownModule): Schema {
  let schema = schemas.get(module.arguments);
  if (!schema) {
    schema = schemaOf(module.arguments);
    schemas.set(module.arguments, schema);
  }
  return schema;
}

function isGiven(found: Diagnostic, given: GivenNames): boolean {
  return found.code === 'args/missing' && given.covers(String(found.params.name));
}

interface GivenNames {
  covers(name: string): boolean;
}

/** Arguments that `module_defaults` above give to the module. What a template gives is anyone's guess. */
function defaultNames(parent: Level, module: KnownModule): GivenNames {
  const known = new Set<string>();
  let guess = false;
  for (let level: Level | undefined = parent; level; level = level.parent) {
    const all = level.keywords.moduleDefaults;
    if (all === undefined || all === null) continue;
    const own = isMapping(all) ? all[module.name] : all;
    if (isMapping(own)) for (const name of Object.keys(own)) known.add(name);
    else if (own !== undefined) guess = true;
  }
  return { covers: (name) => guess || known.has(name) };
}

function checkRules(module: KnownModule, args: Variables, given: GivenNames, position: Position, collect: Diagnostics): void {
  const mayBeOmitted = (name: string) => templatesIn(args[name]).some((template) => /\bomit\b/.test(template.text));
  const written = Object.keys(args).filter((name) => args[name] !== null);
  const broken = brokenRule(module, written);
  if (!broken) return;
  const names = broken.names.split(', ');
  if (names.some((name) => given.covers(name) || mayBeOmitted(name))) return;
  collect.add(broken.code, { owner: module.name, names: broken.names }, { position });
}

/** `module_defaults: { copy: { owner: root } }`: modules and their arguments are checked, what is required is not. */
export function readModuleDefaults(entry: YamlEntry, context: PlaybookContext): SourceValue | undefined {
  if (isTemplateNode(entry.value)) return toSourceValue(entry.value);
  const { collect, modules } = context;
  const read: Record<string, SourceValue> = {};
  for (const each of new Values(collect).entries(entry, 'a mapping of modules')) {
    const name = shortName(each.key);
    const module = modules.get(name);
    if (!module) {
      collect.push(unknownModule(each.key, each.keyPosition, context));
      continue;
    }
    if (!isTemplateNode(each.value)) {
      const found = validateNode(schemaFor(module), each.value, module.name, each.keyPosition);
      collect.push(...found.filter((one) => one.code !== 'args/missing'));
    }
    read[name] = toSourceValue(each.value);
  }
  return read;
}

function isMapping(value: SourceValue | undefined): value is { readonly [key: string]: SourceValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
}
