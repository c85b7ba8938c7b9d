import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Issued, IssueOptions } from '../../../lab/openssl.js';
import {
  authority,
  codes,
  examine,
  intermediate,
  issueLeaf,
  joined,
  leaf,
  limited,
  names,
  openssl,
  other,
  root,
  said,
  server,
  told,
  whole,
} from './bundles.js';

const day = 86_400_000;
const CERT1 = { clause: 'CERT-1' };
const CERT2 = { clause: 'CERT-2' };
const CERT5 = { clause: 'CERT-5' };
const crt = 'files/chats.crt';
const keyFile = 'files/chats.key';
const theLeaf = { which: 'leaf certificate', subject: 'chats.example.ru' };
const theIntermediate = { which: 'intermediate certificate 1', subject: 'Example Issuing CA' };
const theRoot = { which: 'root certificate', subject: 'Example Root CA' };

/** Both languages say it with the same facts in it, and nothing is left to be filled in. */
function expectSaid(found: ReturnType<typeof examine>): void {
  const { en, ru } = said(found);
  for (const [index, { params }] of found.problems.entries()) {
    for (const text of [en[index], ru[index]]) {
      expect(text).not.toMatch(/\{\w+\}/);
      for (const name of ['subject', 'issuer', 'missing', 'file', 'date']) if (name in params) expect(text).toContain(String(params[name]));
    }
    expect(ru[index]).toMatch(/[а-яё]/);
    expect(ru[index]).not.toMatch(/certificate/);
  }
}

const second = openssl.issue('/CN=second.example.ru', { issuer: intermediate, extensions: server(['second.example.ru']), to: 90 });
const namesake = openssl.issue('/O=Example/CN=Example Issuing CA', { issuer: root, extensions: limited(0) });
/** leaf ← 2 ← 1 ← root: longer than usual. */
const upper = openssl.issue('/CN=Upper CA', { issuer: root, extensions: authority });
const lower = openssl.issue('/CN=Lower CA', { issuer: upper, extensions: authority });
const deep = openssl.issue('/CN=chats.example.ru', { issuer: lower, extensions: server() });
/** An intermediate that is wrong in one way, with a leaf under it. */
function under(extensions: string[], options: IssueOptions = {}): { by: Issued; leaf: Issued } {
  const by = openssl.issue('/O=Example/CN=Example Issuing CA', { issuer: root, extensions, ...options });
  return { by, leaf: openssl.issue('/CN=chats.example.ru', { issuer: by, extensions: server() }) };
}
const notAuthority = under(['basicConstraints=critical,CA:FALSE']);
const withoutSigning = under(['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature']);
const over = under(authority, { from: -400, to: -2 });
const narrow = openssl.issue('/CN=Narrow CA', { issuer: root, extensions: limited(0) });
const belowNarrow = openssl.issue('/CN=Below CA', { issuer: narrow, extensions: authority });
const tooDeep = openssl.issue('/CN=chats.example.ru', { issuer: belowNarrow, extensions: server() });
const selfSigned = openssl.issue('/CN=chats.example.ru', { extensions: server() });
const ownAuthority = openssl.issue('/CN=chats.example.ru', { extensions: [...authority.slice(0, 1), server().at(-1) ?? ''] });
const published = issueLeaf({ extensions: [...server(), 'authorityInfoAccess=caIssuers;URI:http://ca.example.ru/issuing.crt'] });

