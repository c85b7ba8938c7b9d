import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { armor, Decrypter, Encrypter, generateIdentity, identityToRecipient, Stanza } from 'age-encryption';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatsctlError } from '../../../src/base/errors.js';
import { Secret } from '../../../src/base/secret.js';
import { PassphraseIdentity, PassphraseRecipient } from '../../../src/secrets/passphrase.js';
import { createStore, openStore } from '../../../src/secrets/store.js';

let folder: string;
let path: string;
const identities: { file: string; recipient: string }[] = [];

beforeAll(async () => {
  const keys = mkdtempSync(join(tmpdir(), 'keys-'));
  for (const name of ['a', 'b']) {
    const identity = await generateIdentity();
    const file = join(keys, name);
    writeFileSync(file, `# created by a test\n${identity}\n`, { mode: 0o600 });
    identities.push({ file, recipient: await identityToRecipient(identity) });
  }
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  path = join(folder, 'secrets.age');
});

function identity(index: number) {
  const found = identities[index];
  if (!found) throw new Error('no such identity');
  return found;
}

async function rejected(act: () => Promise<unknown>): Promise<{ code: string; status: number; text: string }> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    return { code: error.code, status: error.exitStatus, text: error.message };
  }
  throw new Error('nothing was thrown');
}

const recipientStore = () => createStore({ path, recipients: [], identityFile: identity(0).file });

