import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { failure } from '../base/errors.js';
import type { InventoryFlags } from './play-options.js';

/** The folder of the first inventory that is a file or a folder: there are the store and the runs. The inventory itself is not read. */
export function customerDirectory({ inventory }: InventoryFlags, command: string, cwd: string): string {
  demandInventory(inventory, command);
  for (const each of inventory) {
    const path = resolve(cwd, each);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found) return found.isDirectory() ? path : dirname(path);
    if (!each.includes(',')) throw failure('inventory/not-found', { path: each });
  }
  return cwd;
}

export function demandInventory(inventory: readonly string[], command: string): void {
  if (inventory.length === 0) throw failure('cli/inventory-required', { command: `chatsctl ${command}` });
}
