import { join } from 'node:path';
import type { Diagnostics } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { entryOf, type YamlEntry, type YamlNode } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import { yamlFile } from './files.js';
import type { RoleFolder } from './find-role.js';
import type { Library } from './reading.js';
import type { RoleMeta } from './role-meta.js';
import type { RoleArgumentSpec, RoleOption } from './tree.js';
import { Values } from './values.js';

export type RoleSpecs = ReadonlyMap<string, RoleArgumentSpec>;

const ENTRY = ['short_description', 'description', 'options', 'author', 'version_added', 'seealso', 'notes'];
const OPTION = [
  'type',
  'required',
  'required_unless',
  'default',
  'choices',
  'elements',
  'description',
  'no_log',
  'options',
  'version_added',
];
/** Ansible's types; the text ones mean the same here. */
const TYPES: Readonly<Record<string, RoleOption['type']>> = {
  str: 'str',
  int: 'int',
  float: 'float',
  bool: 'bool',
  list: 'list',
  dict: 'dict',
  path: 'path',
  raw: 'raw',
  json: 'raw',
  jsonarg: 'raw',
  bytes: 'str',
  bits: 'str',
};

/** `meta/argument_specs.yaml` in Ansible's format, by entry point. Ours besides: `required_unless`. */
export function readArgumentSpecs(role: RoleFolder, meta: RoleMeta, position: Position, library: Library): RoleSpecs {
  const { files, collect } = library.context;
  const path = yamlFile(files, join(role.path, 'meta', 'argument_specs'));
  const node = path === undefined ? undefined : library.parse(path, position);
  const entry = node ? entryOf(node, 'argument_specs') : meta.argumentSpecs;
  if (node && !entry)
    collect.add(
      'play/keyword-missing',
      { keyword: 'argument_specs', where: 'meta/argument_specs.yaml' },
      { position: { ...node.position, length: 0 } },
    );
  if (!entry) return new Map();
  const entries = new Values(collect).entries(entry, 'a mapping of entry points');
  return new Map(entries.map((each) => [each.key, readEntry(each, path ?? join(role.path, 'meta'), collect)]));
}

function readEntry(entry: YamlEntry, path: string, collect: Diagnostics): RoleArgumentSpec {
  const fields = fieldsOf(entry, ENTRY, collect);
  return {
    entry: entry.key,
    shortDescription: textsOf(fields.get('short_description')?.value).join(' '),
    description: textsOf(fields.get('description')?.value),
    options: readOptions(fields.get('options'), collect),
    path,
  };
}

function readOptions(entry: YamlEntry | undefined, collect: Diagnostics): Readonly<Record<string, RoleOption>> {
  if (!entry) return {};
  return Object.fromEntries(
    new Values(collect).entries(entry, 'a mapping of options').map((each) => [each.key, readOption(each, collect)]),
  );
}

function readOption(entry: YamlEntry, collect: Diagnostics): RoleOption {
  const fields = fieldsOf(entry, OPTION, collect);
  const values = new Values(collect);
  const truth = (key: string) => {
    const field = fields.get(key);
    return field !== undefined && values.truth(field) === true;
  };
  const type = (key: string) => {
    const field = fields.get(key);
    const name = field && values.choice(field, Object.keys(TYPES));
    return name === undefined ? undefined : TYPES[name];
  };
  const fallback = fields.get('default');
  const choices = fields.get('choices');
  const unless = fields.get('required_unless');
  const options = fields.get('options');
  const required = truth('required');
  if (required && fallback) {
    collect.add('role/required-default', { name: entry.key }, { position: fallback.keyPosition, severity: 'warning' });
  }
  return {
    type: type('type') ?? 'str',
    required,
    requiredUnless: unless ? values.plainTexts(unless) : [],
    default: fallback && toSourceValue(fallback.value),
    choices:
      choices && values.list(choices, 'a list').flatMap((node) => (node.kind === 'scalar' && node.value !== null ? [node.value] : [])),
    elements: type('elements'),
    description: textsOf(fields.get('description')?.value),
    secret: truth('no_log'),
    options: options && readOptions(options, collect),
    position: entry.keyPosition,
  };
}

function fieldsOf(entry: YamlEntry, known: readonly string[], collect: Diagnostics): ReadonlyMap<string, YamlEntry> {
  const fields = new Values(collect).entries(entry);
  for (const { key, keyPosition: position } of fields) {
    if (!known.includes(key))
      collect.add('play/unknown-keyword', { keyword: key, where: 'argument_specs' }, { position, nearest: nearest(key, known) });
  }
  return new Map(fields.map((each) => [each.key, each]));
}

function textsOf(node: YamlNode | undefined): string[] {
  const nodes = node?.kind === 'list' ? node.items : node ? [node] : [];
  return nodes.flatMap((each) => (each.kind === 'scalar' && each.value !== null ? [each.text] : []));
}
