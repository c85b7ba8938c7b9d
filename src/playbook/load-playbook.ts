import { dirname, isAbsolute, join, resolve } from 'node:path';
import { distinct } from '../base/distinct.js';
import { type Diagnostic, Diagnostics } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { describeNode, entryOf, type YamlMap, type YamlNode } from '../source/node.js';
import { isTemplateNode } from '../source/source-value.js';
import { checkKeys } from './check-keys.js';
import { readKeywords } from './common-keywords.js';
import type { PlaybookContext } from './context.js';
import { shortName } from './keywords.js';
import { type Inherited, type LookedAt, type ReadPlay, readPlay } from './read-play.js';
import { Library } from './reading.js';
import type { Play, Playbook } from './tree.js';
import { Values } from './values.js';

/** A playbook with what the includes of each play were seen to bring: for lint, and for what roles need before a run. */
export interface LoadedPlaybook extends Playbook {
  readonly lookedAt: ReadonlyMap<Play, LookedAt>;
}

/**
 * Reads a playbook and everything that it imports. A name that is not found in the working directory is looked for in the package's own
 * `playbooks/`. Errors and warnings of all files are in `context.collect`, each once; with an error among them the tree has gaps.
 */
export function loadPlaybook(name: string, context: PlaybookContext): LoadedPlaybook {
  const own = new Diagnostics();
  const library = new Library({ ...context, collect: own });
  const path = findPlaybook(name, context);
  const read: ReadPlay[] = [];
  if (path === undefined) own.add('play/no-playbook', { name }, { nearest: nearest(name, shippedPlaybooks(context)) });
  else read.push(...readPlaybook(path, undefined, {}, [], library));
  context.collect.push(...inOrder(own));
  return {
    path: path ?? resolve(context.cwd, name),
    plays: read.map((each) => each.play),
    lookedAt: new Map(read.map((each) => [each.play, each.lookedAt])),
  };
}

function findPlaybook(name: string, context: PlaybookContext): string | undefined {
  const candidates = [resolve(context.cwd, name), ...(isAbsolute(name) ? [] : [join(context.packageDirectory, 'playbooks', name)])];
  return candidates.find((each) => context.files.isFile(each));
}

function shippedPlaybooks(context: PlaybookContext): readonly string[] {
  return context.files.list(join(context.packageDirectory, 'playbooks'));
}

function readPlaybook(
  path: string,
  position: Position | undefined,
  inherited: Inherited,
  stack: readonly string[],
  library: Library,
): ReadPlay[] {
  const { collect } = library.context;
  const node = library.parse(path, position);
  if (!node) return [];
  const entry = { key: 'a playbook', keyPosition: node.position, value: node };
  const nodes = new Values(collect).list(entry, 'a list of plays');
  if (nodes.length === 0 && node.kind !== 'map') collect.add('play/empty', {}, { position: { ...node.position, length: 0 } });
  return nodes.flatMap((each) => readEntry(each, path, inherited, [...stack, path], library));
}

function readEntry(node: YamlNode, path: string, inherited: Inherited, stack: readonly string[], library: Library): readonly ReadPlay[] {
  if (node.kind !== 'map') {
    const { collect } = library.context;
    collect.add(
      'play/keyword-value',
      { keyword: 'a playbook', found: describeNode(node), expected: 'a play (a mapping)' },
      { position: node.position },
    );
    return [];
  }
  const imported = node.entries.find((each) => shortName(each.key) === 'import_playbook');
  return imported ? importPlaybook(node, path, inherited, stack, library) : [readPlay(node, path, inherited, library)];
}

function importPlaybook(
  node: YamlMap,
  path: string,
  inherited: Inherited,
  stack: readonly string[],
  library: Library,
): readonly ReadPlay[] {
  const { context } = library;
  const { collect, files } = context;
  checkKeys(node.entries, 'import_playbook', collect, new Set(['ansible.builtin.import_playbook']));
  const entry = entryOf(node, 'import_playbook') ?? entryOf(node, 'ansible.builtin.import_playbook');
  if (!entry) return [];
  const { position } = entry.value;
  if (isTemplateNode(entry.value)) {
    collect.add('play/import-dynamic', { what: 'import_playbook' }, { position });
    return [];
  }
  const name = new Values(collect).plainText(entry);
  if (name === undefined) return [];
  const beside = resolve(dirname(path), name);
  const found = files.isFile(beside) ? beside : findPlaybook(name, context);
  if (found === undefined) {
    collect.add(
      'play/no-playbook',
      { name },
      { position, nearest: nearest(name, [...files.list(dirname(path)), ...shippedPlaybooks(context)]) },
    );
    return [];
  }
  if (stack.includes(found)) {
    collect.add('play/import-cycle', { what: name }, { position });
    return [];
  }
  const { keywords } = readKeywords(node.entries, context);
  return readPlaybook(found, position, below(inherited, keywords), stack, library);
}

/** Conditions and tags add up; of variables the outermost import wins, as in Ansible. */
function below(outer: Inherited, own: Inherited): Inherited {
  return {
    when: [...(outer.when ?? []), ...(own.when ?? [])],
    tags: [...(outer.tags ?? []), ...(own.tags ?? [])],
    vars: { ...own.vars, ...outer.vars },
  };
}

/** Each finding once (a file may be imported more than once), file by file as they were come to, from top to bottom. */
export function inOrder(found: Diagnostics): readonly Diagnostic[] {
  const files = [...new Set(found.all.map((each) => each.position?.source.path))];
  const file = (each: Diagnostic) => files.indexOf(each.position?.source.path);
  return distinct(found.all).sort((a, b) => file(a) - file(b) || (a.position?.offset ?? 0) - (b.position?.offset ?? 0));
}
