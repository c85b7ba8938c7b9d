import { SourceText } from '../base/position.js';
import type { YamlEntry, YamlMap, YamlNode } from './node.js';

/** Nodes of what stands in no file: `path` names what was typed instead, so that errors have a place to show. */
export function madeText(path: string, value: string): YamlNode & { kind: 'scalar' } {
  const position = { source: new SourceText(path, value), offset: 0, length: value.length };
  return { kind: 'scalar', position, textPosition: position, style: 'single', text: value, value, unsafe: false };
}

export function madeFalse(): YamlNode {
  return { ...madeText('', 'false'), value: false };
}

export function madeEntry(key: string, at: YamlNode, value: YamlNode): YamlEntry {
  return { key, keyPosition: at.position, value };
}

export function madeList(at: YamlNode, items: readonly YamlNode[]): YamlNode {
  return { kind: 'list', position: at.position, items };
}

export function madeMap(entries: readonly YamlEntry[]): YamlMap {
  const [first] = entries;
  if (!first) throw new Error('a mapping without entries');
  return { kind: 'map', position: first.keyPosition, entries };
}
