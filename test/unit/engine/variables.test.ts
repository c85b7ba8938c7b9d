import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

// What is expected is what ansible-core 2.14 did with the same playbook, unless a comment says otherwise.
const one = '- hosts: a\n  gather_facts: false\n';

describe('include_vars of a folder', () => {
  const files = {
    'vars/x/b.yaml': 'v: b\nb: 1\n',
    'vars/x/a.yml': 'v: a\na: 1\n',
    'vars/x/c.json': '{"v": "c", "c": 1}',
    'vars/x/sub/d.yaml': 'v: d\nd: 1\n',
    'vars/x/sub/deep/e.yaml': 'v: e\ne: 1\n',
  };
  const read = async (args: string, more: Readonly<Record<string, string>> = {}) => {
    const book = `${one}  tasks: [{name: i, include_vars: {dir: vars/x, ${args}}}]\n`;
    const played = await play(book, { files: { ...files, ...more } });
    return played.result('i');
  };

  it.each([
    ['', { v: 'e', a: 1, b: 1, c: 1, d: 1, e: 1 }],
    ['depth: 1', { v: 'c', a: 1, b: 1, c: 1 }],
    // Ansible before 2.18 counted folders one by one; here as documented.
    ['depth: 2', { v: 'd', a: 1, b: 1, c: 1, d: 1 }],
    ['files_matching: "^[ab]"', { v: 'b', a: 1, b: 1 }],
    ['ignore_files: [c.json, "d.y.ml", e.yaml]', { v: 'b', a: 1, b: 1 }],
    ['ignore_files: "c.json d.yaml e.yaml a.y"', { v: 'b', a: 1, b: 1 }],
    ['extensions: [yml], ignore_unknown_extensions: true', { v: 'a', a: 1 }],
    ['depth: 1, name: all', { all: { v: 'c', a: 1, b: 1, c: 1 } }],
  ])('%s', async (args, variables) => {
    expect((await read(args)).ansible_facts).toEqual(variables);
  });

  it('names the files that it read, in their order', async () => {
    const { ansible_included_var_files: read_ } = await read('depth: 1');
    expect((read_ as string[]).map((each) => each.replace(/^.*\/vars\/x\//, ''))).toEqual(['a.yml', 'b.yaml', 'c.json']);
  });

  it('another ending is an error, and so is no folder', async () => {
    expect((await read('depth: 1', { 'vars/x/notes.txt': 'x' })).code).toBe('task/vars-extension');
    const { result } = await play(`${one}  tasks: [{name: i, include_vars: {dir: nowhere}}]\n`);
    expect(result('i').code).toBe('task/vars-folder');
  });

  it('in a role it is in vars/', async () => {
    const role = { 'roles/r/tasks/main.yaml': '- {name: i, include_vars: {dir: more}}\n', 'roles/r/vars/more/x.yaml': 'v: role\n' };
    const { result } = await play(`${one}  roles: [r]\n`, { files: role });
    expect(result('r : i').ansible_facts).toEqual({ v: 'role' });
  });
});

describe('set_fact', () => {
  it('renders the names of its variables', async () => {
    const book = `${one}  tasks:
    - {name: s, set_fact: {"{{ item.k }}": "{{ item.v }}", "fixed_{{ item.k }}": 1}, loop: [{k: one, v: [1]}, {k: two, v: x}]}
    - {name: d, debug: {msg: "{{ to_json one }} {{ two }} {{ fixed_two }}"}}
`;
    expect((await play(book)).steps).toEqual(['s: a ok', 'd: a says [1] x 1']);
  });

  it('a rendered name that is none fails', async () => {
    const { result } = await play(`${one}  tasks: [{name: s, set_fact: {"{{ n }}": 1}, vars: {n: "1 x"}}]\n`);
    expect(result('s').msg).toContain('"1 x" is no name of a variable');
  });
});

describe('ansible_loop', () => {
  it.each([
    ['extended: true', true],
    ['extended: true, extended_allitems: true', true],
    ['extended: true, extended_allitems: false', false],
  ])('%s', async (control, has) => {
    const { result } = await play(`${one}  tasks: [{name: l, debug: {msg: x}, loop: [1, 2], loop_control: {${control}}}]\n`);
    const [first] = result('l').results as unknown as [{ ansible_loop: object }];
    expect(first.ansible_loop).toMatchObject({ length: 2, first: true });
    expect(Object.hasOwn(first.ansible_loop, 'allitems')).toBe(has);
  });
});
