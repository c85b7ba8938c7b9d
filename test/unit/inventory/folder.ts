import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ChatsctlError, plainMessage } from '../../../src/base/errors.js';
import { formatPosition } from '../../../src/base/position.js';
import type { SourceValue } from '../../../src/base/template-text.js';
import type { Inventory } from '../../../src/inventory/inventory.js';
import { loadInventory } from '../../../src/inventory/load.js';
import type { VariableFolders } from '../../../src/inventory/variable-files.js';

/** A folder with these files. */
export function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'inventory-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** The inventory that `inv.yaml` is, with what lies beside it. */
export function inventoryOf(text: string, beside: Readonly<Record<string, string>> = {}): Inventory {
  return loadInventory(['inv.yaml'], { cwd: folder({ 'inv.yaml': text, ...beside }) });
}

/** What counts for a host, by name. */
export function variables(inventory: Inventory, host: string, playbook?: VariableFolders): Record<string, SourceValue> {
  return Object.assign({}, ...inventory.variablesOf(host, playbook).map((layer) => layer.values));
}

/** `place code sentence (hint)` of each error. */
export function problems(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    return error.diagnostics
      .filter((each) => each.severity === 'error')
      .map(
        (each) =>
          `${each.position ? formatPosition(each.position) : '-'} ${each.code}: ${plainMessage(each)}${each.hint === undefined ? '' : ` (${each.hint})`}`,
      );
  }
}
