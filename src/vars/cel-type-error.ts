import { type ChatsctlError, failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { environment } from './cel-environment.js';
import { type CelFailure, jinjaError, positionOf } from './cel-failure.js';
import type { LocatedText } from './locate.js';

/** What Python and Jinja call functions and methods, and the CEL for it. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  find: 'text.contains(part)',
  startswith: 'text.startsWith(start)',
  endswith: 'text.endsWith(end)',
  lower: 'text.lowerAscii()',
  upper: 'text.upperAscii()',
  strip: 'text.trim()',
  get: 'default(mapping.key, value)',
  keys: '"key" in mapping',
  values: 'mapping.exists(key, mapping[key] == value)',
  items: 'mapping.exists(key, mapping[key] == value)',
  len: 'size(x)',
  length: 'size(x)',
  count: 'size(x)',
  str: 'string(x)',
  float: 'double(x)',
  lookup: 'a variable that a template fills: vars: {home: \'{{ lookup_env "HOME" }}\'}',
  query: 'a variable that a template fills: vars: {home: \'{{ lookup_env "HOME" }}\'}',
};

/** An operator or a function that does not take such values: Jinja's way where it is one, an unknown name, else the types. */
export function typeError(source: LocatedText, found: CelFailure, cause: unknown): ChatsctlError {
  const position = positionOf(source, found.range);
  const { start, end } = found.range ?? { start: 0, end: source.text.length };
  const written = source.text.slice(start, end);
  const within = / in string$/.test(found.reason) ? /^(.+?)\s+in\s+(.+)$/s.exec(written) : null;
  if (within) return jinjaError(source, { found: written, instead: `${within[2]}.contains(${within[1]})`, offset: start });
  const [, name] = /^found no matching overload for '(?:.+\.)?(\w+)\(.*\)'$/.exec(found.reason) ?? [];
  if (name !== undefined && Object.hasOwn(OTHER_NAMES, name)) {
    return jinjaError(source, { found: written, instead: OTHER_NAMES[name] ?? '', offset: start });
  }
  const known = environment.getDefinitions().functions.map((each) => each.name);
  if (name !== undefined && !known.includes(name)) {
    return failure('expression/no-function', { name }, { position, cause, nearest: nearest(name, known) });
  }
  return failure('expression/type', { reason: found.reason }, { position, cause });
}
