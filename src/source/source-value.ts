import { isTemplate, type SourceValue, TemplateText } from '../base/template-text.js';
import type { YamlNode, YamlScalar } from './node.js';

/** Jinja's statements are no templates here; as one they get the error that shows how to write them. */
const JINJA_STATEMENT = /\{%[-+]?\s*\w+[^%]*%\}/;

const known = new WeakMap<YamlNode, SourceValue>();

/** The value with its templates kept, not rendered. The same node (an anchor and its aliases) gives the same value. */
export function toSourceValue(node: YamlNode): SourceValue {
  if (node.kind === 'scalar') return scalarValue(node);
  const before = known.get(node);
  if (before !== undefined) return before;
  const value =
    node.kind === 'list'
      ? node.items.map(toSourceValue)
      : Object.fromEntries(node.entries.map(({ key, value }) => [key, toSourceValue(value)] as const));
  known.set(node, value);
  return value;
}

function scalarValue(node: YamlScalar): SourceValue {
  return typeof node.value === 'string' && isTemplateNode(node) ? new TemplateText(node.value, node.textPosition) : node.value;
}

/** A text that is rendered before anything can be said about its value. */
export function isTemplateNode(node: YamlNode): boolean {
  if (node.kind !== 'scalar' || node.unsafe || typeof node.value !== 'string') return false;
  return isTemplate(node.value) || JINJA_STATEMENT.test(node.value);
}
