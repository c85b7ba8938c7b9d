import { describe, expect, it } from 'vitest';
import { SourceText } from '../../../src/base/position.js';
import { TemplateText } from '../../../src/base/template-text.js';
import { Unknown } from '../../../src/base/value.js';
import { OMIT } from '../../../src/vars/omit.js';
import { checkTemplate, referencedVariables, renderTemplate } from '../../../src/vars/template.js';
import { renderTemplateFile } from '../../../src/vars/template-file.js';
import { render, scopeOf, template, thrown } from './support.js';

describe('a single expression keeps its type', () => {
  it.each([
    ['{{ x }}', { x: [1, 2] }, [1, 2]],
    ['{{ x }}', { x: { a: 1 } }, { a: 1 }],
    ['{{x}}', { x: true }, true],
    ['{{ x }}', { x: null }, null],
    ['{{ x.a.[1] }}', { x: { a: ['p', 'q'] } }, 'q'],
    ['{{ x.length }}', { x: [1, 2, 3] }, 3],
    ['{{{ x }}}', { x: 12 }, 12],
    ['{{ "text" }}', {}, 'text'],
  ])('%s', (text, values, expected) => {
    expect(render(text, values)).toEqual(expected);
  });

  it('reaches hosts whose names have dots', () => {
    expect(render('{{ hostvars.[meet1.example.ru].x }}', { hostvars: { 'meet1.example.ru': { x: 7 } } })).toBe(7);
  });
});

describe('text around', () => {
  it.each([
    ['a{{ x }}b', { x: 'X' }, 'aXb'],
    ['{{ x }}{{ y }}', { x: true, y: 1.5 }, 'true1.5'],
    ['{{ x }} ', { x: '<a & b>' }, '<a & b> '],
    ['\\{{ x }} {{ y }}', { y: 1 }, '{{ x }} 1'],
    ['{{#if x}}yes{{else}}no{{/if}}', { x: false }, 'no'],
    ['{{!-- note --}}x{{ y }}', { y: '{{ z }}' }, 'x{{ z }}'],
  ])('%s', (text, values, expected) => {
    expect(render(text, values)).toBe(expected);
  });

  it.each([
    [[1], 'a list'],
    [{ a: 1 }, 'a mapping'],
    [null, 'null'],
    [OMIT, 'omit'],
  ])('refuses %j within text', (x, found) => {
    const error = thrown(() => render('list: {{ x }}', { x }));
    expect(error).toMatchObject({ code: 'template/not-text', params: { found, expression: 'x' }, place: 'play.yaml:1:13' });
  });
});

