import { describe, expect, it } from 'vitest';
import { ChatsctlError } from '../../../src/base/errors.js';
import { formatPosition, SourceText } from '../../../src/base/position.js';
import { entryOf, headOf, nodeAt, positionAt } from '../../../src/source/node.js';
import { toSourceValue } from '../../../src/source/source-value.js';
import { parseYaml } from '../../../src/source/yaml.js';

const parse = (text: string) => parseYaml(new SourceText('f.yaml', text));
const read = (text: string) => toSourceValue(parse(text));

function problems(text: string): (string | undefined)[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    return error.diagnostics.map(({ code, position, hint }) => {
      const { line, column } = position ? position.source.lineColumn(position.offset) : { line: 0, column: 0 };
      return `${line}:${column} ${code}${hint === undefined ? '' : ` ${hint}`}`;
    });
  }
}

describe('structure', () => {
  it.each([
    ['', null],
    ['---\na: 1\n...\n', { a: 1 }],
    ['%YAML 1.1\n---\na: yes', { a: true }],
    ['80: x\nyes: y\n0644: z', { '80': 'x', yes: 'y', '0644': 'z' }],
    ['a: &x [1]\nb: *x', { a: [1], b: [1] }],
    ['a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3', { a: { p: 1, q: 2 }, b: { p: 1, q: 3 } }],
    ['a: &x {p: 1}\nb: &y {p: 2, r: 4}\nc: {q: 3, <<: [*x, *y]}', { a: { p: 1 }, b: { p: 2, r: 4 }, c: { p: 1, r: 4, q: 3 } }],
    ['"<<": 1', { '<<': 1 }],
    ['__proto__: 1', Object.fromEntries([['__proto__', 1]])],
    ['a:\nb: ""', { a: null, b: '' }],
  ])('%j', (text, value) => expect(read(text)).toEqual(value));

  it('a byte order mark and CR LF do no harm', () => {
    expect(read('\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n')).toEqual({ a: 1, b: 'x\ny\n' });
  });

  it('reads 4,000 tasks', () => {
    const task = (n: number) =>
      `- name: task ${n}\n  copy:\n    dest: /etc/${n}\n    content: "x {{ y }} ${n}"\n    mode: '0644'\n  when: z == ${n}\n  tags: [a, b]\n`;
    const text = Array.from({ length: 4000 }, (_, n) => task(n)).join('');
    expect(read(text)).toHaveLength(4000);
  });
});

describe('positions', () => {
  const source = 'play:\n  - name: x\n    file: { path: "/a", mode: 0644 }\n';
  const place = (...path: (string | number)[]) => formatPosition(positionAt(parse(source), path));

  it('of values, keys, and the nearest that there is', () => {
    expect(place('play')).toBe('f.yaml:2:3');
    expect(place('play', 0)).toBe('f.yaml:2:5');
    expect(place('play', 0, 'file', 'path')).toBe('f.yaml:3:19');
    expect(place('play', 0, 'nothing', 'path')).toBe('f.yaml:2:5');
    const file = nodeAt(parse(source), ['play', 0, 'file']);
    const entry = entryOf(file, 'mode');
    expect(entry && [formatPosition(entry.keyPosition), entry.keyPosition.length, entry.value.position.length]).toEqual([
      'f.yaml:3:25',
      4,
      4,
    ]);
  });

  it('of the head of a mapping: its first key, or its brace', () => {
    const root = parse(source);
    const task = nodeAt(root, ['play', 0]);
    const file = nodeAt(root, ['play', 0, 'file']);
    expect(task && [formatPosition(headOf(task)), headOf(task).length]).toEqual(['f.yaml:2:5', 4]);
    expect(file && [formatPosition(headOf(file)), headOf(file).length]).toEqual(['f.yaml:3:11', 1]);
  });
});

describe('errors', () => {
  it.each<[string, string[]]>([
    ['a: b: c', ["1:5 yaml/colon 'b: c'"]],
    ['- when: a && b: c\n  shell: echo "a: b" c: d', ["1:15 yaml/colon 'a && b: c'", '2:17 yaml/colon \'echo "a: b" c: d\'']],
    ['a: {{ foo }}', ['1:4 yaml/template-quotes "{{ foo }}"']],
    ['a: {{ foo }}/x # why\nb: {{ y "z" }}', ['1:4 yaml/template-quotes "{{ foo }}/x"', '2:4 yaml/template-quotes \'{{ y "z" }}\'']],
    ['a: "x" y', ['1:8 yaml/after-quote \'"x" y\'']],
    ["a: 'it's'", ['1:8 yaml/after-quote "it\'s"']],
    ['a:\n\tb: 1\n\tc: 2', ['2:1 yaml/tab']],
    ['a:\n  b: 1\n c: 2', ['3:2 yaml/indent']],
    ['a: 1\n  b: 2', ['2:3 yaml/indent']],
    ['- name: x\n   file: y', ['2:4 yaml/indent']],
    [' - x\n- y', ['2:1 yaml/indent']],
    ['key\nother: 1', ['1:1 yaml/no-value']],
    ['a: |\n x\ny', ['3:1 yaml/no-value']],
    ['a: [1, 2\nb: 3', ['1:4 yaml/bracket']],
    ['x: [a, {b: c}', ['1:4 yaml/bracket']],
    ['{a: 1}}', ['1:7 yaml/closing']],
    ['a: - b', ['1:4 yaml/dash']],
    ['a: "abc\nb: 1', ['1:4 yaml/quote']],
    ['a: "\\d"', ['1:5 yaml/escape']],
    ['a: @x', ["1:4 yaml/start '@x'"]],
    ['a: 1\n---\nb: 2', ['2:1 yaml/documents']],
    ['? [a]\n: 1', ['1:3 yaml/key']],
    ['a: 1\nb: {c: 1, c: 2}\na: 3', ['2:11 yaml/duplicate-key', '3:1 yaml/duplicate-key']],
    ['a: *x', ['1:4 yaml/alias']],
    ['a: &x\n  b: *x', ['2:6 yaml/alias']],
    ['a:\n  <<: 1', ['2:3 yaml/merge']],
    ['a: !foo x\nb: !!python/object:os.system x\nc: !!int abc', ['1:4 yaml/tag', '2:4 yaml/tag', '3:10 yaml/tag-value']],
    ['a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6638\n', ['1:4 yaml/vault']],
  ])('%j', (text, expected) => expect(problems(text)).toEqual(expected));

  it('a duplicate key names the first', () => {
    expect(() => parse('a: 1\nb: 2\na: 3')).toThrow('the key "a" is here twice, first in line 1');
  });

  it('aliases cannot fill the memory', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) =>
        `l${n}: &l${n} [${Array(10)
          .fill(n === 0 ? 'x' : `*l${n - 1}`)
          .join(', ')}]`,
    );
    expect(problems(levels.join('\n'))).toEqual(['6:9 yaml/too-large']);
  });
});
