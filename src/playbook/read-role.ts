import { join } from 'node:path';
import { headOf } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import { readArgumentSpecs } from './argument-specs.js';
import type { ReadKeywords } from './common-keywords.js';
import { findRole, type RoleFolder } from './find-role.js';
import { readTasksFile } from './import-tasks.js';
import { readHandlers } from './read-handlers.js';
import { collectorOf, type Place, type Way } from './reading.js';
import { type RoleEntry, readRoleEntries } from './role-entries.js';
import { entryName, rolePart, roleVariables } from './role-files.js';
import { readMeta } from './role-meta.js';
import { checkParameters, readParameters } from './role-parameters.js';
import { type Block, chainOf, type Item, type Level, type RoleInstance } from './tree.js';
import { literal } from './variables.js';

/** A role as something names it: an entry of `roles:` or of dependencies, import_role, include_role. */
export interface RoleCall extends RoleEntry {
  readonly from: {
    readonly tasks?: string | undefined;
    readonly vars?: string | undefined;
    readonly defaults?: string | undefined;
    readonly handlers?: string | undefined;
  };
  /** Runs once in a play for the same parameters (unless the role allows duplicates): `roles:` and dependencies. */
  readonly once: boolean;
}

/** The role as a block: its dependencies, then its tasks. Its handlers are added to the play's. Undefined where it is not to run again, or not there. */
export function readRole(call: RoleCall, place: Place): Block | undefined {
  const { library, play } = place;
  const folder = findRole(call.name, call.position, place);
  if (!folder) return undefined;
  const mark = `role ${folder.path} ${call.from.tasks ?? ''}`;
  if (place.stack.includes(mark)) {
    collectorOf(place).add('play/import-cycle', { what: `role ${folder.name}` }, { position: call.position });
    return undefined;
  }
  const meta = readMeta(folder, call.position, library);
  const key = callKey(call, folder);
  const way = wayTo(place.parent, call.level);
  const before = call.once && !meta.allowDuplicates ? play.broughtIn.get(key) : undefined;
  if (before?.ways.some((each) => surelyRuns(each, way))) return undefined;
  const specs = readArgumentSpecs(folder, meta, call.position, library);
  const dependencies: RoleInstance[] = [];
  const role: RoleInstance = {
    name: folder.name,
    path: folder.path,
    defaults: roleVariables(folder, 'defaults', call.from.defaults, call.position, library),
    vars: { ...call.entryVars, ...roleVariables(folder, 'vars', call.from.vars, call.position, library) },
    params: readParameters(call.params, library.context.collect),
    position: call.position,
    argumentSpec: specs.get(entryName(call.from.tasks)),
    options: [...specs.values()].flatMap((spec) => Object.keys(spec.options)),
    dependencies,
  };
  checkParameters(call.params, role, specs, library);
  if (call.once) play.broughtIn.set(key, { role, ways: [...(before?.ways ?? []), way] });
  const block = readParts(call, role, folder, { ...place, stack: [...place.stack, mark] }, (inside) => {
    const entries = meta.dependencies ? readRoleEntries(meta.dependencies, library.context) : [];
    return entries.flatMap((entry) => dependency(entry, dependencies, inside));
  });
  play.staticRoles.push(role);
  return block;
}

function dependency(entry: RoleEntry, dependencies: RoleInstance[], place: Place): Block[] {
  const folder = findRole(entry.name, entry.position, place);
  if (!folder) return [];
  const block = readRole({ ...entry, from: {}, once: true }, place);
  const role = block?.role ?? place.play.broughtIn.get(callKey({ ...entry, from: {} }, folder))?.role;
  if (role) dependencies.push(...role.dependencies, role);
  return block ? [block] : [];
}

function readParts(
  call: RoleCall,
  role: RoleInstance,
  folder: RoleFolder,
  place: Place,
  readDependencies: (inside: Place) => Block[],
): Block {
  const { library, play } = place;
  const items: Item[] = [];
  const level: Level = { parent: place.parent, ...call.level, role };
  const block: Block = { kind: 'block', name: null, position: call.position, ...level, items, rescue: [], always: [] };
  const inside: Place = { ...place, parent: block, role, directory: join(role.path, 'tasks') };
  items.push(...readDependencies(inside));
  const handlers = rolePart(folder, 'handlers', call.from.handlers, call.position, library);
  if (handlers !== undefined) {
    const node = library.parse(handlers, call.position);
    const where = { ...inside, directory: join(role.path, 'handlers') };
    if (node) play.handlers.push(...readHandlers({ key: 'handlers', keyPosition: headOf(node), value: node }, where));
  }
  const tasks = rolePart(folder, 'tasks', call.from.tasks, call.position, library);
  if (tasks !== undefined) {
    const head = { name: null, position: call.position, parent: block, keywords: {} };
    items.push(readTasksFile(tasks, head, inside));
  }
  return block;
}

function callKey(call: Omit<RoleCall, 'once'>, folder: RoleFolder): string {
  const { when, tags } = call.level.keywords;
  const params = call.params.map((each) => [each.key, literal(toSourceValue(each.value))]);
  return JSON.stringify([folder.path, params, literal(call.entryVars), when?.map((each) => each.text), tags, call.from]);
}

function wayTo(parent: Level, own: ReadKeywords): Way {
  const levels = [...chainOf(parent), own];
  return {
    when: levels.flatMap((level) => level.keywords.when ?? []).map((each) => each.text),
    tags: JSON.stringify([...new Set(levels.flatMap((level) => level.keywords.tags ?? []))].sort()),
  };
}

/** Whatever made the later one run made the earlier one run already. */
function surelyRuns(earlier: Way, later: Way): boolean {
  return earlier.tags === later.tags && earlier.when.every((each) => later.when.includes(each));
}
