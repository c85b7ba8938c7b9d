import { readFile, stat } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { failure } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { Fields } from './ssh-fields.js';

/** A private key file as far as it can be used. */
export type PrivateKey =
  | { readonly kind: 'ready'; readonly path: string; readonly key: ParsedKey }
  /** Encrypted, no passphrase at hand. `publicKey` tells it among the agent's keys. */
  | { readonly kind: 'locked'; readonly path: string; readonly publicKey: ParsedKey | undefined }
  | { readonly kind: 'unusable'; readonly path: string; readonly reason: string; readonly missing: boolean };

interface Passphrases {
  readonly passphrase: Secret | undefined;
  readonly askPassphrase?: ((path: string) => Promise<Secret | undefined>) | undefined;
}

/** Decrypting a key costs half a second of bcrypt: it is done once for all hosts of a run. */
const parsed = new Map<string, Promise<PrivateKey>>();

/** A file of IdentityFile. One that was named for the host must be usable: `connect/key-file`, `connect/key-passphrase`, `connect/key-passphrase-wrong`. */
export async function identityFile(
  path: string,
  named: boolean,
  credentials: Passphrases,
  inAgent: (blob: Buffer | undefined) => unknown,
): Promise<PrivateKey> {
  const key = await loadPrivateKey(path, undefined);
  if (!named) return key;
  if (key.kind === 'unusable') throw failure('connect/key-file', { path, reason: key.reason });
  if (key.kind === 'ready' || inAgent(publicBlobOf(key))) return key;
  return { kind: 'ready', path, key: await unlock(path, credentials) };
}

/** The key behind its passphrase: the one that was given, else what the operator answers. */
export async function unlock(path: string, { passphrase, askPassphrase }: Passphrases): Promise<ParsedKey> {
  const given = passphrase ?? (await askPassphrase?.(path));
  if (!given) throw failure('connect/key-passphrase', { path });
  const key = await loadPrivateKey(path, given);
  if (key.kind === 'ready') return key.key;
  throw failure('connect/key-passphrase-wrong', { path });
}

export function publicBlobOf(key: PrivateKey): Buffer | undefined {
  if (key.kind === 'unusable') return undefined;
  return key.kind === 'ready' ? key.key.getPublicSSH() : key.publicKey?.getPublicSSH();
}

function loadPrivateKey(path: string, passphrase: Secret | undefined): Promise<PrivateKey> {
  const id = `${path}\0${passphrase?.reveal() ?? ''}`;
  const before = parsed.get(id);
  if (before) return before;
  const loading = load(path, passphrase);
  parsed.set(id, loading);
  const forget = () => parsed.delete(id);
  void loading.then((key) => key.kind !== 'ready' && forget(), forget);
  return loading;
}

async function load(path: string, passphrase: Secret | undefined): Promise<PrivateKey> {
  const unusable = (reason: string, missing = false): PrivateKey => ({ kind: 'unusable', path, missing, reason });
  let text: Buffer;
  try {
    const { mode, uid } = await stat(path);
    // The rule of ssh: a key of one's own that others can read is not used.
    if (uid === process.getuid?.() && (mode & 0o077) !== 0)
      return unusable(`its mode 0${(mode & 0o777).toString(8)} lets others read it; chmod 600`);
    text = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' ? unusable('there is no such file', true) : unusable(code);
  }
  const key = first(ssh2.utils.parseKey(text, passphrase?.reveal()));
  if (!(key instanceof Error)) return key.isPrivateKey() ? { kind: 'ready', path, key } : unusable('it is a public key');
  if (text.includes('BEGIN ENCRYPTED PRIVATE KEY')) return unusable(`it is in the format PKCS#8; ssh-keygen -p -f ${path} rewrites it`);
  const locked = lockOf(text);
  if (!locked) return unusable(`it is not a private key (${key.message})`);
  return { kind: 'locked', path, publicKey: publicKey(locked.blob) ?? (await publicFile(path)) };
}

function first<T>(keys: T | T[]): T {
  return Array.isArray(keys) ? (keys[0] as T) : keys;
}

/** Of an encrypted file: its public part, which the OpenSSH format has in clear (PROTOCOL.key) and PEM has not. */
function lockOf(text: Buffer): { blob: Buffer | undefined } | undefined {
  const pem = text.toString('latin1');
  if (!pem.includes('BEGIN OPENSSH PRIVATE KEY')) return pem.includes('ENCRYPTED') ? { blob: undefined } : undefined;
  const fields = new Fields(Buffer.from(pem.replace(/-----[^-]*-----/g, ''), 'base64').subarray('openssh-key-v1\0'.length));
  try {
    const cipher = fields.text();
    if (cipher === 'none') return undefined;
    fields.field();
    fields.field();
    fields.number();
    return { blob: fields.field() };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function publicKey(blob: Buffer | undefined): ParsedKey | undefined {
  const key = blob && first(ssh2.utils.parseKey(`${new Fields(blob).text()} ${blob.toString('base64')}`));
  return key instanceof Error ? undefined : key;
}

async function publicFile(path: string): Promise<ParsedKey | undefined> {
  const text = await readFile(`${path}.pub`).catch(() => undefined);
  const key = text && first(ssh2.utils.parseKey(text));
  return !key || key instanceof Error ? undefined : key;
}
