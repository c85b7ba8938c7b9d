import { afterAll, expect, test } from 'vitest';
import { Diagnostics } from '../../../src/base/errors.js';
import { formatPosition } from '../../../src/base/position.js';
import { TemplateText } from '../../../src/base/template-text.js';
import { readExtraVars } from '../../../src/cli/extra-vars.js';
import { Folder } from './harness.js';

const folder = new Folder().write({ 'vars.yaml': 'from_file: [1, two]\nshared: file\n', 'empty.yaml': '', 'list.yaml': '- a\n' });
afterAll(() => folder.remove());

function read(...given: string[]) {
  const collect = new Diagnostics();
  const values = readExtraVars(given, folder.path, collect);
  return { values, errors: collect.all.map((each) => `${each.code} ${each.position ? formatPosition(each.position) : ''}`) };
}

test.each<[string, Record<string, unknown>]>([
  ['a=1', { a: 1 }],
  ['a=yes b=text c=1.5', { a: true, b: 'text', c: 1.5 }],
  ['a="1"', { a: '1' }],
  ["a='two words' b=x", { a: 'two words', b: 'x' }],
  ['a=', { a: null }],
  ['a=b=c', { a: 'b=c' }],
  ['path=/opt/x url=https://h:1/?q=1', { path: '/opt/x', url: 'https://h:1/?q=1' }],
  ['a=1 a=2', { a: 2 }],
  ['{a: 1, b: [x]}', { a: 1, b: ['x'] }],
  ['{"a": {"b": null}}', { a: { b: null } }],
  ['a: 1', { a: 1 }],
  ['@vars.yaml', { from_file: [1, 'two'], shared: 'file' }],
  ['@empty.yaml', {}],
])('%s', (text, expected) => {
  expect(read(text)).toEqual({ values: expected, errors: [] });
});

test('what is given later wins', () => {
  expect(read('@vars.yaml', 'shared=later').values).toMatchObject({ shared: 'later' });
});

test('a template is kept, with its place', () => {
  const { values } = read('a=1 b="{{ a }} x"');
  expect(values.b).toBeInstanceOf(TemplateText);
  expect(values.b instanceof TemplateText && [values.b.text, formatPosition(values.b.position)]).toEqual(['{{ a }} x', '-e:1:8']);
});

test.each([
  ['a=1 word', 'cli/extra-vars -e:1:5'],
  ['word', 'cli/extra-vars -e:1:1'],
  ['[1, 2]', 'cli/extra-vars -e:1:1'],
  ['{a: [1', 'yaml/unclosed -e:1:5'],
  ['@list.yaml', 'cli/extra-vars list.yaml:1:1'],
  ['groups=x', 'vars/reserved -e:1:1'],
  ['a-b: 1', 'play/variable-name -e:1:1'],
])('%s is refused with its place', (text, error) => {
  const [first] = read(text).errors;
  expect(first?.replace(/^yaml\/\S+/, 'yaml/unclosed')).toBe(error);
});

test('a file that is not there is named', () => {
  expect(read('@nowhere.yaml').errors).toEqual(['yaml/no-file ']);
});
