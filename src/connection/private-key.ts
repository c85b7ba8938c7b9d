import { readFile, stat } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { failure } from '../base/errors.js';
import type { Secret } from '../base/secret.js';

/** A private key file as far as it can be used. */
export type PrivateKey =
  | { readonly kind: 'ready'; readonly path: string; readonly key: ParsedKey }
  /** Encrypted, no passphrase at hand. `publicBlob` tells it among the agent's keys. */
  | { readonly kind: 'locked'; readonly path: string; readonly publicBlob: Buffer | undefined }
  | { readonly kind: 'unusable'; readonly path: string; readonly reason: string; readonly missing: boolean };

/** Decrypting a key costs half a second of bcrypt: it is done once for all hosts of a run. */
const parsed = new Map<string, Promise<PrivateKey>>();

export function loadPrivateKey(path: string, passphrase: Secret | undefined): Promise<PrivateKey> {
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
  let text: Buffer;
  try {
    const { mode, uid } = await stat(path);
    // The rule of ssh: a key of one's own that others can read is not used.
    if (uid === process.getuid?.() && (mode & 0o077) !== 0) {
      return { kind: 'unusable', path, missing: false, reason: `its mode 0${(mode & 0o777).toString(8)} lets others read it; chmod 600` };
    }
    text = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { kind: 'unusable', path, missing: code === 'ENOENT', reason: code === 'ENOENT' ? 'there is no such file' : code };
  }
  const key = first(ssh2.utils.parseKey(text, passphrase?.reveal()));
  if (!(key instanceof Error)) {
    if (key.isPrivateKey()) return { kind: 'ready', path, key };
    return { kind: 'unusable', path, missing: false, reason: 'it is a public key' };
  }
  if (!isEncrypted(text)) return { kind: 'unusable', path, missing: false, reason: `it is not a private key (${key.message})` };
  if (passphrase) throw failure('connect/key-file', { path, reason: 'the passphrase is wrong' });
  return { kind: 'locked', path, publicBlob: await publicPart(path) };
}

function first<T>(keys: T | T[]): T {
  return Array.isArray(keys) ? (keys[0] as T) : keys;
}

/** By the file's own header: the cipher's name of the OpenSSH format (PROTOCOL.key), or PEM's. */
function isEncrypted(text: Buffer): boolean {
  const pem = text.toString('latin1');
  if (!pem.includes('BEGIN OPENSSH PRIVATE KEY')) return pem.includes('ENCRYPTED');
  const body = Buffer.from(pem.replace(/-----[^-]*-----/g, ''), 'base64');
  const at = 'openssh-key-v1\0'.length;
  return body.length > at + 4 && body.toString('latin1', at + 4, at + 4 + body.readUInt32BE(at)) !== 'none';
}

async function publicPart(path: string): Promise<Buffer | undefined> {
  const text = await readFile(`${path}.pub`).catch(() => undefined);
  const key = text && first(ssh2.utils.parseKey(text));
  return !key || key instanceof Error ? undefined : key.getPublicSSH();
}
