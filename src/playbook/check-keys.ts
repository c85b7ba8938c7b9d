import { type Diagnostic, type Diagnostics, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import type { YamlEntry } from '../source/node.js';
import { ALL_KEYWORDS, KEYWORDS, NOT_HERE, shortName, type Where } from './keywords.js';

/** As a message names the place. */
const PLACES: Readonly<Record<Where, string>> = {
  play: 'a play',
  block: 'a block',
  task: 'a task',
  handler: 'a handler',
  import: 'an import',
  include: 'an include',
  role: 'a role entry',
  import_playbook: 'import_playbook',
};

/** Collects an error for each entry that has no place here. `also`: further names that are right (a task's module). */
export function checkKeys(entries: readonly YamlEntry[], where: Where, collect: Diagnostics, also: ReadonlySet<string> = new Set()): void {
  for (const { key, keyPosition } of entries) {
    if (!KEYWORDS[where].includes(key) && !also.has(key)) collect.push(misplacedKey(key, where, keyPosition));
  }
}

/** A keyword of Ansible's that is not here, a keyword of another place, or a word that nobody knows. */
export function misplacedKey(name: string, where: Where, position: Position): Diagnostic {
  const instead = NOT_HERE[shortName(name)];
  if (instead !== undefined) return diagnostic('play/ansible-keyword', { keyword: name }, { position, hint: instead });
  if (ALL_KEYWORDS.has(name)) {
    return diagnostic('play/keyword-place', { keyword: name, where: PLACES[where] }, { position, hint: placeHint(name, where) });
  }
  return diagnostic('play/unknown-keyword', { keyword: name, where: PLACES[where] }, { position, nearest: nearest(name, KEYWORDS[where]) });
}

function placeHint(name: string, where: Where): string | undefined {
  if (where === 'include') return `"apply: { ${name}: … }" gives it to what is included`;
  if (where === 'import' && /^(loop|with_)/.test(name))
    return 'an import is read once, before any loop: write include_tasks or include_role';
  if (where === 'play' && name === 'when') return 'put the tasks into a block with when';
  if (where === 'block' && /^(loop|with_)/.test(name)) return 'put the tasks into a file and loop over include_tasks';
  return undefined;
}
