import { createPublicKey, verify } from 'node:crypto';
import ssh2 from 'ssh2';
import { globMatches } from './known-hosts.js';
import { Fields, withLength } from './ssh-fields.js';

/** A host certificate (OpenSSH, PROTOCOL.certkeys), as far as it is judged here. */
export interface HostCertificate {
  /** The host's own key, as it would be shown without a certificate. */
  readonly key: Buffer;
  /** The key of the authority that signed it. */
  readonly authority: Buffer;
  readonly principals: readonly string[];
  /** Seconds since the epoch. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** 1 user, 2 host. */
  readonly kind: number;
  readonly criticalOptions: boolean;
  /** What the signature is over. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

const suffix = '-cert-v01@openssh.com';
/** How many fields a plain key of the type has behind its name. */
const keyFields: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'ssh-rsa': 2,
};

/** Throws a RangeError where the bytes end too early; undefined: it is no certificate of a kind that is known. */
export function parseHostCertificate(blob: Buffer): HostCertificate | undefined {
  const bytes = new Fields(blob);
  const certificateType = bytes.text();
  const type = certificateType.endsWith(suffix) ? certificateType.slice(0, -suffix.length) : '';
  const count = keyFields[type];
  if (count === undefined) return undefined;
  bytes.field();
  const parts = Array.from({ length: count }, () => bytes.field());
  bytes.long(); // its serial number
  const kind = bytes.number();
  bytes.field();
  const names = new Fields(bytes.field());
  const principals: string[] = [];
  while (names.left) principals.push(names.text());
  const validAfter = bytes.long();
  const validBefore = bytes.long();
  const criticalOptions = bytes.field().length > 0;
  bytes.field();
  bytes.field();
  const authority = bytes.field();
  const signed = blob.subarray(0, bytes.at);
  const key = Buffer.concat([Buffer.from(type), ...parts].map(withLength));
  return { key, authority, principals, validAfter, validBefore, kind, criticalOptions, signed, signature: bytes.field() };
}

/** Why a certificate does not vouch for a host, in a few words; undefined: it does, as OpenSSH's sshkey_cert_check_host() says. */
export function faultOf(certificate: HostCertificate, host: string, nowMs: number): string | undefined {
  const { kind, principals, validAfter, validBefore, criticalOptions } = certificate;
  const now = BigInt(Math.floor(nowMs / 1000));
  if (kind !== 2) return 'it is not the certificate of a host';
  if (now < validAfter) return `it is not valid before ${date(validAfter)}`;
  if (now >= validBefore) return `it expired on ${date(validBefore)}`;
  if (criticalOptions) return 'it has critical options, and none is defined for hosts';
  if (principals.length && !principals.some((each) => globMatches(each.toLowerCase(), host.toLowerCase())))
    return `it names ${principals.join(', ')}`;
  return isSigned(certificate) ? undefined : 'its signature is wrong, or of a kind that is not supported';
}

function isSigned({ authority, signed, signature }: HostCertificate): boolean {
  const type = new Fields(authority).text();
  const parsed = ssh2.utils.parseKey(`${type} ${authority.toString('base64')}`);
  const [key] = Array.isArray(parsed) ? parsed : [parsed];
  if (!key || key instanceof Error) return false;
  const fields = new Fields(signature);
  const algorithm = fields.text();
  const value = fields.field();
  const pem = createPublicKey(key.getPublicPEM());
  if (type === 'ssh-ed25519') return algorithm === type && verify(null, signed, pem, value);
  // ssh-rsa itself means SHA-1, which OpenSSH does not accept of an authority either.
  if (type === 'ssh-rsa')
    return /^rsa-sha2-(256|512)$/.test(algorithm) && verify(algorithm.replace('rsa-sha2-', 'sha'), signed, pem, value);
  const [hash, size] = {
    'ecdsa-sha2-nistp256': ['sha256', 32],
    'ecdsa-sha2-nistp384': ['sha384', 48],
    'ecdsa-sha2-nistp521': ['sha512', 66],
  }[type] ?? ['', 0];
  if (typeof hash !== 'string' || !hash || algorithm !== type) return false;
  const numbers = new Fields(value);
  const raw = Buffer.concat([fixed(numbers.field(), Number(size)), fixed(numbers.field(), Number(size))]);
  return verify(hash, signed, { key: pem, dsaEncoding: 'ieee-p1363' }, raw);
}

/** A number without its sign byte, of exactly that many bytes. */
function fixed(number: Buffer, size: number): Buffer {
  const bytes = number.subarray(Math.max(0, number.length - size));
  return Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
}

function date(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}
