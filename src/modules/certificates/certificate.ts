import type { KeyObject, X509Certificate } from 'node:crypto';

/** A certificate and its place in the file: 1 is the first. 0: it came from another file. */
export interface Numbered {
  readonly certificate: X509Certificate;
  readonly number: number;
}

/** `CN`, or the whole subject where there is none. */
export function subjectOf(certificate: X509Certificate): string {
  return nameIn(certificate.subject) || certificate.subjectAltName || `serial number ${certificate.serialNumber}`;
}

export function issuerOf(certificate: X509Certificate): string {
  return nameIn(certificate.issuer);
}

function nameIn(distinguished: string | undefined): string {
  // Node has `undefined` for an empty subject.
  const text = distinguished ?? '';
  return /^CN=(.*)$/m.exec(text)?.[1] ?? text.replaceAll('\n', ', ');
}

/** Its own issuer: a root, or a certificate that nobody vouches for. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}

/** By name and by signature. Whether the issuer may issue at all is another question. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.issuer === issuer.subject && isSignedBy(certificate, issuer);
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // A key of another kind than the signature's, or of one that OpenSSL does not know.
    return false;
  }
}

export function belongsTo(key: KeyObject, certificate: X509Certificate): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    return false;
  }
}
