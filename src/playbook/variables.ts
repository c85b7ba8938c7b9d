import type { Diagnostics } from '../base/errors.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import type { YamlEntry } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import { reservedKind } from '../vars/reserved.js';
import { checkTemplates } from './expressions.js';
import type { Variables } from './tree.js';
import { Values } from './values.js';

/** CEL's: a condition cannot name a variable so. */
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  'as break const continue else for function if import in let loop namespace package return var void while'.split(' '),
);

/** A mapping of variables: names must be names, and none that the tool itself sets (`vars/reserved`). `by`: what sets them, as written. */
export function readVariables(entry: YamlEntry, collect: Diagnostics, by = entry.key): Variables {
  const read: Record<string, SourceValue> = {};
  for (const each of new Values(collect).entries(entry, 'a mapping of variables')) {
    const { key: name, keyPosition: position, value } = each;
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      collect.add('play/variable-name', { name }, { position });
      continue;
    }
    if (RESERVED_WORDS.has(name)) collect.add('play/reserved-name', { name }, { position, severity: 'warning' });
    if (reservedKind(name) === 'magic') collect.add('vars/reserved', { name, kind: 'magic', by }, { position });
    const source = toSourceValue(value);
    checkTemplates(source, collect);
    read[name] = source;
  }
  return read;
}

/** Text as it stands, template or not: for what is never rendered. */
export function literal(value: SourceValue): SourceValue {
  if (value instanceof TemplateText) return value.text;
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literal(each)]));
}
