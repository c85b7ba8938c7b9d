import { isList, isMap, type Value } from '../../base/value.js';
import { toText } from '../describe.js';
import { isOmit } from '../omit.js';
import { property } from '../template-context.js';
import { type Helper, HelperError, list, text } from './helper.js';

export const lists: readonly Helper[] = [
  {
    name: 'join',
    signature: 'join list separator',
    summary: 'The items of a list as one string.',
    example: { template: '{{ join ports "," }}', variables: { ports: [80, 443] }, result: '80,443' },
    arity: [1, 2],
    run: ([items, separator]) =>
      list(items)
        .map((item) => text(toText(item), 'an item'))
        .join(separator === undefined ? '' : text(separator)),
  },
  {
    name: 'first',
    signature: 'first list',
    summary: 'The first item of a list, or the first character of a string.',
    example: { template: '{{ first groups }}', variables: { groups: ['chats', 'all'] }, result: 'chats' },
    arity: [1, 1],
    run: ([items]) => item(items, 0),
  },
  {
    name: 'last',
    signature: 'last list',
    summary: 'The last item of a list, or the last character of a string.',
    example: { template: '{{ last (split "a/b" "/") }}', result: 'b' },
    arity: [1, 1],
    run: ([items]) => item(items, -1),
  },
  {
    name: 'length',
    signature: 'length value',
    summary: 'How many items a list or mapping has, or characters a string.',
    example: { template: '{{ length "chat" }}', result: 4 },
    arity: [1, 1],
    run: ([value = null]) => {
      if (typeof value === 'string') return [...value].length;
      if (isList(value)) return value.length;
      if (isMap(value) && !isOmit(value)) return Object.keys(value).length;
      throw new HelperError('the argument has no length');
    },
  },
  {
    name: 'lookup',
    signature: 'lookup value key',
    summary: 'One entry of a mapping, or item of a list, whose key is computed.',
    example: { template: '{{ lookup ports name }}', variables: { ports: { web: 443 }, name: 'web' }, result: 443 },
    arity: [2, 2],
    runLazy: ([of, key]) => {
      const value = of?.();
      const name = key?.();
      if (value === 'env' || value === 'file') {
        throw new HelperError(`this is Ansible's lookup plugin, here {{ lookup_${value} "${text(name ?? 'NAME')}" }}`);
      }
      return value === undefined || name === undefined ? undefined : property(value, text(name, 'the key'));
    },
  },
  {
    name: 'in',
    signature: 'in item list',
    summary: 'Whether a list holds the item, a mapping the key, or a string the part.',
    example: { template: '{{ in "chats" group_names }}', variables: { group_names: ['chats'] }, result: true },
    arity: [2, 2],
    run: ([item, container]) => contains(container, item),
  },
  {
    name: 'contains',
    signature: 'contains list item',
    summary: 'The same as in, the other way round.',
    example: { template: '{{ contains "example.ru" "example" }}', result: true },
    arity: [2, 2],
    run: ([container, item]) => contains(container, item),
  },
];

function item(items: Value | undefined, index: number): Value {
  const found = typeof items === 'string' ? [...items].at(index) : list(items).at(index);
  if (found === undefined) throw new HelperError('it is empty');
  return found;
}

function contains(container: Value | undefined, item: Value | undefined): boolean {
  if (typeof container === 'string') return container.includes(text(item, 'the part'));
  if (container !== undefined && isList(container)) return container.some((each) => sameValue(each, item));
  if (isMap(container)) return typeof item === 'string' && Object.hasOwn(container, item);
  throw new HelperError('the container is no list, mapping or string');
}

/** Equal in type and content, mappings regardless of order. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((each, index) => sameValue(each, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}
