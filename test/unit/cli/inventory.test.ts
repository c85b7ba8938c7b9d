import { afterAll, expect, test } from 'vitest';
import { Folder } from './harness.js';

const folder = new Folder().write({
  'inventory.yaml': `all:
  vars: { domain: example.ru, ansible_become_password: become-secret-1 }
  children:
    web:
      hosts:
        web1: { ansible_host: 10.0.0.1, url: "https://{{ domain }}/", ansible_password: login-secret-1 }
      children: { edge: { hosts: { edge1: } } }
`,
});
afterAll(() => folder.remove());
const inventory = (...flags: string[]) => folder.run(['inventory', '-i', 'inventory.yaml', ...flags]);

test('the tree is what is shown by default', async () => {
  const { stdout } = await inventory();
  expect(stdout).toBe('@all:\n  |--@ungrouped:\n  |--@web:\n  |  |--@edge:\n  |  |  |--edge1\n  |  |--web1\n');
  expect((await inventory('--graph')).stdout).toBe(stdout);
});

test('one host: its variables, templates as written, passwords masked', async () => {
  const { stdout } = await inventory('--host', 'web1');
  expect(JSON.parse(stdout)).toEqual({
    domain: 'example.ru',
    ansible_become_password: '********',
    ansible_host: '10.0.0.1',
    url: 'https://{{ domain }}/',
    ansible_password: '********',
  });
});

test('the list has the form of ansible-inventory', async () => {
  const { stdout } = await inventory('--list');
  expect(stdout).not.toMatch(/secret-1/);
  expect(JSON.parse(stdout)).toMatchObject({
    _meta: { hostvars: { edge1: { domain: 'example.ru' } } },
    all: { children: ['ungrouped', 'web'] },
    web: { hosts: ['web1'], children: ['edge'] },
    edge: { hosts: ['edge1'] },
  });
});

test('an unknown host is an error with the nearest', async () => {
  expect(await inventory('--host', 'web11')).toMatchObject({ status: 4, stderr: expect.stringContaining('did you mean "web1"?') });
});
