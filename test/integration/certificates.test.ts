// Certificates on real parts: each bad pair is refused before a host is contacted, the good ones are uploaded, a renewal changes just the two files.
import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CertificateVariant, type CustomerFiles, customerCertificate } from '../lab/certificates.js';
import { type Lab, startLab } from '../lab/lab.js';
import { type Issued, type IssueOptions, Openssl } from '../lab/openssl.js';
import { createAuthority } from '../lab/pki.js';
import { Customer } from './customer.js';
import { JsonRun } from './json-run.js';

const DIR = '/opt/chats-installer';
const WATCHED = ['/etc', '/opt', '/root', '/var/lib/chatsctl'];
const openssl = new Openssl();
let lab: Lab;
let customer: Customer;
let files: string;

beforeAll(async () => {
  lab = await startLab();
  customer = await Customer.of(lab);
  files = join(customer.folder, 'files');
});
afterAll(async () => {
  openssl.remove();
  await lab?.stop();
});

type Pair = Pick<CustomerFiles, 'certificate' | 'key'>;

const variant = (name: CertificateVariant): Promise<CustomerFiles> =>
  customerCertificate(name, lab.authority, lab.names.chats, () => createAuthority('Strangers'));

/** Puts a pair where the inventory names it. */
async function hand({ certificate, key }: Pair): Promise<void> {
  await writeFile(join(files, 'customer-fullchain.pem'), certificate);
  await writeFile(join(files, 'customer-private.pem'), key, { mode: 0o600 });
}

async function play(name: string, ...args: string[]): Promise<JsonRun> {
  return new JsonRun(await customer.run(['play', `playbooks/${name}.yaml`, '--output', 'json', ...args]));
}

/** Codes of what makes the pair unusable, as the module says it, without their area. */
function defects(run: JsonRun): string[] {
  const { problems } = run.result('preflight : CERT-1, CERT-2, CERT-5 | look into them').result as {
    problems: { code: string; severity: string }[];
  };
  return problems.filter(({ severity }) => severity === 'fatal').map(({ code }) => code.replace('certificate/', ''));
}

function unmet(run: JsonRun, severity: string): string[] {
  return run.events.flatMap((each) =>
    each.type === 'finding' && each.status === 'unmet' && each.severity === severity ? [each.clause] : [],
  );
}

/** Both servers as they are, and what the vendor has counted. */
async function state(): Promise<unknown[]> {
  const { starts, downloads } = await lab.counters();
  const there = 'ls -d /var/lib/chatsctl 2>/dev/null; true';
  return [
    starts,
    downloads,
    await Promise.all([lab.chats, lab.meetings].map(async (host) => [await host.snapshot(WATCHED.slice(0, 3)), await host.run(there)])),
  ];
}

/** Extensions of an authority and of the service's certificate. */
const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
const server = (): string[] => [
  'basicConstraints=critical,CA:FALSE',
  'extendedKeyUsage=serverAuth',
  `subjectAltName=${lab.names.chats.map((each) => `DNS:${each}`).join(',')}`,
];

/** A chain whose intermediate certificate is as asked for. */
function through(extensions: string[], options: IssueOptions = {}): Pair {
  const root = openssl.issue('/CN=Root', { extensions: AUTHORITY });
  const intermediate = openssl.issue('/CN=Issuing', { issuer: root, extensions, ...options });
  const leaf = openssl.issue('/CN=chats', { issuer: intermediate, extensions: server() });
  return pair(leaf, intermediate, root);
}

function pair(leaf: Issued, ...above: Issued[]): Pair {
  return { certificate: Buffer.from([leaf, ...above].map((each) => each.certificate).join('')), key: Buffer.from(leaf.key) };
}

