import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Regex } from '../../../src/base/regex.js';
import { captureFrom } from '../../../src/host/jobs/captures.js';

/** The defaults of these roles, later ones winning, as a play that uses them sees them. */
export function roleDefaults(...roles: string[]): Readonly<Record<string, unknown>> {
  return Object.assign(
    {},
    ...roles.map((role) => parse(readFileSync(new URL(`../../../roles/${role}/defaults/main.yaml`, import.meta.url), 'utf8'))),
  );
}

/** A text in which other defaults are named (`{{ name }}`), put together. */
export function composed(defaults: Readonly<Record<string, unknown>>, text: string): string {
  return text.replace(/\{\{ (\w+) \}\}/g, (_, part: string) => variable(defaults, part));
}

function variable(defaults: Readonly<Record<string, unknown>>, name: string): string {
  const text = defaults[name];
  if (typeof text !== 'string') throw new Error(`${name} is no text`);
  return composed(defaults, text);
}

export interface RolePattern {
  finds(text: string): boolean;
  /** As the engine takes it: undefined when there is none, all of them when they differ. */
  value(text: string): string | readonly string[] | undefined;
}

export function pattern(defaults: Readonly<Record<string, unknown>>, name: string): RolePattern {
  const compiled = new Regex(variable(defaults, name));
  const capture = { name, pattern: compiled, store: undefined, secret: true };
  return {
    finds: (text) => compiled.test(text),
    value: (text) => {
      const values = captureFrom(text, capture);
      return values.length > 1 ? values : values[0];
    },
  };
}
