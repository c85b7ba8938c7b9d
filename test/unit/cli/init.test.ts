import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Folder } from './harness.js';

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

const flags = [
  '--chat-domain',
  'chats.acme.ru',
  '--meetings-domain',
  'meet.acme.ru',
  '--chats-host',
  '10.1.0.2',
  '--meetings-host',
  'meet.acme.ru',
  '-u',
  'deploy',
];

it('a folder with an inventory that the other commands take', async () => {
  const made = await folder.run(['init', 'acme', ...flags]);
  expect(made).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('chatsctl preflight -i acme/inventory.yaml') });
  expect(parse(folder.read('acme/inventory.yaml'))).toEqual({
    all: {
      vars: {
        chat_domain: 'chats.acme.ru',
        meetings_domain: 'meet.acme.ru',
        chat_certificate_file: 'files/chats.acme.ru.crt',
        chat_certificate_key_file: 'files/chats.acme.ru.key',
        chat_license_file: 'files/license.lic',
      },
      children: {
        meetings: { hosts: { meet1: { ansible_host: 'meet.acme.ru', ansible_user: 'deploy' } } },
        chats: { hosts: { chat1: { ansible_host: '10.1.0.2', ansible_user: 'deploy' } } },
      },
    },
  });
  expect(folder.read('acme/inventory.yaml')).toContain("# The customer's files on this machine");
  expect(statSync(join(folder.path, 'acme/files')).isDirectory()).toBe(true);
  expect((await folder.run(['lint', 'install.yaml', '-i', 'acme/inventory.yaml'])).status).toBe(0);
  expect((await folder.run(['inventory', '-i', 'acme/inventory.yaml'])).stdout).toContain('--meet1');
});

it('a Meetings server of another team: an empty group', async () => {
  const given = flags.map((each, index) => (flags[index - 1] === '--meetings-host' ? '' : each));
  expect((await folder.run(['init', 'acme', ...given])).status).toBe(0);
  expect(parse(folder.read('acme/inventory.yaml')).all.children.meetings.hosts).toEqual({});
});

it('an IDN domain stays as it was written', async () => {
  const given = flags.map((each) => (each === 'chats.acme.ru' ? 'чаты.пример.рф' : each));
  expect((await folder.run(['init', 'acme', ...given])).status).toBe(0);
  expect(parse(folder.read('acme/inventory.yaml')).all.vars.chat_domain).toBe('чаты.пример.рф');
});

it('with nobody to ask, all that is missing at once; nothing is made', async () => {
  const { status, stderr } = await folder.run(['init', 'acme', '--chat-domain', 'chats.acme.ru']);
  expect(status).toBe(4);
  for (const option of ['--meetings-domain', '--chats-host', '--meetings-host']) expect(stderr).toContain(option);
  expect(() => folder.read('acme/inventory.yaml')).toThrow();
});

it.each([
  ['--chat-domain', 'chats acme'],
  ['--chat-domain', 'localhost'],
  ['--chats-host', '10.0.0.1 {x'],
])('%s %s is refused', async (flag, value) => {
  const given = flags.map((each, index) => (flags[index - 1] === flag ? value : each));
  expect(await folder.run(['init', 'acme', ...given])).toMatchObject({ status: 4, stderr: expect.stringContaining(flag) });
});

it('a folder with something in it is left as it is', async () => {
  folder.write({ 'acme/inventory.yaml': 'mine\n' });
  expect(await folder.run(['init', 'acme', ...flags])).toMatchObject({ status: 4, stderr: expect.stringContaining('inventory.yaml') });
  expect(folder.read('acme/inventory.yaml')).toBe('mine\n');
});
