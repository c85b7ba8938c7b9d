import fc from 'fast-check';
import Handlebars from 'handlebars';
import { expect, it } from 'vitest';
import { SourceText } from '../../../src/base/position.js';
import { renderTemplateFile } from '../../../src/vars/template-file.js';
import { scopeOf } from './support.js';

const values = {
  name: 'chat1',
  port: 443,
  zero: 0,
  empty: '',
  none: [],
  on: true,
  off: false,
  tags: ['a', 'b'],
  hosts: [
    { name: 'h1', ports: [1, 2] },
    { name: 'h2', ports: [] },
  ],
  map: { x: { name: 'mx' }, y: { name: 'my' } },
  nested: { name: 'in', deep: { name: 'deeper' } },
};

const leaf = fc.constantFrom(
  'text ',
  '\n',
  '  ',
  '{{name}}',
  '{{@root.port}}',
  '{{~name~}}',
  '{{! note }}\n',
  '{{!-- }} --}}',
  '\\{{name}}',
  '{{this.name}}',
);
const inItem = fc.constantFrom(
  '{{name}}',
  '{{@index}}',
  '{{@key}}',
  '{{@first}}{{@last}}',
  '{{../port}}',
  '{{@root.name}} ',
  '{{@../index}}',
);

/** Templates in which every name exists where it stands, so that strictness makes no difference. */
const top: fc.Arbitrary<string> = fc.letrec<{ body: string; node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('on', 'off', 'zero', 'empty', 'none', 'tags', 'nested'), tie('body'), tie('body'))
      .map(([x, a, b]) => `{{#if ${x}}}\n${a}{{else}}${b}\n{{/if}}\n`),
    fc.tuple(fc.constantFrom('on', 'off', 'zero'), tie('body')).map(([x, a]) => `{{#unless ${x}}}${a}{{^}}-{{/unless}}`),
    fc
      .tuple(fc.constantFrom('hosts', 'map'), inItem, inItem)
      .map(([x, a, b]) => `{{#each ${x}}}\n ${a}${b === '{{@../index}}' ? '' : b}\n{{else}}none{{/each}}`.replace('{{@../index}}', '')),
    fc.constantFrom(
      '{{#each tags as |t i|}}{{i}}={{t}}{{#unless @last}},{{/unless}}{{/each}}',
      '{{#each hosts}}{{#each ports}}{{this}}{{../name}}{{@../index}}{{@index}};{{else}}no{{/each}}{{/each}}',
      '{{#with nested}}{{name}}{{#with deep}}{{name}}{{../name}}{{../../name}}{{/with}}{{/with}}',
      '{{#with nested as |n|}}{{n.deep.name}}{{/with}}',
      '{{#with none}}a{{else}}b{{/with}}',
      '{{#tags}}<{{.}}>{{/tags}}{{^none}}empty{{/none}}',
      '{{#nested}}{{name}}{{/nested}}{{#on}}{{name}}{{/on}}{{#off}}x{{/off}}',
      '{{#if off}}a{{else if on}}b{{else}}c{{/if}}',
      '{{#each hosts}}{{#if ports}}{{name}}{{../name}}{{/if}}{{/each}}',
      '{{#*inline "p"}}[{{name}}{{q}}]{{/inline}}{{> p q=1}}{{#each hosts}}{{> p q=2}}{{/each}}',
      '{{#*inline "row"}}\nr {{name}}\ns\n{{/inline}}\n  {{> row}}\nend',
      '{{#if zero includeZero=true}}z{{/if}}',
      '{{lookup map.x "name"}}{{#each map as |v k|}}{{k}}{{v.name}}{{/each}}',
    ),
  ),
  body: fc.array(tie('node'), { maxLength: 4 }).map((parts) => parts.join('')),
})).body;

/** With escaping on, for values that need none: with `noEscape` Handlebars adds two numbers that stand side by side. */
const reference = Handlebars.create();

it('writes what Handlebars writes', () => {
  fc.assert(
    fc.property(top, (text) => {
      const expected = reference.compile(text, { strict: true })(values);
      expect(renderTemplateFile(new SourceText('t.hbs', text), scopeOf(values))).toBe(expected);
    }),
    { numRuns: 600 },
  );
});
