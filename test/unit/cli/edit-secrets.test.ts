import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ChatsctlError, plainMessage } from '../../../src/base/errors.js';
import type { Secret } from '../../../src/base/secret.js';
import { applyEdited } from '../../../src/cli/edit-secrets.js';
import { Folder } from './harness.js';

const folder = new Folder();
afterAll(() => folder.remove());

async function edit(text: string, before: Record<string, string> = { a: 'one', b: 'two' }) {
  const calls: string[] = [];
  const store = {
    set: async (name: string, value: Secret) => void calls.push(`set ${name}=${value.reveal()}`),
    delete: async (name: string) => calls.push(`delete ${name}`) > 0,
  };
  const changed = await applyEdited(text, new Map(Object.entries(before)), store, 'me');
  return { calls, changed };
}

test('what is new or other is set, what is gone is deleted, the rest is left alone', async () => {
  expect(await edit('a: one\nc: "3"\nb: other\n')).toEqual({
    calls: ['set c=3', 'set b=other'],
    changed: { set: ['c', 'b'], removed: [] },
  });
  expect((await edit('b: two\n')).calls).toEqual(['delete a']);
  expect((await edit('# nothing\n')).calls).toEqual(['delete a', 'delete b']);
});

test('texts stay as they were written: a number, a block', async () => {
  expect((await edit('a: 0123\nb: |\n  x\n  y\n')).calls).toEqual(['set a=0123', 'set b=x\ny\n']);
});

test.each([
  ['a: [one, hidden-value]', 'the value of "a" is no text'],
  ['hidden-value', 'it is no mapping'],
  ['a: "hidden-value', 'line 1 is no YAML'],
  ['a-b: hidden-value', '"a-b" is no name'],
  ['a:', 'the value of "a" is no text'],
])('%j changes nothing, and what is said of it holds no value', async (text, reason) => {
  const error: unknown = await edit(text).catch((failed: unknown) => failed);
  if (!(error instanceof ChatsctlError)) throw error;
  const message = plainMessage(error.diagnostics[0]);
  expect(message).toContain(reason);
  expect(message + JSON.stringify(error.diagnostics)).not.toContain('hidden-value');
});

test('the editor: its file is gone afterwards, Vim keeps nothing elsewhere, and no key is in its environment', async () => {
  const env = { CHATSCTL_SECRETS_PASSPHRASE: 'the passphrase', PATH: `${folder.path}/bin:${process.env['PATH']}`, TMP_SEEN: folder.path };
  folder.write({
    'inventory.yaml': 'all: {hosts: {one: }}\n',
    'bin/vim': `#!/bin/sh\nenv >"$TMP_SEEN/env"; printf '%s\\n' "$@" >"$TMP_SEEN/arguments"\nfor last; do :; done; echo 'a: new' >"$last"; echo swap >"$last.swp"\n`,
  });
  chmodSync(join(folder.path, 'bin/vim'), 0o755);
  for (const argv of [['init'], ['edit']]) {
    const done = await folder.run(['secrets', ...argv, '-i', 'inventory.yaml', '--no-input'], { env: { ...env, EDITOR: 'vim -f' } });
    expect(done, done.stderr).toMatchObject({ status: 0 });
  }
  const [force, ...rest] = folder.read('arguments').trimEnd().split('\n');
  const file = rest.pop() ?? '';
  expect([force, ...rest]).toEqual(['-f', '-n', '-i', 'NONE', '-c', 'silent! set nobackup nowritebackup noundofile']);
  expect(file).toMatch(/secrets\.yaml$/);
  expect([existsSync(file), existsSync(`${file}.swp`)]).toEqual([false, false]);
  expect(folder.read('env')).toContain('TMP_SEEN=');
  expect(folder.read('env')).not.toContain('the passphrase');
});
