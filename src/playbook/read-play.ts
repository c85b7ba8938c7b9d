import { dirname } from 'node:path';
import type { SourceValue } from '../base/template-text.js';
import { entryOf, headOf, type YamlEntry, type YamlMap } from '../source/node.js';
import { isTemplateNode, toSourceValue } from '../source/source-value.js';
import { checkKeys } from './check-keys.js';
import { readKeywords } from './common-keywords.js';
import { checkTemplates } from './expressions.js';
import { checkNotifications, withoutRepeated } from './handler-names.js';
import { readHandlers } from './read-handlers.js';
import { readItems } from './read-items.js';
import { readName } from './read-name.js';
import { readPrompts } from './read-prompts.js';
import { readRole } from './read-role.js';
import { type Library, type Place, PlayParts } from './reading.js';
import { readRoleEntries } from './role-entries.js';
import type { Block, Handler, Item, Keywords, Play, RoleInstance } from './tree.js';
import { Values } from './values.js';

/** What import_playbook gives to each play: conditions, tags and variables. */
export type Inherited = Pick<Keywords, 'when' | 'tags' | 'vars'>;

export interface ReadPlay {
  readonly play: Play;
  readonly lookedAt: LookedAt;
}

/** What includes with a plain name will bring, as far as it was seen when the play was read. */
export interface LookedAt {
  readonly roles: readonly RoleInstance[];
  readonly blocks: readonly Block[];
  readonly handlers: readonly Handler[];
  /** No include is left whose name only the run tells. */
  readonly complete: boolean;
}

/** One play of the playbook at `path` (absolute). */
export function readPlay(node: YamlMap, path: string, inherited: Inherited, library: Library): ReadPlay {
  const { context } = library;
  const { collect } = context;
  const values = new Values(collect);
  checkKeys(node.entries, 'play', collect);
  const at = <T>(key: string, read: (entry: YamlEntry) => T | undefined): T | undefined => {
    const entry = entryOf(node, key);
    return entry && read(entry);
  };
  const parts = new PlayParts();
  const preTasks: Item[] = [];
  const roles: Block[] = [];
  const tasks: Item[] = [];
  const postTasks: Item[] = [];
  const handlers: Handler[] = [];
  const hosts = entryOf(node, 'hosts');
  if (!hosts) collect.add('play/keyword-missing', { keyword: 'hosts', where: 'a play' }, { position: headOf(node) });
  const { keywords, keywordPositions } = readKeywords(node.entries, context);
  const play: Play = {
    kind: 'play',
    parent: undefined,
    name: readName(node, { library }),
    position: headOf(node),
    path,
    keywords: merged(keywords, inherited),
    keywordPositions,
    hosts: hosts ? readHosts(hosts, values) : [],
    hostsPosition: hosts?.value.position ?? headOf(node),
    gatherFacts: at('gather_facts', (each) => values.truth(each)) ?? true,
    gatherSubset: at('gather_subset', (each) => values.plainTexts(each)),
    varsFiles: at('vars_files', (each) => readVarsFiles(each, values)) ?? [],
    varsPrompt: at('vars_prompt', (each) => readPrompts(each, collect)) ?? [],
    preTasks,
    roles,
    tasks,
    postTasks,
    handlers,
    staticRoles: parts.staticRoles,
    forceHandlers: at('force_handlers', (each) => values.truth(each)) ?? false,
    maxFailPercentage: at('max_fail_percentage', (each) => values.percentage(each)) ?? null,
    serial: at('serial', (each) => readSerial(each, values)) ?? null,
    strategy: at('strategy', (each) => values.choice(each, ['linear', 'free'])) ?? 'linear',
    order:
      at('order', (each) => values.choice(each, ['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'])) ?? 'inventory',
  };
  checkTemplates([play.hosts, play.gatherFacts, play.forceHandlers, play.maxFailPercentage, play.serial, ...play.varsFiles], collect);
  const directory = dirname(path);
  const place: Place = {
    library,
    play: parts,
    parent: play,
    directory,
    playbookDirectory: directory,
    role: undefined,
    isHandler: false,
    stack: [],
    readItems,
  };
  preTasks.push(...readItems(entryOf(node, 'pre_tasks'), place));
  const imported = parts.handlers.splice(0);
  for (const entry of at('roles', (each) => readRoleEntries(each, context)) ?? []) {
    const block = readRole({ ...entry, from: {}, once: true }, place);
    if (block) roles.push(block);
  }
  const listed = parts.handlers.splice(0);
  tasks.push(...readItems(entryOf(node, 'tasks'), place));
  postTasks.push(...readItems(entryOf(node, 'post_tasks'), place));
  const own = at('handlers', (each) => readHandlers(each, place)) ?? [];
  // Ansible's order of definition: of `roles:`, the play's own, of import_role.
  handlers.push(...withoutRepeated([...listed, ...own, ...imported, ...parts.handlers], collect));
  checkNotifications(play, parts, collect);
  const { lookedAtRoles, lookedAtBlocks, expectedHandlers, handlersMayCome } = parts;
  return { play, lookedAt: { roles: lookedAtRoles, blocks: lookedAtBlocks, handlers: expectedHandlers, complete: !handlersMayCome } };
}

function merged(own: Keywords, inherited: Inherited): Keywords {
  const vars = { ...own.vars, ...inherited.vars };
  const tags = [...new Set([...(inherited.tags ?? []), ...(own.tags ?? [])])];
  const when = inherited.when ?? [];
  return { ...own, ...(Object.keys(vars).length > 0 && { vars }), ...(tags.length > 0 && { tags }), ...(when.length > 0 && { when }) };
}

function readHosts(entry: YamlEntry, values: Values): SourceValue {
  if (isTemplateNode(entry.value)) return toSourceValue(entry.value);
  const patterns = values.texts(entry);
  if (patterns.length === 0) values.wrong(entry, 'a host pattern, such as all or a group');
  return entry.value.kind === 'list' ? patterns : (patterns[0] ?? []);
}

/** A list; an entry that is a list itself means the first file that is there. */
function readVarsFiles(entry: YamlEntry, values: Values): readonly SourceValue[] {
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return nodes.flatMap((node): SourceValue[] => {
    const one = { ...entry, value: node };
    if (node.kind === 'list') return [values.texts(one)];
    const text = values.text(one);
    return text === undefined ? [] : [text];
  });
}

/** A number, a percentage, or a list of them. */
function readSerial(entry: YamlEntry, values: Values): SourceValue | undefined {
  if (entry.value.kind !== 'list') return values.percentage(entry);
  return entry.value.items.flatMap((value) => values.percentage({ ...entry, value }) ?? []);
}
