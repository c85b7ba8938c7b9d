import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Folder } from './harness.js';

const env = { CHATSCTL_SECRETS_PASSPHRASE: 'correct horse battery' };
let folder: Folder;
beforeEach(() => {
  folder = new Folder().write({ 'inventory.yaml': 'all: { hosts: { web1: } }\n' });
});
afterEach(() => folder.remove());

const secrets = (words: string, start: Parameters<Folder['run']>[1] = {}) =>
  folder.run(['secrets', ...words.split(' '), '-i', 'inventory.yaml', '--no-input'], { env, ...start });

test('init, set from standard input, get, show: the value is on disk encrypted only, and only get prints it', async () => {
  expect(await secrets('init')).toMatchObject({ status: 0, stdout: '' });
  expect(statSync(join(folder.path, 'secrets.age')).mode & 0o777).toBe(0o600);
  const set = await secrets('set license', { input: 'the-value-itself\n' });
  expect(set).toMatchObject({ status: 0, stdout: '' });
  expect(folder.read('secrets.age')).not.toContain('the-value-itself');
  expect(await secrets('get license')).toMatchObject({ status: 0, stdout: 'the-value-itself' });
  const show = await secrets('show');
  expect(show.stdout).toMatch(/^license +\d{4}-\d\d-\d\dT\S+ +\S+ +[0-9a-f]{8}$/m);
  expect(show.stdout + show.stderr + set.stderr).not.toContain('the-value-itself');
});

test('who supplied a value is kept with it and shown; said again it is changed, the value alone keeps it', async () => {
  await secrets('init');
  await secrets('set id --from them', { input: 'value-1' });
  expect((await secrets('show')).stdout).toMatch(/^id +\S+ +\S+ +them +[0-9a-f]{8}$/m);
  await secrets('set id', { input: 'value-1' });
  expect((await secrets('show')).stdout).toMatch(/ them /);
  await secrets('set id --from others', { input: 'value-1' });
  expect((await secrets('show')).stdout).toMatch(/ others /);
});

test('a value keeps its inner line feeds and loses one at its end', async () => {
  await secrets('init');
  await secrets('set key', { input: 'line 1\nline 2\n\n' });
  expect((await secrets('get key')).stdout).toBe('line 1\nline 2\n');
});

test('a value on the command line is refused and not repeated', async () => {
  await secrets('init');
  for (const words of ['set license hunter2-hunter2', 'set license=hunter2-hunter2']) {
    const { status, stdout, stderr } = await secrets(words);
    expect(status).toBe(4);
    expect(stderr).toContain('the value of "license" was written on the command line');
    expect(stdout + stderr).not.toContain('hunter2');
  }
});

test('what cannot be done says why', async () => {
  await secrets('init');
  expect(await secrets('set license')).toMatchObject({ status: 4, stderr: expect.stringContaining('no value came for "license"') });
  expect(await secrets('set 1st', { input: 'x' })).toMatchObject({ status: 4, stderr: expect.stringContaining('no name of a variable') });
  expect(await secrets('get nothing')).toMatchObject({ status: 4, stderr: expect.stringContaining('has no "nothing"') });
  expect(await secrets('init')).toMatchObject({ status: 5, stderr: expect.stringContaining('there is already a secrets store') });
});

test('status 5 without a store, without a key, with another passphrase', async () => {
  expect(await secrets('show')).toMatchObject({ status: 5, stderr: expect.stringContaining('there is no secrets store') });
  await secrets('init');
  expect(await secrets('show', { env: {} })).toMatchObject({ status: 5, stderr: expect.stringContaining('none was given') });
  const other = { CHATSCTL_SECRETS_PASSPHRASE: 'another' };
  expect(await secrets('show', { env: other })).toMatchObject({ status: 5, stderr: expect.stringContaining('does not open') });
});

test('init without any key says that nobody can be asked', async () => {
  expect(await secrets('init', { env: {} })).toMatchObject({ status: 4, stderr: expect.stringContaining('nobody can be asked') });
});

test('rekey: the new passphrase opens it, the old one does not', async () => {
  await secrets('init');
  await secrets('set license', { input: 'abcdef' });
  expect(await secrets('rekey', { env: { ...env, CHATSCTL_SECRETS_NEW_PASSPHRASE: 'the new one' } })).toMatchObject({ status: 0 });
  expect(await secrets('get license')).toMatchObject({ status: 5 });
  expect(await secrets('get license', { env: { CHATSCTL_SECRETS_PASSPHRASE: 'the new one' } })).toMatchObject({ stdout: 'abcdef' });
});

test('an inventory is needed, and must be there', async () => {
  expect(await folder.run(['secrets', 'show'])).toMatchObject({ status: 4, stderr: expect.stringContaining('needs an inventory') });
  expect(await folder.run(['secrets', 'show', '-i', 'no.yaml'])).toMatchObject({ status: 4, stderr: expect.stringContaining('no.yaml') });
});

test('secrets edit: in memory, for its owner alone, and gone afterwards', async () => {
  folder.write({ 'editor.sh': 'dirname "$1" >where; stat -c %a "$1" >mode; sed -i s/before-1/after-22/ "$1"\n' });
  await secrets('init');
  await secrets('set key', { input: 'before-1' });
  const editor = `cd ${folder.path} && sh editor.sh`;
  const edited = await secrets('edit', { env: { ...env, EDITOR: editor } });
  expect(edited).toMatchObject({ status: 0, stdout: '', stderr: 'kept key\n' });
  expect((await secrets('get key')).stdout).toBe('after-22');
  expect(folder.read('mode')).toBe('600\n');
  expect(existsSync(folder.read('where').trim())).toBe(false);
});