const chains: [title: string, certificate: string | Buffer, key: string, problems: Record<string, unknown>[]][] = [
  [
    'wrong order: root before intermediate',
    joined(leaf, root, intermediate),
    leaf.key,
    [
      {
        ...CERT1,
        code: 'wrong-order',
        number: 2,
        ...theRoot,
        found: '"chats.example.ru" → "Example Root CA" → "Example Issuing CA"',
        needed: '"chats.example.ru" → "Example Issuing CA" → "Example Root CA"',
      },
    ],
  ],
  ['wrong order: leaf last', joined(root, intermediate, leaf), leaf.key, [{ code: 'wrong-order', number: 1, ...theRoot }]],
  [
    'wrong order: two intermediates',
    joined(deep, upper, lower, root),
    deep.key,
    [{ code: 'wrong-order', number: 2, which: 'intermediate certificate 2', subject: 'Upper CA' }],
  ],
  ['no intermediate', joined(leaf, root), leaf.key, [{ ...CERT1, code: 'missing-intermediate', ...theLeaf, issuer: 'Example Issuing CA' }]],
  [
    'no second intermediate',
    joined(deep, lower, root),
    deep.key,
    [
      {
        ...CERT1,
        code: 'other-root',
        which: 'intermediate certificate 1',
        subject: 'Lower CA',
        issuer: 'Upper CA',
        root: 'Example Root CA',
      },
    ],
  ],
  ['no root', joined(leaf, intermediate), leaf.key, [{ ...CERT1, code: 'missing-root', ...theIntermediate, issuer: 'Example Root CA' }]],
  ['leaf alone', joined(leaf), leaf.key, [{ ...CERT1, code: 'leaf-alone', subject: 'chats.example.ru', issuer: 'Example Issuing CA' }]],
  [
    "another authority's root",
    joined(leaf, intermediate, other),
    leaf.key,
    [{ ...CERT1, code: 'other-root', ...theIntermediate, issuer: 'Example Root CA', root: 'Stranger Root CA' }],
  ],
  [
    'an intermediate of the same name with another key',
    joined(leaf, namesake, root),
    leaf.key,
    [{ ...CERT1, code: 'wrong-signature', ...theLeaf, issuer: 'Example Issuing CA' }],
  ],
  [
    'authorities alone',
    joined(intermediate, root),
    leaf.key,
    [{ ...CERT1, code: 'no-leaf', subjects: '"Example Issuing CA", "Example Root CA"' }],
  ],
  ['self-signed', joined(selfSigned), selfSigned.key, [{ ...CERT1, code: 'self-signed', subject: 'chats.example.ru' }]],
  [
    'self-signed, its own authority',
    joined(ownAuthority),
    ownAuthority.key,
    [{ ...CERT1, code: 'self-signed', subject: 'chats.example.ru' }],
  ],
  [
    'an intermediate that is no authority',
    joined(notAuthority.leaf, notAuthority.by, root),
    notAuthority.leaf.key,
    [{ ...CERT1, code: 'issuer-not-authority', ...theIntermediate, reason: 'no CA:TRUE in basicConstraints' }],
  ],
  [
    'an intermediate that may not sign',
    joined(withoutSigning.leaf, withoutSigning.by, root),
    withoutSigning.leaf.key,
    [{ ...CERT1, code: 'issuer-not-authority', ...theIntermediate, reason: 'no keyCertSign in keyUsage' }],
  ],
  [
    'more below an authority than its path length allows',
    joined(tooDeep, belowNarrow, narrow, root),
    tooDeep.key,
    [{ ...CERT1, code: 'path-too-long', which: 'intermediate certificate 2', subject: 'Narrow CA', allowed: 0, count: 1 }],
  ],
];

const leafOver = issueLeaf({ from: -400, to: -2 });
const leafAhead = issueLeaf({ from: 2, to: 400 });
const rootOver = openssl.issue('/O=Example/CN=Example Root CA', { extensions: authority, from: -900, to: -3 });
const underOldRoot = openssl.issue('/CN=chats.example.ru', { issuer: rootOver, extensions: server() });
const dates: typeof chains = [
  [
    'leaf expired',
    joined(leafOver, intermediate, root),
    leafOver.key,
    [{ ...CERT2, code: 'expired', ...theLeaf, date: minute(leafOver, 'validTo') }],
  ],
  [
    'intermediate expired',
    joined(over.leaf, over.by, root),
    over.leaf.key,
    [{ ...CERT2, code: 'expired', ...theIntermediate, date: minute(over.by, 'validTo') }],
  ],
  ['root expired', joined(underOldRoot, rootOver), underOldRoot.key, [{ ...CERT2, code: 'expired', ...theRoot }]],
  [
    'not yet valid',
    joined(leafAhead, intermediate, root),
    leafAhead.key,
    [{ ...CERT2, code: 'not-yet-valid', ...theLeaf, date: minute(leafAhead, 'validFrom') }],
  ],
];

