import { ChatsctlError, failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { isList, isMap, type Value, type ValueMap } from '../base/value.js';
import type { ArgumentSpec, ArgumentsOf, Schema } from './argument.js';
import type { ControlFile, ControlScript, TemplateFile } from './control-file.js';
import { toTruth } from './conversions.js';

/** JSON Schema of a module's arguments: names and aliases, types, what is required. Templates inside are skipped by the validator. */
export function schemaOf(spec: ArgumentSpec): Schema {
  const properties: Record<string, Schema> = {};
  const declared = Object.entries(spec).filter(([, argument]) => !argument.details.rest);
  for (const [name, argument] of declared) {
    const { schema: own, expected } = argument.details;
    const schema: Schema = { ...own, expected, ...(argument.description !== '' && { description: argument.description }) };
    for (const each of [name, ...argument.otherNames]) properties[each] = schema;
  }
  const required = declared.filter(([, argument]) => argument.isRequired);
  const plain = required.filter(([, argument]) => argument.otherNames.length === 0).map(([name]) => name);
  const aliased = required.filter(([, argument]) => argument.otherNames.length > 0);
  return {
    type: 'object',
    properties,
    additionalProperties: restOf(spec) !== undefined,
    ...(plain.length > 0 && { required: plain }),
    ...(aliased.length > 0 && {
      allOf: aliased.map(([name, argument]) => ({ anyOf: [name, ...argument.otherNames].map((each) => ({ required: [each] })) })),
    }),
  };
}

/** What the engine loaded, by an argument's declared name. */
export type Loaded = Readonly<Record<string, ControlFile | ControlScript | TemplateFile>>;
export type Positions = Readonly<Record<string, Position | undefined>>;

/**
 * Values as rendered, checked and converted: `'yes'` is true, `'8080'` a number. `positions`: of the arguments as they were written.
 * Errors: `args/unknown`, `args/missing`, `args/invalid`, `expression/regex`; a secret argument's value is in none of them.
 */
export function coerce<S extends ArgumentSpec>(
  spec: S,
  values: ValueMap,
  owner: string,
  positions: Positions = {},
  loaded: Loaded = {},
): ArgumentsOf<S> {
  return convertAll(spec, values, owner, positions, loaded, '');
}

/** Every name an argument goes by → the declared one. */
export function canonicalNames(spec: ArgumentSpec): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(spec).flatMap(([name, argument]) =>
      argument.details.rest ? [] : [name, ...argument.otherNames].map((each) => [each, name] as const),
    ),
  );
}

/** The argument that takes what is not declared. */
function restOf(spec: ArgumentSpec): string | undefined {
  return Object.keys(spec).find((name) => spec[name]?.details.rest);
}

/** Texts of secret arguments, at any depth: what masking must know before anything is printed. */
export function secretsIn(spec: ArgumentSpec, values: ValueMap): string[] {
  const canonical = canonicalNames(spec);
  return Object.entries(values).flatMap(([written, value]) => {
    const argument = spec[canonical.get(written) ?? ''];
    if (!argument) return [];
    if (argument.isSecret || (argument.secretField !== undefined && toTruth(values[argument.secretField] ?? false))) return textsOf(value);
    const { fields } = argument.details;
    if (!fields) return [];
    return (isList(value) ? value : [value]).flatMap((each) => (isMap(each) ? secretsIn(fields, each) : []));
  });
}

function textsOf(value: Value): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (isList(value)) return value.flatMap(textsOf);
  return isMap(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** The values of one mapping; `prefix` is where it stands in its argument (`dialogue[0].`). */
export function convertAll<S extends ArgumentSpec>(
  spec: S,
  values: ValueMap,
  owner: string,
  positions: Positions,
  loaded: Loaded,
  prefix: string,
): ArgumentsOf<S> {
  const canonical = canonicalNames(spec);
  const given: Record<string, Value> = {};
  const rest: Record<string, Value> = {};
  const restName = restOf(spec);
  const writtenAs: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const known = canonical.get(name);
    const position = positions[name];
    if (known === undefined && restName !== undefined) {
      rest[name] = value;
      continue;
    }
    if (known === undefined) {
      const near = nearest(name, [...canonical.keys()]);
      throw failure('args/unknown', { name: `${prefix}${name}`, owner }, { position, nearest: near });
    }
    const earlier = writtenAs[known];
    if (earlier !== undefined) throw failure('args/exclusive', { owner, names: `${prefix}${earlier}, ${prefix}${name}` }, { position });
    given[known] = value;
    writtenAs[known] = name;
  }
  if (restName !== undefined) given[restName] = rest;
  const result: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(spec)) {
    const shownName = `${prefix}${name}`;
    const position = positions[writtenAs[name] ?? name];
    let value = given[name];
    if (value === null && !argument.isRequired) value = undefined;
    if (value === undefined) value = argument.defaultValue;
    if (loaded[name] !== undefined) result[name] = loaded[name];
    else if (value === undefined) {
      if (argument.isRequired) throw failure('args/missing', { name: shownName, owner });
      result[name] = undefined;
    } else {
      const converted = positioned(position, () => argument.details.convert(value, owner, shownName));
      if (converted === undefined) {
        const found =
          argument.isSecret || argument.secretField !== undefined || holdsSecrets(argument.details.fields)
            ? 'a value of another form'
            : shown(value);
        throw failure('args/invalid', { name: shownName, owner, found, expected: argument.details.expected }, { position });
      }
      result[name] = converted;
    }
  }
  // Each value came out of its own declaration's `convert`: the mapped type says the same.
  return result as ArgumentsOf<S>;
}

/** Errors that arise inside a value are shown where the argument is written. */
function positioned<T>(position: Position | undefined, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof ChatsctlError) || !position || error.diagnostics[0].position) throw error;
    const [first, ...rest] = error.diagnostics;
    throw new ChatsctlError([{ ...first, position }, ...rest], { cause: error });
  }
}

function holdsSecrets(fields: ArgumentSpec | undefined): boolean {
  return (
    fields !== undefined &&
    Object.values(fields).some((each) => each.isSecret || each.secretField !== undefined || holdsSecrets(each.details.fields))
  );
}

function shown(value: Value): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
