import { type Diagnostic, diagnostic } from '../base/errors.js';
import type { SourceValue } from '../base/template-text.js';
import type { LoadedPlaybook } from './load-playbook.js';
import { allItems } from './playbook-items.js';
import type { Task } from './tree.js';

/** Arguments that hold regular expressions, by name: of expect, wait_for, lineinfile, replace, find. */
const PATTERN_ARGUMENTS: ReadonlySet<string> = new Set([
  'regexp',
  'search_string',
  'search_regex',
  'dialogue',
  'responses',
  'success',
  'failure',
  'captures',
]);

/** `\b` and `\w` beside Cyrillic, where RE2 takes them for Latin. */
export function checkPatterns(playbook: LoadedPlaybook): Diagnostic[] {
  return allItems(playbook).flatMap((item) => (item.kind === 'task' ? ofTask(item) : []));
}

function ofTask(task: Task): Diagnostic[] {
  return Object.entries(task.args).flatMap(([name, value]) => {
    if (!PATTERN_ARGUMENTS.has(name)) return [];
    const position = task.argPositions[name] ?? task.position;
    return textsIn(value).flatMap((text) => {
      const found = latinOnly(text);
      return found === undefined ? [] : [diagnostic('play/letters-in-pattern', { found }, { position, severity: 'warning' })];
    });
  });
}

/** The first such class that touches a Cyrillic letter. */
export function latinOnly(pattern: string): string | undefined {
  const match = /\\([bwBW])[+*?)]*[(]?[\u0400-\u04ff]|[\u0400-\u04ff][)]?\\([bwBW])/.exec(pattern);
  const letter = match?.[1] ?? match?.[2];
  return letter === undefined ? undefined : `\\${letter}`;
}

function textsIn(value: SourceValue): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}
