import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  authority,
  codes,
  examine,
  intermediate,
  issueLeaf,
  joined,
  leaf,
  names,
  openssl,
  other,
  root,
  server,
  told,
  whole,
} from './bundles.js';

const rsaAuthority = openssl.issue('/CN=RSA Root CA', { extensions: authority, key: 'rsa' });
const rsa = openssl.issue('/CN=chats.example.ru', { issuer: rsaAuthority, extensions: server(), key: 'rsa' });
const wildcard = issueLeaf({ extensions: server(['*.example.ru']) });
const fromRoot = openssl.issue('/CN=chats.example.ru', { issuer: root, extensions: server() });
const oldRoot = openssl.issue('/CN=Root of version 1', {});
const fromOldRoot = openssl.issue('/CN=chats.example.ru', { issuer: oldRoot, extensions: server() });
const bags = whole.replaceAll(
  /-----BEGIN CERTIFICATE/g,
  'Bag Attributes\n    friendlyName: chats\nsubject=CN = chats\n\nissuer=CN = x\n$&',
);
const converted = (key: string, ...args: string[]): string => openssl.run(...args, '-in', openssl.write('to-convert.key', key)).toString();

/** Every one is what the program that the product is built on verifies too, name by name. */
const right: [title: string, certificate: string | Buffer, key: string | Buffer, lenient?: 'lenient'][] = [
  ['EC key', whole, leaf.key],
  ['RSA key', joined(rsa, rsaAuthority), rsa.key],
  ['a wildcard of the zone', joined(wildcard, intermediate, root), wildcard.key],
  ['issued by the root itself', joined(fromRoot, root), fromRoot.key],
  ['under a root from before there were extensions', joined(fromOldRoot, oldRoot), fromOldRoot.key, 'lenient'],
  ['CR LF', whole.replaceAll('\n', '\r\n'), leaf.key.replaceAll('\n', '\r\n')],
  [
    'text between the certificates (bag attributes)',
    bags,
    `Bag Attributes\n    localKeyID: 01\nKey Attributes: <No Attributes>\n${leaf.key}`,
  ],
  ['a byte order mark', `\ufeff${whole}`, `\ufeff${leaf.key}`],
  ['UTF-16, as Windows saves it', Buffer.from(`\ufeff${whole}`, 'utf16le'), Buffer.from(`\ufeff${leaf.key}`, 'utf16le')],
  ['certificates glued together without a line feed', whole.replaceAll('-----\n-----', '----------').trimEnd(), leaf.key.trimEnd()],
  ['an EC key in SEC1, with its parameters', whole, converted(leaf.key, 'ec', '-param_enc', 'named_curve')],
  ['an RSA key in PKCS#1', joined(rsa, rsaAuthority), converted(rsa.key, 'rsa', '-traditional')],
];

describe('accepted', () => {
  it.each(right)('%s', (_, certificate, key, lenient) => {
    const found = examine(certificate, key);
    expect(told(found)).toEqual([]);
    expect(found.daysLeft).toBeGreaterThanOrEqual(364);

    const written = found.pem.split(/(?<=-----END CERTIFICATE-----\n)/);
    openssl.write('written.crt', found.pem);
    openssl.write('root.crt', written.at(-1) ?? '');
    const strict = lenient ? [] : ['-x509_strict'];
    const verify = ['verify', ...strict, '-purpose', 'sslserver', '-CAfile', 'root.crt', '-untrusted', 'written.crt'];
    for (const name of names) openssl.run(...verify, '-verify_hostname', name, 'written.crt');

    openssl.write('written.key', found.keyPem);
    const publicKey = openssl.run('pkey', '-in', 'written.key', '-pubout').toString();
    expect(openssl.run('x509', '-in', 'written.crt', '-noout', '-pubkey').toString()).toBe(publicKey);
  });

  it('tells the chain, leaf first', () => {
    const { chain } = examine(whole);
    expect(chain.map(({ subject, issuer, isAuthority }) => ({ subject, issuer, isAuthority }))).toEqual([
      { subject: 'chats.example.ru', issuer: 'Example Issuing CA', isAuthority: false },
      { subject: 'Example Issuing CA', issuer: 'Example Root CA', isAuthority: true },
      { subject: 'Example Root CA', issuer: 'Example Root CA', isAuthority: true },
    ]);
    expect(chain[0]).toMatchObject({ names, fingerprint: new X509Certificate(leaf.certificate).fingerprint256 });
  });

  it('Cyrillic names, given in Unicode or punycode', () => {
    const unicode = ['чаты.пример.рф', 'чаты-gateway.пример.рф', 'чаты-storage.пример.рф'];
    const punycode = unicode.map((each) => new URL(`https://${each}`).hostname);
    const issued = issueLeaf({ extensions: server(punycode) }, '/CN=чаты.пример.рф');
    const bundle = joined(issued, intermediate, root);
    for (const asked of [unicode, punycode]) expect(told(examine(bundle, issued.key, { names: asked }))).toEqual([]);
    expect(told(examine(bundle, issued.key, { names: [...unicode, 'почта.пример.рф'] }))).toMatchObject([
      { code: 'name-missing', subject: 'чаты.пример.рф', missing: 'xn--80a1acny.xn--e1afmkfd.xn--p1ai (почта.пример.рф)' },
    ]);
  });
});

