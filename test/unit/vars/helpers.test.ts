import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { HELPERS } from '../../../src/vars/helpers/registry.js';
import { shellQuote } from '../../../src/vars/helpers/strings.js';
import { sha512Crypt } from '../../../src/vars/sha512-crypt.js';
import { toYaml } from '../../../src/vars/to-yaml.js';
import { render, thrown } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'helpers-'));
writeFileSync(join(folder, 'motd.txt'), 'Welcome\n');
const context = {
  searchPaths: [join(folder, 'absent'), folder],
  env: { LANG: 'C.UTF-8', HOME: '/home/admin' },
  fingerprint: () => 'f1f2f3f4',
};

it.each(HELPERS.map((helper) => [helper.name, helper.example] as const))('the documented example of %s is true', (_, example) => {
  expect(render(example.template, example.variables ?? {}, context)).toEqual(example.result);
});

it('no two helpers have one name', () => {
  expect(new Set(HELPERS.map((helper) => helper.name)).size).toBe(HELPERS.length);
});

describe('helpers refuse what they cannot use', () => {
  it.each([
    ['{{ join x "," }}', { x: 'abc' }],
    ['{{ join x "," }}', { x: [[1]] }],
    ['{{ lower x }}', { x: ['a'] }],
    ['{{ first x }}', { x: [] }],
    ['{{ b64decode x }}', { x: '%%%' }],
    ['{{ b64decode x }}', { x: '/w==' }],
    ['{{ hash x "nope" }}', { x: 'a' }],
    ['{{ lt 1 "2" }}', {}],
    ['{{ not "yes" }}', {}],
    ['{{ and x true }}', { x: 'yes' }],
    ['{{ lookup_file "absent.txt" }}', {}],
    ['{{ lookup_env "ABSENT" }}', {}],
    ['{{ expanduser "~postgres/x" }}', {}],
    ['{{ domain_zone "local" }}', {}],
    ['{{ domain_ascii "10.0.0.1" }}', {}],
    ['{{ domain_ascii "a b" }}', {}],
    ['{{ ipaddr "10.0.0.1" "nope" }}', {}],
    ['{{ password_hash "x" "a$b" }}', {}],
  ])('%s', (text, values) => {
    expect(thrown(() => render(text, values, { ...context, fingerprint: undefined })).code).toBe('template/helper-failed');
  });

  it('fingerprint without a store', () => {
    expect(thrown(() => render('{{ fingerprint "x" }}')).code).toBe('template/helper-failed');
  });
});

describe('sha512Crypt', () => {
  // The vectors of Drepper's specification that salt and rounds fit.
  it.each([
    [
      'Hello world!',
      'saltstring',
      undefined,
      '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    ],
    [
      'Hello world!',
      'saltstringsaltstring',
      10000,
      '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
    ],
    [
      'we have a short salt string but not a short password',
      'short',
      77777,
      '$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0',
    ],
    [
      'the minimum number is still observed',
      'roundstoolow',
      10,
      '$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.',
    ],
  ])('%s / %s / %s', (password, salt, rounds, expected) => {
    expect(sha512Crypt(password, salt, rounds)).toBe(expected);
  });
});

it('a quoted word reaches a shell as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((word) => !word.includes('\0') && Buffer.from(word).toString() === word),
      (word) => {
        expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellQuote(word)}`], { encoding: 'utf8' })).toBe(word);
      },
    ),
    { numRuns: 30 },
  );
});

it('YAML that was written is read back the same', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      for (const version of ['1.1', '1.2'] as const) expect(parseYaml(toYaml(json), { version, uniqueKeys: false })).toEqual(json);
    }),
    { numRuns: 500 },
  );
});

describe('domains', () => {
  it.each([
    ['{{ domain_service "чат.пример.рф" "-gateway" }}', 'xn---gateway-06g4p1b.xn--e1afmkfd.xn--p1ai'],
    ['{{ domain_service "xn--80a1acny.пример.рф" "-storage" }}', undefined],
    ['{{ domain_service "chats.example.ru" "-storage" }}', 'chats-storage.example.ru'],
    ['{{ domain_zone "chats.corp.example.ru." }}', 'corp.example.ru'],
    ['{{ registrable_domain "chats.corp.example.ru" }}', 'example.ru'],
    ['{{ registrable_domain "two.com.ru" }}', 'two.com.ru'],
    ['{{ registrable_domain "chats.corp.local" }}', ''],
    ['{{ registrable_domain "ru" }}', ''],
  ])('%s', (text, expected) => {
    const value = render(text);
    if (expected !== undefined) expect(value).toBe(expected);
    else expect(value).toMatch(/^xn--.*-storage/);
  });
});

describe('ipaddr', () => {
  it.each([
    ['10.0.0.12', '', '10.0.0.12'],
    ['10.0.0.256', '', false],
    ['10.0.0.1/33', '', false],
    ['::1', 'version', 6],
    ['8.8.8.8', 'private', false],
    ['172.20.1.1', 'private', true],
    ['fd00::1', 'private', true],
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['chat1', 'address', false],
  ])('%s %s', (text, query, expected) => {
    expect(render(`{{ ipaddr "${text}" "${query}" }}`)).toBe(expected);
  });
});

it('compares by type and content', () => {
  expect(render('{{ eq a b }}', { a: { x: [1], y: null }, b: { y: null, x: [1] } })).toBe(true);
  expect(render('{{ eq 0 false }}')).toBe(false);
  expect(render('{{#eq a "x"}}same{{else}}other{{/eq}}', { a: 'x' })).toBe('same');
});