const elsewhere = issueLeaf({ extensions: server(['intranet.example.ru', 'www.example.ru']) }, '/CN=intranet.example.ru');
const two = issueLeaf({ extensions: server(names.slice(0, 2)) });
const higher = issueLeaf({ extensions: server(['*.ru']) }, '/CN=*.ru');
const beside = issueLeaf({ extensions: server(['*.chats.example.ru']) });
const partial = issueLeaf({ extensions: server(['chats*.example.ru']) });
const commonName = issueLeaf({ extensions: server().slice(0, -1) });
const forClients = issueLeaf({ extensions: server().map((each) => each.replace('serverAuth', 'clientAuth')) });
const forAny = issueLeaf({ extensions: server().map((each) => each.replace('serverAuth', 'anyExtendedKeyUsage')) });
const three = names.join(', ');
const usedFor: typeof chains = [
  [
    'other name',
    joined(elsewhere, intermediate, root),
    elsewhere.key,
    [{ ...CERT5, code: 'other-name', subject: 'intranet.example.ru', missing: three, names: 'intranet.example.ru, www.example.ru' }],
  ],
  [
    'one service name missing',
    joined(two, intermediate, root),
    two.key,
    [
      {
        ...CERT5,
        code: 'name-missing',
        subject: 'chats.example.ru',
        missing: 'chats-storage.example.ru',
        names: 'chats.example.ru, chats-gateway.example.ru',
      },
    ],
  ],
  [
    'a wildcard of a zone above: one label only',
    joined(higher, intermediate, root),
    higher.key,
    [{ ...CERT5, code: 'wildcard-depth', subject: '*.ru', wildcard: '*.ru', missing: three }],
  ],
  [
    'a wildcard below the main name',
    joined(beside, intermediate, root),
    beside.key,
    [{ ...CERT5, code: 'wildcard-depth', wildcard: '*.chats.example.ru', missing: three }],
  ],
  [
    'a wildcard of a part of a label',
    joined(partial, intermediate, root),
    partial.key,
    [{ ...CERT5, code: 'other-name', names: 'chats*.example.ru' }],
  ],
  [
    'a common name alone',
    joined(commonName, intermediate, root),
    commonName.key,
    [{ ...CERT5, code: 'no-alternative-names', subject: 'chats.example.ru', missing: three }],
  ],
  [
    'not for servers',
    joined(forClients, intermediate, root),
    forClients.key,
    [{ ...CERT5, code: 'no-server-authentication', subject: 'chats.example.ru' }],
  ],
  // OpenSSL, which clients are built on, wants serverAuth itself.
  ['for any use', joined(forAny, intermediate, root), forAny.key, [{ ...CERT5, code: 'no-server-authentication' }]],
  ['other key', whole, two.key, [{ ...CERT5, code: 'key-mismatch', file: keyFile, subject: 'chats.example.ru' }]],
  ['a key of another kind', whole, openssl.key('rsa'), [{ ...CERT5, code: 'key-mismatch', file: keyFile, subject: 'chats.example.ru' }]],
];

const forms: typeof chains = [
  ['empty', ' \r\n', leaf.key, [{ ...CERT1, code: 'empty', file: crt }]],
  ['a page of a web site', '<html><body>Sign in</body></html>', leaf.key, [{ ...CERT1, code: 'no-certificate', file: crt }]],
  ['a signing request', openssl.shell('cat c2.csr'), leaf.key, [{ ...CERT1, code: 'request', file: crt }]],
  ['the key in its place', leaf.key, leaf.key, [{ ...CERT1, code: 'key-instead', file: crt }]],
  ['a key beside the certificates', whole + leaf.key, leaf.key, [{ ...CERT1, code: 'key-inside', file: crt }]],
  ['a damaged certificate', damaged(whole), leaf.key, [{ ...CERT1, code: 'unreadable', file: crt, number: 1 }, { code: 'no-leaf' }]],
  [
    'a file that was cut off',
    whole.slice(0, -200),
    leaf.key,
    [{ ...CERT1, code: 'truncated', file: crt, number: 3 }, { code: 'missing-root' }],
  ],
  [
    'an END line lost in the middle',
    whole.replace(/-----END CERTIFICATE-----\n/, ''),
    leaf.key,
    [{ ...CERT1, code: 'truncated', number: 1 }, { code: 'no-leaf' }],
  ],
  [
    'two leaves',
    joined(leaf, second, intermediate, root),
    leaf.key,
    [
      {
        ...CERT1,
        code: 'two-leaves',
        count: 2,
        subjects: `1: "chats.example.ru", → ${date(leaf)}; 2: "second.example.ru", → ${date(second)}`,
      },
    ],
  ],
];

