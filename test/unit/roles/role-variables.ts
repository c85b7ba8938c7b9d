import { readFileSync } from 'node:fs';
import { RE2JS } from 're2js';
import { parse } from 'yaml';

/** The defaults of these roles, later ones winning, as a play that uses them sees them. */
export function roleDefaults(...roles: string[]): Readonly<Record<string, unknown>> {
  return Object.assign(
    {},
    ...roles.map((role) => parse(readFileSync(new URL(`../../../roles/${role}/defaults/main.yaml`, import.meta.url), 'utf8'))),
  );
}

/** A default that is made of other defaults alone (`{{ name }}`), put together. */
function composed(defaults: Readonly<Record<string, unknown>>, name: string): string {
  const text = defaults[name];
  if (typeof text !== 'string') throw new Error(`${name} is no text`);
  return text.replace(/\{\{ (\w+) \}\}/g, (_, part: string) => composed(defaults, part));
}

export function pattern(
  defaults: Readonly<Record<string, unknown>>,
  name: string,
): { finds(text: string): boolean; value(text: string): string | undefined } {
  const compiled = RE2JS.compile(composed(defaults, name));
  return {
    finds: (text) => compiled.matcher(text).find(),
    value: (text) => {
      const matcher = compiled.matcher(text);
      return matcher.find() ? (matcher.group('value') ?? undefined) : undefined;
    },
  };
}
