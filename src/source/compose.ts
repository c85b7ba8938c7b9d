import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml';
import { type Diagnostic, diagnostic } from '../base/errors.js';
import type { Position, SourceText } from '../base/position.js';
import type { YamlEntry, YamlNode, YamlScalar } from './node.js';
import { resolvePlain } from './resolve-scalar.js';
import { tagged } from './tags.js';
import { textPositionOf } from './text-position.js';

const STYLES: Readonly<Record<string, YamlScalar['style']>> = {
  [Scalar.PLAIN]: 'plain',
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
  [Scalar.BLOCK_LITERAL]: 'literal',
  [Scalar.BLOCK_FOLDED]: 'folded',
};

/** Values that aliases may multiply a document to: more is an attack or a mistake, and would only fill the memory. */
const MOST_VALUES = 1_000_000;

/** Makes our tree of the `yaml` package's, which has every plain scalar as text. Mistakes are collected, not thrown. */
export class Composer {
  readonly found: Diagnostic[] = [];
  private readonly anchors = new Map<string, YamlNode>();
  private readonly sizes = new WeakMap<YamlNode, number>();
  private tooMany = false;

  constructor(private readonly source: SourceText) {}

  compose(root: unknown): YamlNode {
    return this.node(root, false, 0);
  }

  private node(raw: unknown, unsafe: boolean, fallback: number): YamlNode {
    if (isAlias(raw)) return this.aliased(raw);
    if (!isMap(raw) && !isSeq(raw) && !isScalar(raw)) return this.nothing(fallback, unsafe);
    const position = this.positionOf(raw, fallback);
    const { tag, ...more } = tagged(raw.tag, position, raw);
    if (more.problem) this.found.push(more.problem);
    const marked = unsafe || tag === 'unsafe';
    const made: YamlNode = isScalar(raw)
      ? this.scalar(raw, position, marked, tag)
      : isSeq(raw)
        ? { kind: 'list', position, items: raw.items.map((item) => this.node(item, marked, position.offset)) }
        : { kind: 'map', position, entries: this.entries(raw, position, marked) };
    this.measure(made);
    if (raw.anchor !== undefined) this.anchors.set(raw.anchor, made);
    return made;
  }

  private scalar(raw: Scalar, position: Position, unsafe: boolean, tag: string | undefined): YamlScalar {
    const style = STYLES[raw.type ?? Scalar.PLAIN] ?? 'plain';
    const text = typeof raw.value === 'string' ? raw.value : (raw.source ?? '');
    const typed = tag === 'typed' || (tag === undefined && style === 'plain');
    const value = typed ? resolvePlain(text) : text;
    return { kind: 'scalar', position, textPosition: textPositionOf(position, style, text), style, text, value, unsafe };
  }

  private entries(raw: YAMLMap, position: Position, unsafe: boolean): YamlEntry[] {
    const own = new Map<string, YamlEntry>();
    const merged = new Map<string, YamlEntry>();
    for (const pair of raw.items) {
      const keyNode = pair.key as Node | null;
      if (this.isUnquotedTemplate(keyNode, position)) break;
      const entry = this.entry(pair, keyNode, position, unsafe);
      if (!entry) continue;
      if (entry.key === '<<' && isScalar(keyNode) && keyNode.type === Scalar.PLAIN) {
        for (const each of this.mergedEntries(entry)) if (!merged.has(each.key)) merged.set(each.key, each);
        continue;
      }
      const earlier = own.get(entry.key);
      if (earlier) this.duplicate(entry, earlier);
      else own.set(entry.key, entry);
    }
    return merged.size === 0 ? [...own.values()] : [...[...merged.values()].filter((each) => !own.has(each.key)), ...own.values()];
  }

  private entry(pair: Pair, keyNode: Node | null, within: Position, unsafe: boolean): YamlEntry | undefined {
    const key = this.node(keyNode, false, within.offset);
    if (key.kind !== 'scalar' || (key.text === '' && key.style === 'plain')) {
      this.found.push(diagnostic('yaml/key', {}, { position: key.position }));
      return undefined;
    }
    const end = key.position.offset + key.position.length;
    return { key: key.text, keyPosition: key.position, value: this.node(pair.value, unsafe, end) };
  }

  private mergedEntries({ value, keyPosition }: YamlEntry): readonly YamlEntry[] {
    const parts = value.kind === 'list' ? value.items : [value];
    const entries: YamlEntry[] = [];
    for (const part of parts) {
      if (part.kind === 'map') entries.push(...part.entries);
      else this.found.push(diagnostic('yaml/merge', {}, { position: keyPosition }));
    }
    return entries;
  }

  /** `{{ x }}` without quotes reads as a mapping whose key is a mapping. */
  private isUnquotedTemplate(key: Node | null, within: Position): boolean {
    const { source, offset } = within;
    if (!isMap(key) || !source.text.startsWith('{{', offset)) return false;
    const line = source.text.slice(offset).split('\n', 1)[0] ?? '';
    const written = line.replace(/\s+#.*$/, '').trimEnd();
    const quoted = written.includes('"') ? `'${written.replaceAll("'", "''")}'` : `"${written}"`;
    this.found.push(
      diagnostic('yaml/template-quotes', { found: written }, { position: { source, offset, length: written.length }, hint: quoted }),
    );
    return true;
  }

  private duplicate(entry: YamlEntry, earlier: YamlEntry): void {
    const { line } = this.source.lineColumn(earlier.keyPosition.offset);
    this.found.push(diagnostic('yaml/duplicate-key', { key: entry.key, line }, { position: entry.keyPosition }));
  }

  private aliased(raw: Alias): YamlNode {
    const target = this.anchors.get(raw.source);
    const position = this.positionOf(raw, 0);
    if (!target) this.found.push(diagnostic('yaml/alias', { name: raw.source }, { position }));
    return target ?? this.nothing(position.offset, false);
  }

  private measure(node: YamlNode): void {
    const below = node.kind === 'map' ? node.entries.map((each) => each.value) : node.kind === 'list' ? node.items : [];
    const size = below.reduce((sum, each) => sum + (this.sizes.get(each) ?? 1), 1);
    this.sizes.set(node, size);
    if (size <= MOST_VALUES || this.tooMany) return;
    this.tooMany = true;
    this.found.push(diagnostic('yaml/too-large', { most: MOST_VALUES }, { position: { ...node.position, length: 1 } }));
  }

  private nothing(offset: number, unsafe: boolean): YamlScalar {
    const position = { source: this.source, offset, length: 0 };
    return { kind: 'scalar', position, textPosition: position, style: 'plain', text: '', value: null, unsafe };
  }

  private positionOf(raw: { range?: readonly number[] | null | undefined }, fallback: number): Position {
    const [start = fallback, end = start] = raw.range ?? [];
    const { source } = this;
    return { source, offset: start, length: source.text.slice(start, end).trimEnd().length };
  }
}
