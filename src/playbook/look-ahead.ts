import type { Position } from '../base/position.js';
import { findTasksFile, readTasksFile } from './import-tasks.js';
import { PlayParts, type Place } from './reading.js';
import { readRole } from './read-role.js';
import type { Include } from './tree.js';

/**
 * Reads what an include with a plain name will bring, for its errors and for the names of its handlers; the result is not kept. A file that
 * is not there is only a warning: the include may never be reached.
 */
export function lookAhead(include: Include, target: Position, place: Place): void {
  const { play, library } = place;
  const { collect } = library.context;
  if (typeof include.target !== 'string' || (include.tasksFrom !== null && typeof include.tasksFrom !== 'string')) {
    play.handlersMayCome = true;
    return;
  }
  const key = JSON.stringify([include.what, include.target, include.tasksFrom, include.what === 'tasks' ? include.directory : '']);
  if (play.lookedAt.has(key)) return;
  play.lookedAt.add(key);
  const parts = new PlayParts(play.lookedAt);
  const inside: Place = { ...place, play: parts, parent: include, isHandler: false, stack: [] };
  if (include.what === 'tasks') {
    const path = findTasksFile(include.target, place);
    if (path === undefined) collect.add('play/no-tasks-file', { file: include.target }, { position: target, severity: 'warning' });
    else readTasksFile(path, { name: null, position: include.position, parent: include, keywords: {} }, { ...inside, isHandler: place.isHandler }, target);
  } else {
    const from = { tasks: include.tasksFrom ?? undefined, vars: include.varsFrom, defaults: include.defaultsFrom, handlers: include.handlersFrom };
    readRole({ name: include.target, position: target, level: { keywords: {}, keywordPositions: {} }, entryVars: {}, params: [], from, once: false }, inside);
  }
  play.expectedHandlers.push(...parts.handlers, ...parts.expectedHandlers);
  play.lookedAtRoles.push(...parts.staticRoles, ...parts.lookedAtRoles);
  play.handlersMayCome ||= parts.handlersMayCome;
}
