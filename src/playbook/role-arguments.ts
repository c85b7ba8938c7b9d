import { type Diagnostic, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../base/value.js';
import type { Play, RoleArgumentSpec, RoleInstance, RoleOption } from './tree.js';

/** Variables as the role sees them, rendered. */
export interface RoleVariables {
  has(name: string): boolean;
  get(name: string): Value | undefined;
}

/**
 * What a role's argument specs say against its variables when it starts: every required one that is missing (`role/missing-argument`, at the
 * place that names the role), and values of another type. Values that only the real run learns are passed over; secret ones are never shown.
 */
export function checkRoleArguments(role: RoleInstance, variables: RoleVariables): Diagnostic[] {
  const spec = role.argumentSpec;
  if (!spec) return [];
  const missing = missingArguments(role, variables).map(([name, option]) => missingArgument(name, option, role));
  const invalid = Object.entries(spec.options).flatMap(([name, option]) => {
    const value = variables.has(name) ? variables.get(name) : undefined;
    return value === undefined || value === null ? [] : new ArgumentCheck(role).value(name, option, value);
  });
  return [...missing, ...invalid];
}

/** A secret is mended in the store alone: with `-e` it would stand in the process list. */
export function missingArgument(name: string, option: RoleOption, role: RoleInstance): Diagnostic {
  const code = option.secret ? 'role/missing-secret' : 'role/missing-argument';
  return diagnostic(code, { name, role: role.name }, { position: role.position, hint: option.description[0] });
}

export interface MissingVariable {
  readonly name: string;
  readonly option: RoleOption;
  /** The first that needs it. */
  readonly role: RoleInstance;
}

/**
 * What the roles of `roles:` and import_role need and no variable answers, each name once: to be asked for, or reported, before a host is
 * contacted. `has`: whether some host of the play has the variable.
 */
export function missingVariables(plays: readonly Play[], has: (play: Play, name: string) => boolean): readonly MissingVariable[] {
  const missing = new Map<string, MissingVariable>();
  for (const play of plays) {
    for (const role of play.staticRoles) {
      const own = { has: (name: string) => name in role.defaults || name in role.vars || name in role.params || has(play, name) };
      for (const [name, option] of missingArguments(role, own)) if (!missing.has(name)) missing.set(name, { name, option, role });
    }
  }
  return [...missing.values()];
}

/** Required options that no variable answers, nor one of `required_unless`. */
function missingArguments(role: RoleInstance, variables: Pick<RoleVariables, 'has'>): readonly (readonly [string, RoleOption])[] {
  const options = Object.entries(role.argumentSpec?.options ?? {});
  return options.filter(
    ([name, option]) => option.required && !variables.has(name) && !option.requiredUnless.some((each) => variables.has(each)),
  );
}

/** Names of a spec's options whose values are to be masked everywhere. */
export function secretOptions(spec: RoleArgumentSpec | undefined): readonly string[] {
  return Object.entries(spec?.options ?? {}).flatMap(([name, option]) => (option.secret ? [name] : []));
}

class ArgumentCheck {
  constructor(private readonly role: RoleInstance) {}

  value(name: string, option: RoleOption, value: Value): Diagnostic[] {
    if (value instanceof Unknown) return [];
    if (!FITS[option.type](value)) return [this.invalid(name, option, value, EXPECTED[option.type])];
    const elements = option.type === 'list' ? listOf(value) : undefined;
    const found: Diagnostic[] = [];
    if (option.choices) {
      const wrong = (elements ?? [value]).find(
        (each) => !(each instanceof Unknown) && !option.choices?.some((choice) => String(choice) === String(each)),
      );
      if (wrong !== undefined) found.push(this.invalid(name, option, wrong, option.choices.map((each) => `"${each}"`).join(' or ')));
    }
    for (const [index, each] of (elements ?? []).entries()) {
      const type = option.elements;
      if (type && !(each instanceof Unknown) && !FITS[type](each))
        found.push(this.invalid(`${name}[${index}]`, option, each, EXPECTED[type]));
    }
    if (option.options)
      for (const [at, each] of mappingsIn(name, value)) found.push(...this.fields(at, option.options, each, option.secret));
    return found;
  }

  private fields(name: string, options: Readonly<Record<string, RoleOption>>, value: ValueMap, secret: boolean): Diagnostic[] {
    const { role } = this;
    const unknown = Object.keys(value)
      .filter((field) => !Object.hasOwn(options, field))
      .map((field) =>
        diagnostic(
          'role/unknown-field',
          { name, field, role: role.name },
          { position: role.position, nearest: nearest(field, Object.keys(options)) },
        ),
      );
    const inner = Object.entries(options).flatMap(([field, option]) => {
      const given = value[field];
      const at = `${name}.${field}`;
      if (given === undefined || given === null) {
        return option.required ? [missingArgument(at, option, role)] : [];
      }
      return this.value(at, { ...option, secret: option.secret || secret }, given);
    });
    return [...unknown, ...inner];
  }

  private invalid(name: string, option: RoleOption, value: Value, expected: string): Diagnostic {
    const json = JSON.stringify(value) ?? 'nothing';
    const found = option.secret ? 'a value of another form' : json.length > 60 ? `${json.slice(0, 57)}…` : json;
    return diagnostic('role/invalid-argument', { name, role: this.role.name, found, expected }, { position: this.role.position });
  }
}

const isScalar = (value: Value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** What Ansible would convert to each type. */
const FITS: Readonly<Record<RoleOption['type'], (value: Value) => boolean>> = {
  str: isScalar,
  path: (value) => typeof value === 'string',
  raw: () => true,
  int: (value) => Number.isInteger(value) || (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value)),
  float: (value) => typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)),
  bool: (value) => typeof value === 'boolean' || /^(yes|no|on|off|true|false|y|n|t|f|1|0)$/i.test(isScalar(value) ? String(value) : ''),
  list: (value) => isList(value) || isScalar(value),
  dict: isMap,
};

const EXPECTED: Readonly<Record<RoleOption['type'], string>> = {
  str: 'a text',
  path: 'a path',
  raw: 'a value',
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
  list: 'a list',
  dict: 'a mapping',
};

/** A text with commas is a list of several, as in Ansible. */
function listOf(value: Value): readonly Value[] {
  if (isList(value)) return value;
  return typeof value === 'string' ? value.split(',').map((each) => each.trim()) : [value];
}

function mappingsIn(name: string, value: Value): readonly (readonly [string, ValueMap])[] {
  if (isMap(value)) return [[name, value]];
  return isList(value) ? value.flatMap((each, index) => (isMap(each) ? [[`${name}[${index}]`, each] as const] : [])) : [];
}
