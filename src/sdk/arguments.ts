import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { isList, isMap, type Value, type ValueMap } from '../base/value.js';
import type { ControlFile, TemplateFile } from './control-file.js';

/** A JSON Schema fragment: what ajv validates and editors read. */
export type Schema = Readonly<Record<string, unknown>>;

interface Details<T> {
  readonly schema: Schema;
  /** In words, for errors: `a list`, `true or false`. */
  readonly expected: string;
  /** The value after rendering as the module gets it; undefined: it is of another form. */
  readonly convert: (value: Value) => T | undefined;
  /** Where the value is not rendered: conditions, variable names. */
  readonly literal?: boolean;
  /** The engine loads it from the control machine. */
  readonly file?: 'files' | 'templates';
  /** Names of fields whose value is secret, in objects. */
  readonly fields?: ArgumentSpec;
}

/** One argument: immutable; each method answers a changed copy. `Present` says that a value is always there. */
export class Argument<T, Present extends boolean = false> {
  declare readonly present: Present;

  constructor(
    readonly details: Details<T>,
    readonly description = '',
    readonly isRequired = false,
    readonly defaultValue: Value | undefined = undefined,
    readonly isSecret = false,
    readonly otherNames: readonly string[] = [],
  ) {}

  get literal(): boolean {
    return this.details.literal ?? false;
  }

  describe(text: string): Argument<T, Present> {
    return new Argument(this.details, text, this.isRequired, this.defaultValue, this.isSecret, this.otherNames);
  }

  required(): Argument<T, true> {
    return new Argument(this.details, this.description, true, this.defaultValue, this.isSecret, this.otherNames);
  }

  default(value: T & Value): Argument<T, true> {
    return new Argument(this.details, this.description, false, value, this.isSecret, this.otherNames);
  }

  /** Its value is masked everywhere, and never quoted in an error. */
  secret(): Argument<T, Present> {
    return new Argument(this.details, this.description, this.isRequired, this.defaultValue, true, this.otherNames);
  }

  aliases(...names: string[]): Argument<T, Present> {
    return new Argument(this.details, this.description, this.isRequired, this.defaultValue, this.isSecret, names);
  }
}

// biome-ignore format: one shape
export type ArgumentSpec = { readonly [name: string]: Argument<unknown, boolean> };

export type ArgumentsOf<S extends ArgumentSpec> = {
  readonly [K in keyof S & string]: S[K] extends Argument<infer T, infer P> ? (P extends true ? T : T | undefined) : never;
};

/** Rules across arguments of one module. */
export interface ArgumentRules {
  readonly exclusive?: readonly (readonly string[])[];
  readonly oneOf?: readonly (readonly string[])[];
  readonly together?: readonly (readonly string[])[];
}

const text = (value: Value): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};
const truths: ReadonlyMap<string, boolean> = new Map(
  Object.entries({ yes: true, on: true, true: true, '1': true, y: true, t: true, no: false, off: false, false: false, '0': false, n: false, f: false }),
);
const truth = (value: Value): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' || typeof value === 'number' ? truths.get(String(value).toLowerCase()) : undefined;
};
const number = (value: Value): number | undefined => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
};
const whole = (value: Value): number | undefined => {
  const found = number(value);
  return found !== undefined && Number.isInteger(found) ? found : undefined;
};

const scalar: Schema = { type: ['string', 'number', 'boolean'] };

