import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { modules } from '../modules/registry.js';
import type { PlaybookContext } from '../playbook/context.js';
import { KEYWORD_EXAMPLES } from '../playbook/keyword-examples.js';
import { ALL_KEYWORDS, KEYWORDS, NOT_HERE } from '../playbook/keywords.js';
import { CONDITION_REFERENCE } from '../vars/condition-reference.js';
import { HELPERS } from '../vars/helpers/registry.js';
import { clauseTopic } from './doc-clause.js';
import { roleTopic } from './doc-role.js';
import { columns, entry } from './doc-text.js';

/** What `chatsctl doc <topic>` lists; `keyword`, `role` and `clause` also take a name. */
export const DOC_TOPICS: Readonly<Record<string, (name: string | undefined, context: PlaybookContext) => string>> = {
  module: moduleList,
  keyword: (name) => (name === undefined ? columns([...ALL_KEYWORDS].sort().map((each) => [each, placesOf(each)])) : keywordText(name)),
  role: roleTopic,
  clause: clauseTopic,
  templates: () => HELPERS.map((each) => entry(`{{ ${each.signature} }}`, each.summary, shownExample(each.example))).join('\n'),
  conditions: () => CONDITION_REFERENCE.map((each) => entry(each.signature, each.summary, each.example)).join('\n'),
};

export function moduleList(): string {
  return columns([...modules.values()].map((each) => [each.name, each.summary]));
}

function keywordText(name: string): string {
  if (ALL_KEYWORDS.has(name)) return entry(name, placesOf(name), KEYWORD_EXAMPLES[name] ?? '');
  const instead = NOT_HERE[name];
  if (instead !== undefined) return `${name}\n    ${instead}`;
  throw failure('cli/no-keyword', { name }, { nearest: nearest(name, ALL_KEYWORDS) });
}

function placesOf(keyword: string): string {
  return Object.entries(KEYWORDS)
    .flatMap(([place, names]) => (names.includes(keyword) ? [place] : []))
    .join(', ');
}

function shownExample({ template, result }: (typeof HELPERS)[number]['example']): string {
  return `${template} → ${typeof result === 'string' ? result.trimEnd() : JSON.stringify(result)}`;
}