describe('undefined variables are errors with their place', () => {
  it.each([
    ['{{ nope }}', 'nope', 10],
    ['a {{ nope }}', 'nope', 12],
    ['{{ o.nope }}', 'o.nope', 10],
    ['{{ nope.x.y }}', 'nope.x.y', 10],
    ['{{ nope.length }}', 'nope.length', 10],
    ['{{ s.foo }}', 's.foo', 10],
    ['{{ list.[7] }}', 'list.[7]', 10],
    ['{{#if nope}}a{{/if}}', 'nope', 13],
    ['{{#each nope}}a{{/each}}', 'nope', 15],
    ['{{#with nope}}a{{/with}}', 'nope', 15],
    ['{{ lower nope }}', 'nope', 16],
    ['{{ lower (trim nope) }}', 'nope', 22],
    ['{{ default (lower nope) "d" }}', 'nope', 25],
    ['{{ to_json o indent=nope }}', 'nope', 27],
    ['{{ o.constructor }}', 'o.constructor', 10],
    ['{{ constructor }}', 'constructor', 10],
    ['{{ o.__proto__ }}', 'o.__proto__', 10],
    ['{{#each list}}{{ @nope }}{{/each}}', '@nope', 24],
    ['{{#each list}}{{ this.a }}{{/each}}', 'this.a', 24],
    ['{{ and true nope }}', 'true nope', 7],
  ])('%s', (text, name, column) => {
    const error = thrown(() => render(text, { o: { a: 1 }, s: 'text', list: [1] }));
    expect(error).toMatchObject({ code: 'template/undefined', params: { name }, place: `play.yaml:1:${column}` });
  });

  it('offers the nearest name', () => {
    expect(thrown(() => render('{{ chat_domian }}', { chat_domain: 'x' })).hint).toBe('did you mean "chat_domain"?');
    expect(thrown(() => render('{{ o.adress }}', { o: { address: 'x' } })).hint).toContain('did you mean "address"');
    expect(thrown(() => render('{{#each l}}{{ x }}{{/each}}', { l: [{ a: 1 }], x: 1 })).hint).toContain('@root.x');
  });

  it('gives ways out', () => {
    expect(render('{{ default nope "d" }}')).toBe('d');
    expect(render('{{ default o.x.y 3 }}', { o: {} })).toBe(3);
    expect(render('{{ default (lookup o "x") "d" }}', { o: {} })).toBe('d');
    expect(render('{{ default x "d" }}', { x: '' })).toBe('');
    expect(render('{{ default x "d" true }}', { x: '' })).toBe('d');
    expect(render('{{ default nope omit }}')).toBe(OMIT);
    expect(render('{{#if (defined "nope")}}a{{else}}b{{/if}}')).toBe('b');
    expect(render('{{ defined "o.a" }}', { o: { a: 1 } })).toBe(true);
  });

  it('points into the file where YAML folded the scalar', () => {
    const source = new SourceText('p.yaml', 'a: >-\n  one\n  two {{ x }} and {{ nope }}\n');
    const folded = new TemplateText('one two {{ x }} and {{ nope }}', { source, offset: 3, length: source.text.length - 3 });
    expect(thrown(() => renderTemplate(folded, scopeOf({ x: 1 }))).place).toBe('p.yaml:3:22');
  });

  it('points past an opening quote', () => {
    const source = new SourceText('p.yaml', 'a: "{{ nope }}"\n');
    expect(thrown(() => renderTemplate(new TemplateText('{{ nope }}', { source, offset: 3, length: 12 }), scopeOf({}))).place).toBe(
      'p.yaml:1:8',
    );
  });
});

describe('unknown values', () => {
  const x = new Unknown('install would run');
  it('passes one through alone, also through helpers', () => {
    expect(render('{{ x }}', { x })).toBe(x);
    expect(render('{{ lower x.stdout }}', { x })).toBe(x);
    expect(render('{{ join l "," }}', { l: ['a', x] })).toBe(x);
    expect(render('{{ default x "d" }}', { x })).toBe(x);
  });

  it('marks the text that holds one', () => {
    const text = render('id={{ x }};', { x });
    expect(text).toBeInstanceOf(Unknown);
    expect(String(text)).toBe('id=(known after apply);');
    expect(text).toMatchObject({ reason: 'install would run' });
  });

  it('makes a block that depends on one unknown', () => {
    expect(String(render('a{{#if x}}b{{/if}}c', { x }))).toBe('a(known after apply)c');
    expect(render('{{ or x true }}', { x })).toBe(true);
    expect(render('{{ and x true }}', { x })).toBe(x);
  });
});

describe('files', () => {
  const file = (text: string) => new SourceText('hosts.hbs', text);
  it('writes blocks with whitespace control', () => {
    const text = file(
      '{{#each hosts as |h i|}}\n{{i}} {{h.name}} {{@root.port}}{{#unless @last}},{{/unless}}\n{{/each}}\n{{~#if on}}\n on\n{{else}}\n off\n{{/if}}\nend\n',
    );
    const scope = scopeOf({ hosts: [{ name: 'a' }, { name: 'b' }], port: 443, on: false });
    expect(renderTemplateFile(text, scope)).toBe('0 a 443,\n1 b 443\n off\nend\n');
  });

  it('reports places in the file', () => {
    expect(thrown(() => renderTemplateFile(file('a\n\n  {{ nope }}\n'), scopeOf({}))).place).toBe('hosts.hbs:3:6');
  });

  it('has inline partials', () => {
    const text = file('{{#*inline "row"}}[{{name}} {{w}}]{{/inline}}{{#each l}}{{> row this w=1}}{{/each}}');
    expect(renderTemplateFile(text, scopeOf({ l: [{ name: 'a' }, { name: 'b' }] }))).toBe('[a 1][b 1]');
  });

  it('finds Jinja statements, which Handlebars would write out', () => {
    expect(thrown(() => renderTemplateFile(file('x\n{% if a %}b{% endif %}'), scopeOf({})))).toMatchObject({
      code: 'template/jinja',
      params: { found: '{% if a %}' },
      place: 'hosts.hbs:2:1',
    });
  });

  it('refuses each over what is no list', () => {
    expect(thrown(() => render('{{#each x}}a{{/each}}', { x: 'abc' })).code).toBe('template/not-iterable');
  });
});

