import type { Diagnostics } from '../base/errors.js';
import type { Position } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';
import { truthFrom } from '../base/truth.js';
import { describeNode, type YamlEntry, type YamlNode } from '../source/node.js';
import { isTemplateNode, toSourceValue } from '../source/source-value.js';
import type { ConditionText } from './tree.js';

/** Readers of keyword values: undefined where the value is none (collected as `play/keyword-value`) or null. Templates stay as they are. */
export class Values {
  constructor(private readonly collect: Diagnostics) {}

  truth(entry: YamlEntry): SourceValue | undefined {
    const { value } = entry;
    if (isTemplateNode(value)) return toSourceValue(value);
    if (value.kind === 'scalar') {
      if (value.value === null) return undefined;
      const known = truthFrom(value.text);
      if (known !== undefined) return known;
    }
    return this.wrong(entry, 'true or false');
  }

  /** A whole number, not negative. */
  whole(entry: YamlEntry): SourceValue | undefined {
    return this.matching(entry, /^\d+$/, 'a whole number');
  }

  number(entry: YamlEntry): SourceValue | undefined {
    return this.matching(entry, /^\d+(\.\d+)?$/, 'a number');
  }

  /** A number or a percentage. */
  percentage(entry: YamlEntry): SourceValue | undefined {
    const { value } = entry;
    if (value.kind === 'scalar' && typeof value.value === 'string' && /^\d+(\.\d+)?%$/.test(value.value)) return value.value;
    return this.matching(entry, /^\d+(\.\d+)?$/, 'a number or a percentage such as 30%');
  }

  /** A name or another short text; numbers as they were written. */
  text(entry: YamlEntry): SourceValue | undefined {
    const { value } = entry;
    if (isTemplateNode(value)) return toSourceValue(value);
    if (value.kind === 'scalar' && typeof value.value !== 'boolean') return value.value === null ? undefined : value.text;
    return this.wrong(entry, 'a text');
  }

  /** A text that must be known when the playbook is read. */
  plainText(entry: YamlEntry): string | undefined {
    if (isTemplateNode(entry.value)) return this.wrong(entry, 'a text without a template');
    const text = this.text(entry);
    return typeof text === 'string' ? text : undefined;
  }

  choice<const C extends string>(entry: YamlEntry, choices: readonly C[]): C | undefined {
    const { value } = entry;
    const found = value.kind === 'scalar' ? choices.find((each) => each === value.text) : undefined;
    return found ?? this.wrong(entry, choices.map((each) => `"${each}"`).join(' or '));
  }

  /** Variable names and the like. */
  identifier(entry: YamlEntry): string | undefined {
    const { value } = entry;
    if (value.kind === 'scalar' && /^[A-Za-z_]\w*$/.test(value.text) && typeof value.value === 'string') return value.text;
    return this.wrong(entry, 'a variable name (letters, digits, underscores)');
  }

  /** One text or a list of them. */
  texts(entry: YamlEntry): readonly SourceValue[] {
    return this.each(entry, (one) => this.text(one));
  }

  plainTexts(entry: YamlEntry): readonly string[] {
    return this.each(entry, (one) => this.plainText(one));
  }

  /** As Ansible splits them: a text with commas is several. */
  tags(entry: YamlEntry): readonly string[] {
    return this.plainTexts(entry).flatMap((text) =>
      text
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    );
  }

  /** One condition or a list, all of which must hold. true and false are conditions too. */
  conditions(entry: YamlEntry): readonly ConditionText[] {
    return this.each(entry, (one): ConditionText | undefined => {
      const { value } = one;
      if (value.kind === 'scalar' && value.value === null) return undefined;
      if (value.kind === 'scalar' && typeof value.value === 'boolean') return { text: String(value.value), position: value.position };
      if (value.kind === 'scalar' && typeof value.value === 'string') return { text: value.text, position: value.textPosition };
      return this.wrong(one, 'a condition, as text');
    });
  }

  list(entry: YamlEntry, expected: string): readonly YamlNode[] {
    const { value } = entry;
    if (value.kind === 'list') return value.items;
    if (!isNull(value)) this.wrong(entry, expected);
    return [];
  }

  entries(entry: YamlEntry, expected = 'a mapping'): readonly YamlEntry[] {
    const { value } = entry;
    if (value.kind === 'map') return value.entries;
    if (!isNull(value)) this.wrong(entry, expected);
    return [];
  }

  wrong(entry: { readonly key: string; readonly value: YamlNode }, expected: string): undefined {
    this.report(entry.key, describeNode(entry.value), expected, entry.value.position);
  }

  report(keyword: string, found: string, expected: string, position: Position): void {
    this.collect.add('play/keyword-value', { keyword, found, expected }, { position });
  }

  private matching(entry: YamlEntry, pattern: RegExp, expected: string): SourceValue | undefined {
    const { value } = entry;
    if (isTemplateNode(value)) return toSourceValue(value);
    if (value.kind === 'scalar') {
      if (value.value === null) return undefined;
      if (typeof value.value !== 'boolean' && pattern.test(String(value.value))) return Number(value.value);
    }
    return this.wrong(entry, expected);
  }

  private each<T>(entry: YamlEntry, read: (one: YamlEntry) => T | undefined): readonly T[] {
    const { value } = entry;
    if (isNull(value)) return [];
    const nodes = value.kind === 'list' ? value.items : [value];
    return nodes.map((node) => read({ ...entry, value: node })).filter((one) => one !== undefined);
  }
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
