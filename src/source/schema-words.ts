import type { ErrorObject } from 'ajv';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'nothing',
};

/** What a schema wants, in words: its own (`expected`), or its types and choices. */
export function describeSchema(schema: unknown): string {
  if (!isRecord(schema)) return 'something else';
  if (typeof schema.expected === 'string') return schema.expected;
  // What `templateAware` wrapped.
  if (isRecord(schema.then)) return describeSchema(schema.then);
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return joined(branches.map(describeSchema));
  if (Array.isArray(schema.enum)) return joined(schema.enum.map(literal));
  if ('const' in schema) return literal(schema.const);
  const types = Array.isArray(schema.type) ? schema.type : typeof schema.type === 'string' ? [schema.type] : [];
  return types.length > 0 ? joined(types.map((type) => TYPES[String(type)] ?? String(type))) : 'something else';
}

/** What the place should have been, of the keyword that was broken. */
export function describeViolation({ keyword, params, parentSchema }: ErrorObject): string {
  if (isRecord(parentSchema) && typeof parentSchema.expected === 'string') return parentSchema.expected;
  switch (keyword) {
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `a number ${params.comparison} ${params.limit}`;
    case 'minItems':
      return `at least ${params.limit} in the list`;
    case 'maxItems':
      return `at most ${params.limit} in the list`;
    case 'minLength':
      return params.limit === 1 ? 'a text that is not empty' : `a text of at least ${params.limit} characters`;
    case 'maxLength':
      return `a text of at most ${params.limit} characters`;
    case 'minProperties':
      return params.limit === 1 ? 'a mapping that is not empty' : `at least ${params.limit} keys`;
    case 'maxProperties':
      return `at most ${params.limit} keys`;
    case 'uniqueItems':
      return 'a list in which nothing is there twice';
    case 'pattern':
      return `a text like ${params.pattern}`;
    default:
      return describeSchema(parentSchema);
  }
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : value === null ? 'nothing' : String(value);
}

function joined(parts: readonly string[]): string {
  const distinct = [...new Set(parts)];
  return distinct.length < 3 ? distinct.join(' or ') : `${distinct.slice(0, -1).join(', ')} or ${distinct.at(-1)}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