describe('a store for recipients', () => {
  it('keeps values over processes, encrypted, readable by the owner alone', async () => {
    const store = await recipientStore();
    await store.set('chat_client_secret', new Secret('hunter2'), { by: 'run 1' });
    await store.set('b', new Secret('{{ not a template }}'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
    const again = await openStore({ path, env: { CHATSCTL_IDENTITY: identity(0).file } });
    expect(again.get('chat_client_secret')?.reveal()).toBe('hunter2');
    expect(again.values()).toEqual({ b: '{{ not a template }}', chat_client_secret: 'hunter2' });
    expect(again.names()).toEqual(['b', 'chat_client_secret']);
    expect(again.get('nope')).toBeUndefined();
    expect(again.get('constructor')).toBeUndefined();
    expect(again.describe('chat_client_secret')).toEqual({
      name: 'chat_client_secret',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      by: 'run 1',
      fingerprint: again.fingerprint('hunter2'),
    });
    expect(JSON.stringify(again.describe('chat_client_secret'))).not.toContain('hunter2');
    expect(await again.delete('b')).toBe(true);
    expect(await again.delete('b')).toBe(false);
    expect((await openStore({ path, identityFile: identity(0).file })).names()).toEqual(['chat_client_secret']);
    expect(readdirSync(folder)).toEqual(['secrets.age']);
  });

  it('loses nothing when two processes write', async () => {
    const one = await recipientStore();
    const two = await openStore({ path, identityFile: identity(0).file });
    await Promise.all(
      [...Array(8).keys()].flatMap((n) => [one.set(`one${n}`, new Secret(`1-${n}`)), two.set(`two${n}`, new Secret(`2-${n}`))]),
    );
    expect((await openStore({ path, identityFile: identity(0).file })).names()).toHaveLength(16);
  });

  it('writes nothing for a value that it has', async () => {
    const store = await recipientStore();
    await store.set('a', new Secret('same'));
    const before = readFileSync(path, 'utf8');
    await store.set('a', new Secret('same'), { by: 'someone else' });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('opens for all of its recipients, and after rekeying for the new ones alone', async () => {
    const store = await createStore({ path, recipients: [identity(1).recipient], identityFile: identity(0).file });
    await store.set('a', new Secret('x'));
    expect((await openStore({ path, identityFile: identity(1).file })).get('a')?.reveal()).toBe('x');
    await (await openStore({ path, identityFile: identity(1).file })).rekey({ recipients: [], identityFile: identity(1).file });
    expect((await rejected(() => openStore({ path, identityFile: identity(0).file }))).code).toBe('secrets/identity');
    expect((await openStore({ path, identityFile: identity(1).file })).get('a')?.reveal()).toBe('x');
  });

  it('has fingerprints of its own', async () => {
    const one = await recipientStore();
    const other = await createStore({ path: join(folder, 'other.age'), recipients: [], identityFile: identity(0).file });
    expect(one.fingerprint('x')).toMatch(/^[0-9a-f]{8}$/);
    expect(one.fingerprint('x')).toBe((await openStore({ path, identityFile: identity(0).file })).fingerprint('x'));
    expect(one.fingerprint('x')).not.toBe(other.fingerprint('x'));
  });
});

describe('a store with a passphrase', () => {
  it('opens with it, from the environment or by asking, and can be rekeyed', async () => {
    const store = await createStore({ path, passphrase: new Secret('correct horse'), customer: 'example.ru' });
    await store.set('a', new Secret('x'));
    await store.verifyWritable();
    const opened = await openStore({ path, env: { CHATSCTL_SECRETS_PASSPHRASE: 'correct horse' } });
    expect(opened.get('a')?.reveal()).toBe('x');
    expect(opened.customer).toBe('example.ru');
    expect((await rejected(() => openStore({ path, askPassphrase: async () => new Secret('wrong') }))).code).toBe('secrets/passphrase');
    await opened.rekey({ recipients: [], identityFile: identity(0).file });
    await opened.set('b', new Secret('y'));
    expect((await openStore({ path, identityFile: identity(0).file })).names()).toEqual(['a', 'b']);
  });

  it('is what age writes and reads', async () => {
    const passphrase = new Secret('pässword');
    const ours = new Encrypter();
    ours.addRecipient(new PassphraseRecipient(Stanza, passphrase, 10));
    const theirs = new Decrypter();
    theirs.addPassphrase('pässword');
    expect(await theirs.decrypt(await ours.encrypt('text'), 'text')).toBe('text');
    const their = new Encrypter();
    their.setScryptWorkFactor(10);
    their.setPassphrase('pässword');
    const our = new Decrypter();
    our.addIdentity(new PassphraseIdentity(passphrase));
    expect(await our.decrypt(await their.encrypt('text'), 'text')).toBe('text');
  });

  it('leaves the event loop free while it derives', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await createStore({ path, passphrase: new Secret('correct horse') });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });
});

describe('what goes wrong has a code of its own, and status 5', () => {
  it('no store', async () => {
    expect(await rejected(() => openStore({ path, identityFile: identity(0).file }))).toMatchObject({ code: 'secrets/missing', status: 5 });
  });

  it('a store already', async () => {
    await recipientStore();
    expect(await rejected(recipientStore)).toMatchObject({ code: 'secrets/exists', status: 5 });
  });

  it('no key given', async () => {
    await recipientStore();
    expect(await rejected(() => openStore({ path, passphrase: new Secret('x') }))).toMatchObject({ code: 'secrets/no-key', status: 5 });
  });

  it('another identity', async () => {
    await recipientStore();
    expect(await rejected(() => openStore({ path, identityFile: identity(1).file }))).toMatchObject({
      code: 'secrets/identity',
      status: 5,
    });
  });

  it('an identity that others can read', async () => {
    await recipientStore();
    const file = join(folder, 'key');
    writeFileSync(file, readFileSync(identity(0).file), { mode: 0o640 });
    chmodSync(file, 0o640);
    const error = await rejected(() => openStore({ path, identityFile: file }));
    expect(error).toMatchObject({ code: 'secrets/identity-readable', status: 5 });
    expect(error.text).toContain('0640');
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['damaged', 'AGE-SECRET-KEY-1QQQQ\n'],
  ])('an identity file that is %s', async (name, content) => {
    await recipientStore();
    const file = join(folder, name);
    if (content !== undefined) writeFileSync(file, content, { mode: 0o600 });
    const error = await rejected(() => openStore({ path, identityFile: file }));
    expect(error).toMatchObject({ code: 'secrets/identity-unreadable', status: 5 });
    expect(error.text).not.toContain('1QQQQ');
  });

  it('no recipient', async () => {
    expect(await rejected(() => createStore({ path, recipients: ['age1nonsense'] }))).toMatchObject({
      code: 'secrets/recipient',
      status: 5,
    });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['no age file', () => 'hello'],
    ['empty', () => ''],
    [
      'changed in one byte',
      (text: string) => {
        const bytes = armor.decode(text);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        return armor.encode(bytes);
      },
    ],
  ])('a file that is %s', async (_, damage) => {
    await recipientStore();
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    expect(await rejected(() => openStore({ path, identityFile: identity(0).file }))).toMatchObject({ code: 'secrets/damaged', status: 5 });
  });

  it.each([
    ['secrets/version', '{"version": 2}'],
    ['secrets/damaged', '{"version": 1}'],
    ['secrets/damaged', 'hunter2'],
    ['secrets/damaged', '{"version": 1, "fingerprint_key": "", "recipients": [], "values": {"a": "hunter2"}}'],
  ])('%s: a document that is none', async (code, content) => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(identity(0).recipient);
    writeFileSync(path, armor.encode(await encrypter.encrypt(content)));
    const error = await rejected(() => openStore({ path, identityFile: identity(0).file }));
    expect(error).toMatchObject({ code, status: 5 });
    expect(error.text).not.toContain('hunter2');
  });

  it('a folder that cannot be written', async () => {
    const absent = join(folder, 'absent', 'secrets.age');
    expect(await rejected(() => createStore({ path: absent, recipients: [], identityFile: identity(0).file }))).toMatchObject({
      code: 'secrets/unwritable',
      status: 5,
    });
    const store = await recipientStore();
    execFileSync('rm', [path]);
    mkdirSync(path);
    expect(await rejected(() => store.verifyWritable())).toMatchObject({ status: 5 });
  });

  it.skipIf(process.getuid?.() === 0)('a folder without the right to write', async () => {
    const store = await recipientStore();
    chmodSync(folder, 0o500);
    expect(await rejected(() => store.verifyWritable())).toMatchObject({ code: 'secrets/unwritable', status: 5 });
    chmodSync(folder, 0o700);
  });

  it('a store that is gone when it is written', async () => {
    const store = await recipientStore();
    execFileSync('rm', [path]);
    expect(await rejected(() => store.set('a', new Secret('x')))).toMatchObject({ code: 'secrets/missing', status: 5 });
    expect(existsSync(path)).toBe(false);
  });
});

it('never prints a secret of itself', async () => {
  const store = await createStore({ path, passphrase: new Secret('correct horse') });
  await store.set('a', new Secret('hunter2'));
  const printed =
    String(store.get('a')) + JSON.stringify({ store, s: store.get('a') }) + inspect({ store }, { depth: 9, showHidden: true });
  expect(printed).not.toMatch(/hunter2|correct horse/);
});
