import type { X509Certificate } from 'node:crypto';
import { isSelfSigned, issuerOf, subjectOf } from '../certificates/certificate.js';

/** Why a certificate is not trusted, by OpenSSL's or Node's code, and what would mend it. */
export function explainDistrust(code: string, chain: readonly X509Certificate[], name: string): string {
  const [leaf] = chain;
  const top = chain.at(-1);
  if (!leaf || !top) return `no certificate was sent (${code})`;
  const day = (text: string) => new Date(text).toISOString().slice(0, 10);
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `it is for ${namesOf(leaf).join(', ') || subjectOf(leaf)}, not for ${name}`;
    case 'CERT_HAS_EXPIRED': {
      const ended = chain.find((each) => Date.parse(each.validTo) < Date.now()) ?? leaf;
      return `"${subjectOf(ended)}" ended on ${day(ended.validTo)}`;
    }
    case 'CERT_NOT_YET_VALID': {
      const early = chain.find((each) => Date.parse(each.validFrom) > Date.now()) ?? leaf;
      return `"${subjectOf(early)}" begins on ${day(early.validFrom)}: is the clock of this machine right?`;
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `"${subjectOf(leaf)}" is signed by itself, nobody vouches for it; ca_path can name it`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `the root "${subjectOf(top)}" is not trusted on this machine; ca_path can name a file with it`;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return isSelfSigned(top)
        ? `"${subjectOf(top)}" is not trusted on this machine; ca_path can name a file with it`
        : `"${subjectOf(top)}" was issued by "${issuerOf(top)}", which the server does not send and this machine does not trust: ` +
            'either the server lacks its intermediate certificate, or ca_path must name a file with the root';
    default:
      return code;
  }
}

const noTls: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_RECORD_LAYER_FAILURE',
]);

/** Names that a certificate serves, DNS and IP. */
export function namesOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? '').split(', ').flatMap((each) => /^(?:DNS|IP Address):(.*)$/.exec(each)?.[1] ?? []);
}

/** Why a handshake came to no end. */
export function explainHandshake(error: unknown, name: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (noTls.has(code)) return 'what answers does not speak TLS (plain HTTP?)';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === '')
    return `the connection was closed during the TLS handshake: something filters it by name, or the server has no certificate for ${name}`;
  return `the server refuses the TLS handshake (${code})`;
}
