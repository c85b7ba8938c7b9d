import { diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { entryOf, headOf, type YamlEntry, type YamlMap } from '../source/node.js';
import { isTemplateNode, toSourceValue } from '../source/source-value.js';
import type { Action } from './action.js';
import { checkKeys } from './check-keys.js';
import { readKeywords } from './common-keywords.js';
import { checkTemplates } from './expressions.js';
import { parseFreeForm } from './free-form.js';
import { importTasks } from './import-tasks.js';
import { type Statement, shortName } from './keywords.js';
import { lookAhead } from './look-ahead.js';
import { readLoop } from './read-loop.js';
import { readName } from './read-name.js';
import { readRole } from './read-role.js';
import { readListen, readRegister } from './read-task.js';
import { collectorOf, type Place } from './reading.js';
import type { Include, Item, Keywords } from './tree.js';
import { Values } from './values.js';

const FILE = ['file'];
const ROLE = ['name', 'tasks_from', 'vars_from', 'defaults_from', 'handlers_from', 'allow_duplicates', 'public', 'rolespec_validate'];
const ARGUMENTS: Readonly<Record<Statement, readonly string[]>> = {
  import_tasks: FILE,
  include_tasks: [...FILE, 'apply'],
  import_role: ROLE,
  include_role: [...ROLE, 'apply'],
};

/** import_tasks and import_role are expanded here; include_tasks and include_role are left for the run, but looked at where their name is plain. */
export function readStatement(action: Action, statement: Statement, node: YamlMap, place: Place): Item | undefined {
  const collect = collectorOf(place);
  const where = statement.startsWith('import') ? 'import' : 'include';
  const written = new Set(node.entries.map((each) => each.key).filter((key) => shortName(key) === statement));
  checkKeys(node.entries, where, collect, written);
  if (place.isHandler && statement.endsWith('role')) {
    collect.add('play/handler-kind', { found: statement }, { position: action.keyPosition });
    return undefined;
  }
  const args = readStatementArguments(action, statement, entryOf(node, 'args'), place);
  const target = args.get(statement.endsWith('role') ? 'name' : 'file');
  if (!target) return undefined;
  if (where === 'include') return readInclude(statement, target, args, node, place);
  if (isTemplateNode(target.value)) {
    const hint = `write ${statement.replace('import', 'include')}`;
    collect.add('play/import-dynamic', { what: statement }, { position: target.value.position, hint });
    return undefined;
  }
  const level = readKeywords(node.entries, place.library.context);
  const name = new Values(collect).plainText(target);
  if (name === undefined) return undefined;
  if (statement === 'import_tasks')
    return importTasks(name, { name: readName(node, place), position: headOf(node), target: target.value.position, level }, place);
  const from = (key: string) => {
    const entry = args.get(key);
    return entry && new Values(collect).plainText(entry);
  };
  return readRole(
    {
      name,
      position: target.value.position,
      level,
      entryVars: {},
      params: [],
      from: { tasks: from('tasks_from'), vars: from('vars_from'), defaults: from('defaults_from'), handlers: from('handlers_from') },
      once: false,
    },
    place,
  );
}

function readInclude(statement: Statement, target: YamlEntry, args: ReadonlyMap<string, YamlEntry>, node: YamlMap, place: Place): Include {
  const { context } = place.library;
  const values = new Values(context.collect);
  const plain = (key: string) => {
    const entry = args.get(key);
    return entry && values.plainText(entry);
  };
  const truth = (key: string, otherwise: boolean) => {
    const entry = args.get(key);
    return entry ? values.truth(entry) === true : otherwise;
  };
  const from = args.get('tasks_from');
  const include: Include = {
    kind: 'include',
    what: statement === 'include_tasks' ? 'tasks' : 'role',
    parent: place.parent,
    name: readName(node, place),
    position: headOf(node),
    ...readKeywords(node.entries, context),
    target: toSourceValue(target.value),
    tasksFrom: (from && values.text(from)) ?? null,
    varsFrom: plain('vars_from'),
    defaultsFrom: plain('defaults_from'),
    handlersFrom: plain('handlers_from'),
    apply: readApply(args.get('apply'), place),
    allowDuplicates: truth('allow_duplicates', true),
    public: truth('public', false),
    directory: place.directory,
    loop: readLoop(node.entries, context),
    register: readRegister(entryOf(node, 'register'), place),
    listen: readListen(node, place),
    isHandler: place.isHandler,
  };
  checkTemplates([include.target, include.tasksFrom], context.collect);
  lookAhead(include, target.value.position, place);
  return include;
}

function readApply(entry: YamlEntry | undefined, place: Place): Keywords {
  if (!entry) return {};
  const collect = collectorOf(place);
  const entries = new Values(collect).entries(entry);
  checkKeys(entries, 'block', collect);
  return readKeywords(entries, place.library.context).keywords;
}

/** A mapping, `key=value` words, or the file or role alone; and `args:` below it. */
function readStatementArguments(
  action: Action,
  statement: Statement,
  more: YamlEntry | undefined,
  place: Place,
): ReadonlyMap<string, YamlEntry> {
  const collect = collectorOf(place);
  const main = statement.endsWith('role') ? 'name' : 'file';
  const { value, keyPosition } = action;
  const entries: YamlEntry[] = [];
  if (value.kind === 'map') entries.push(...value.entries);
  else if (value.kind === 'scalar' && value.value !== null) {
    const { rest, entries: words } = parseFreeForm(value, statement);
    if (rest) entries.push({ key: main, keyPosition, value: rest });
    entries.push(...words);
  } else if (value.kind === 'list') new Values(collect).wrong({ key: statement, value }, 'a name or a mapping');
  if (more) entries.push(...new Values(collect).entries(more));
  const known = ARGUMENTS[statement];
  for (const { key: name, keyPosition: position } of entries) {
    if (known.includes(name)) continue;
    collect.push(diagnostic('args/unknown', { name, owner: statement }, { position, nearest: nearest(name, known) }));
  }
  const read = new Map(entries.map((each) => [each.key, each]));
  if (!read.has(main) && value.kind !== 'list') collect.add('args/missing', { name: main, owner: statement }, { position: keyPosition });
  return read;
}
