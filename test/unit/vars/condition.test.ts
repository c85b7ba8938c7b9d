import { describe, expect, it, vi } from 'vitest';
import { formatPosition, SourceText } from '../../../src/base/position.js';
import { Unknown, type Value } from '../../../src/base/value.js';
import { compileCondition, compileExpression, evaluateExpression } from '../../../src/vars/condition.js';
import { lazyMap } from '../../../src/vars/lazy-map.js';
import { Scope } from '../../../src/vars/scope.js';
import { scopeOf, template, thrown } from './support.js';

function at(text: string) {
  return { source: new SourceText('play.yaml', `when: ${text}\n`), offset: 6, length: text.length };
}

function holds(text: string, values: Readonly<Record<string, Value>> = {}) {
  return compileCondition(text, at(text)).evaluate(scopeOf(values));
}

function value(text: string, values: Readonly<Record<string, Value>> = {}) {
  return evaluateExpression(text, at(text), scopeOf(values));
}

describe('conditions', () => {
  it.each([
    ['ansible_facts.distribution_major_version == "12" && size(groups.chats) == 1', true],
    ['r.rc == 0', true],
    ['r.rc != 0 || r.changed', true],
    ['mem * 1.5 > 1000', true],
    ['mem + 0.5 == 1024.5', true],
    ['half * 2 == 1', true],
    ['mem > half', true],
    ['mem == 1024.0', true],
    ['1024.0 == mem', true],
    ['3 in ports', false],
    ['"chats" in groups', true],
    ['has(r.stdout)', true],
    ['has(r.nope)', false],
    ['r.?nope.orValue(5) == 5', true],
    ['ports.exists(p, p > 400) && ports.all(p, p > 1)', true],
    ['size(ports.filter(p, p == 80)) == 1', true],
    ['r.stdout.startsWith("he") && r.stdout.contains("llo")', true],
    ['r.stdout.matches("(?i)^HEL+O$")', true],
    ['(r.stdout).matches(\'^(?P<x>h)\') && !r.stdout . matches("matches")', true],
    ['flag', true],
    ['!flag', false],
    ['none == null', true],
    ['defined("flag") && !defined("nope") && defined("r.rc") && !defined("r.nope")', true],
    ['default(nope, false)', false],
    ['default(r.a.b, 3) == 3', true],
    ['default(ports[7], 1) == 1', true],
    ['default(default(nope, r.nope), "x") == "x"', true],
    ['changed(r) && !failed(r) && succeeded(r) && !skipped(r)', true],
    ['vars["package"] == "docker"', true],
    ['cel.bind(x, 2, x * 2) == 4', true],
    ['registrable_domain("chats.example.ru") == registrable_domain("meet.example.ru")', true],
    ['ipaddr("10.0.0.300") == false', true],
    ['big == 1e300', true],
    ['keys.constructor == "x"', true],
  ])('%s', (text, expected) => {
    const values = {
      ansible_facts: { distribution_major_version: '12' },
      groups: { chats: ['chat1'], all: [] },
      r: { rc: 0, changed: true, stdout: 'hello' },
      mem: 1024,
      half: 0.5,
      ports: [80, 443],
      flag: true,
      none: null,
      package: 'docker',
      big: 1e300,
      keys: { constructor: 'x', y: 1 },
    };
    expect(holds(text, values)).toBe(expected);
  });

  it('gives values back as they were', () => {
    expect(value('x', { x: { a: [1, 2.5, { b: null }], c: 'd' } })).toEqual({ a: [1, 2.5, { b: null }], c: 'd' });
    expect(value('[1, "a", true, null].map(x, x)')).toEqual([1, 'a', true, null]);
    expect(value('{"a": 1 + 1}')).toEqual({ a: 2 });
    expect(value('size("чат")')).toBe(3);
    expect(value('domain_service("чат.пример.рф", "-gateway")')).toBe('xn---gateway-06g4p1b.xn--e1afmkfd.xn--p1ai');
  });

  it('renders variables that are templates, and nothing that was not asked for', () => {
    const scope = scopeOf({ a: template('{{ b }}'), b: 3, broken: template('{{ nope }}') });
    expect(compileCondition('a == 3', at('a == 3')).evaluate(scope)).toBe(true);
    expect(thrown(() => compileCondition('broken == 3', at('broken == 3')).evaluate(scope)).code).toBe('template/undefined');
  });

  it('reads one host of hostvars without the others', () => {
    const get = vi.fn((name: string) => ({ x: name }));
    const hostvars = lazyMap({ keys: () => ['a', 'b.c'], has: (name) => name === 'a' || name === 'b.c', get });
    const scope = Scope.of([{ level: 'magic', values: { hostvars } }]);
    const text = 'hostvars["b.c"].x == "b.c" && size(hostvars) == 2 && "a" in hostvars && !has(hostvars.nope)';
    expect(compileCondition('hostvars["b.c"].x == "b.c" && size(hostvars) == 2', at(text)).evaluate(scope)).toBe(true);
    expect(get.mock.calls.flat()).toEqual(['b.c']);
    expect(compileCondition(text, at(text)).evaluate(scope)).toBe(true);
  });
});

