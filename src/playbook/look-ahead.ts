import type { Position } from '../base/position.js';
import { findTasksFile, readTasksFile } from './import-tasks.js';
import { readRole } from './read-role.js';
import { type Place, PlayParts } from './reading.js';
import type { Block, Include } from './tree.js';

/**
 * Reads what an include with a plain name will bring: for its errors, for the names of its handlers, and for lint. It is read again when it
 * is reached. A file that is not there is only a warning: the include may never be.
 */
export function lookAhead(include: Include, target: Position, place: Place): void {
  const { play } = place;
  if (typeof include.target !== 'string' || (include.tasksFrom !== null && typeof include.tasksFrom !== 'string')) {
    play.handlersMayCome = true;
    return;
  }
  const key = JSON.stringify([include.what, include.target, include.tasksFrom, include.what === 'tasks' ? include.directory : '']);
  if (play.lookedAt.has(key)) return;
  play.lookedAt.add(key);
  const parts = new PlayParts(play.lookedAt);
  const inside: Place = { ...place, play: parts, parent: include, stack: [] };
  const block =
    include.what === 'tasks'
      ? lookAtTasks(include.target, include, target, inside)
      : lookAtRole(include.target, include.tasksFrom ?? undefined, include, target, { ...inside, isHandler: false });
  if (block) play.lookedAtBlocks.push(block);
  play.lookedAtBlocks.push(...parts.lookedAtBlocks);
  play.lookedAtRoles.push(...parts.staticRoles, ...parts.lookedAtRoles);
  play.expectedHandlers.push(...parts.handlers, ...parts.expectedHandlers);
  play.handlersMayCome ||= parts.handlersMayCome;
}

function lookAtTasks(file: string, include: Include, target: Position, place: Place): Block | undefined {
  const path = findTasksFile(file, place);
  const head = { name: null, position: include.position, parent: include, keywords: {} };
  if (path !== undefined) return readTasksFile(path, head, place, target);
  place.library.context.collect.add('play/no-tasks-file', { file }, { position: target, severity: 'warning' });
  return undefined;
}

function lookAtRole(name: string, tasksFrom: string | undefined, include: Include, position: Position, place: Place): Block | undefined {
  const from = { tasks: tasksFrom, vars: include.varsFrom, defaults: include.defaultsFrom, handlers: include.handlersFrom };
  const level = { keywords: {}, keywordPositions: {} };
  return readRole({ name, position, level, entryVars: {}, params: [], from, once: false }, place);
}
