import { describe, expect, it } from 'vitest';
import { plainMessage } from '../../../src/base/errors.js';
import { SourceText } from '../../../src/base/position.js';
import { validateNode } from '../../../src/source/schema.js';
import { parseYaml } from '../../../src/source/yaml.js';

const scalar = { type: ['string', 'number', 'boolean'] };
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['path'],
  properties: {
    path: { type: 'string' },
    owner: scalar,
    state: { enum: ['file', 'directory', 'absent'] },
    force: { anyOf: [{ type: 'boolean' }, { enum: ['yes', 'no'] }], expected: 'true or false' },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    names: { anyOf: [{ type: 'array', items: { type: 'string', minLength: 1 } }, { type: 'string' }] },
    steps: {
      type: 'array',
      items: { type: 'object', additionalProperties: false, required: ['prompt'], properties: { prompt: scalar, answer: scalar } },
    },
    env: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

/** Line, column, what the carets are under, code, sentence. */
function problems(text: string, of: object = schema): string[] {
  const source = new SourceText('f.yaml', text);
  return validateNode({ ...of }, parseYaml(source), 'file').map((each) => {
    const { offset = 0, length = 0 } = each.position ?? {};
    const { line, column } = source.lineColumn(offset);
    return [`${line}:${column}`, source.text.slice(offset, offset + length), each.code, plainMessage(each), each.hint ?? ''].join(' | ');
  });
}

describe('validateNode', () => {
  it.each<[string, string[]]>([
    ['path: /a\nowner: 0\nport: 22\nnames: [a, b]\nforce: yes\nsteps: [{prompt: x}]', []],
    ['path: /a\nonwer: root', ['2:1 | onwer | args/unknown | unknown argument "onwer" of module "file" | did you mean "owner"?']],
    [
      'path: /a\nzzz: 1\nstat: file',
      [
        '2:1 | zzz | args/unknown | unknown argument "zzz" of module "file" | ',
        '3:1 | stat | args/unknown | unknown argument "stat" of module "file" | did you mean "state"?',
      ],
    ],
    ['owner: root', ['1:1 | owner | args/missing | file needs the argument "path" | ']],
    ['{ owner: root }', ['1:1 | { | args/missing | file needs the argument "path" | ']],
    ['', ['1:1 |  | args/missing | file needs the argument "path" | ']],
    ['text', ['1:1 | text | args/form | the arguments of file: found "text", expected a mapping | ']],
    ['path: [1]', ['1:7 | [ | args/invalid | argument "path" of file: found a list, expected a text | ']],
    ['path: 0644', ['1:7 | 0644 | args/invalid | argument "path" of file: found the number 0644, expected a text | ']],
    [
      'path: a\nstate: link',
      ['2:8 | link | args/invalid | argument "state" of file: found "link", expected "file", "directory" or "absent" | '],
    ],
    ['path: a\nforce: maybe', ['2:8 | maybe | args/invalid | argument "force" of file: found "maybe", expected true or false | ']],
    [
      'path: a\nport: 70000',
      ['2:7 | 70000 | args/invalid | argument "port" of file: found the number 70000, expected a number <= 65535 | '],
    ],
    ['path: a\nnames: {b: 1}', ['2:8 | { | args/invalid | argument "names" of file: found a mapping, expected a list or a text | ']],
    ['path: a\nnames: [b, 1]', ['2:12 | 1 | args/invalid | argument "names[1]" of file: found the number 1, expected a text | ']],
    ['path: a\nnames: [b, ""]', ['2:12 | "" | args/invalid | argument "names[1]" of file: found "", expected a text that is not empty | ']],
    [
      'path: a\nsteps:\n  - answer: x\n    promt: y',
      [
        '4:5 | promt | args/unknown | unknown argument "steps[0].promt" of module "file" | did you mean "prompt"?',
        '3:5 | answer | args/missing | file needs the argument "steps[0].prompt" | ',
      ].reverse(),
    ],
    ['path: a\nenv:\n  A: x\n  B: 1', ['4:6 | 1 | args/invalid | argument "env.B" of file: found the number 1, expected a text | ']],
  ])('%j', (text, expected) => expect(problems(text)).toEqual(expected));

  it.each([
    ['path: "{{ p }}"\nport: "{{ n }}"\nforce: "{{ f }}"\nstate: "{{ s }}"\nnames: "{{ l }}"\nsteps: "{{ d }}"\nenv: {A: "{{ x }}"}'],
    ['path: a\nnames: ["{{ x }}"]\nsteps: ["{{ x }}", {prompt: "{{ y }}"}]'],
    ['"{{ everything }}"'],
  ])('a template is whatever is wanted: %j', (text) => expect(problems(text)).toEqual([]));

  it('a text that is no template because it is !unsafe is checked', () => {
    expect(problems('path: a\nport: !unsafe "{{ n }}"')).toHaveLength(1);
  });

  it('reports one thing where a schema offers branches', () => {
    const oneOf = { properties: { src: {}, content: {} }, oneOf: [{ required: ['src'] }, { required: ['content'] }] };
    expect(problems('src: a\ncontent: b', oneOf)).toEqual(['1:1 | src | args/exclusive | file takes only one of: src, content | ']);
    expect(problems('x: 1', oneOf)).toEqual(['1:1 | x | args/one-of | file needs one of: src, content | ']);
    const aliases = { properties: {}, allOf: [{ anyOf: [{ required: ['path'] }, { required: ['dest'] }] }] };
    expect(problems('x: 1', aliases)).toEqual(['1:1 | x | args/missing | file needs the argument "path" | ']);
    const kinds = {
      $defs: { task: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
      properties: { do: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/task' }] } },
    };
    expect(problems('do: {name: 1}', kinds)).toEqual([
      '1:12 | 1 | args/invalid | argument "do.name" of file: found the number 1, expected a text | ',
    ]);
  });

  it('what is missing stands at the key that owns the arguments', () => {
    const source = new SourceText('f.yaml', 'file:\n');
    const node = parseYaml(source);
    const [entry] = node.kind === 'map' ? node.entries : [];
    const [found] = entry ? validateNode(schema, entry.value, 'file', entry.keyPosition) : [];
    expect(found?.position).toEqual({ source, offset: 0, length: 4 });
  });
});
