import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ChatsctlError, plainMessage } from '../../../src/base/errors.js';
import { SourceText } from '../../../src/base/position.js';
import type { Regex } from '../../../src/base/regex.js';
import type { Value } from '../../../src/base/value.js';
import { type ArgumentsOf, checkRules, coerce, schemaOf, secretsIn, t } from '../../../src/sdk/arguments.js';
import type { ControlFile } from '../../../src/sdk/control-file.js';

const spec = {
  path: t.path().required().aliases('dest', 'name'),
  mode: t.mode(),
  port: t.int().default(22),
  state: t.choice(['present', 'absent']).default('present'),
  force: t.bool().default(false),
  names: t.list(t.string()),
  password: t.string().secret(),
  pattern: t.regex(),
  steps: t.list(t.object({ prompt: t.string().required(), answer: t.string().secret(), max: t.int().default(3) })),
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ChatsctlError) return `${error.code}: ${plainMessage(error.diagnostics[0])}`;
    throw error;
  }
  return 'no error';
}

const one = (argument: Parameters<typeof coerce>[0][string], value: Value) => coerce({ it: argument }, { it: value }, 'module').it;

describe('a text for people', () => {
  it.each<[Value, unknown]>([
    ['plain', 'plain'],
    [7, '7'],
    [
      { en: 'a', ru: 'б' },
      { en: 'a', ru: 'б' },
    ],
    [{ en: 'a' }, 'a'],
    [{ en: 'a', ru: null }, 'a'],
  ])('%j', (given, text) => {
    expect(one(t.text(), given)).toEqual(text);
  });

  it.each<Value>([{ ru: 'б' }, { en: 'a', de: 'c' }, { en: 'a', ru: ['б'] }, ['a']])('refuses %j', (given) => {
    expect(codeOf(() => one(t.text(), given))).toContain('args/invalid');
  });
});

describe('what a declaration gives', () => {
  it('infers presence from required and default', () => {
    type Args = ArgumentsOf<typeof spec>;
    expectTypeOf<Args['path']>().toEqualTypeOf<string>();
    expectTypeOf<Args['port']>().toEqualTypeOf<number>();
    expectTypeOf<Args['mode']>().toEqualTypeOf<number | string | undefined>();
    expectTypeOf<Args['state']>().toEqualTypeOf<'present' | 'absent'>();
    expectTypeOf<Args['names']>().toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<Args['pattern']>().toEqualTypeOf<Regex | undefined>();
    expectTypeOf<NonNullable<Args['steps']>[number]['max']>().toEqualTypeOf<number>();
    const args = coerce(spec, { path: '/x' }, 'file');
    // @ts-expect-error no such argument
    expect(args.onwer).toBeUndefined();
    // @ts-expect-error an optional argument may be absent
    const mode: number | string = args.mode;
    expect(mode).toBeUndefined();
    // @ts-expect-error a choice has only its own words
    expect(args.state === 'latest').toBe(false);
  });

  it('takes aliases and fills defaults', () => {
    expect(coerce(spec, { dest: '/x' }, 'file')).toMatchObject({ path: '/x', port: 22, state: 'present', force: false });
    expect(codeOf(() => coerce(spec, { dest: '/x', path: '/y' }, 'file'))).toBe('args/exclusive: file takes only one of: dest, path');
  });

  it('takes null as not given', () => {
    expect(coerce(spec, { path: '/x', port: null, mode: null }, 'file')).toMatchObject({ port: 22, mode: undefined });
    expect(codeOf(() => coerce(spec, { path: null }, 'file'))).toContain(
      'args/invalid: argument "path" of file: found null, expected a path',
    );
  });

  it('loads files of the control machine from what the engine gives', () => {
    const file: ControlFile = {
      path: '/c/x',
      isDirectory: false,
      mode: 0o644,
      size: 1,
      sha256: async () => '',
      content: async () => Buffer.from('x'),
      entries: async () => [],
    };
    const files = { src: t.controlFile('files').required() };
    expect(coerce(files, { src: 'x' }, 'copy', {}, { src: file }).src).toBe(file);
    expect(codeOf(() => coerce(files, { src: 'x' }, 'copy'))).toContain('args/invalid');
    expect(coerce({ src: t.controlFileUnless('files', 'remote_src') }, { src: '/host/x' }, 'copy').src).toBe('/host/x');
  });
});

describe('conversions', () => {
  it.each([
    [t.bool(), 'yes', true],
    [t.bool(), 'True', true],
    [t.bool(), 'off', false],
    [t.bool(), 1, true],
    [t.bool(), '0', false],
    [t.int(), '8080', 8080],
    [t.int(), ' 7 ', 7],
    [t.number(), '1.5', 1.5],
    [t.string(), 8080, '8080'],
    [t.string(), true, 'true'],
    [t.duration(), '1h30m', 5400],
    [t.duration(), '90', 90],
    [t.duration(), '500ms', 0.5],
    [t.mode(), '0644', 0o644],
    [t.mode(), '644', 0o644],
    [t.mode(), '0o755', 0o755],
    [t.mode(), '02775', 0o2775],
    [t.mode(), 420, 0o644],
    [t.mode(), 'u=rw,g=r', 'u=rw,g=r'],
    [t.mode(), 'a-x,u+X', 'a-x,u+X'],
    [t.mode(), 'preserve', 'preserve'],
    [t.list(t.string()), 'a, b', ['a', 'b']],
    [t.list(t.string()), 'a', ['a']],
    [t.list(t.string()), ['a,b'], ['a,b']],
    [t.list(t.string()), '', []],
    [t.list(t.int()), 5, [5]],
    [t.list(t.condition()), 'f(a, b)', ['f(a, b)']],
    [t.list(t.condition()), [true, 'x'], ['true', 'x']],
    [t.choice(['yes', 'no', 'dist']), true, 'yes'],
    [t.mapOf(t.int()), { a: '1' }, { a: 1 }],
  ])('%#: %j is %j', (argument, value, expected) => {
    expect(one(argument, value)).toEqual(expected);
  });

  it.each([
    [t.bool(), 'maybe'],
    [t.int(), '1.5'],
    [t.int(), 'x'],
    [t.mode(), '0888'],
    [t.mode(), 70_000],
    [t.mode(), 'rw'],
    [t.path(), ''],
    [t.string(), { a: 1 }],
    [t.choice(['a', 'b']), 'c'],
    [t.list(t.int()), ['1', 'x']],
    [t.duration(), '-5'],
    [t.map(), 'x'],
  ])('%#: refuses %j', (argument, value) => {
    expect(codeOf(() => one(argument, value))).toContain('args/invalid');
  });

  it('keeps a pattern with commas whole', () => {
    expect(coerce({ it: t.list(t.regex()) }, { it: 'a{1,2}' }, 'm').it?.map((each) => each.source)).toEqual(['a{1,2}']);
  });

  it('every octal text of four digits is its number', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0o7777 }), (mode) => one(t.mode(), mode.toString(8).padStart(4, '0')) === mode));
  });
});

