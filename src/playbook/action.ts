import { type Diagnostic, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import type { YamlEntry, YamlNode } from '../source/node.js';
import { misplacedKey } from './check-keys.js';
import type { KnownModule, PlaybookContext } from './context.js';
import { part, wordsOf } from './free-form.js';
import { KEYWORDS, NOT_HERE, STATEMENTS, type Statement, shortName, type Where } from './keywords.js';

/** What a task does: a module, or a statement that brings in other tasks. */
export interface Action {
  /** Canonical. */
  readonly name: string;
  readonly module: KnownModule | undefined;
  readonly statement: Statement | undefined;
  readonly keyPosition: Position;
  /** The arguments as written. */
  readonly value: YamlNode;
}

/** Modules of Ansible's that something else does here. */
const INSTEAD: Readonly<Record<string, string>> = {
  package: 'apt',
  yum: 'apt',
  dnf: 'apt',
  pip: 'command: pip install NAME, with creates or changed_when',
  unarchive: 'command: tar -xf ARCHIVE, with creates',
  synchronize: 'copy',
  cron: 'copy or template into /etc/cron.d',
  raw: 'shell',
};

/** Finds the one action among a task's keys; collects what is none: unknown words, a second action, none at all. */
export function findAction(
  entries: readonly YamlEntry[],
  where: 'task' | 'handler',
  context: PlaybookContext,
  task: Position,
): Action | undefined {
  const { collect } = context;
  const actions: Action[] = [];
  const unknown: YamlEntry[] = [];
  for (const entry of entries) {
    if (entry.key === 'action') {
      const action = spelledOut(entry, context);
      if (action) actions.push(action);
      else return undefined;
    } else if (!KEYWORDS[where].includes(entry.key)) {
      const action = toAction(entry.key, entry.keyPosition, entry.value, context);
      if (action) actions.push(action);
      else unknown.push(entry);
    }
  }
  const [action, second] = actions;
  for (const { key, keyPosition } of unknown) collect.push(unknownWord(key, keyPosition, where, action !== undefined, context));
  if (second) collect.add('play/two-modules', { first: action?.name ?? '', second: second.name }, { position: second.keyPosition });
  if (!action && unknown.length === 0) collect.add('play/no-module', {}, { position: task });
  return second ? undefined : action;
}

function toAction(written: string, keyPosition: Position, value: YamlNode, context: PlaybookContext): Action | undefined {
  const name = shortName(written);
  const statement = STATEMENTS.find((each) => each === name);
  if (statement) return { name, module: undefined, statement, keyPosition, value };
  const module = context.modules.get(name);
  return module && { name: module.name, module, statement: undefined, keyPosition, value };
}

/** `action: copy src=a dest=b` and `action: { module: copy, src: a }`. */
function spelledOut(entry: YamlEntry, context: PlaybookContext): Action | undefined {
  const { value } = entry;
  const { collect } = context;
  if (value.kind === 'map') {
    const named = value.entries.find((each) => each.key === 'module');
    if (named?.value.kind === 'scalar') {
      const rest = { ...value, entries: value.entries.filter((each) => each !== named) };
      return known(named.value.text, named.value.position, rest, context);
    }
  }
  const [first] = value.kind === 'scalar' ? wordsOf(value.text) : [];
  if (value.kind !== 'scalar' || !first) {
    collect.add('play/no-module', {}, { position: entry.keyPosition });
    return undefined;
  }
  const rest = value.text.slice(first.start + first.text.length).trimStart();
  const position = part(value, first.text, first.start).position;
  return known(first.text, position, part(value, rest, value.text.length - rest.length), context);
}

function known(name: string, position: Position, value: YamlNode, context: PlaybookContext): Action | undefined {
  const action = toAction(name, position, value, context);
  if (!action) context.collect.push(unknownModule(name, position, context));
  return action;
}

/** A word that is neither keyword nor module: which of them was meant shows its likeness, and whether the task has a module already. */
function unknownWord(name: string, position: Position, where: Where, hasAction: boolean, context: PlaybookContext): Diagnostic {
  const moduleLike =
    INSTEAD[shortName(name)] !== undefined || nearest(shortName(name), moduleNames(context)) !== undefined || name.includes('.');
  const keywordLike = NOT_HERE[name] !== undefined || nearest(name, KEYWORDS[where]) !== undefined || name.startsWith('with_');
  const elsewhere = Object.values(KEYWORDS).some((words) => words.includes(name));
  if (elsewhere || (keywordLike && (hasAction || !moduleLike)) || hasAction) return misplacedKey(name, where, position);
  return unknownModule(name, position, context);
}

export function unknownModule(name: string, position: Position, context: PlaybookContext): Diagnostic {
  const short = name.split('.').at(-1) ?? name;
  const instead = INSTEAD[short];
  if (instead !== undefined) return diagnostic('play/unknown-module', { name }, { position, hint: `write ${instead}` });
  const names = moduleNames(context);
  const near = names.includes(short) ? short : nearest(short, names);
  return diagnostic('play/unknown-module', { name }, { position, nearest: near });
}

function moduleNames(context: PlaybookContext): string[] {
  return [...context.modules.keys(), ...STATEMENTS];
}
