import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Examined, type ExamineOptions, examineBundle } from '../../../../src/modules/certificates/examine-bundle.js';
import { createAuthority, encryptKey } from '../../../lab/pki.js';

const names = ['chats.example.ru', 'chats-gateway.example.ru', 'chats-storage.example.ru'];
const authority = await createAuthority('Example');
const other = await createAuthority('Other');
const namesake = await createAuthority('Example');
const leaf = await authority.issue(names);
const day = 86_400_000;

function examine(
  certificate: string | Buffer,
  key: string | Buffer | undefined = leaf.key,
  options: Partial<ExamineOptions> = {},
): Examined {
  return examineBundle(Buffer.from(certificate), key === undefined ? undefined : Buffer.from(key), { names, now: Date.now(), ...options });
}

const codes = (found: Examined) => found.problems.map((each) => each.code).sort();
const whole = leaf.certificate + authority.intermediate + authority.root;

describe('a bundle that is right', () => {
  it.each(['ec', 'rsa'] as const)('with a key of kind %s', async (kind) => {
    const issued = await authority.issue(names, { key: kind });
    const found = examine(issued.certificate + authority.intermediate + authority.root, issued.key);
    expect(found.problems).toEqual([]);
    expect(found.chain.map((each) => each.subject)).toEqual([names[0], 'Example Issuing CA', 'Example Root CA']);
    expect(found.daysLeft).toBe(364);
    expect(found.chain[0]?.names).toEqual(names);
  });

  it('is written in order, block by block', () => {
    const blocks = examine(whole).pem.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    expect(blocks.map((each) => new X509Certificate(each).fingerprint256)).toEqual(
      [leaf.certificate, authority.intermediate, authority.root].map((each) => new X509Certificate(each).fingerprint256),
    );
  });

  it('with CR LF, a byte order mark and text between the blocks', () => {
    const text = `\ufeffsubject=chats\n${leaf.certificate}\nissuer\n${authority.intermediate}${authority.root}`.replaceAll('\n', '\r\n');
    expect(examine(text).problems).toEqual([]);
  });

  it('with a wildcard, which serves one level', async () => {
    const issued = await authority.issue(['*.example.ru']);
    expect(codes(examine(issued.certificate + authority.intermediate + authority.root, issued.key))).toEqual([]);
    const deeper = examine(issued.certificate + authority.intermediate + authority.root, issued.key, { names: ['a.b.example.ru'] });
    expect(codes(deeper)).toEqual(['name-missing']);
  });

  it('with a name in Unicode', async () => {
    const issued = await authority.issue(['xn--80aqvz.xn--p1ai']);
    expect(codes(examine(issued.certificate + authority.intermediate + authority.root, issued.key, { names: ['чаты.рф'] }))).toEqual(
      codes(
        examine(issued.certificate + authority.intermediate + authority.root, issued.key, { names: [new URL('http://чаты.рф').hostname] }),
      ),
    );
  });

  it('with a key in its older forms', () => {
    const key = createPrivateKey(leaf.key).export({ type: 'sec1', format: 'pem' }).toString();
    expect(codes(examine(whole, key))).toEqual([]);
    expect(codes(examine(whole, `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${key}`))).toEqual([]);
  });
});

