import { domains } from './domains.js';
import { encoding } from './encoding.js';
import { files } from './files.js';
import type { Helper } from './helper.js';
import { lists } from './lists.js';
import { logic } from './logic.js';
import { network } from './network.js';
import { strings } from './strings.js';

/** Every template helper; documentation and lint read it too. */
export const HELPERS: readonly Helper[] = [...strings, ...lists, ...logic, ...encoding, ...files, ...network, ...domains].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

const byName: ReadonlyMap<string, Helper> = new Map(HELPERS.map((helper) => [helper.name, helper]));

export function findHelper(name: string): Helper | undefined {
  return byName.get(name);
}

export function helperNames(): Iterable<string> {
  return byName.keys();
}
