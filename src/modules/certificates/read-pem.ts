import { X509Certificate } from 'node:crypto';
import type { Problem } from './problem.js';

export interface ReadCertificates {
  readonly certificates: readonly X509Certificate[];
  readonly problems: readonly Problem[];
}

const block = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g;

/** Every certificate of a PEM file. Text between the blocks, CR LF and a byte order mark are fine. */
export function readCertificates(content: Buffer, what: string): ReadCertificates {
  const text = content.toString('latin1');
  const fatal = (code: Problem['code'], message: string): Problem => ({ clause: 'CERT-1', code, severity: 'fatal', message });
  if (text.trim() === '') return { certificates: [], problems: [fatal('empty', `${what} is empty`)] };
  const blocks = text.match(block) ?? [];
  if (!blocks.length) return { certificates: [], problems: [fatal(...withoutBlocks(content, what))] };
  const problems: Problem[] = [];
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    problems.push(fatal('key-inside', `${what} holds a private key too; the key belongs into a file of its own`));
  const certificates = blocks.flatMap((pem, index) => {
    const certificate = parse(Buffer.from(pem, 'latin1'));
    if (!certificate)
      problems.push(fatal('unreadable', `certificate ${index + 1} of ${blocks.length} in ${what} cannot be read: it is damaged`));
    return certificate ?? [];
  });
  return { certificates, problems };
}

function withoutBlocks(content: Buffer, what: string): [Problem['code'], string] {
  if (parse(content)) return ['der', `${what} is in DER form, PEM is needed; "openssl x509 -inform der" converts it`];
  return ['no-certificate', `${what} has no certificate in PEM form (-----BEGIN CERTIFICATE-----)`];
}

function parse(content: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(content);
  } catch {
    return undefined;
  }
}

/** `CN`, or the whole subject where there is none. */
export function subjectOf(certificate: X509Certificate): string {
  return nameIn(certificate.subject) || certificate.subjectAltName || `serial number ${certificate.serialNumber}`;
}

export function issuerOf(certificate: X509Certificate): string {
  return nameIn(certificate.issuer);
}

function nameIn(distinguished: string): string {
  return /^CN=(.*)$/m.exec(distinguished)?.[1] ?? distinguished.replaceAll('\n', ', ');
}

/** Its own issuer: a root, or a certificate that nobody vouches for. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}

/** By name and by signature. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && signedBy(certificate, issuer);
}

export function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // A key of another kind than the signature's.
    return false;
  }
}
