import { createECDH, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Fields, withLength } from './ssh-fields.js';

const message = { disconnect: 1, kexInit: 20, kexReply: 31 };

/** ssh2 negotiates no certificates. `ssh-rsa` alone would be SHA-1. */
const certificateAlgorithms = [
  'ssh-ed25519-cert-v01@openssh.com',
  'ecdsa-sha2-nistp256-cert-v01@openssh.com',
  'ecdsa-sha2-nistp384-cert-v01@openssh.com',
  'ecdsa-sha2-nistp521-cert-v01@openssh.com',
  'rsa-sha2-512-cert-v01@openssh.com',
  'rsa-sha2-256-cert-v01@openssh.com',
];
const exchange = { 'curve25519-sha256': () => randomBytes(32), 'ecdh-sha2-nistp256': () => createECDH('prime256v1').generateKeys() };
const ciphers = 'aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes256-ctr,chacha20-poly1305@openssh.com';
const macs = 'hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512';

/**
 * Asks a server for its host certificate, as `ssh-keyscan -c` does: half a key exchange (RFC 4253, 7 and 8; RFC 5656, 4), in which nothing is
 * secret and nothing is proved. A certificate is public; that the server holds its key is proved by the connection that follows
 * (docs/adr/0015-host-certificates.md). Undefined: it has none.
 */
export async function askForCertificate(stream: Duplex): Promise<Buffer | undefined> {
  const bytes = new Incoming(stream);
  try {
    stream.write('SSH-2.0-chatsctl\r\n');
    while (!(await bytes.line()).startsWith('SSH-'));
    const offers = await bytes.packet();
    if (offers[0] !== message.kexInit) return undefined;
    const [kexes, hostKeys] = algorithmsOf(offers);
    const kex = Object.entries(exchange).find(([name]) => kexes?.includes(name));
    if (!kex || !certificateAlgorithms.some((each) => hostKeys?.includes(each))) return undefined;
    const [name, point] = kex;
    const lists = [name, certificateAlgorithms.join(','), ciphers, ciphers, macs, macs, 'none', 'none', '', ''].map(withLength);
    stream.write(packet(Buffer.concat([Buffer.of(message.kexInit), randomBytes(16), ...lists, Buffer.alloc(5)])));
    // No secret will be computed, so any point will do.
    stream.write(packet(Buffer.concat([Buffer.of(30), withLength(point())])));
    for (;;) {
      const answer = await bytes.packet();
      if (answer[0] === message.disconnect) return undefined;
      if (answer[0] === message.kexReply) return new Fields(answer.subarray(1)).field();
    }
  } finally {
    stream.destroy();
  }
}

/** The first two name-lists of a KEXINIT, behind its cookie. */
function algorithmsOf(kexInit: Buffer): string[][] {
  const fields = new Fields(kexInit.subarray(17));
  return [fields.text().split(','), fields.text().split(',')];
}

/** Before any key: length, padding to a multiple of 8, no MAC (RFC 4253, 6). */
function packet(payload: Buffer): Buffer {
  const padding = 4 + ((8 - ((payload.length + 9) % 8)) % 8);
  return withLength(Buffer.concat([Buffer.of(padding), payload, randomBytes(padding)]));
}

class Incoming {
  private held = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(stream: Duplex) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.held.indexOf('\n');
      if (end >= 0)
        return this.take(end + 1)
          .toString('latin1')
          .trim();
      await this.more();
    }
  }

  async packet(): Promise<Buffer> {
    while (this.held.length < 5 || this.held.length < 4 + this.held.readUInt32BE(0)) await this.more();
    const whole = this.take(4 + this.held.readUInt32BE(0));
    return whole.subarray(5, whole.length - (whole[4] ?? 0));
  }

  private take(count: number): Buffer {
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return taken;
  }

  private async more(): Promise<void> {
    const next = await this.chunks.next();
    if (next.done) throw new Error('the connection was closed before the handshake');
    this.held = Buffer.concat([this.held, next.value]);
    // RFC 4253, 6.1: 35,000 bytes at most; more is no SSH server.
    if (this.held.length > 40_000) throw new Error('too much was said before the handshake');
  }
}
