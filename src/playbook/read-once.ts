import { nearest } from '../base/nearest.js';
import type { YamlEntry } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import type { PlaybookContext } from './context.js';
import { checkTemplates } from './expressions.js';
import type { Once } from './tree.js';
import { Values } from './values.js';

const NAMES = ['id', 'store', 'value'];

/** `once: { id, store, value }`: the id becomes a file's name on the host. */
export function readOnce(entry: YamlEntry, context: PlaybookContext): Once | undefined {
  const { collect } = context;
  const values = new Values(collect);
  const entries = values.entries(entry, 'a mapping with id, store and value');
  for (const { key, keyPosition: position } of entries) {
    if (!NAMES.includes(key))
      collect.add('play/unknown-keyword', { keyword: key, where: 'once' }, { position, nearest: nearest(key, NAMES) });
  }
  const at = (name: string) => entries.find((each) => each.key === name);
  const id = at('id');
  if (!id) {
    collect.add('play/keyword-missing', { keyword: 'id', where: 'once' }, { position: entry.keyPosition });
    return undefined;
  }
  const name = values.text(id);
  if (typeof name === 'string' && !/^[A-Za-z0-9][\w.-]*$/.test(name))
    values.wrong(id, 'letters, digits, "_", "." and "-" (it names a file)');
  const store = at('store');
  const value = at('value');
  const read: Once = {
    id: name ?? '',
    store: store && values.identifier(store),
    value: value && toSourceValue(value.value),
    position: entry.keyPosition,
  };
  if (value && !store) collect.add('play/keyword-missing', { keyword: 'store', where: 'once' }, { position: value.keyPosition });
  checkTemplates([read.id, read.value ?? null], collect);
  return read;
}
