import { readFile, stat } from 'node:fs/promises';
import { failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import { reasonOf } from '../base/system-reason.js';

/** What opens a store and encrypts it again. */
export type StoreKey =
  | { readonly kind: 'passphrase'; readonly passphrase: Secret }
  | { readonly kind: 'recipients'; readonly identities: readonly Secret[]; readonly identityFile: string };

/** Where a key may come from; the first that fits the store is taken. */
export interface KeySources {
  /** `--identity`; else CHATSCTL_IDENTITY. */
  readonly identityFile?: string | undefined;
  /** Else CHATSCTL_SECRETS_PASSPHRASE. */
  readonly passphrase?: Secret | undefined;
  /** Asks on a terminal; undefined where there is none, or the operator gave up. */
  readonly askPassphrase?: (() => Promise<Secret | undefined>) | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The key for a store that is encrypted with a passphrase or to recipients. Errors: `secrets/no-key`, `secrets/identity-*`. */
export async function findKey(path: string, kind: StoreKey['kind'], sources: KeySources): Promise<StoreKey> {
  if (kind === 'passphrase') {
    const fromEnvironment = sources.env?.['CHATSCTL_SECRETS_PASSPHRASE'];
    const passphrase = sources.passphrase ?? (fromEnvironment ? new Secret(fromEnvironment) : await sources.askPassphrase?.());
    if (!passphrase) throw failure('secrets/no-key', { path, with: 'with a passphrase' });
    return { kind, passphrase };
  }
  const identityFile = sources.identityFile ?? sources.env?.['CHATSCTL_IDENTITY'];
  if (!identityFile) throw failure('secrets/no-key', { path, with: 'to age recipients' });
  return { kind, identityFile, identities: await readIdentities(identityFile) };
}

/** The secret keys in an age identity file, which nobody but its owner may read. */
export async function readIdentities(file: string): Promise<readonly Secret[]> {
  const [text, mode] = await Promise.all([readFile(file, 'utf8'), stat(file).then((found) => found.mode & 0o777)]).catch(
    (error: unknown) => {
      throw failure('secrets/identity-unreadable', { identity: file, reason: reasonOf(error) }, { cause: error });
    },
  );
  if ((mode & 0o077) !== 0) throw failure('secrets/identity-readable', { identity: file, mode: mode.toString(8).padStart(4, '0') });
  const keys = text.split('\n').map((line) => line.trim());
  const identities = keys.filter((line) => line.startsWith('AGE-SECRET-KEY-')).map((line) => new Secret(line));
  if (identities.length === 0) {
    const isEncrypted = text.includes('age-encryption.org') || text.includes('BEGIN AGE ENCRYPTED FILE');
    const reason = isEncrypted ? 'it is encrypted with a passphrase itself' : 'no line begins with AGE-SECRET-KEY-';
    throw failure('secrets/identity-unreadable', { identity: file, reason });
  }
  return identities;
}
