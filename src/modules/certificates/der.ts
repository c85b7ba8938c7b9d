import type { X509Certificate } from 'node:crypto';

interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

const OID = {
  keyUsage: '551d0f',
  basicConstraints: '551d13',
  signedData: '2a864886f70d010702',
} as const;
const TAG = { boolean: 0x01, integer: 0x02, bitString: 0x03, oid: 0x06, sequence: 0x30, version: 0xa0, extensions: 0xa3 } as const;

/** What `node:crypto` does not tell of a certificate (RFC 5280, 4.2.1.3 and 4.2.1.9). */
export interface Constraints {
  /** 1: from before there were extensions. */
  readonly version: number;
  /** By its basicConstraints alone. */
  readonly isAuthority: boolean;
  /** Intermediate certificates that it allows below it; undefined: any number. */
  readonly pathLength: number | undefined;
  /** False where a key usage is given that lacks keyCertSign. */
  readonly mayIssue: boolean;
}

export function constraintsOf(certificate: X509Certificate): Constraints {
  const tbs = elements(elements(certificate.raw)[0]?.content)[0];
  const parts = elements(tbs?.content);
  const extensions = elements(elements(parts.find(({ tag }) => tag === TAG.extensions)?.content)[0]?.content);
  const extension = (oid: string) => {
    const found = extensions.map((each) => elements(each.content)).find(([id]) => id?.content.toString('hex') === oid);
    return elements(found?.at(-1)?.content)[0];
  };
  const basic = elements(extension(OID.basicConstraints)?.content);
  const length = basic.find(({ tag }) => tag === TAG.integer);
  const usage = extension(OID.keyUsage);
  const version = elements(parts.find(({ tag }) => tag === TAG.version)?.content)[0]?.content[0];
  return {
    version: (version ?? 0) + 1,
    isAuthority: basic.some(({ tag, content }) => tag === TAG.boolean && content[0] !== 0),
    pathLength: length?.content.length ? length.content.readUIntBE(0, Math.min(length.content.length, 6)) : undefined,
    // Bit 5, behind the octet that counts the unused bits.
    mayIssue: usage === undefined || ((usage.content[1] ?? 0) & 0x04) !== 0,
  };
}

/** A container that was handed over in a file's place: PFX begins with version 3 and a ContentInfo (RFC 7292, 4), PKCS#7 is a ContentInfo of signedData. */
export function containerIn(content: Buffer): 'pkcs12' | 'pkcs7' | undefined {
  const [outer] = elements(content);
  if (outer?.tag !== TAG.sequence) return undefined;
  const [first, second] = elements(outer.content);
  if (first?.tag === TAG.oid) return first.content.toString('hex') === OID.signedData ? 'pkcs7' : undefined;
  const isPfx = first?.tag === TAG.integer && first.content.equals(Buffer.of(3)) && elements(second?.content)[0]?.tag === TAG.oid;
  return isPfx ? 'pkcs12' : undefined;
}

/** The elements of definite length in a row (X.690, 8.1); what is cut off ends it. BER's indefinite length, in old containers, goes to the end. */
function elements(content: Buffer | undefined): Element[] {
  const found: Element[] = [];
  for (let at = 0; content && at + 2 <= content.length; ) {
    const tag = content.readUInt8(at);
    let length = content.readUInt8(at + 1);
    at += 2;
    if (length === 0x80) length = content.length - at;
    else if (length > 0x80) {
      const octets = length & 0x7f;
      if (octets > 4 || at + octets > content.length) break;
      length = content.readUIntBE(at, octets);
      at += octets;
    }
    found.push({ tag, content: content.subarray(at, at + length) });
    at += length;
  }
  return found;
}