describe('Debian versions', () => {
  it.each([
    ['1.0', '<', '1.1'],
    ['1.0~rc1', '<', '1.0'],
    ['1.0~~', '<', '1.0~'],
    ['1:0.9', '>', '2.0'],
    ['1.10', '>', '1.9'],
    ['1.0-1', '<', '1.0-2'],
    ['1.0-1', '>', '1.0'],
    ['1.0', '==', '1.00'],
    ['0:1.0', '==', '1.0'],
    ['1.0a', '<', '1.0+'],
    ['1.0', '<', '1.0a'],
    ['20.10.24+dfsg1-1+b3', '<', '5:24.0.7-1~debian.12~bookworm'],
    ['2.36-9+deb12u4', '<', '2.36-9+deb12u10'],
    ['1.2.3-4~bpo12+1', '<', '1.2.3-4'],
    ['9.2p1', '>=', '9.2'],
  ])('%s %s %s', (a, operator, b) => {
    expect(holds(`version(a) ${operator} version(b)`, { a, b })).toBe(true);
    expect(holds(`version(b) ${{ '<': '>', '>': '<', '==': '==', '>=': '<=' }[operator]} version(a)`, { a, b })).toBe(true);
  });

  it('take numbers, and refuse what is no version', () => {
    expect(holds('version(v) >= version("12")', { v: 12 })).toBe(true);
    expect(thrown(() => holds('version(v) > version("1")', { v: [] })).code).toBe('expression/failed');
  });
});

describe('unknown values', () => {
  const x = new Unknown('"get the id" would run');
  const values = { x, late: { stdout: x, changed: true }, r: { changed: true, stdout: x, list: [1, x] }, yes: true, no: false };
  it.each([
    'x == 1',
    'x',
    '!x',
    'r.stdout == "a"',
    'yes && x',
    'x && yes',
    'no || x',
    'r.list[1] == 1',
    'r.list.exists(i, i == 7)',
    'x.y.z == 1',
    'size(x) > 0',
    'default(x, 1) == 1',
    'has(r.stdout)',
  ])('%s is unknown', (text) => {
    expect(holds(text, values)).toEqual({ unknown: '"get the id" would run' });
  });

  it.each([
    ['no && x', false],
    ['x && no', false],
    ['yes || x', true],
    ['x || yes', true],
    ['r.changed', true],
    ['changed(r)', true],
    ['failed(late) || changed(late)', true],
    ['size(late) == 2 && "changed" in late', true],
    ['late.map(k, k) == ["stdout", "changed"]', true],
    ['size([late, r]) == 2', true],
    ['r.list[0] == 1', true],
    ['size(r.list) == 2', true],
    ['r.list.exists(i, i == 1)', true],
    ['defined("x")', true],
    ['yes ? yes : x', true],
  ])('%s is decided all the same', (text, expected) => {
    expect(holds(text, values)).toBe(expected);
  });

  it('passes through expressions', () => {
    expect(value('x', { x })).toBe(x);
  });
});