function tooLong(): Pair {
  const root = openssl.issue('/CN=Root', { extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0'] });
  const intermediate = openssl.issue('/CN=Issuing', { issuer: root, extensions: AUTHORITY });
  return pair(openssl.issue('/CN=chats', { issuer: intermediate, extensions: server() }), intermediate, root);
}

async function changed(change: (right: CustomerFiles) => Partial<Pair>): Promise<Pair> {
  const right = await variant('full-chain');
  return { ...right, ...change(right) };
}

function converted(content: Buffer, ...args: string[]): Buffer {
  return openssl.run(...args, openssl.write('given', content));
}

const bad: [defects: string[], clauses: string[], title: string, make: () => Pair | Promise<Pair>][] = [
  [['wrong-order'], ['CERT-1'], 'wrong order', () => variant('wrong-order')],
  [['missing-intermediate'], ['CERT-1'], 'no intermediate', () => variant('missing-intermediate')],
  [['missing-root'], ['CERT-1'], 'no root', () => variant('missing-root')],
  [['leaf-alone'], ['CERT-1'], 'leaf alone', () => variant('leaf-alone')],
  [['other-root'], ['CERT-1'], "another authority's root", () => variant('foreign-root')],
  [['two-leaves'], ['CERT-1'], 'two leaves', () => variant('two-leaves')],
  [['self-signed'], ['CERT-1'], 'self-signed', () => pair(openssl.issue('/CN=chats', { extensions: server() }))],
  [['issuer-not-authority'], ['CERT-1'], 'an intermediate that is no authority', () => through(['basicConstraints=CA:FALSE'])],
  [['path-too-long'], ['CERT-1'], 'path length', tooLong],
  [['expired'], ['CERT-2'], 'expired', () => variant('expired')],
  [['expired'], ['CERT-2'], 'an intermediate that is over', () => through(AUTHORITY, { from: -400, to: -2 })],
  [['not-yet-valid'], ['CERT-2'], 'not yet valid', () => variant('not-yet-valid')],
  [['other-name'], ['CERT-5'], 'other name', () => variant('other-name')],
  [['name-missing'], ['CERT-5'], 'one service name missing', () => variant('one-name-missing')],
  [['wildcard-depth'], ['CERT-5'], 'a wildcard of the zone above', async () => wildcardAbove()],
  [['key-mismatch'], ['CERT-5'], 'other key', () => variant('other-key')],
  [['key-encrypted'], ['CERT-5'], 'encrypted key', () => variant('encrypted-key')],
  [['key-der'], ['CERT-5'], 'key in DER', () => changed(({ key }) => ({ key: converted(key, 'pkey', '-outform', 'der', '-in') }))],
  [['key-empty'], ['CERT-5'], 'empty key', () => changed(() => ({ key: Buffer.alloc(0) }))],
  [['empty'], ['CERT-1'], 'empty certificate', () => changed(() => ({ certificate: Buffer.alloc(0) }))],
  [['der'], ['CERT-1'], 'DER', () => variant('der')],
  [
    ['pkcs7'],
    ['CERT-1'],
    'PKCS#7',
    () => changed(({ certificate }) => ({ certificate: converted(certificate, 'crl2pkcs7', '-nocrl', '-outform', 'der', '-certfile') })),
  ],
  [['pkcs12', 'key-pkcs12'], ['CERT-1', 'CERT-5'], 'PKCS#12 for both', () => changed(container)],
  [
    ['key-instead', 'certificate-instead'],
    ['CERT-1', 'CERT-5'],
    'taken one for the other',
    () => changed(({ certificate, key }) => ({ certificate: key, key: certificate })),
  ],
  [
    ['key-inside'],
    ['CERT-1'],
    'a key in the certificate file',
    () => changed(({ certificate, key }) => ({ certificate: Buffer.concat([certificate, key]) })),
  ],
  [['no-certificate'], ['CERT-1'], 'a page of a web site', () => variant('not-a-certificate')],
];

async function wildcardAbove(): Promise<Pair> {
  const above = lab.names.zone.slice(lab.names.zone.indexOf('.') + 1);
  const leaf = await lab.authority.issue([`*.${above}`]);
  return { certificate: Buffer.from(leaf.certificate + lab.authority.intermediate + lab.authority.root), key: Buffer.from(leaf.key) };
}

function container({ certificate, key }: CustomerFiles): Pair {
  const given = ['-in', openssl.write('all.crt', certificate), '-inkey', openssl.write('all.key', key)];
  const made = openssl.run('pkcs12', '-export', ...given, '-passout', 'pass:whatever');
  return { certificate: made, key: made };
}

describe('a pair that cannot be used', () => {
  let before: unknown[];
  beforeAll(async () => {
    before = await state();
  });

  test.each(bad)('%s (%s): %s', async (codes, clauses, _title, make) => {
    await hand(await make());
    for (const name of ['certs', 'install']) {
      const run = await play(name);
      expect({ name, code: run.code, defects: defects(run), unmet: unmet(run, 'fatal') }, run.text).toEqual({
        name,
        code: 2,
        defects: codes,
        unmet: clauses,
      });
      // Nothing but the control machine was looked at.
      expect(run.events.filter((each) => each.type === 'connect' && each.host !== 'localhost')).toEqual([]);
      expect(Object.keys(run.recap?.hosts ?? {})).toEqual(['localhost']);
    }
  });

  test('a file that is not there, or that may not be read', async () => {
    await hand(await variant('full-chain'));
    for (const [name, value] of [
      ['chat_certificate_file', 'files/none.pem'],
      ['chat_certificate_key_file', 'files/none.pem'],
      ['chat_certificate_root_file', 'files/none.pem'],
      ['chat_certificate_file', 'files'],
    ] as const) {
      const run = await play('certs', '-e', `${name}=${value}`);
      expect({ code: run.code, unmet: unmet(run, 'fatal') }, run.text).toEqual({ code: 2, unmet: ['CERT-1'] });
    }
  });

  test('preflight names it too, beside what it finds on the servers, in both languages', async () => {
    await hand(await variant('missing-root'));
    const json = new JsonRun(await customer.run(['preflight', '--output', 'json']));
    expect(json.code).toBe(2);
    expect(defects(json)).toEqual(['missing-root']);
    expect(json.recap?.hosts).toHaveProperty('chat1');
    const finding = json.events.find((each) => each.type === 'finding' && each.clause === 'CERT-1' && each.status === 'unmet');
    const told = finding?.type === 'finding' ? finding : undefined;
    const read = async (language: string) =>
      (await customer.run(['preflight', '--output', 'plain', '--lang', language])).stdout.replaceAll(/\s+/g, ' ');
    expect(await read('en')).toContain(told?.found);
    expect(await read('ru')).toContain(told?.ru?.found);
    expect(told?.ru?.found).toMatch(/[а-яё]/);
  });

  test('limited to the server, the role itself refuses before it makes a folder', async () => {
    await hand(await variant('other-key'));
    const run = await play('certs', '--limit', 'chats');
    expect(run.code).toBe(2);
    expect(Object.entries(run.statuses).filter(([, status]) => status !== 'ok')).toEqual([
      ['certs : CERT-1, CERT-2, CERT-5 | nothing is touched with a certificate that cannot be used', 'failed'],
    ]);
  });

  test('nothing was uploaded, nothing was run', async () => {
    expect(await state()).toEqual(before);
  });
});

/** The two files on the server, as programs that are not chatsctl see them. */
async function uploaded(domain: string, dir = `${DIR}/certs`): Promise<{ attributes: string; chain: string[]; sameKey: boolean }> {
  const [crt, key] = [`${dir}/${domain}.crt`, `${dir}/${domain}.key`];
  const attributes = await lab.chats.run(`cd ${dir} && stat -c '%n %a %U:%G' *`);
  const publicKeys = await lab.chats.run(`openssl x509 -in ${crt} -noout -pubkey; openssl pkey -in ${key} -pubout`);
  const half = publicKeys.length / 2;
  const blocks = (await lab.chats.readFile(crt)).match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return {
    attributes,
    chain: blocks.map((each) => /^CN=(.*)$/m.exec(new X509Certificate(each).subject)?.[1] ?? ''),
    sameKey: publicKeys.slice(0, half) === publicKeys.slice(half),
  };
}

async function expectUploaded(run: JsonRun, links = 3): Promise<void> {
  expect(run.code, run.text).toBe(0);
  const chat = lab.names.chats[0];
  const { attributes, chain, sameKey } = await uploaded(chat);
  expect({ attributes, links: chain.length, last: chain.at(-1), sameKey }).toEqual({
    attributes: `${chat}.crt 644 root:root\n${chat}.key 600 root:root\n`,
    links,
    last: 'Acme Corp Root CA',
    sameKey: true,
  });
}

describe('a pair that is right', () => {
  test.each<[CertificateVariant, number]>([
    ['rsa', 3],
    ['wildcard', 3],
    ['root-signed', 2],
    ['text-between', 3],
    ['sec1-key', 3],
  ])('%s', async (name, links) => {
    await hand(await variant(name));
    await expectUploaded(await play('certs'), links);
  });

  test('few days left: a warning', async () => {
    await hand(await variant('expires-soon'));
    const run = await play('certs');
    await expectUploaded(run);
    expect(unmet(run, 'warning')).toEqual(['CERT-2']);
  });

  test('wrong order and missing root: put right on request, which is said', async () => {
    const { certificate, key } = await variant('missing-root');
    const [leaf = '', intermediate = ''] = certificate.toString().match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----\n/g) ?? [];
    await hand({ certificate: Buffer.from(intermediate + leaf), key });
    expect(defects(await play('certs'))).toEqual(['missing-root', 'wrong-order']);
    const run = await play('certs', '-e', 'chat_certificate_reorder=true', '-e', 'chat_certificate_root_file=files/customer-root.pem');
    await expectUploaded(run);
    expect((await uploaded(lab.names.chats[0])).chain).toEqual([lab.names.chats[0], 'Acme Corp Issuing CA', 'Acme Corp Root CA']);
    expect(unmet(run, 'note')).toEqual(['CERT-1']);
    expect(run.results.find((each) => each.module === 'certificate_bundle')?.warnings).toHaveLength(2);
  });

  test('Cyrillic names', async () => {
    const [chat, meetings] = ['чаты.пример.рф', 'встречи.пример.рф'];
    const served = [chat, 'чаты-gateway.пример.рф', 'чаты-storage.пример.рф'].map((each) => new URL(`https://${each}`).hostname);
    const leaf = await lab.authority.issue(served);
    await hand({
      certificate: Buffer.from(leaf.certificate + lab.authority.intermediate + lab.authority.root),
      key: Buffer.from(leaf.key),
    });
    const run = await play('certs', '-e', JSON.stringify({ chat_domain: chat, meetings_domain: meetings, installer_dir: '/opt/idn' }));
    expect(run.code, run.text).toBe(0);
    const { attributes, sameKey } = await uploaded(served[0] ?? '', '/opt/idn/certs');
    expect({ attributes, sameKey }).toEqual({
      attributes: `${served[0]}.crt 644 root:root\n${served[0]}.key 600 root:root\n`,
      sameKey: true,
    });
    await lab.chats.run('rm -r /opt/idn');
  });
});

describe('renewal', () => {
  /** Tries again and again, as nobody, what others may not, and notes which contents of the certificate were ever seen. Ends by itself after a minute. */
  const WATCH = `use strict;
my ($dir, $name, $out) = @ARGV;
my (%seen, $read, $missed, $rounds);
for (my $end = time + 60; time < $end && !-e "$out.stop"; $rounds++) {
  if (open my $f, '<', "$dir/$name.crt") { local $/; my $text = <$f>; $seen{$text} = 1 } else { $missed++ }
  ($), $>) = ('65534 65534', 65534);
  for my $path (glob("$dir/* $dir/.[!.]*")) { next if $path =~ /[.]crt/; $read++ if open my $f, '<', $path }
  ($>, $)) = (0, '0 0');
}
open my $o, '>', "$out.new" or die;
print $o join("\\0", $rounds > 100 ? 'often' : $rounds, $read || 0, $missed || 0, keys %seen);
close $o;
rename "$out.new", "$out.done";`;

  test('changes just the two files, at once, for nobody else to read, and leaves the product alone', async () => {
    const chat = lab.names.chats[0];
    await hand(await variant('full-chain'));
    const installed = await play('install');
    expect(installed.code, installed.text).toBe(0);
    expect(unmet(installed, 'warning').filter((clause) => clause.startsWith('CERT'))).toEqual([]);
    const [folder, before] = [['/opt', '/etc'], await state()];
    const lines = async (): Promise<Set<string>> => new Set((await lab.chats.snapshot(folder)).split('\n'));
    const [old, oldCertificate] = [await lines(), await lab.chats.readFile(`${DIR}/certs/${chat}.crt`)];

    await lab.chats.writeFile('/root/watch.pl', WATCH);
    await lab.chats.run(`rm -f /root/seen*; setsid perl /root/watch.pl ${DIR}/certs ${chat} /root/seen >/dev/null 2>&1 </dev/null &`);
    await hand(await variant('full-chain'));
    const renewed = await play('certs', '--diff');
    const watched = await lab.chats.run(
      'touch /root/seen.stop; for i in $(seq 100); do [ -e /root/seen.done ] && break; sleep 0.1; done; cat /root/seen.done; rm /root/seen* /root/watch.pl',
    );
    const [rounds, read, missed, ...seen] = watched.split('\0');
    await expectUploaded(renewed);
    expect(renewed.recap?.hosts.chat1).toMatchObject({ changed: 1, failed: 0 });
    const now = await lines();
    const paths = new Set([...now].filter((line) => !old.has(line)).map((line) => /\/\S+/.exec(line)?.[0]));
    expect(paths).toEqual(new Set([`${DIR}/certs/${chat}.crt`, `${DIR}/certs/${chat}.key`]));
    expect(now.size).toBe(old.size);
    // Whole before, whole after, and never anything in between.
    expect(new Set(seen)).toEqual(new Set([oldCertificate, await lab.chats.readFile(`${DIR}/certs/${chat}.crt`)]));
    expect({ rounds, read, missed }).toEqual({ rounds: 'often', read: '0', missed: '0' });
    expect(renewed.text).not.toContain((await lab.chats.readFile(`${DIR}/certs/${chat}.key`)).split('\n')[1]);
    // The vendor's programs were not run; its copy is the vendor's matter, which is said.
    expect((await state()).slice(0, 2)).toEqual(before.slice(0, 2));
    const said = renewed.events.filter((each) => each.type === 'finding' && each.clause === 'CERT-4');
    expect(said).toMatchObject([{ status: 'unmet', severity: 'warning', by: 'vendor', host: 'chat1' }]);

    // Until the product shows it too.
    const again = await play('certs');
    expect(again.recap?.hosts.chat1).toMatchObject({ changed: 0, failed: 0 });
    expect(unmet(again, 'warning')).toEqual(['CERT-4']);
    await lab.chats.run(`install -m 600 ${DIR}/certs/${chat}.crt ${DIR}/certs/${chat}.key /opt/chats/certs/ && systemctl reload nginx`);
    expect(unmet(await play('certs'), 'warning')).toEqual([]);
  });
});
