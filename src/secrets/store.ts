import { createHmac } from 'node:crypto';
import { type Clock, systemClock } from '../base/clock.js';
import { failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { ValueMap } from '../base/value.js';
import { checkRecipients, decryptText, encryptText, openText, recipientsOf } from './age-file.js';
import { emptyDocument, readDocument, type StoreDocument, writeDocument } from './store-document.js';
import { locked, readStoreFile, writeStoreFile } from './store-file.js';
import { type KeySources, readIdentities, type StoreKey } from './store-key.js';

/** What is known of a value without the value. */
export interface StoredName {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly by?: string;
  readonly from?: string;
  readonly fingerprint: string;
}

export type NewKey =
  | { readonly passphrase: Secret }
  | { readonly recipients: readonly string[]; readonly identityFile?: string | undefined };

/**
 * The customer's secrets: one age file beside the inventory. What `set` resolved for is on the disk. Each write reads the file again under a
 * lock, so that two runs do not lose each other's values. Errors: `secrets/*`, status 5.
 */
export class SecretStore {
  /** Writes of this process, one after another. */
  private queue: Promise<unknown> = Promise.resolve();
  // Private to the language, not to the type checker alone: an inspected or serialised store shows its path.
  #key: StoreKey;
  #document: StoreDocument;
  /** The file as the document was read from or written to it. */
  #text: string;

  /** Use openStore and createStore. */
  constructor(
    readonly path: string,
    key: StoreKey,
    document: StoreDocument,
    text: string,
    private readonly clock: Clock,
  ) {
    this.#key = key;
    this.#document = document;
    this.#text = text;
  }

  get customer(): string | undefined {
    return this.#document.customer;
  }

  get recipients(): readonly string[] {
    return this.#document.recipients;
  }

  get(name: string): Secret | undefined {
    const value = this.lookup(name);
    return value === undefined ? undefined : new Secret(value.value);
  }

  names(): string[] {
    return Object.keys(this.#document.values).sort();
  }

  describe(name: string): StoredName | undefined {
    const found = this.lookup(name);
    if (!found) return undefined;
    const { value, ...known } = found;
    return { name, ...known, fingerprint: this.fingerprint(value) };
  }

  /** For the precedence ladder. */
  values(): ValueMap {
    return Object.fromEntries(Object.entries(this.#document.values).map(([name, { value }]) => [name, value]));
  }

  /** For the masker. */
  secrets(): Secret[] {
    return Object.values(this.#document.values).map(({ value }) => new Secret(value));
  }

  /** Eight hexadecimal digits; equal for equal secrets of this store only. */
  fingerprint(text: string): string {
    return createHmac('sha256', Buffer.from(this.#document.fingerprint_key, 'base64')).update(text).digest('hex').slice(0, 8);
  }

  /** Writes nothing when the store has this value already, and nothing else is said of where it came from. */
  async set(name: string, value: Secret, { by, from }: { by?: string | undefined; from?: string | undefined } = {}): Promise<void> {
    await this.change((document) => {
      const before = document.values[name];
      if (before?.value === value.reveal() && (from === undefined || before.from === from)) return document;
      const at = new Date(this.clock.now()).toISOString();
      const entry = { value: value.reveal(), at, ...(by !== undefined && { by }), ...(from !== undefined && { from }) };
      return { ...document, values: { ...document.values, [name]: entry } };
    });
  }

  /** Whether there was such a value. */
  async delete(name: string): Promise<boolean> {
    let existed = false;
    await this.change((document) => {
      existed = Object.hasOwn(document.values, name);
      const values = Object.fromEntries(Object.entries(document.values).filter(([each]) => each !== name));
      return existed ? { ...document, values } : document;
    });
    return existed;
  }

  /** Proves that a value could be stored, by writing the file as it is. */
  async verifyWritable(): Promise<void> {
    await this.exclusive(async (check) => {
      await this.reload();
      check();
      await writeStoreFile(this.path, this.#text);
    });
  }

  /** Encrypts the store for others from now on. Who could open it before still can open old copies. */
  async rekey(next: NewKey): Promise<void> {
    const { key, recipients } = await prepareKey(next, this.#key);
    await this.exclusive(async (check) => {
      await this.reload();
      await this.write({ ...this.#document, recipients }, key, check);
    });
  }

  private lookup(name: string) {
    return Object.hasOwn(this.#document.values, name) ? this.#document.values[name] : undefined;
  }

  private async change(edit: (document: StoreDocument) => StoreDocument): Promise<void> {
    await this.exclusive(async (check) => {
      await this.reload();
      const edited = edit(this.#document);
      if (edited !== this.#document) await this.write(edited, this.#key, check);
    });
  }

  private async write(document: StoreDocument, key: StoreKey, check: () => void): Promise<void> {
    const text = await encryptText(writeDocument(document), key, document.recipients);
    check();
    await writeStoreFile(this.path, text);
    this.#document = document;
    this.#key = key;
    this.#text = text;
  }

  /** What another process wrote meanwhile; decrypted only when the file is another one. */
  private async reload(): Promise<void> {
    const text = await readStoreFile(this.path);
    if (text === undefined) throw failure('secrets/missing', { path: this.path });
    if (text === this.#text) return;
    this.#document = readDocument(await decryptText(text, this.path, this.#key), this.path);
    this.#text = text;
  }

  private exclusive<T>(act: (check: () => void) => Promise<T>): Promise<T> {
    const done = this.queue.then(() => locked(this.path, act));
    this.queue = done.catch(() => {});
    return done;
  }
}

export interface OpenOptions extends KeySources {
  readonly path: string;
  readonly clock?: Clock;
}

export async function openStore(options: OpenOptions): Promise<SecretStore> {
  const { path, clock = systemClock } = options;
  const armored = await readStoreFile(path);
  if (armored === undefined) throw failure('secrets/missing', { path });
  const { text, key } = await openText(armored, path, options);
  return new SecretStore(path, key, readDocument(text, path), armored, clock);
}

export type CreateOptions = NewKey & { readonly path: string; readonly customer?: string | undefined; readonly clock?: Clock };

/** A new, empty store. `secrets/exists` where there is one. Recipients get the identity file's own among them. */
export async function createStore(options: CreateOptions): Promise<SecretStore> {
  const { path, customer, clock = systemClock } = options;
  const { key, recipients } = await prepareKey(options);
  return locked(path, async (check) => {
    if ((await readStoreFile(path)) !== undefined) throw failure('secrets/exists', { path });
    const document = emptyDocument(recipients, customer);
    const text = await encryptText(writeDocument(document), key, recipients);
    check();
    await writeStoreFile(path, text);
    return new SecretStore(path, key, document, text, clock);
  });
}

/** With recipients, the one who makes the store must be able to open it again: his identity's recipient is always among them. */
async function prepareKey(next: NewKey, current?: StoreKey): Promise<{ key: StoreKey; recipients: string[] }> {
  if ('passphrase' in next) return { key: { kind: 'passphrase', passphrase: next.passphrase }, recipients: [] };
  await checkRecipients(next.recipients);
  const known = current?.kind === 'recipients' ? current : undefined;
  const identityFile = next.identityFile ?? known?.identityFile ?? '';
  const identities = next.identityFile === undefined ? (known?.identities ?? []) : await readIdentities(next.identityFile);
  const own = await recipientsOf(identities);
  const recipients = [...new Set([...own, ...next.recipients])];
  if (recipients.length === 0) throw failure('secrets/recipient', { recipient: '' });
  return { key: { kind: 'recipients', identities, identityFile }, recipients };
}