describe('Jinja habits are shown the Handlebars way', () => {
  it.each([
    ["{{ x | default('y') }}", "{{ default x 'y' }}"],
    ['{{ x|lower }}', '{{ lower x }}'],
    ["{{ items | join(',') | upper }}", "{{ upper (join items ',') }}"],
    ['{{ x is defined }}', '{{#if (defined "x")}}…{{/if}}'],
    ["{{ lookup('env', 'HOME') }}", '{{ lookup_env "HOME" }}'],
    ['{{ ports[0] }}', '{{ ports.[0] }}'],
    ['{{ ports.0 }}', '{{ ports.[0] }}'],
    ["{{ hostvars['meet1'].x }}", '{{ hostvars.[meet1].x }}'],
    ['{{ a == b }}', '{{ eq a b }}'],
    ["{{ 'a' ~ b }}", "{{ concat 'a' b }}"],
    ['{{ a + 1 }}', '{{ add a 1 }}'],
    ['{{ a and b }}', '{{ and a b }}'],
    ["{{ 'x' if a else 'y' }}", "{{#if a}}{{'x'}}{{else}}{{'y'}}{{/if}}"],
    ['{{ hostvars[inventory_hostname] }}', '{{ lookup hostvars inventory_hostname }}'],
  ])('%s', (text, instead) => {
    expect(thrown(() => render(text, { x: 1, a: 1, b: 2 }))).toMatchObject({
      code: 'template/jinja',
      params: { instead },
      place: 'play.yaml:1:7',
    });
  });
});

describe('mistakes', () => {
  it.each([
    ['a {{ b', 'template/syntax', 9],
    ['{{#if x}}a', 'template/syntax', 7],
    ['{{#if x}}a{{/each}}', 'template/syntax', 10],
    ['{{ a.b c= }}', 'template/syntax', 17],
    ['{{}}', 'template/syntax', 9],
    ['{{ lwoer x }}', 'template/unknown-helper', 10],
    ['{{ lower }}', 'template/arguments', 7],
    ['{{ replace x "a" }}', 'template/arguments', 7],
    ['{{> part }}', 'template/unsupported', 7],
    ['{{ regex_replace x "(" "" }}', 'template/helper-failed', 7],
  ])('%s', (text, code, column) => {
    expect(thrown(() => render(text, { x: '1' }))).toMatchObject({ code, place: `play.yaml:1:${column}` });
  });

  it('are found without variables', () => {
    expect(
      checkTemplate(template('{{ lwoer x }} {{ lower (uper x) }} {{#each x}}{{ join }}{{/each}}')).map((each) => [each.code, each.hint]),
    ).toEqual([
      ['template/unknown-helper', 'did you mean "lower"?'],
      ['template/unknown-helper', 'did you mean "upper"?'],
    ]);
    expect(checkTemplate(template('{{ a | b }}'))).toHaveLength(1);
    expect(checkTemplate(template('{{ lower a }} {{ b.c }}'))).toEqual([]);
  });
});

it('a variable wins over a helper of its name when it has no arguments', () => {
  expect(render('{{ hash }}', { hash: 'abc' })).toBe('abc');
  expect(render('{{ first first }}', { first: ['a'] })).toBe('a');
});

it('names the variables that a template refers to', () => {
  const text =
    '{{ a.b }} {{ default c d }} {{#each e as |f|}}{{ f }} {{ g }} {{ ../h }} {{ @root.i }}{{/each}} {{#if (defined "j.k")}}{{ lower l }}{{/if}}';
  const uses = referencedVariables(template(text));
  expect(uses.map((use) => [use.path.join('.'), use.guarded])).toEqual([
    ['a.b', false],
    ['c', true],
    ['d', false],
    ['e', false],
    ['h', false],
    ['i', false],
    ['j.k', true],
    ['l', false],
  ]);
});
