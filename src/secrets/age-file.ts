import type { Identity } from 'age-encryption';
import { failure } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { PassphraseIdentity, PassphraseRecipient } from './passphrase.js';
import { findKey, type KeySources, type StoreKey } from './store-key.js';

/** Loaded when a store is first opened: most commands need none. */
function age() {
  return import('age-encryption');
}

/** Encrypted for whoever `key` names; armored, so that it survives mail and version control. `recipients` count for recipient keys only. */
export async function encryptText(text: string, key: StoreKey, recipients: readonly string[]): Promise<string> {
  const { armor, Encrypter, Stanza } = await age();
  const encrypter = new Encrypter();
  if (key.kind === 'passphrase') encrypter.addRecipient(new PassphraseRecipient(Stanza, key.passphrase));
  for (const recipient of key.kind === 'recipients' ? recipients : []) addRecipient(encrypter, recipient);
  return armor.encode(await encrypter.encrypt(text));
}

function addRecipient(encrypter: { addRecipient(recipient: string): void }, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (error) {
    throw failure('secrets/recipient', { recipient }, { cause: error });
  }
}

/** Refuses what is no age recipient: `secrets/recipient`. */
export async function checkRecipients(recipients: readonly string[]): Promise<void> {
  const { Encrypter } = await age();
  for (const recipient of recipients) addRecipient(new Encrypter(), recipient);
}

export async function recipientsOf(identities: readonly Secret[]): Promise<string[]> {
  const { identityToRecipient } = await age();
  return Promise.all(identities.map((identity) => identityToRecipient(identity.reveal())));
}

/** Errors: `secrets/damaged`, `secrets/no-key`, `secrets/passphrase`, `secrets/identity*`. */
export async function openText(armored: string, path: string, sources: KeySources): Promise<{ text: string; key: StoreKey }> {
  const bytes = await decodeArmor(armored, path);
  const key = await findKey(path, kindOf(bytes, path), sources);
  return { text: await decryptBytes(bytes, path, key), key };
}

export async function decryptText(armored: string, path: string, key: StoreKey): Promise<string> {
  return decryptBytes(await decodeArmor(armored, path), path, key);
}

async function decodeArmor(armored: string, path: string): Promise<Uint8Array> {
  const { armor } = await age();
  try {
    return armor.decode(armored);
  } catch (error) {
    throw failure('secrets/damaged', { path, reason: 'it is no armored age file' }, { cause: error });
  }
}

function kindOf(bytes: Uint8Array, path: string): StoreKey['kind'] {
  const header = Buffer.from(bytes.subarray(0, 64 * 1024)).toString('latin1');
  if (!header.startsWith('age-encryption.org/v1\n-> ')) throw failure('secrets/damaged', { path, reason: 'it has no age header' });
  return header.startsWith('scrypt ', 'age-encryption.org/v1\n-> '.length) ? 'passphrase' : 'recipients';
}

async function decryptBytes(bytes: Uint8Array, path: string, key: StoreKey): Promise<string> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  if (key.kind === 'passphrase') {
    decrypter.addIdentity(new PassphraseIdentity(key.passphrase));
  } else {
    if (key.identities.length === 0) throw failure('secrets/no-key', { path, with: 'to age recipients' });
    for (const identity of key.identities) addIdentity(decrypter, identity, key.identityFile);
  }
  // Asked last: that it is asked at all means that no key fitted, which age tells from damage by its message only.
  let fits = true;
  const last: Identity = {
    unwrapFileKey: () => {
      fits = false;
      return null;
    },
  };
  decrypter.addIdentity(last);
  try {
    return await decrypter.decrypt(bytes, 'text');
  } catch (error) {
    if (fits) throw failure('secrets/damaged', { path, reason: 'its content does not match its seal' }, { cause: error });
    if (key.kind === 'passphrase') throw failure('secrets/passphrase', { path });
    throw failure('secrets/identity', { path, identity: key.identityFile });
  }
}

function addIdentity(decrypter: { addIdentity(identity: string): void }, identity: Secret, identityFile: string): void {
  try {
    decrypter.addIdentity(identity.reveal());
  } catch {
    // Its message would hold the key.
    throw failure('secrets/identity-unreadable', { identity: identityFile, reason: 'its AGE-SECRET-KEY- line is damaged' });
  }
}
