import { describeNode, entryOf, headOf, type YamlEntry, type YamlMap } from '../source/node.js';
import { findAction } from './action.js';
import { checkKeys } from './check-keys.js';
import { readKeywords } from './common-keywords.js';
import { readName } from './read-name.js';
import { readStatement } from './read-statement.js';
import { readTask } from './read-task.js';
import { collectorOf, type Place } from './reading.js';
import type { Block, Item } from './tree.js';
import { Values } from './values.js';

/** A list of tasks and blocks; `entry`: the key that holds it, or a file's name for its whole content. */
export function readItems(entry: Pick<YamlEntry, 'key' | 'keyPosition' | 'value'> | undefined, place: Place): Item[] {
  if (!entry) return [];
  const collect = collectorOf(place);
  return new Values(collect).list(entry, 'a list of tasks').flatMap((node): Item[] => {
    if (node.kind !== 'map') {
      collect.add(
        'play/keyword-value',
        { keyword: entry.key, found: describeNode(node), expected: 'a task (a mapping)' },
        { position: node.position },
      );
      return [];
    }
    const item = readItem(node, place);
    return item ? [item] : [];
  });
}

function readItem(node: YamlMap, place: Place): Item | undefined {
  const { context } = place.library;
  const block = ['block', 'rescue', 'always'].map((key) => entryOf(node, key)).find((each) => each !== undefined);
  if (block) return readBlock(node, block, place);
  const action = findAction(node.entries, place.isHandler ? 'handler' : 'task', context, headOf(node));
  if (!action) {
    // What else is wrong with it is said at once.
    readKeywords(node.entries, context);
    return undefined;
  }
  return action.statement ? readStatement(action, action.statement, node, place) : readTask(action, node, place);
}

function readBlock(node: YamlMap, first: YamlEntry, place: Place): Block | undefined {
  const { context } = place.library;
  const { collect } = context;
  if (place.isHandler) {
    collect.add('play/handler-kind', { found: 'a block' }, { position: first.keyPosition });
    return undefined;
  }
  checkKeys(node.entries, 'block', collect);
  if (first.key !== 'block') collect.add('play/keyword-missing', { keyword: 'block', where: first.key }, { position: first.keyPosition });
  const items: Item[] = [];
  const rescue: Item[] = [];
  const always: Item[] = [];
  const block: Block = {
    kind: 'block',
    parent: place.parent,
    name: readName(node, place),
    position: headOf(node),
    ...readKeywords(node.entries, context),
    items,
    rescue,
    always,
  };
  const inside = { ...place, parent: block };
  items.push(...readItems(entryOf(node, 'block'), inside));
  rescue.push(...readItems(entryOf(node, 'rescue'), inside));
  always.push(...readItems(entryOf(node, 'always'), inside));
  return block;
}
