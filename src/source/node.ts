import type { Position } from '../base/position.js';
import type { ScalarValue } from './resolve-scalar.js';

/** A YAML document as it was written: each value and each key knows its place. Aliases are the node that they stand for, merge keys are merged. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  /** From the first character of the first key (or the brace) to the end. */
  readonly position: Position;
  /** In the order written, keys unique; entries that `<<` merged come first. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  /** As written, quotes resolved: `80: x` has the key "80". */
  readonly key: string;
  readonly keyPosition: Position;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly position: Position;
  readonly items: readonly YamlNode[];
}

export interface YamlScalar {
  readonly kind: 'scalar';
  /** Quotes, and a block scalar's header, included. */
  readonly position: Position;
  /** Of the text itself, within the quotes or below the header; where escapes or folding move its characters, of the whole scalar. */
  readonly textPosition: Position;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** Quotes and escapes resolved, before any type is given to it. */
  readonly text: string;
  readonly value: ScalarValue;
  /** Tagged `!unsafe`, or inside something that is: never a template. */
  readonly unsafe: boolean;
}

export type YamlPath = readonly (string | number)[];

export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The node below; undefined where there is none. */
export function nodeAt(node: YamlNode, path: YamlPath): YamlNode | undefined {
  let at: YamlNode | undefined = node;
  for (const step of path) at = at?.kind === 'list' ? at.items[Number(step)] : entryOf(at, String(step))?.value;
  return at;
}

/** Of the value below; where the path leads out of the tree, of the last value on the way. */
export function positionAt(node: YamlNode, path: YamlPath): Position {
  let at = node;
  for (const step of path) {
    const below = nodeAt(at, [step]);
    if (!below) break;
    at = below;
  }
  return at.position;
}

/** Where something is said to be missing: the map's first key, the list's first item's beginning, else the value. */
export function headOf(node: YamlNode): Position {
  const { source, offset } = node.position;
  if (node.kind === 'map') {
    const first = node.entries.find((entry) => entry.keyPosition.offset >= offset && entry.keyPosition.source === source);
    return source.text[offset] === '{' || !first ? { source, offset, length: 1 } : first.keyPosition;
  }
  return node.kind === 'list' ? { source, offset, length: 1 } : node.position;
}

/** What a node is, for messages. */
export function describeNode(node: YamlNode): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'list') return 'a list';
  const { value } = node;
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return `${value} (a boolean)`;
  if (typeof value === 'number') return `the number ${node.text}`;
  const line = value.split('\n')[0] ?? '';
  return `"${line.length > 60 || line !== value ? `${line.slice(0, 60)}…` : value}"`;
}
