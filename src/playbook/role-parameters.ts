import { join } from 'node:path';
import type { Diagnostics } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { YamlEntry } from '../source/node.js';
import type { RoleSpecs } from './argument-specs.js';
import type { Library } from './reading.js';
import type { RoleInstance, Variables } from './tree.js';
import { readVariables } from './variables.js';

/** Parameters given where a role is listed. */
export function readParameters(params: readonly YamlEntry[], collect: Diagnostics): Variables {
  const [first] = params;
  if (!first) return {};
  return readVariables(
    { key: 'roles', keyPosition: first.keyPosition, value: { kind: 'map', position: first.keyPosition, entries: params } },
    collect,
  );
}

/**
 * A parameter that the role does not know is an error: it would silently change nothing. Known are the options of its argument specs, its
 * defaults and vars; without argument specs, every word that one of its files holds.
 */
export function checkParameters(params: readonly YamlEntry[], role: RoleInstance, specs: RoleSpecs, library: Library): void {
  if (params.length === 0) return;
  const known = new Set([...Object.keys(role.defaults), ...Object.keys(role.vars)]);
  for (const spec of specs.values()) for (const name of Object.keys(spec.options)) known.add(name);
  for (const { key: name, keyPosition: position } of params) {
    if (known.has(name) || (specs.size === 0 && isWordOf(name, role.path, library))) continue;
    library.context.collect.add('role/unknown-parameter', { name, role: role.name }, { position, nearest: nearest(name, known) });
  }
}

const READ_PARTS = ['tasks', 'handlers', 'templates', 'vars', 'defaults', 'meta'];

function isWordOf(name: string, folder: string, library: Library): boolean {
  const { files } = library.context;
  const word = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`);
  const holds = (path: string): boolean =>
    files.isFolder(path)
      ? files.list(path).some((each) => holds(join(path, each)))
      : files.isFile(path) && word.test(files.read(path).text);
  return READ_PARTS.some((part) => holds(join(folder, part)));
}
