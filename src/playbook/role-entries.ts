import type { Position } from '../base/position.js';
import { describeNode, entryOf, type YamlEntry, type YamlNode } from '../source/node.js';
import { isTemplateNode } from '../source/source-value.js';
import { misplacedKey } from './check-keys.js';
import { type ReadKeywords, readKeywords } from './common-keywords.js';
import type { PlaybookContext } from './context.js';
import { KEYWORDS } from './keywords.js';
import type { Variables } from './tree.js';
import { Values } from './values.js';

export interface RoleEntry {
  readonly name: string;
  readonly position: Position;
  readonly level: ReadKeywords;
  /** `vars:` of the entry: below the role's own vars, as in Ansible. */
  readonly entryVars: Variables;
  /** Every key that is no keyword is a parameter. */
  readonly params: readonly YamlEntry[];
}

/** The entries of `roles:` or of a role's dependencies: a name, or a mapping with `role` (or `name`), keywords and parameters. */
export function readRoleEntries(entry: YamlEntry, context: PlaybookContext): RoleEntry[] {
  return new Values(context.collect).list(entry, 'a list of roles').flatMap((node) => readRoleEntry(node, entry.key, context) ?? []);
}

function readRoleEntry(node: YamlNode, owner: string, context: PlaybookContext): RoleEntry | undefined {
  const { collect } = context;
  const named = node.kind === 'map' ? (entryOf(node, 'role') ?? entryOf(node, 'name')) : undefined;
  const name = node.kind === 'map' ? named?.value : node;
  if (name?.kind !== 'scalar' || name.text === '') {
    if (node.kind === 'map')
      collect.add('play/keyword-missing', { keyword: 'role', where: owner }, { position: { ...node.position, length: 1 } });
    else
      collect.add(
        'play/keyword-value',
        { keyword: owner, found: describeNode(node), expected: "a role's name" },
        { position: node.position },
      );
    return undefined;
  }
  if (isTemplateNode(name)) {
    collect.add('play/import-dynamic', { what: owner }, { position: name.position, hint: 'write a task: include_role' });
    return undefined;
  }
  const entries = node.kind === 'map' ? node.entries : [];
  for (const { key, keyPosition } of entries) if (isKeywordElsewhere(key)) collect.push(misplacedKey(key, 'role', keyPosition));
  const level = readKeywords(entries, context);
  const { vars, ...keywords } = level.keywords;
  const isParameter = ({ key }: YamlEntry) => !KEYWORDS.role.includes(key) && !isKeywordElsewhere(key);
  return {
    name: name.text,
    position: name.position,
    level: { ...level, keywords },
    entryVars: vars ?? {},
    params: entries.filter(isParameter),
  };
}

const NEVER_PARAMETERS: ReadonlySet<string> = new Set(
  'loop loop_control register until retries changed_when failed_when notify once listen async poll debugger local_action collections'.split(
    ' ',
  ),
);

/** What only a task can have is no parameter; other words a role may well call its variables (`hosts`, `order`). */
function isKeywordElsewhere(key: string): boolean {
  return NEVER_PARAMETERS.has(key) || key.startsWith('with_');
}