const keys: [title: string, key: string | Buffer, code: string][] = [
  ['empty', '', 'key-empty'],
  ['a certificate in its place', leaf.certificate, 'certificate-instead'],
  ['a public key', openssl.run('pkey', '-in', openssl.write('leaf.key', leaf.key), '-pubout'), 'key-public'],
  ['damaged', leaf.key.replace(/\n.{20}/, '\n'), 'key-damaged'],
  ['cut off', leaf.key.slice(0, -30), 'key-damaged'],
  ['two keys', leaf.key + second.key, 'two-keys'],
  ['something else', 'see the other mail', 'key-missing'],
];

function minute({ certificate }: Issued, which: 'validFrom' | 'validTo'): string {
  return `${new Date(new X509Certificate(certificate)[which]).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
function date(issued: Issued): string {
  return minute(issued, 'validTo').slice(0, 10);
}
function damaged(text: string): string {
  return text.replace(/(BEGIN CERTIFICATE-----\n.{20}).{30}/, '$1');
}

describe.each([
  ['chain (CERT-1)', chains],
  ['dates (CERT-2)', dates],
  ['names and key (CERT-5)', usedFor],
  ['form of the file (CERT-1)', forms],
])('refused for its %s', (_, cases) => {
  it.each(cases)('%s', (_title, certificate, key, problems) => {
    const found = examine(certificate, key);
    expect(told(found)).toMatchObject(problems);
    expect(found.problems).toHaveLength(problems.length);
    expect(found.problems.some(({ severity }) => severity === 'error')).toBe(true);
    expectSaid(found);
  });
});

describe('refused for the form of the key (CERT-5)', () => {
  it.each(keys)('%s', (_, key, code) => {
    const found = examine(whole, key);
    expect(told(found)).toMatchObject([{ ...CERT5, code, file: keyFile }]);
    expectSaid(found);
    // Nothing of the key is said.
    expect(JSON.stringify(found.problems)).not.toContain(leaf.key.split('\n')[1]);
  });
});

describe('refused, with the command that mends it', () => {
  const inPlace = (name: string, content: string | Buffer): string => openssl.write(name, content);
  const pfx = (): Buffer => {
    const files = [
      '-inkey',
      inPlace('k.pem', leaf.key),
      '-in',
      inPlace('l.pem', leaf.certificate),
      '-certfile',
      inPlace('r.pem', joined(intermediate, root)),
    ];
    return openssl.run('pkcs12', '-export', ...files, '-passout', 'pass:');
  };
  const p7b = (...form: string[]): Buffer => openssl.run('crl2pkcs7', '-nocrl', '-certfile', inPlace('all.pem', whole), ...form);

  /** The command of the only problem, with the customer's file where the operator has it; what it wrote. */
  function mend(found: ReturnType<typeof examine>, code: string, name: string, content: string | Buffer, line = 0, stdin = ''): string {
    expect(codes(found)).toContain(code);
    const command = found.problems.find((each) => each.code === `certificate/${code}`)?.hint?.split('\n')[line] ?? '';
    openssl.shell('mkdir -p files');
    openssl.write(name, content);
    openssl.shell(`${command.replace('pkcs12 ', 'pkcs12 -passin pass: ')}${stdin}`);
    const [, made = ''] = /-out ([^\s)]+)/.exec(command) ?? [];
    const written = openssl.shell(`cat ${made}`);
    if (made.endsWith('.key')) expect(openssl.shell(`stat -c %a ${made}`)).toBe('600\n');
    openssl.shell(`rm ${made}`);
    return written;
  }

  it('DER: converted, the leaf is alone then', () => {
    const der = new X509Certificate(leaf.certificate).raw;
    const pem = mend(examine(der), 'der', crt, der);
    expect(codes(examine(pem))).toEqual(['leaf-alone']);
  });

  it.each([
    ['PEM', []],
    ['DER', ['-outform', 'der']],
  ])('PKCS#7 in %s', (_, form) => {
    const given = p7b(...form);
    const pem = mend(examine(given), 'pkcs7', crt, given);
    expect(codes(examine(pem, leaf.key, { reorder: true })).filter((each) => each !== 'reordered')).toEqual([]);
  });

  it('PKCS#12 as the certificate, and as the key', () => {
    const given = pfx();
    const pem = mend(examine(given), 'pkcs12', crt, given, 0);
    const key = mend(examine(given), 'pkcs12', crt, given, 1);
    expect(codes(examine(pem, key, { reorder: true })).filter((each) => each !== 'reordered')).toEqual([]);
    expect(codes(examine(whole, mend(examine(whole, given), 'key-pkcs12', keyFile, given)))).toEqual([]);
  });

  it.each([
    ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'der']],
    ['SEC1', ['ec', '-outform', 'der']],
  ])('a DER key in %s', (_, how) => {
    const der = openssl.run(...how, '-in', inPlace('k.pem', leaf.key));
    expect(codes(examine(whole, mend(examine(whole, der), 'key-der', keyFile, der)))).toEqual([]);
  });

  it.each([
    ['PKCS#8', ['pkcs8', '-topk8', '-passout', 'pass:hunter22']],
    ['PKCS#8 in DER', ['pkcs8', '-topk8', '-passout', 'pass:hunter22', '-outform', 'der']],
    ['the older form', ['ec', '-aes128', '-passout', 'pass:hunter22']],
  ])('an encrypted key, %s', (_, how) => {
    const encrypted = openssl.run(...how, '-in', inPlace('k.pem', leaf.key));
    const found = examine(whole, encrypted);
    const hint = found.problems[0]?.hint ?? '';
    const withPassphrase = {
      ...found,
      problems: found.problems.map((each) => ({ ...each, hint: hint.replace('pkey ', 'pkey -passin pass:hunter22 ') })),
    };
    expect(codes(examine(whole, mend(withPassphrase, 'key-encrypted', keyFile, encrypted)))).toEqual([]);
  });

  it('other key: the two lines differ, and are equal for the right one', () => {
    const found = examine(whole, second.key);
    openssl.shell('mkdir -p files');
    openssl.write(crt, whole);
    openssl.write(keyFile, second.key);
    const hint = found.problems[0]?.hint ?? '';
    const lines = () => new Set(openssl.shell(hint).trimEnd().split('\n')).size;
    expect(lines()).toBe(2);
    openssl.write(keyFile, leaf.key);
    expect(lines()).toBe(1);
  });

  it('a missing issuer: where it can be had, when the certificate says so', () => {
    expect(examine(joined(published), published.key).problems[0]?.hint).toBe('wget http://ca.example.ru/issuing.crt');
  });
});

describe('a root file', () => {
  it('of another authority, and one that is no root: the chain lacks its root all the same', () => {
    expect(told(examine(joined(leaf, intermediate), leaf.key, { root: other.certificate }))).toMatchObject([
      { code: 'missing-root', issuer: 'Example Root CA' },
      { code: 'root-file-other', file: 'files/root.crt', subject: 'Stranger Root CA', issuer: 'Example Root CA' },
    ]);
    expect(told(examine(joined(leaf, intermediate), leaf.key, { root: intermediate.certificate }))).toMatchObject([
      { code: 'missing-root' },
      { code: 'root-file-no-root', file: 'files/root.crt', subject: 'Example Issuing CA', issuer: 'Example Root CA' },
    ]);
  });

  it('that cannot be used is named by its own path', () => {
    expect(told(examine(whole, leaf.key, { root: '' }))).toEqual([{ ...CERT1, code: 'empty', file: 'files/root.crt' }]);
  });

  it('does not stand for an intermediate certificate', () => {
    expect(codes(examine(joined(leaf), leaf.key, { root: root.certificate }))).toEqual(['leaf-alone']);
  });
});

describe('several defects', () => {
  it('are all named at once', () => {
    const found = examine(joined(root, leafOver), second.key);
    expect(codes(found).sort()).toEqual(['expired', 'key-mismatch', 'missing-intermediate']);
  });

  it('each certificate of the chain is looked at', () => {
    const found = examine(whole, leaf.key, { now: Date.now() + 4000 * day });
    expect(told(found)).toMatchObject([theLeaf, theIntermediate, theRoot].map((each) => ({ code: 'expired', ...each })));
  });

  it('asked to be reordered, a chain with a gap is still refused', () => {
    expect(codes(examine(joined(intermediate, leaf), leaf.key, { reorder: true }))).toEqual(['missing-root', 'reordered']);
  });
});
