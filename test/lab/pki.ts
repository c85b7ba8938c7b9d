import 'reflect-metadata';
import { type CipherKey, createPrivateKey, KeyObject, type webcrypto as NodeCrypto, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

type CryptoKeyPair = NodeCrypto.CryptoKeyPair;
type KeyKind = 'ec' | 'rsa';

/** A certificate with its key, both PEM; the key is PKCS#8. */
export interface IssuedCertificate {
  certificate: string;
  key: string;
}

export interface Authority {
  root: string;
  intermediate: string;
  /** Issues a server certificate under the intermediate. Dates: days from now. */
  issue(names: string[], options?: IssueOptions): Promise<IssuedCertificate>;
  /** A leaf signed by the root itself, without an intermediate. */
  issueFromRoot(names: string[], options?: IssueOptions): Promise<IssuedCertificate>;
}

interface IssueOptions {
  notBefore?: number;
  notAfter?: number;
  key?: KeyKind;
  commonName?: string;
}

const ALGORITHMS = {
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
} as const;
const DAY = 86_400_000;

x509.cryptoProvider.set(webcrypto);

function generateKeys(kind: KeyKind): Promise<CryptoKeyPair> {
  return kind === 'ec'
    ? webcrypto.subtle.generateKey(ALGORITHMS.ec, true, ['sign', 'verify'])
    : webcrypto.subtle.generateKey(ALGORITHMS.rsa, true, ['sign', 'verify']);
}

function privatePem(keys: CryptoKeyPair): string {
  return KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function signingAlgorithm(keys: CryptoKeyPair): (typeof ALGORITHMS)[KeyKind] {
  return keys.privateKey.algorithm.name === 'ECDSA' ? ALGORITHMS.ec : ALGORITHMS.rsa;
}

function serial(): string {
  // The first bit clear: a serial number is a positive integer (RFC 5280, 4.1.2.2).
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(15)))
    .toString('hex')
    .replace(/^./, '1');
}

function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}

/** A root and an intermediate, valid from yesterday. `owner` goes into their subjects. */
export async function createAuthority(owner: string): Promise<Authority> {
  const rootKeys = await generateKeys('ec');
  const rootName = `CN=${owner} Root CA, O=${owner}`;
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 3650 * DAY) };
  const authorityUsage = new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: rootName,
    ...validity,
    keys: rootKeys,
    signingAlgorithm: ALGORITHMS.ec,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      authorityUsage,
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const intermediateKeys = await generateKeys('ec');
  const intermediate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${owner} Issuing CA, O=${owner}`,
    issuer: root.subject,
    ...validity,
    publicKey: intermediateKeys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: ALGORITHMS.ec,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      authorityUsage,
      await x509.SubjectKeyIdentifierExtension.create(intermediateKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  return {
    root: pem(root),
    intermediate: pem(intermediate),
    issue: (names, options) => issueLeaf(intermediate, intermediateKeys, names, options),
    issueFromRoot: (names, options) => issueLeaf(root, rootKeys, names, options),
  };
}

async function issueLeaf(
  issuer: x509.X509Certificate,
  issuerKeys: CryptoKeyPair,
  names: string[],
  options: IssueOptions = {},
): Promise<IssuedCertificate> {
  const keys = await generateKeys(options.key ?? 'ec');
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${options.commonName ?? names[0] ?? 'unnamed'}`,
    issuer: issuer.subject,
    notBefore: new Date(Date.now() + (options.notBefore ?? -1) * DAY),
    notAfter: new Date(Date.now() + (options.notAfter ?? 365) * DAY),
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    signingAlgorithm: signingAlgorithm(issuerKeys),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuerKeys.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: privatePem(keys) };
}

/** The same key, encrypted under a passphrase (PKCS#8, AES-256). */
export function encryptKey(key: string, passphrase: CipherKey & string): string {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}
