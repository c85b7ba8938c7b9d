import { type Diagnostics, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { describeNode, headOf, type YamlEntry, type YamlNode } from '../source/node.js';
import type { Group, GroupTree } from './groups.js';
import { expandHosts } from './host-range.js';
import { readVariables } from './variable-set.js';

const KEYS = ['hosts', 'vars', 'children'];

/** Adds what one YAML inventory says. Mistakes are collected: `inventory/form`, `inventory/unknown-key`, `inventory/cycle`, `inventory/range`, … */
export function readGroups(root: YamlNode, tree: GroupTree, diagnostics: Diagnostics): void {
  if (root.kind === 'scalar' && root.value === null) return;
  if (root.kind !== 'map') {
    diagnostics.push(form('the inventory', root, 'a mapping of groups'));
    return;
  }
  const plugin = root.entries.find((entry) => entry.key === 'plugin');
  if (plugin?.value.kind === 'scalar') {
    diagnostics.add('inventory/plugin', { plugin: plugin.value.text }, { position: plugin.keyPosition });
    return;
  }
  for (const entry of root.entries) readGroup(entry, tree, diagnostics);
}

function readGroup({ key, value }: YamlEntry, tree: GroupTree, diagnostics: Diagnostics): Group {
  const group = tree.group(key);
  if (value.kind === 'scalar' && value.value === null) return group;
  if (value.kind !== 'map') {
    diagnostics.push(form(`the group "${key}"`, value, 'a mapping with hosts, vars or children'));
    return group;
  }
  for (const entry of value.entries) {
    switch (entry.key) {
      case 'hosts':
        for (const host of named(entry, diagnostics)) readHosts(host, group, tree, diagnostics);
        break;
      case 'children':
        for (const child of named(entry, diagnostics)) {
          const made = readGroup(child, tree, diagnostics);
          diagnostics.collect(() => tree.addChild(group, made, child.keyPosition));
        }
        break;
      case 'vars':
        readGroupVariables(entry, group, diagnostics);
        break;
      default:
        diagnostics.add(
          'inventory/unknown-key',
          { key: entry.key, group: key },
          { position: entry.keyPosition, nearest: nearest(entry.key, KEYS) },
        );
    }
  }
  return group;
}

/** `hosts:` and `children:` are mappings; one name alone may stand as a text, as in Ansible. */
function named({ key, value }: YamlEntry, diagnostics: Diagnostics): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries;
  if (value.kind === 'scalar' && value.value === null) return [];
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    const nothing: YamlNode = { ...value, text: '', value: null };
    return [{ key: value.value, keyPosition: value.textPosition, value: nothing }];
  }
  diagnostics.push(form(`"${key}"`, value, 'a mapping'));
  return [];
}

function readHosts({ key, keyPosition, value }: YamlEntry, group: Group, tree: GroupTree, diagnostics: Diagnostics): void {
  const expanded = diagnostics.collect(() => expandHosts(key, keyPosition)) ?? [];
  const variables = variableEntries(`the host "${key}"`, value, diagnostics);
  const read = readVariables(variables, diagnostics);
  for (const { name, port } of expanded) {
    const host = tree.host(name);
    tree.addHost(group, host);
    if (port !== undefined) host.variables.set('ansible_port', { value: port, position: keyPosition });
    for (const [variable, set] of read) host.variables.set(variable, set);
  }
}

function readGroupVariables(entry: YamlEntry, group: Group, diagnostics: Diagnostics): void {
  const entries = variableEntries(`"vars" of the group "${group.name}"`, entry.value, diagnostics);
  for (const [name, set] of readVariables(entries, diagnostics)) {
    if (name === 'ansible_group_priority') group.priority = Number(set.value);
    else group.variables.set(name, set);
  }
}

function variableEntries(what: string, value: YamlNode, diagnostics: Diagnostics): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries;
  if (value.kind !== 'scalar' || value.value !== null) diagnostics.push(form(what, value, 'a mapping of variables'));
  return [];
}

function form(what: string, node: YamlNode, expected: string) {
  return diagnostic('inventory/form', { what, found: describeNode(node), expected }, { position: headOf(node) });
}
