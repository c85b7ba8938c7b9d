import type { YamlEntry } from '../source/node.js';
import type { Place } from './reading.js';
import type { Handler, Item } from './tree.js';

/** A list of handlers: tasks and include_tasks, and what import_tasks brings. */
export function readHandlers(entry: YamlEntry, place: Place): Handler[] {
  const items = place.readItems(entry, { ...place, isHandler: true });
  // One that could not be read may be the one that is notified.
  if (entry.value.kind === 'list' && items.length < entry.value.items.length) place.play.handlersMayCome = true;
  return items.flatMap(flattened);
}

/** An import is a block in the tree: its tasks keep it as their level. */
function flattened(item: Item): Handler[] {
  return item.kind === 'block' ? item.items.flatMap(flattened) : [item];
}
