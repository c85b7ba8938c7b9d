import { join } from 'node:path';
import { Diagnostics } from '../base/errors.js';
import { madeEntry, madeFalse, madeList, madeMap, madeText } from '../source/made-nodes.js';
import type { PlaybookContext } from './context.js';
import { inOrder, type LoadedPlaybook } from './load-playbook.js';
import { readPlay } from './read-play.js';
import { Library } from './reading.js';
import { specsOf } from './shipped-specs.js';

const PARTS = ['tasks', 'handlers', 'defaults', 'vars', 'meta'];

/** `path` (absolute) is a role's folder: one of a role's own folders is in it. */
export function isRoleFolder(path: string, { files }: PlaybookContext): boolean {
  return PARTS.some((part) => files.isFolder(join(path, part)));
}

/**
 * A role as a playbook of one play, for checks of a role that no playbook is at hand for: each of its entry points (`main`, and what
 * `meta/argument_specs.yaml` names) is brought in once. Errors and warnings are in `context.collect`.
 */
export function loadRole(path: string, context: PlaybookContext): LoadedPlaybook {
  const own = new Diagnostics();
  const library = new Library({ ...context, collect: own });
  const given = madeText(path, path);
  const tasks = entryPoints(path, context).map((entry) => {
    const from = entry === 'main' ? [] : [madeEntry('tasks_from', given, madeText(path, entry))];
    return madeMap([madeEntry('import_role', given, madeMap([madeEntry('name', given, given), ...from]))]);
  });
  const play = madeMap([
    madeEntry('hosts', given, madeText(path, 'all')),
    madeEntry('gather_facts', given, madeFalse()),
    madeEntry('tasks', given, madeList(given, tasks)),
  ]);
  const read = readPlay(play, join(path, 'role.yaml'), {}, library);
  context.collect.push(...inOrder(own));
  return { path, plays: [read.play], lookedAt: new Map([[read.play, read.lookedAt]]) };
}

function entryPoints(path: string, context: PlaybookContext): readonly string[] {
  // What is wrong in these files is said when the entry points are read.
  return [...new Set(['main', ...specsOf(path, { ...context, collect: new Diagnostics() }).keys()])];
}
