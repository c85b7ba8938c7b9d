import type { SourceValue } from '../base/template-text.js';
import { entryOf, type YamlMap } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import { checkTemplates } from './expressions.js';
import type { Place } from './reading.js';
import { Values } from './values.js';

/** null where there is none. */
export function readName(node: YamlMap, place: Pick<Place, 'library'>): SourceValue {
  const entry = entryOf(node, 'name');
  if (!entry) return null;
  const { collect } = place.library.context;
  if (entry.value.kind !== 'scalar') new Values(collect).wrong(entry, 'a text');
  const name = toSourceValue(entry.value);
  checkTemplates(name, collect);
  return typeof name === 'number' || typeof name === 'boolean' ? String(name) : name;
}
