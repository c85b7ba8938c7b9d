import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Folder } from './harness.js';

const SPECS = `argument_specs:
  main:
    options:
      domain: { required: true, description: The main name. }
      key: { required: true, no_log: true, required_unless: [token] }
      token: { no_log: true }
`;
let folder: Folder;
beforeEach(() => {
  folder = new Folder().write({
    'inventory.yaml': 'all: { hosts: { web1: } }\n',
    'roles/r/meta/argument_specs.yaml': SPECS,
    'roles/r/tasks/main.yaml': '- debug: { msg: "{{ domain }}" }\n  tags: [talk]\n',
    'site.yaml': '- hosts: localhost\n  gather_facts: false\n  roles: [r]\n',
  });
});
afterEach(() => folder.remove());
const env = { CHATSCTL_SECRETS_PASSPHRASE: 'a passphrase' };
const play = (words: string[] = [], start: Parameters<Folder['run']>[1] = {}) =>
  folder.run(['play', 'site.yaml', '-i', 'inventory.yaml', '--no-input', ...words], start);

test('all that is missing is reported at once, with status 4', async () => {
  const { status, stdout, stderr } = await play();
  expect(status).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toContain('the role "r" needs the variable "domain"');
  expect(stderr).toContain('The main name.');
  expect(stderr).toContain('the role "r" needs the secret "key"');
  expect(stderr).not.toContain('"token"');
});

test.each([
  ['-e', () => ['-e', 'domain=x key=secret-key-1']],
  ['the other variable of required_unless', () => ['-e', 'domain=x token=secret-token-1']],
])('answered by %s', async (_name, words) => {
  expect(await play(words())).toMatchObject({ status: 0 });
});

test('tags make no difference, as in Ansible', async () => {
  expect(await play(['--tags', 'other'])).toMatchObject({ status: 4 });
});

test('answered by the play, and by the store', async () => {
  folder.write({ 'site.yaml': '- hosts: localhost\n  gather_facts: false\n  vars: { domain: x }\n  roles: [r]\n' });
  await folder.run(['secrets', 'init', '-i', 'inventory.yaml', '--no-input'], { env });
  await folder.run(['secrets', 'set', 'key', '-i', 'inventory.yaml', '--no-input'], { env, input: 'secret-key-1' });
  expect(await play([], { env })).toMatchObject({ status: 0 });
  expect(await play()).toMatchObject({ status: 5, stderr: expect.stringContaining('none was given') });
});

test('what a task captures is not missing, but does not answer required_unless', async () => {
  folder.write({
    'roles/r/tasks/main.yaml':
      '- expect: { command: "echo t", captures: { token: { pattern: "(?<value>x)", store: token } } }\n  when: false\n',
  });
  const { stderr } = await play(['-e', 'domain=x']);
  expect(stderr).toContain('"key"');
});

const CAPTURING = `- hosts: localhost
  gather_facts: false
  tasks:
    - expect: { command: "echo t", captures: { token: { pattern: "(?<value>x)", store: token } } }
      when: false
`;

test('a run that captures makes the store first, or ends with status 5 before anything', async () => {
  folder.write({ 'site.yaml': CAPTURING });
  expect(await play()).toMatchObject({ status: 5, stdout: '', stderr: expect.stringContaining('there is no secrets store') });
  expect(await play(['--check'])).toMatchObject({ status: 0 });
  expect(existsSync(join(folder.path, 'secrets.age'))).toBe(false);
  expect(await play([], { env })).toMatchObject({ status: 0 });
  expect(existsSync(join(folder.path, 'secrets.age'))).toBe(true);
});

test('what is captured for the run alone needs no store; what is stored answers under the name in the store', async () => {
  folder.write({ 'site.yaml': CAPTURING.replace(', store: token', '') });
  expect(await play()).toMatchObject({ status: 0 });
  expect(existsSync(join(folder.path, 'secrets.age'))).toBe(false);
  folder.write({
    'site.yaml': '- hosts: localhost\n  gather_facts: false\n  roles: [r]\n',
    'roles/r/tasks/main.yaml':
      '- expect: { command: "echo t", captures: { caught: { pattern: "(?<value>x)", store: key } } }\n  when: false\n',
  });
  expect((await play(['-e', 'domain=x'])).stderr).not.toContain('"key"');
});

test('a play that has nothing to do with the store does not open it', async () => {
  await folder.run(['secrets', 'init', '-i', 'inventory.yaml', '--no-input'], { env });
  folder.write({ 'site.yaml': '- hosts: localhost\n  gather_facts: false\n  tasks: [{ debug: { msg: hi } }]\n' });
  expect(await play()).toMatchObject({ status: 0 });
  folder.write({ 'site.yaml': '- hosts: localhost\n  gather_facts: false\n  tasks: [{ debug: { msg: "{{ unknown_name }}" } }]\n' });
  expect(await play()).toMatchObject({ status: 5 });
});

test('vars_prompt without a terminal: the default counts, without one it is an error', async () => {
  folder.write({
    'site.yaml':
      '- hosts: localhost\n  gather_facts: false\n  vars_prompt: [{ name: who, prompt: Who, default: bob }]\n  tasks: [{ debug: { msg: "hi {{ who }}" } }]\n',
  });
  expect((await play()).stdout).toContain('hi bob');
  folder.write({ 'site.yaml': folder.read('site.yaml').replace(', default: bob', '') });
  expect(await play()).toMatchObject({ status: 4, stderr: expect.stringContaining('nobody can be asked: Who') });
  expect((await play(['-e', 'who=eve'])).stdout).toContain('hi eve');
});

const THREE = `- { hosts: web1, gather_facts: false, vars_prompt: [{ name: who, prompt: First, private: false, default: prompted }], tasks: [{ debug: { msg: "1 {{ who }}" } }] }
- { hosts: web1, gather_facts: false, vars: { who: playvar }, tasks: [{ debug: { msg: "2 {{ who }}" } }] }
- { hosts: web1, gather_facts: false, tasks: [{ debug: { msg: "3 {{ who }}" } }] }
- { hosts: web1, gather_facts: false, vars: { base: second }, vars_prompt: [{ name: who, prompt: Then, private: false, default: "{{ base }}" }], tasks: [{ debug: { msg: "4 {{ who }}" } }] }
`;

test('an answer to vars_prompt is of its play alone', async () => {
  folder.write({
    'site.yaml': THREE,
    'inventory.yaml': 'all: { hosts: { web1: { ansible_connection: local, who: inventory } } }\n',
  });
  const { stdout } = await play();
  expect(stdout.match(/=> .*/g)).toEqual(['=> 1 prompted', '=> 2 playvar', '=> 3 inventory', '=> 4 second']);
});

test('what a task sets under a name that only the run tells may be what is missing; a file of variables is read beforehand', async () => {
  const before = (task: string) =>
    folder.write({ 'site.yaml': `- hosts: localhost\n  gather_facts: false\n  pre_tasks: [${task}]\n  roles: [r]\n` });
  before('{ set_fact: { "{{ item }}": x }, loop: [domain, token] }');
  expect(await play()).toMatchObject({ status: 0 });
  folder.write({ 'more/v.yaml': 'domain: x\ntoken: y\n' });
  for (const task of ['{ include_vars: more/v.yaml }', '{ include_vars: { dir: more } }']) {
    before(task);
    expect(await play()).toMatchObject({ status: 0 });
  }
});
