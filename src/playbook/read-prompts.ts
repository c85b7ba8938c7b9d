import type { Diagnostics } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { entryOf, type YamlEntry, type YamlNode } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import type { VarsPrompt } from './tree.js';
import { Values } from './values.js';

const KNOWN = ['name', 'prompt', 'default', 'private', 'confirm'];
/** Ansible hashes what is typed; here a template does. */
const HASHING = ['encrypt', 'salt', 'salt_size', 'unsafe'];

/** `vars_prompt`: what is typed is not shown unless `private` is false. */
export function readPrompts(entry: YamlEntry, collect: Diagnostics): readonly VarsPrompt[] {
  const values = new Values(collect);
  return values.list(entry, 'a list of prompts').flatMap((node) => readPrompt(node, entry.key, values, collect) ?? []);
}

function readPrompt(node: YamlNode, owner: string, values: Values, collect: Diagnostics): VarsPrompt | undefined {
  const entries = values.entries({ key: owner, keyPosition: node.position, value: node }, 'a mapping with name and prompt');
  for (const { key, keyPosition: position } of entries) {
    if (KNOWN.includes(key)) continue;
    if (HASHING.includes(key))
      collect.add('play/ansible-keyword', { keyword: key }, { position, hint: 'write {{ password_hash NAME }} where it is used' });
    else collect.add('play/unknown-keyword', { keyword: key, where: owner }, { position, nearest: nearest(key, KNOWN) });
  }
  const named = entryOf(node, 'name');
  if (!named) {
    if (node.kind === 'map')
      collect.add('play/keyword-missing', { keyword: 'name', where: owner }, { position: { ...node.position, length: 1 } });
    return undefined;
  }
  const name = values.identifier(named);
  if (name === undefined) return undefined;
  const read = <T>(key: string, reader: (each: YamlEntry) => T | undefined) => {
    const found = entryOf(node, key);
    return found && reader(found);
  };
  return {
    name,
    prompt: read('prompt', (each) => values.plainText(each)) ?? name,
    default: read('default', (each) => toSourceValue(each.value)) ?? null,
    private: read('private', (each) => values.truth(each)) !== false,
    confirm: read('confirm', (each) => values.truth(each)) === true,
  };
}
