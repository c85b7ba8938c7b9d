import { describe, expect, it } from 'vitest';
import { Unknown, type Value } from '../../../src/base/value.js';
import { checkRoleArguments, missingVariables, secretOptions } from '../../../src/playbook/role-arguments.js';
import { load, shown } from './loading.js';

const { playbook } = load('role-arguments');
const [role] = playbook.plays[0]?.staticRoles ?? [];

function check(values: Readonly<Record<string, Value>>): string[] {
  if (!role) throw new Error('no role');
  const variables = { has: (name: string) => name in values, get: (name: string) => values[name] };
  return checkRoleArguments(role, variables).map((each) => `${shown(each)} ${each.params.name}`);
}

const good = { domain: 'example.org', key: 'k' };

describe('role arguments', () => {
  it('all that are missing at once, where the role is listed', () => {
    expect(check({})).toEqual(['error role/missing-argument site.yaml:2:11 domain', 'error role/missing-secret site.yaml:2:11 key']);
  });

  it('required_unless: another variable answers for it', () => {
    expect(check({ domain: 'x', token: 't' })).toEqual([]);
  });

  it.each<[string, Value]>([
    ['size', 5],
    ['size', '5'],
    ['share', '0.5'],
    ['flag', 'no'],
    ['flag', true],
    ['colours', ['red', 'blue']],
    ['colours', 'red, blue'],
    ['servers', [{ host: 'a', port: 1 }]],
    ['size', new Unknown('later')],
    ['domain', 5],
    ['anything', { a: [1] }],
  ])('%s takes %j', (name, value) => {
    expect(check({ ...good, [name]: value })).toEqual([]);
  });

  it.each<[string, Value, string]>([
    ['size', 'large', 'role/invalid-argument size'],
    ['size', 1.5, 'role/invalid-argument size'],
    ['share', [], 'role/invalid-argument share'],
    ['flag', 'maybe', 'role/invalid-argument flag'],
    ['colours', ['red', 'grey'], 'role/invalid-argument colours'],
    ['colours', { a: 1 }, 'role/invalid-argument colours'],
    ['sizes', [1, 'x'], 'role/invalid-argument sizes[1]'],
    ['servers', [{ host: 'a', prot: 1 }], 'role/unknown-field servers[0]'],
    ['servers', [{ port: 'x', host: 'a' }], 'role/invalid-argument servers[0].port'],
    ['servers', [{ port: 1 }], 'role/missing-argument servers[0].host'],
    ['domain', { a: 1 }, 'role/invalid-argument domain'],
  ])('%s refuses %j', (name, value, expected) => {
    const [code, at] = expected.split(' ');
    expect(check({ ...good, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^error ${code} .* ${at?.replace(/\W/g, '\\$&')}$`)),
    ]);
  });

  it('a secret value is in no finding', () => {
    if (!role) throw new Error('no role');
    const values: Record<string, Value> = { ...good, key: { a: 'hunter2' } };
    const found = checkRoleArguments(role, { has: (name) => name in values, get: (name) => values[name] });
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found.map((each) => each.params))).not.toContain('hunter2');
    expect(secretOptions(role.argumentSpec)).toEqual(['key']);
  });

  it('what a run needs before it begins: each name once, with what describes it', () => {
    const missing = missingVariables([...playbook.plays, ...playbook.plays], (_play, name) => name === 'key');
    expect(missing.map((each) => [each.name, each.option.description, each.role.name])).toEqual([['domain', ['The name'], 'web']]);
  });
});
