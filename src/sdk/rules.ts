import { failure } from '../base/errors.js';
import type { ValueMap } from '../base/value.js';
import type { ArgumentSpec } from './argument.js';
import { canonicalNames, type Positions } from './coerce.js';

/** Rules across the arguments of one module: Ansible's mutually exclusive, required one of, required together. Declared names. */
export interface ArgumentRules {
  readonly exclusive?: readonly (readonly string[])[];
  readonly oneOf?: readonly (readonly string[])[];
  readonly together?: readonly (readonly string[])[];
}

interface Ruled {
  readonly name: string;
  readonly arguments: ArgumentSpec;
  readonly rules?: ArgumentRules;
}

/** The first rule that a set of given argument names breaks. Names known before rendering are enough where none may turn out `omit`. */
export function brokenRule(
  module: Ruled,
  written: readonly string[],
): { code: 'args/exclusive' | 'args/one-of' | 'args/together'; names: string } | undefined {
  const canonical = canonicalNames(module.arguments);
  const given = new Set(written.map((each) => canonical.get(each)));
  const { exclusive = [], oneOf = [], together = [] } = module.rules ?? {};
  const count = (names: readonly string[]) => names.filter((each) => given.has(each)).length;
  const clash = exclusive.find((names) => count(names) > 1);
  if (clash) return { code: 'args/exclusive', names: clash.join(', ') };
  const lacking = oneOf.find((names) => count(names) === 0);
  if (lacking) return { code: 'args/one-of', names: lacking.join(', ') };
  const parted = together.find((names) => count(names) > 0 && count(names) < names.length);
  return parted && { code: 'args/together', names: parted.join(', ') };
}

/** Throws `args/exclusive`, `args/one-of`, `args/together`. Values as rendered; null counts as not given. */
export function checkRules(module: Ruled, values: ValueMap, positions: Positions = {}): void {
  const written = Object.keys(values).filter((each) => values[each] !== null);
  const broken = brokenRule(module, written);
  if (!broken) return;
  const first = written.find((each) => broken.names.split(', ').includes(each));
  throw failure(broken.code, { owner: module.name, names: broken.names }, { position: first === undefined ? undefined : positions[first] });
}
