import { join } from 'node:path';
import { SourceText } from '../base/position.js';
import { readArgumentSpecs } from './argument-specs.js';
import type { PlaybookContext } from './context.js';
import { Library } from './reading.js';
import { readMeta } from './role-meta.js';
import type { RoleArgumentSpec } from './tree.js';

/** The argument specs of the package's own roles, of every entry point: commands without a playbook know them too. */
export function shippedSpecs(context: PlaybookContext): readonly RoleArgumentSpec[] {
  const library = new Library(context);
  const folder = join(context.packageDirectory, 'roles');
  return context.files.list(folder).flatMap((name) => {
    const role = { name, path: join(folder, name) };
    const position = { source: new SourceText(role.path, ''), offset: 0, length: 0 };
    return [...readArgumentSpecs(role, readMeta(role, position, library), position, library).values()];
  });
}
