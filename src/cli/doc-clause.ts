import { join } from 'node:path';
import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { formatPosition } from '../base/position.js';
import { TemplateText } from '../base/template-text.js';
import type { PlaybookContext } from '../playbook/context.js';
import { loadRole } from '../playbook/lone-role.js';
import { allItems } from '../playbook/playbook-items.js';
import { shippedRoles } from '../playbook/shipped-specs.js';
import type { Item } from '../playbook/tree.js';
import { columns } from './doc-text.js';

/** `DNS-4 | …` or `DNS-4, DNS-6 | …`: the clauses of the guide that a task serves. */
const CITED = /^([A-Z]+-\d+(?:, [A-Z]+-\d+)*) \| (.+)$/;

/** The clauses of the guide, or the tasks of the package's roles that serve one, in the roles' order. */
export function clauseTopic(name: string | undefined, context: PlaybookContext): string {
  const asked = whatIsAsked(context);
  if (name === undefined) return columns([...asked]);
  const id = name.toUpperCase();
  const asks = asked.get(id);
  if (asks === undefined) throw failure('cli/no-doc', { name: `clause ${name}` }, { nearest: nearest(id, asked.keys()) });
  const items = shippedRoles(context).flatMap((path) => allItems(loadRole(path, context)));
  const lines = items.flatMap((item) => {
    const [, ids = '', title = ''] = CITED.exec(nameOf(item)) ?? [];
    return ids.split(', ').includes(id) ? [`  ${title}\n      ${formatPosition(item.position)}`] : [];
  });
  return [`${id}: ${asks}`, ...new Set(lines)].join('\n');
}

/** Clause → what it asks, out of the table of docs/guide-coverage.md, which a test holds against the roles. */
function whatIsAsked({ files, packageDirectory }: PlaybookContext): ReadonlyMap<string, string> {
  const { text } = files.read(join(packageDirectory, 'docs', 'guide-coverage.md'));
  return new Map([...text.matchAll(/^\| ([A-Z]+-\d+) \| ([^|]+) \|/gm)].map(([, id = '', asks = '']) => [id, asks.trim()]));
}

function nameOf({ name }: Item): string {
  return name instanceof TemplateText ? name.text : String(name ?? '');
}