describe('CERT-1: chain and order', () => {
  it.each([
    [
      'wrong order',
      leaf.certificate + authority.root + authority.intermediate,
      ['wrong-order'],
      '"Example Root CA", "Example Issuing CA", it must be',
    ],
    ['leaf last', authority.root + authority.intermediate + leaf.certificate, ['wrong-order'], ''],
    [
      'no intermediate',
      leaf.certificate + authority.root,
      ['missing-intermediate'],
      '"chats.example.ru" was issued by "Example Issuing CA"',
    ],
    ['no root', leaf.certificate + authority.intermediate, ['missing-root'], '"Example Issuing CA" was issued by "Example Root CA"'],
    ['the leaf alone', leaf.certificate, ['leaf-alone'], 'intermediate and root are missing'],
    ['no leaf', authority.intermediate + authority.root, ['no-leaf'], '"Example Issuing CA", "Example Root CA"'],
    ['another authority beside it', whole + other.root, ['unrelated'], '"Other Root CA" has no part'],
    ['twice the same', whole + authority.root, ['duplicate'], '"Example Root CA" is in the file twice'],
    [
      'an intermediate of the same name',
      leaf.certificate + namesake.intermediate + authority.root,
      ['wrong-signature'],
      'its key did not sign it',
    ],
    ['a key inside', whole + leaf.key, ['key-inside'], 'holds a private key'],
    ['empty', ' \n', ['empty'], 'is empty'],
    ['a page', '<html>', ['no-certificate'], 'no certificate in PEM form'],
    ['damaged', whole.replace(/(BEGIN CERTIFICATE-----\n.{20}).{30}/, '$1'), ['key-mismatch', 'unreadable'], 'certificate 1 of 3'],
  ])('%s', (name, text, expected, message) => {
    const found = examine(text);
    // Without its leaf nothing is left that a key could belong to.
    expect(codes(found)).toEqual(name === 'damaged' ? ['no-leaf', 'unreadable'] : expected);
    expect(found.problems.map((each) => each.message).join('\n')).toContain(message);
  });

  it('in DER form', () => {
    const found = examine(new X509Certificate(leaf.certificate).raw);
    expect(codes(found)).toEqual(['der']);
  });

  it('a wrong order is known by its right one', () => {
    expect(examine(authority.root + leaf.certificate + authority.intermediate).pem).toBe(examine(whole).pem);
  });

  it('two leaves: the one that the key belongs to leads', async () => {
    const second = await authority.issue(['second.example.ru']);
    const found = examine(second.certificate + whole);
    expect(codes(found)).toEqual(['two-leaves']);
    expect(found.chain[0]?.subject).toBe(names[0]);
  });

  it('a root file fills the gap', () => {
    const found = examine(leaf.certificate + authority.intermediate, leaf.key, { root: Buffer.from(authority.root) });
    expect(found.problems).toEqual([]);
    expect(found.rootAppended).toBe(true);
    expect(found.pem).toBe(examine(whole).pem);
  });

  it('a root file of somebody else does not', () => {
    expect(codes(examine(leaf.certificate + authority.intermediate, leaf.key, { root: Buffer.from(other.root) }))).toEqual([
      'missing-root',
    ]);
  });
});

describe('CERT-2: dates', () => {
  it.each([
    ['expired', { notBefore: -400, notAfter: -2 }, ['expired']],
    ['not yet valid', { notBefore: 2 }, ['not-yet-valid']],
    ['expires soon', { notAfter: 10 }, ['expires-soon']],
  ])('%s', async (_, options, expected) => {
    const issued = await authority.issue(names, options);
    const found = examine(issued.certificate + authority.intermediate + authority.root, issued.key);
    expect(codes(found)).toEqual(expected);
    expect(found.problems[0]?.message).toContain('"chats.example.ru"');
  });

  it('each certificate of the chain is looked at', () => {
    const found = examine(whole, leaf.key, { now: Date.now() + 4000 * day });
    expect(found.problems.filter((each) => each.code === 'expired')).toHaveLength(3);
  });
});

describe('CERT-5: names and key', () => {
  it('says which of the names are missing', async () => {
    const issued = await authority.issue(names.slice(0, 2));
    const found = examine(issued.certificate + authority.intermediate + authority.root, issued.key);
    expect(codes(found)).toEqual(['name-missing']);
    expect(found.problems[0]?.message).toContain(
      'does not serve chats-storage.example.ru; its names are chats.example.ru, chats-gateway.example.ru',
    );
  });

  it.each([
    ['another key', other.issue(names).then((each) => each.key), 'key-mismatch'],
    ['a key of another kind', authority.issue(names, { key: 'rsa' }).then((each) => each.key), 'key-mismatch'],
    ['with a passphrase', encryptKey(leaf.key, 'hunter2'), 'key-encrypted'],
    ['empty', '', 'key-empty'],
    ['in DER form', createPrivateKey(leaf.key).export({ type: 'pkcs8', format: 'der' }), 'key-der'],
    ['a certificate instead', leaf.certificate, 'key-unreadable'],
    ['damaged', leaf.key.replace(/\n.{20}/, '\n'), 'key-unreadable'],
  ])('%s', async (_, key, expected) => {
    const found = examine(whole, await key);
    expect(codes(found)).toEqual([expected]);
    // Nothing of the key is said.
    expect(JSON.stringify(found.problems)).not.toContain(leaf.key.split('\n')[1]);
  });
});
