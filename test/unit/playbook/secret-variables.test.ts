import { expect, it } from 'vitest';
import { TemplateText } from '../../../src/base/template-text.js';
import { Unknown } from '../../../src/base/value.js';
import { SecretVariables } from '../../../src/playbook/secret-variables.js';
import type { RoleArgumentSpec, RoleOption } from '../../../src/playbook/tree.js';
import { load } from './loading.js';

const position = load('role-arguments').playbook.plays[0]?.staticRoles[0]?.position;

function option(given: Partial<RoleOption>): RoleOption {
  if (!position) throw new Error('no role');
  return {
    type: 'raw',
    required: false,
    requiredUnless: [],
    default: undefined,
    choices: undefined,
    elements: undefined,
    description: [],
    secret: false,
    options: undefined,
    position,
    ...given,
  };
}

const spec: RoleArgumentSpec = {
  entry: 'main',
  shortDescription: '',
  description: [],
  path: '',
  options: {
    key: option({ secret: true }),
    servers: option({ options: { host: option({}), login: option({ options: { password: option({ secret: true }) } }) } }),
    port: option({}),
  },
};

function learned(name: string, value: unknown): string[] {
  const found: string[] = [];
  const secrets = new SecretVariables({ add: (secret) => void found.push(secret) });
  secrets.declare(spec);
  secrets.learn(name, value);
  return found;
}

it.each<[string, unknown, string[]]>([
  ['key', 'one', ['one']],
  ['key', 1234, ['1234']],
  ['key', { a: ['one', { b: 'two' }], c: true, d: null }, ['one', 'two']],
  ['servers', [{ host: 'a', login: { user: 'u', password: 'one' } }, { login: { password: ['two'] } }], ['one', 'two']],
  ['servers', { host: 'a', login: { password: 'one' } }, ['one']],
  ['servers', 'text', []],
  ['port', 'one', []],
  ['other', 'one', []],
  ['ansible_become_password', 'one', ['one']],
  ['ansible_user', 'one', []],
  ['key', new Unknown('later'), []],
])('of %s = %j it learns %j', (name, value, secrets) => {
  expect(learned(name, value)).toEqual(secrets);
});

it('a template says nothing yet', () => {
  if (!position) throw new Error('no role');
  expect(learned('key', new TemplateText('{{ other }}', position))).toEqual([]);
  expect(learned('key', ['one', new TemplateText('{{ other }}', position)])).toEqual(['one']);
});
