import { basename, join } from 'node:path';
import { SourceText } from '../base/position.js';
import { type RoleSpecs, readArgumentSpecs } from './argument-specs.js';
import type { PlaybookContext } from './context.js';
import { Library } from './reading.js';
import { readMeta } from './role-meta.js';
import type { RoleArgumentSpec } from './tree.js';

/** Absolute paths of the package's own roles. */
export function shippedRoles({ files, packageDirectory }: PlaybookContext): readonly string[] {
  const folder = join(packageDirectory, 'roles');
  return files.list(folder).map((name) => join(folder, name));
}

/** The argument specs of the package's own roles, of every entry point: commands without a playbook know them too. */
export function shippedSpecs(context: PlaybookContext): readonly RoleArgumentSpec[] {
  return shippedRoles(context).flatMap((path) => [...specsOf(path, context).values()]);
}

/** Of the role at `path` (absolute), by entry point. */
export function specsOf(path: string, context: PlaybookContext): RoleSpecs {
  const library = new Library(context);
  const role = { name: basename(path), path };
  const position = { source: new SourceText(path, ''), offset: 0, length: 0 };
  return readArgumentSpecs(role, readMeta(role, position, library), position, library);
}