describe('errors', () => {
  it('name argument, found and expected, at the place where it is written', () => {
    const position = { source: new SourceText('p.yaml', 'port: x'), offset: 6, length: 1 };
    const run = () => coerce(spec, { path: '/x', port: 'x' }, 'file', { port: position });
    expect(codeOf(run)).toBe('args/invalid: argument "port" of file: found "x", expected a whole number');
    expect(run).toThrowError(expect.objectContaining({ diagnostics: [expect.objectContaining({ position })] }));
  });

  it('name the place inside a list of mappings', () => {
    expect(codeOf(() => coerce(spec, { path: '/x', steps: [{ answer: 'a' }] }, 'expect'))).toBe(
      'args/missing: expect needs the argument "steps[0].prompt"',
    );
    expect(codeOf(() => coerce(spec, { path: '/x', steps: [{ prompt: 'a', max: 'x' }] }, 'expect'))).toContain(
      '"steps[0].max" of expect: found "x"',
    );
  });

  it('propose the nearest name', () => {
    expect(() => coerce(spec, { paht: '/x' }, 'file')).toThrowError(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'args/unknown', hint: 'did you mean "path"?' })] }),
    );
  });

  it('show a bad pattern where the argument is written', () => {
    const position = { source: new SourceText('p.yaml', 'pattern: "(a"'), offset: 9, length: 4 };
    expect(() => coerce(spec, { path: '/x', pattern: '(a' }, 'file', { pattern: position })).toThrowError(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'expression/regex', position })] }),
    );
  });

  it('never quote a secret', () => {
    const found = [
      codeOf(() => coerce(spec, { path: '/x', password: { inner: 'hunter2' } }, 'user')),
      codeOf(() => coerce(spec, { path: '/x', steps: [{ prompt: 'p', answer: ['hunter2'] }] }, 'expect')),
      codeOf(() => coerce(spec, { path: '/x', steps: ['hunter2'] }, 'expect')),
    ];
    for (const each of found) {
      expect(each).toContain('args/invalid');
      expect(each).not.toContain('hunter2');
    }
  });

  it('secrets are found at any depth', () => {
    expect(secretsIn(spec, { path: '/x', password: 'one', steps: [{ prompt: 'p', answer: 'two' }] })).toEqual(['one', 'two']);
  });
});

describe('a value that a flag beside it makes secret', () => {
  const step = { steps: t.list(t.object({ answer: t.string().secretIf('secret'), secret: t.bool().default(false) })) };

  it('is secret only then', () => {
    expect(secretsIn(step, { steps: [{ answer: 'open' }, { answer: 'hunter2', secret: 'yes' }] })).toEqual(['hunter2']);
    expect(coerce(step, { steps: [{ answer: 'open' }] }, 'expect').steps).toEqual([{ answer: 'open', secret: false }]);
  });

  it('is never quoted', () => {
    expect(codeOf(() => coerce(step, { steps: [{ answer: ['hunter2'], secret: true }] }, 'expect'))).not.toContain('hunter2');
  });
});

describe('rules', () => {
  const module = {
    name: 'copy',
    arguments: { src: t.string(), content: t.string(), a: t.string(), b: t.string().aliases('bee') },
    rules: { exclusive: [['src', 'content']], oneOf: [['src', 'content']], together: [['a', 'b']] },
  };
  it.each([
    [{ src: 'x' }, 'no error'],
    [{ src: 'x', content: 'y' }, 'args/exclusive: copy takes only one of: src, content'],
    [{}, 'args/one-of: copy needs one of: src, content'],
    [{ src: null, content: 'y' }, 'no error'],
    [{ src: 'x', a: '1' }, 'args/together: copy needs all or none of: a, b'],
    [{ src: 'x', a: '1', bee: '2' }, 'no error'],
  ])('%j: %s', (values, expected) => {
    expect(codeOf(() => checkRules(module, values))).toBe(expected);
  });
});

describe('the schema', () => {
  it('knows names, aliases and what is required', () => {
    const schema = schemaOf(spec);
    expect(Object.keys(schema.properties ?? {})).toEqual(expect.arrayContaining(['path', 'dest', 'name', 'mode']));
    expect(schema).toMatchObject({
      additionalProperties: false,
      allOf: [{ anyOf: [{ required: ['path'] }, { required: ['dest'] }, { required: ['name'] }] }],
    });
  });
});
