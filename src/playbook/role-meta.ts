import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import type { YamlEntry } from '../source/node.js';
import type { RoleFolder } from './find-role.js';
import type { Library } from './reading.js';
import { rolePart } from './role-files.js';
import { Values } from './values.js';

export interface RoleMeta {
  readonly allowDuplicates: boolean;
  readonly dependencies: YamlEntry | undefined;
  /** Ansible's other place for them. */
  readonly argumentSpecs: YamlEntry | undefined;
}

const KNOWN = ['dependencies', 'allow_duplicates', 'argument_specs', 'galaxy_info', 'collections', 'standalone'];

/** `meta/main.yaml`. */
export function readMeta(role: RoleFolder, position: Position, library: Library): RoleMeta {
  const { collect } = library.context;
  const path = rolePart(role, 'meta', undefined, position, library);
  const node = path === undefined ? undefined : library.parse(path, position);
  const values = new Values(collect);
  const entries = node ? values.entries({ key: 'meta', keyPosition: node.position, value: node }) : [];
  for (const { key, keyPosition } of entries) {
    if (KNOWN.includes(key)) continue;
    collect.add('play/unknown-keyword', { keyword: key, where: 'meta/main.yaml' }, { position: keyPosition, nearest: nearest(key, KNOWN) });
  }
  const at = (key: string) => entries.find((each) => each.key === key);
  const duplicates = at('allow_duplicates');
  return {
    allowDuplicates: duplicates !== undefined && values.truth(duplicates) === true,
    dependencies: at('dependencies'),
    argumentSpecs: at('argument_specs'),
  };
}