describe('accepted, and said', () => {
  it('twice the same certificate', () => {
    const found = examine(whole + root.certificate);
    expect(told(found)).toEqual([{ clause: 'CERT-1', code: 'duplicate', severity: 'warning', number: 4, subject: 'Example Root CA' }]);
    expect(found.pem).toBe(examine(whole).pem);
  });

  it("another authority's certificate beside the chain", () => {
    const found = examine(joined(leaf, other, intermediate, root));
    const unrelated = {
      clause: 'CERT-1',
      code: 'unrelated',
      severity: 'warning',
      number: 2,
      subject: 'Stranger Root CA',
      leaf: 'chats.example.ru',
    };
    expect(told(found)).toEqual([unrelated]);
    expect(found.pem).toBe(examine(whole).pem);
  });

  it('a root that is there as signed by another one too: the whole chain is taken', () => {
    const csr = openssl.write('cross.key', root.key);
    const cross = openssl.issue('/O=Example/CN=Example Root CA', { issuer: other, extensions: authority, keyFile: csr });
    for (const certificates of [joined(leaf, intermediate, cross, root), joined(leaf, intermediate, root, cross)])
      expect(codes(examine(certificates))).toEqual(['unrelated']);
    expect(codes(examine(joined(leaf, intermediate, cross), leaf.key, { root: root.certificate })).sort()).toEqual([
      'root-appended',
      'unrelated',
    ]);
  });

  it('a wrong order is put right where that is asked for', () => {
    for (const wrong of [joined(root, intermediate, leaf), joined(leaf, root, intermediate), joined(intermediate, leaf, root)]) {
      const found = examine(wrong, leaf.key, { reorder: true });
      expect(told(found)).toMatchObject([{ clause: 'CERT-1', code: 'reordered', severity: 'warning' }]);
      expect(found.pem).toBe(examine(whole).pem);
    }
    const needed = '"chats.example.ru" → "Example Issuing CA" → "Example Root CA"';
    expect(told(examine(joined(leaf, root, intermediate), leaf.key, { reorder: true }))).toMatchObject([
      { found: '"chats.example.ru" → "Example Root CA" → "Example Issuing CA"', needed },
    ]);
  });

  it('a root is appended where its file is named', () => {
    const found = examine(joined(leaf, intermediate), leaf.key, { root: root.certificate });
    const appended = { clause: 'CERT-1', code: 'root-appended', severity: 'warning', subject: 'Example Root CA', file: 'files/root.crt' };
    expect(told(found)).toEqual([appended]);
    expect(found).toMatchObject({ appendedRoot: 'Example Root CA', pem: examine(whole).pem });
    // A chain that has it needs nothing, whatever the root file holds.
    expect(told(examine(whole, leaf.key, { root: root.certificate }))).toEqual([]);
    expect(told(examine(whole, leaf.key, { root: other.certificate }))).toEqual([]);
  });

  it('both at once', () => {
    const found = examine(joined(intermediate, leaf), leaf.key, { root: root.certificate, reorder: true });
    expect(codes(found).sort()).toEqual(['reordered', 'root-appended']);
    expect(found.pem).toBe(examine(whole).pem);
  });

  it('days left, when they are few', () => {
    const issued = issueLeaf({ to: 12 });
    const found = examine(joined(issued, intermediate, root), issued.key);
    expect(told(found)).toMatchObject([
      { clause: 'CERT-2', code: 'expires-soon', severity: 'warning', which: 'leaf certificate', days: 11 },
    ]);
    expect(found.daysLeft).toBe(11);
  });
});