/** The words in which arguments are declared: one declaration gives the TypeScript type, validation, docs and the editor schema. */
export const t = {
  string: () => new Argument<string>({ schema: scalar, expected: 'a text', convert: text }),
  path: () => new Argument<string>({ schema: { type: 'string' }, expected: 'a path', convert: (value) => (typeof value === 'string' && value !== '' ? value : undefined) }),
  int: () => new Argument<number>({ schema: { type: ['integer', 'string'], pattern: '^\\s*-?\\d+\\s*$' }, expected: 'a whole number', convert: whole }),
  number: () => new Argument<number>({ schema: { type: ['number', 'string'], pattern: '^\\s*-?\\d+(\\.\\d+)?\\s*$' }, expected: 'a number', convert: number }),
  bool: () =>
    new Argument<boolean>({
      schema: { anyOf: [{ type: 'boolean' }, { enum: [...truths.keys()].flatMap((each) => [each, each.toUpperCase(), each[0]?.toUpperCase() + each.slice(1)]) }, { enum: [0, 1] }] },
      expected: 'true or false',
      convert: truth,
    }),
  /** Permission bits as a number where they are octal, the symbolic text otherwise (`u=rwX,g-w`, `preserve`). */
  mode: () =>
    new Argument<number | string>({
      schema: { anyOf: [{ type: 'integer', minimum: 0, maximum: 4095 }, { type: 'string', pattern: '^([0-7]{3,5}|0o[0-7]{3,4}|preserve|[ugoa]*[-+=][rwxXstugo]*(,[ugoa]*[-+=][rwxXstugo]*)*)$' }] },
      expected: "permission bits such as '0644' or 'u=rw,g=r,o='",
      convert: (value) => {
        if (typeof value === 'number') return value;
        if (typeof value !== 'string') return undefined;
        if (/^(0o)?[0-7]{3,5}$/.test(value)) return Number.parseInt(value.replace(/^0o/, ''), 8);
        return /^(preserve|[ugoa]*[-+=].*)$/.test(value) ? value : undefined;
      },
    }),
  choice: <const C extends string>(choices: readonly C[]) =>
    new Argument<C>({
      schema: { enum: choices },
      expected: choices.map((each) => `"${each}"`).join(' or '),
      convert: (value) => choices.find((each) => each === (typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)),
    }),
  /** A list; one value is a list of one, a text with commas is split where its elements are texts, as Ansible does. */
  list: <T>(of: Argument<T, boolean>) =>
    new Argument<readonly T[]>({
      schema: { anyOf: [{ type: 'array', items: of.details.schema }, of.details.schema, { type: 'null' }] },
      expected: `a list, each ${of.details.expected}`,
      ...(of.details.literal !== undefined && { literal: of.details.literal }),
      ...(of.details.fields && { fields: of.details.fields }),
      convert: (value) => {
        const parts = isList(value) ? value : value === null || value === '' ? [] : typeof value === 'string' && !of.literal ? value.split(',').map((each) => each.trim()) : [value];
        const converted = parts.map((each) => of.details.convert(each));
        return converted.every((each) => each !== undefined) ? (converted as T[]) : undefined;
      },
    }),
  map: () => new Argument<ValueMap>({ schema: { type: 'object' }, expected: 'a mapping', convert: (value) => (isMap(value) ? value : undefined) }),
  object: <S extends ArgumentSpec>(fields: S) =>
    new Argument<ArgumentsOf<S>>({
      schema: schemaOf(fields),
      expected: `a mapping with ${Object.keys(fields).join(', ')}`,
      fields,
      convert: (value) => (isMap(value) ? coerce(fields, value, 'this mapping') : undefined),
    }),
  any: () => new Argument<Value>({ schema: {}, expected: 'a value', convert: (value) => value }),
  /** A CEL text, or true or false. Never rendered: the engine evaluates it. */
  condition: () => new Argument<string>({ schema: { type: ['string', 'boolean'] }, expected: 'a condition', literal: true, convert: text }),
  /** An RE2 pattern. */
  regex: () => new Argument<string>({ schema: { type: 'string' }, expected: 'a regular expression', convert: text }),
  controlFile: (folder: 'files' | 'templates') =>
    new Argument<ControlFile>({ schema: { type: 'string' }, expected: 'a file on the control machine', file: folder, convert: () => undefined }),
  templateFile: () =>
    new Argument<TemplateFile>({ schema: { type: 'string' }, expected: 'a template on the control machine', file: 'templates', convert: () => undefined }),
};

/** JSON Schema of a module's arguments: names and aliases, types, what is required. Templates inside are skipped by the validator. */
export function schemaOf(spec: ArgumentSpec): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, argument] of Object.entries(spec)) {
    const schema: Schema = { ...argument.details.schema, ...(argument.description !== '' && { description: argument.description }) };
    for (const each of [name, ...argument.otherNames]) properties[each] = schema;
  }
  const required = Object.entries(spec).filter(([, argument]) => argument.isRequired);
  const plain = required.filter(([, argument]) => argument.otherNames.length === 0).map(([name]) => name);
  const aliased = required.filter(([, argument]) => argument.otherNames.length > 0);
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(plain.length > 0 && { required: plain }),
    ...(aliased.length > 0 && {
      allOf: aliased.map(([name, argument]) => ({ anyOf: [name, ...argument.otherNames].map((each) => ({ required: [each] })) })),
    }),
  };
}

/** Values as rendered, checked and converted: `'yes'` is true, `'8080'` a number. `files` holds what the engine loaded for file arguments. */
export function coerce<S extends ArgumentSpec>(
  spec: S,
  values: ValueMap,
  owner: string,
  positions: Readonly<Record<string, Position>> = {},
  files: Readonly<Record<string, ControlFile | TemplateFile>> = {},
): ArgumentsOf<S> {
  const canonical = canonicalNames(spec);
  const given: Record<string, Value> = {};
  const writtenAs: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const known = canonical.get(name);
    if (known === undefined) {
      const near = nearest(name, [...canonical.keys()]);
      throw failure('args/unknown', { name, owner }, { position: positions[name], ...(near !== undefined && { hint: `did you mean "${near}"?` }) });
    }
    given[known] = value;
    writtenAs[known] = name;
  }
  const result: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(spec)) {
    const value = name in given ? given[name] : argument.defaultValue;
    if (files[name] !== undefined) result[name] = files[name];
    else if (value === undefined || (value === null && !argument.isRequired && argument.defaultValue === undefined)) {
      if (argument.isRequired) throw failure('args/missing', { name, owner });
      result[name] = undefined;
    } else {
      const converted = value === null && argument.defaultValue !== undefined ? argument.details.convert(argument.defaultValue) : argument.details.convert(value);
      if (converted === undefined) {
        const position = positions[writtenAs[name] ?? name];
        throw failure('args/invalid', { name, owner, found: argument.isSecret ? 'a value of another form' : shown(value), expected: argument.details.expected }, { position });
      }
      result[name] = converted;
    }
  }
  return result as ArgumentsOf<S>;
}

/** Every name an argument goes by → the declared one. */
export function canonicalNames(spec: ArgumentSpec): ReadonlyMap<string, string> {
  return new Map(Object.entries(spec).flatMap(([name, argument]) => [name, ...argument.otherNames].map((each) => [each, name] as const)));
}

function shown(value: Value): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
