import { dirname, isAbsolute, join } from 'node:path';
import type { Position } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';
import type { ReadKeywords } from './common-keywords.js';
import { collectorOf, type Place } from './reading.js';
import type { Block, Item } from './tree.js';

export interface TasksImport {
  readonly name: SourceValue;
  readonly position: Position;
  /** Of the file's name. */
  readonly target: Position;
  readonly level: ReadKeywords;
}

/** The tasks of a file as a block with the import's keywords: `when` is tested for each of them, tags go to each. */
export function importTasks(file: string, statement: TasksImport, place: Place): Block | undefined {
  const collect = collectorOf(place);
  const path = findTasksFile(file, place);
  if (path === undefined) {
    collect.add('play/no-tasks-file', { file }, { position: statement.target });
    return undefined;
  }
  if (place.stack.includes(path)) {
    collect.add('play/import-cycle', { what: file }, { position: statement.target });
    return undefined;
  }
  return readTasksFile(path, { ...statement, ...statement.level, parent: place.parent }, place);
}

type Head = Pick<Block, 'name' | 'position' | 'parent' | 'keywords' | 'keywordPositions' | 'parameters'>;

/** All tasks of a file below a new block. */
export function readTasksFile(path: string, head: Head, place: Place, target: Position = head.position): Block {
  const items: Item[] = [];
  const { name, position, parent, keywords, keywordPositions, parameters } = head;
  const block: Block = {
    kind: 'block',
    name,
    position,
    parent,
    keywords,
    ...(keywordPositions && { keywordPositions }),
    ...(parameters && { parameters }),
    items,
    rescue: [],
    always: [],
  };
  const node = place.library.parse(path, target);
  const inside: Place = { ...place, parent: block, directory: dirname(path), stack: [...place.stack, path] };
  if (node) items.push(...place.readItems({ key: 'tasks', keyPosition: target, value: node }, inside));
  return block;
}

/** Beside the file that names it, then in the role's tasks, then beside the playbook. */
export function findTasksFile(
  file: string,
  place: Pick<Place, 'directory' | 'role' | 'playbookDirectory' | 'library'>,
): string | undefined {
  const { files } = place.library.context;
  if (isAbsolute(file)) return files.isFile(file) ? file : undefined;
  const folders = [place.directory, ...(place.role ? [join(place.role.path, 'tasks')] : []), place.playbookDirectory];
  return folders.map((folder) => join(folder, file)).find((path) => files.isFile(path));
}
