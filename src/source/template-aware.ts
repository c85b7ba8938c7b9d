import { TemplateText } from '../base/template-text.js';

export type JsonSchema = Readonly<Record<string, unknown>> | boolean;

/** Keywords whose schemas speak of a value below, by the form in which they hold them. */
const BELOW_MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const BELOW_ONE = new Set(['additionalProperties', 'unevaluatedProperties', 'items', 'contains', 'unevaluatedItems']);
const BELOW_LISTS = new Set(['prefixItems']);
/** Keywords whose schemas speak of the same value. */
const SAME_LISTS = new Set(['allOf', 'anyOf', 'oneOf']);
const SAME_ONE = new Set(['if', 'then', 'else', 'not']);
const SAME_MAPS = new Set(['dependentSchemas']);

export const IS_TEMPLATE = 'isTemplate';

export function isTemplateValue(value: unknown): boolean {
  return value instanceof TemplateText;
}

/**
 * The schema with every place loosened for templates: what a template will be is known when it is rendered, and checked then. Names and
 * presence of arguments are checked as before. `$ref` may point to `$defs` and to the root.
 */
export function templateAware(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { $defs, definitions, $id, $schema: _schema, ...own } = schema;
  return {
    ...($id !== undefined && { $id }),
    ...($defs !== undefined && { $defs: eachValue($defs, templateAware) }),
    ...(definitions !== undefined && { definitions: eachValue(definitions, templateAware) }),
    if: { not: { [IS_TEMPLATE]: true } },
    then: sameValue(own),
  };
}

function sameValue(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, inside(keyword, value)]));
}

function inside(keyword: string, value: unknown): unknown {
  if (BELOW_MAPS.has(keyword)) return eachValue(value, templateAware);
  if (BELOW_ONE.has(keyword)) return isSchema(value) ? templateAware(value) : value;
  if (BELOW_LISTS.has(keyword)) return eachItem(value, templateAware);
  if (SAME_LISTS.has(keyword)) return eachItem(value, sameValue);
  if (SAME_ONE.has(keyword)) return isSchema(value) ? sameValue(value) : value;
  return SAME_MAPS.has(keyword) ? eachValue(value, sameValue) : value;
}

function eachValue(value: unknown, change: (schema: JsonSchema) => JsonSchema): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, isSchema(each) ? change(each) : each]));
}

function eachItem(value: unknown, change: (schema: JsonSchema) => JsonSchema): unknown {
  return Array.isArray(value) ? value.map((each) => (isSchema(each) ? change(each) : each)) : value;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}
