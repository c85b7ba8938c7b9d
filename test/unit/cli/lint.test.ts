import { afterAll, describe, expect, it } from 'vitest';
import { Folder } from './harness.js';

const folder = new Folder().write({
  'inventory.yaml': 'all: { children: { web: { hosts: { web1: { port_number: 80, web_password: hidden-1 } } } } }\n',
  'good.yaml': '- hosts: web\n  gather_facts: false\n  roles: [site]\n',
  'bad.yaml': '- hosts: web\n  tasks:\n    - file: { pth: /x }\n    - debug: { msg: "{{ port_numbr }}" }\n',
  'doubtful.yaml': '- hosts: webb\n  gather_facts: false\n  tasks:\n    - debug: { msg: "{{ port_numbr }}" }\n',
  'roles/site/meta/argument_specs.yaml':
    'argument_specs:\n  main: { options: { port_number: { type: int, required: true } } }\n  removal: { options: {} }\n',
  'roles/site/tasks/main.yaml': '- debug: { msg: "{{ port_number }}" }\n',
  'roles/site/tasks/removal.yaml': '- debug: { msg: "{{ removed }}" }\n',
  'roles/broken/tasks/main.yaml': '- nme: x\n  debug: { msg: y }\n',
  'notes/readme.txt': 'no role\n',
});
afterAll(() => folder.remove());
const lint = (...args: string[]) => folder.run(['lint', ...args]);

describe('chatsctl lint', () => {
  it('nothing wrong: status 0 and the count', async () => {
    expect(await lint('good.yaml', '-i', 'inventory.yaml')).toEqual({ status: 0, stdout: 'errors: 0, warnings: 0\n', stderr: '' });
  });

  it('warnings leave status 0; what the inventory and -e give is known', async () => {
    const { status, stdout, stderr } = await lint('doubtful.yaml', '-i', 'inventory.yaml');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'errors: 0, warnings: 2\n' });
    expect(stderr).toMatch(/doubtful\.yaml:1:10: warning: .*"webb"/);
    expect(stderr).toMatch(/doubtful\.yaml:4:25: warning: .*port_numbr/);
    expect(stderr).toContain('did you mean "port_number"?');
    expect(await lint('doubtful.yaml', '-e', 'port_numbr=1')).toMatchObject({ status: 0, stdout: 'errors: 0, warnings: 0\n', stderr: '' });
  });

  it('the errors of all files, each once', async () => {
    const { status, stdout, stderr } = await lint('bad.yaml', 'roles/broken', 'bad.yaml', '-i', 'inventory.yaml');
    expect({ status, stdout }).toEqual({ status: 4, stdout: 'errors: 3, warnings: 0\n' });
    expect(stderr.match(/^\S+(?=: error: )/gm)).toEqual(['bad.yaml:3:7', 'bad.yaml:3:15', 'roles/broken/tasks/main.yaml:1:3']);
  });

  it('a role by its folder: every entry point, required variables taken as given', async () => {
    const { status, stdout, stderr } = await lint('roles/site');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'errors: 0, warnings: 1\n' });
    expect(stderr).toMatch(/removal\.yaml:1:21: warning: .*removed/);
  });

  it('the roles and playbooks that come with chatsctl', async () => {
    expect(await lint('install.yaml')).toMatchObject({ status: 0, stderr: '' });
  });

  it('what is neither', async () => {
    expect(await lint('notes')).toMatchObject({ status: 4, stderr: expect.stringContaining('notes is a folder, but not a role') });
    expect(await lint('nothing.yaml')).toMatchObject({ status: 4, stderr: expect.stringContaining('nothing.yaml') });
    expect(await lint()).toMatchObject({ status: 4, stderr: expect.stringContaining('"chatsctl lint" needs the argument <paths>') });
  });
});