describe('errors carry their place', () => {
  const values = { r: { rc: 0, stdout: 'a' }, s: 'no', n: 3, l: [1], flag: true, chat_domain: 'x' };
  it.each([
    ['nope == 1', 'expression/undefined', 7],
    ['flag || nope', undefined, 0],
    ['nope || flag', 'expression/undefined', 7],
    ['flag && chat_domian == "x"', 'expression/undefined', 15],
    ['r.rcc == 0', 'expression/no-such-key', 9],
    ['l[4] == 0', 'expression/no-such-key', 7],
    ['l[n] == 0', 'expression/no-such-key', 7],
    ['n && flag', 'expression/type', 7],
    ['s < 3', 'expression/type', 7],
    ['n.startsWith("a")', 'expression/type', 7],
    ['n', 'expression/variable-not-boolean', 7],
    ['n + 1', 'expression/not-boolean', 7],
    ['"text"', 'expression/not-boolean', 7],
    ['1 + "a" == 2', 'expression/type', 7],
    ['foo(1)', 'expression/no-function', 7],
    ['s.foo() == "x"', 'expression/no-function', 7],
    ['package == "x"', 'expression/reserved-word', 7],
    ['flag && loop', 'expression/reserved-word', 15],
    ['n == ', 'expression/syntax', 12],
    ['n == "a', 'expression/syntax', 12],
    ['n == 3)', 'expression/syntax', 13],
    ['', 'expression/syntax', 7],
    ['r.stdout.matches("a(b")', 'expression/regex', 25],
    ['r.stdout.matches(s + "(")', 'expression/regex', 7],
    ['1 / 0 == n', 'expression/failed', 7],
    ['int("a") == n', 'expression/failed', 7],
  ])('%s', (text, code, column) => {
    if (code === undefined) expect(holds(text, values)).toBe(true);
    else expect(thrown(() => holds(text, values))).toMatchObject({ code, place: `play.yaml:1:${column}` });
  });

  it('with the nearest name', () => {
    expect(thrown(() => holds('chat_domian == "x"', values)).hint).toBe('did you mean "chat_domain"?');
    expect(thrown(() => holds('r.stdot == "x"', values))).toMatchObject({
      params: { key: 'stdot', of: 'r' },
      hint: 'did you mean "stdout"?',
    });
  });

  it('tells where a variable that is no condition was set', () => {
    const scope = Scope.of([{ level: 'inventory-host-vars', values: { s: template('{{ t }}'), t: 'no' } }]);
    expect(thrown(() => compileCondition('s', at('s')).evaluate(scope)).params).toEqual({
      name: 's',
      found: 'a string',
      origin: 'inventory host variables (play.yaml:1:7)',
    });
  });

  it('never show the value', () => {
    const error = thrown(() => holds('s', { s: 'hunter2' }));
    expect(JSON.stringify(error.params)).not.toContain('hunter2');
  });

  it('in folded scalars', () => {
    const source = new SourceText('p.yaml', 'when: >-\n  flag &&\n  nope == 1\n');
    const position = { source, offset: 6, length: source.text.length - 6 };
    const error = thrown(() => compileCondition('flag && nope == 1', position).evaluate(scopeOf({ flag: true })));
    expect(error.place).toBe('p.yaml:3:3');
  });
});

describe('Jinja habits are shown the CEL way', () => {
  it.each([
    ['x is defined', 'defined("x")', 7],
    ['x.y is not defined', '!defined("x.y")', 7],
    ['x is undefined', '!defined("x")', 7],
    ['r is changed', 'changed(r)', 7],
    ['r is not failed', '!failed(r)', 7],
    ["x is match('^a')", "x.matches('^a')", 7],
    ["x is version('1.2', '>=')", "version(x) >= version('1.2')", 7],
    ['x is none', 'x == null', 7],
    ['x and y', '&&', 9],
    ['x or y', '||', 9],
    ['not x', '!x', 7],
    ['x not in y', '!(x in y)', 7],
    ["x | default('a')", "default(x, 'a')", 7],
    ['x|length > 0', 'size(x)', 7],
    ['x | bool', 'x', 7],
    ['x = 1', '==', 9],
    ['x == True', 'true', 12],
    ['x == None', 'null', 12],
    ['flag && "b" in x', 'x.contains("b")', 15],
    ['x in "abc"', '"abc".contains(x)', 7],
    ['x.find("i") >= 0', 'text.contains(part)', 7],
    ['x.startswith("i")', 'text.startsWith(start)', 7],
    ['{{ x }}', 'x (a condition is an expression already)', 7],
  ])('%s', (text, instead, column) => {
    // Some are seen only with the values.
    expect(thrown(() => holds(text, { x: 'abc', flag: true }))).toMatchObject({
      code: 'expression/jinja',
      params: { instead },
      place: `play.yaml:1:${column}`,
    });
  });

  it('not within strings', () => {
    expect(holds('x == "a and b | c is defined = True"', { x: 'a and b | c is defined = True' })).toBe(true);
    expect(thrown(() => holds('x == "a and b" (', { x: 1 })).code).toBe('expression/syntax');
  });
});

it('no pattern can make a condition hang', () => {
  // JavaScript's own regular expressions would not come back from this one.
  expect(holds('x.matches("^(a+)+$")', { x: `${'a'.repeat(5000)}!` })).toBe(false);
});

it('names the variables that it refers to', () => {
  const text = 'a.b["c"].d == 1 && default(e.f, g) == 2 && l.exists(x, x == y) && defined("h.i") && has(j.k)';
  const uses = compileExpression(
    'a.b["c"].d == 1 && default(e.f, g) == 2 && l.exists(x, x == y) && defined("h.i") && has(j.k)',
    at(text),
  ).uses;
  expect(uses.map((use) => [use.path.join('.'), use.guarded, formatPosition(use.position)])).toEqual([
    ['a.b.c.d', false, 'play.yaml:1:7'],
    ['e.f', true, 'play.yaml:1:34'],
    ['g', false, 'play.yaml:1:39'],
    ['l', false, 'play.yaml:1:50'],
    ['y', false, 'play.yaml:1:67'],
    ['h.i', true, 'play.yaml:1:81'],
    ['j.k', false, 'play.yaml:1:95'],
  ]);
});
