import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import type { Identity, Recipient, Stanza } from 'age-encryption';
import type { Secret } from '../base/secret.js';

/**
 * age's scrypt recipient (C2SP age.md, "The scrypt recipient type") over Node's own scrypt: files are the same as any age program's, but the
 * derivation runs beside the event loop, not in it.
 */
const LABEL = 'age-encryption.org/v1/scrypt';
/** Writing: 2^17 takes 0.4 s of one core and 128 MiB. */
const WORK_FACTOR = 17;
/** Reading: what age itself accepts is higher, but would take gigabytes. */
const HIGHEST_WORK_FACTOR = 20;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** Each key wraps one file key only, so the nonce is constant (age.md). */
const NONCE = Buffer.alloc(12);

export class PassphraseRecipient implements Recipient {
  constructor(
    private readonly stanza: typeof Stanza,
    private readonly passphrase: Secret,
    private readonly workFactor: number = WORK_FACTOR,
  ) {}

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = randomBytes(16);
    const cipher = createCipheriv('chacha20-poly1305', await derive(this.passphrase, salt, this.workFactor), NONCE, {
      authTagLength: TAG_BYTES,
    });
    const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
    return [new this.stanza(['scrypt', salt.toString('base64').replace(/=+$/, ''), String(this.workFactor)], body)];
  }
}

export class PassphraseIdentity implements Identity {
  constructor(private readonly passphrase: Secret) {}

  /** Null when the passphrase is another one. */
  async unwrapFileKey(stanzas: readonly Stanza[]): Promise<Uint8Array | null> {
    const [stanza, ...others] = stanzas;
    const [type, salt = '', factor = ''] = stanza?.args ?? [];
    if (!stanza || type !== 'scrypt') return null;
    const workFactor = Number(factor);
    const isWellFormed =
      others.length === 0 && /^[1-9]\d*$/.test(factor) && workFactor <= HIGHEST_WORK_FACTOR && stanza.body.length === 16 + TAG_BYTES;
    if (!isWellFormed) throw new Error('the passphrase stanza is malformed');
    const key = await derive(this.passphrase, Buffer.from(salt, 'base64'), workFactor);
    const decipher = createDecipheriv('chacha20-poly1305', key, NONCE, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(stanza.body.subarray(16));
    const fileKey = decipher.update(stanza.body.subarray(0, 16));
    try {
      decipher.final();
      return fileKey;
    } catch {
      return null;
    }
  }
}

function derive(passphrase: Secret, salt: Buffer, workFactor: number): Promise<Buffer> {
  const N = 2 ** workFactor;
  const options = { N, r: 8, p: 1, maxmem: 2 * 128 * N * 8 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal(), Buffer.concat([Buffer.from(LABEL), salt]), KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
