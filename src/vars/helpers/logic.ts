import { Unknown, type Value } from '../../base/value.js';
import { describeKind } from '../describe.js';
import { walk } from '../template-context.js';
import { type EagerHelper, type Helper, HelperError, type LazyHelper, list, number, text } from './helper.js';
import { sameValue } from './lists.js';

type Comparison = (order: number) => boolean;

/** Numbers by size, strings by code points: text that looks like a number is not one. */
function comparison(name: string, sign: string, holds: Comparison, example: boolean): EagerHelper {
  return {
    name,
    signature: `${name} a b`,
    summary: `Whether a ${sign} b, for two numbers or two strings.`,
    example: { template: `{{ ${name} 1 2 }}`, result: example },
    arity: [2, 2],
    run: ([a = null, b = null]) => {
      if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) {
        throw new HelperError(`${describeKind(a)} and ${describeKind(b)} have no order`);
      }
      return holds(a < (b as typeof a) ? -1 : a === b ? 0 : 1);
    },
  };
}

const defaultHelper: LazyHelper = {
  name: 'default',
  signature: 'default value instead [true]',
  summary: 'The value, or another where it is not defined; with true as third argument also where it is empty, null or false.',
  example: { template: '{{ default installer_proxy "none" }}', result: 'none' },
  arity: [2, 3],
  runLazy: ([value, instead, empty]) => {
    const found = value?.();
    if (found === undefined) return instead?.();
    if (found instanceof Unknown || empty?.() !== true) return found;
    return found === null || found === '' || found === false || found === 0 || (Array.isArray(found) && found.length === 0)
      ? instead?.()
      : found;
  },
};

const definedHelper: LazyHelper = {
  name: 'defined',
  signature: 'defined "name"',
  summary: 'Whether a variable, or a key of one, exists.',
  example: { template: '{{ defined "installer_proxy" }}', result: false },
  arity: [1, 1],
  runLazy: ([name], { variables }) => {
    const [first = '', ...keys] = text(name?.(), 'the name').split('.');
    return variables.has(first) && (keys.length === 0 || walk(variables.get(first), keys) !== undefined);
  },
};

/** The first argument that decides, else the last one; an unknown decides nothing when a later one does. */
function connective(name: 'and' | 'or', summary: string, example: boolean): LazyHelper {
  const decides = name === 'or';
  return {
    name,
    signature: `${name} a b…`,
    summary,
    example: { template: `{{ ${name} true false }}`, result: example },
    arity: [2, 20],
    runLazy: (values) => {
      let unknown: Unknown | undefined;
      for (const value of values) {
        const found = value();
        if (found === undefined) return undefined;
        if (found instanceof Unknown) unknown ??= found;
        else if (truth(found) === decides) return decides;
      }
      return unknown ?? !decides;
    },
  };
}

function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new HelperError(`expected true or false, found ${describeKind(value)}`);
}

export const logic: readonly Helper[] = [
  defaultHelper,
  definedHelper,
  connective('and', 'Whether all are true.', false),
  connective('or', 'Whether one is true.', true),
  {
    name: 'not',
    signature: 'not value',
    summary: 'The opposite of true or false.',
    example: { template: '{{ not false }}', result: true },
    arity: [1, 1],
    run: ([value = null]) => !truth(value),
  },
  {
    name: 'eq',
    signature: 'eq a b',
    summary: 'Whether two values are equal in type and content.',
    example: { template: '{{ eq 1 "1" }}', result: false },
    arity: [2, 2],
    run: ([a, b]) => sameValue(a, b),
  },
  {
    name: 'ne',
    signature: 'ne a b',
    summary: 'Whether two values differ.',
    example: { template: '{{ ne "a" "b" }}', result: true },
    arity: [2, 2],
    run: ([a, b]) => !sameValue(a, b),
  },
  comparison('lt', '<', (order) => order < 0, true),
  comparison('le', '<=', (order) => order <= 0, true),
  comparison('gt', '>', (order) => order > 0, false),
  comparison('ge', '>=', (order) => order >= 0, false),
  {
    name: 'add',
    signature: 'add a b…',
    summary: 'The sum of numbers, or lists one after another.',
    example: { template: '{{ add 8000 443 }}', result: 8443 },
    arity: [2, 20],
    run: (values) => (Array.isArray(values[0]) ? values.flatMap((value) => [...list(value)]) : values.map(number).reduce((a, b) => a + b)),
  },
];
