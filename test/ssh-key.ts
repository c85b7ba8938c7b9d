import ssh2 from 'ssh2';

/** Of the public key in its line: string "ssh-ed25519", string of 32 bytes (RFC 8709, section 4). */
const WHOLE = 4 + 'ssh-ed25519'.length + 4 + 32;

/**
 * An Ed25519 key in OpenSSH's format. ssh2 1.17 cuts the leading zero bytes of a public key, one key in 256, which no OpenSSH then reads:
 * such a one is thrown away.
 */
export function generateKey(options: Parameters<typeof ssh2.utils.generateKeyPairSync<'ed25519'>>[1] = {}): {
  private: string;
  public: string;
} {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519', options);
    const [, encoded = ''] = pair.public.split(' ');
    if (Buffer.from(encoded, 'base64').length === WHOLE) return pair;
  }
}
