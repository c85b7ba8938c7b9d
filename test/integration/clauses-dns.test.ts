// Each clause about names, broken on the host by commands that are not chatsctl's: preflight shows that clause and no other; mended, it shows none.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerCertificate } from '../lab/certificates.js';
import { type Lab, startLab } from '../lab/lab.js';
import { NameServer } from '../lab/name-server/name-server.js';
import type { NameRecords } from '../lab/name-server/records.js';
import { createAuthority } from '../lab/pki.js';
import { Customer } from './customer.js';
import { JsonRun } from './json-run.js';

/** The router's address on the Internet (of nobody's: nothing leaves the lab). The Chats server answers to it and has it on no interface. */
const OUTSIDE = '198.18.0.7';
const ANOTHER_OUTSIDE = '198.18.0.8';

let lab: Lab;
let customer: Customer;
let dns: NameServer;
/** What the company's DNS says while all is well. */
let right: NameRecords;

beforeAll(async () => {
  lab = await startLab();
  customer = await Customer.of(lab);
  const { chats, meetings, control } = lab;
  const outside = Object.fromEntries(lab.names.chats.map((name) => [name, { '*': [OUTSIDE] }]));
  right = { ...outside, [lab.names.meetings]: { '*': [meetings.address] } };
  dns = await NameServer.start(lab.vendorHost, right);
  for (const host of [chats, meetings, control.host]) await dns.serve(host);
  await chats.run(`ip route add local ${OUTSIDE} dev lo`);
  await meetings.run(`ip route add ${OUTSIDE} via ${chats.address}`);
  await prepared();
  await expectRed([]);
});
afterAll(() => lab?.stop());

interface Options {
  args?: string[];
  exit?: number;
}

/** Unmet clauses; HW-1 is the machine's that the lab runs on, and that NAT leads to Chats nobody can tell before the installation. */
async function expectRed(clauses: string[], { args = [], exit = 0 }: Options = {}): Promise<JsonRun> {
  const run = new JsonRun(await customer.run(['preflight', '--output', 'json', ...args]));
  const unmet = run.findings.filter(({ status, clause, observer }) => status !== 'met' && clause !== 'HW-1' && !nat({ clause, observer }));
  expect({ clauses: [...new Set(unmet.map(({ clause }) => clause))].sort(), exit: run.code }, JSON.stringify(unmet, undefined, 1)).toEqual({
    clauses,
    exit,
  });
  return run;
}

function nat({ clause, observer }: { clause: string; observer: string }): boolean {
  return clause === 'DNS-3' && observer === 'meet1';
}

/** prepare-host mends it, and the second run changes nothing. */
async function prepared(args: string[] = []): Promise<void> {
  const first = await customer.play('prepare-host', args);
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const second = await customer.play('prepare-host', args);
  expect(second.recap?.hosts['chat1']).toMatchObject({ changed: 0, failed: 0 });
}

/** Docker's bind mount keeps `sed -i` from renaming over it. */
async function edit(path: string, expression: string): Promise<void> {
  await lab.chats.run(`sed -E '${expression}' ${path} >/tmp/edited && cat /tmp/edited >${path}`);
}

function found(run: JsonRun, clause: string, observer: string): string[] {
  return run.findings.filter((each) => each.clause === clause && each.observer === observer).map((each) => each.found);
}

describe('DNS-1: the three names point to the Chats server', () => {
  const observers = [
    { who: 'Meetings', address: () => lab.meetings.address, observer: 'meet1', exit: 2 },
    { who: 'Chats', address: () => lab.chats.address, observer: 'chat1', exit: 0 },
    { who: 'the control machine', address: () => lab.control.host.address, observer: 'control', exit: 0 },
  ];
  test.each(observers)('they are unknown to $who alone', async ({ address, observer, exit }) => {
    const hidden = { '*': [OUTSIDE], [address()]: [] };
    await dns.records({ ...right, ...Object.fromEntries(lab.names.chats.map((name) => [name, hidden])) });
    const run = await expectRed(['DNS-1'], { exit });
    const unmet = run.findings.filter((each) => each.clause === 'DNS-1' && each.status !== 'met');
    expect(new Set(unmet.map((each) => each.observer))).toEqual(new Set([observer]));
    await dns.records(right);
  });

  test('one of them points elsewhere, and Meetings takes itself for it', async () => {
    await dns.records({ ...right, [lab.names.chats[1]]: { '*': [ANOTHER_OUTSIDE] } });
    await expectRed(['DNS-1']);
    await dns.records(right);
    await lab.meetings.run(`echo '${lab.meetings.address} ${lab.names.chats[2]}' >>/etc/hosts`);
    await expectRed(['DNS-1'], { exit: 2 });
    await lab.meetings.run(`grep -v ${lab.names.chats[2]} /etc/hosts >/tmp/edited; cat /tmp/edited >/etc/hosts`);
    await expectRed([]);
  });
});

describe('DNS-1: they point to the Chats server and to no other', () => {
  test('a third machine inside, which refuses 443 as Chats does before the installation', async () => {
    const third = Object.fromEntries(lab.names.chats.map((name) => [name, { '*': [lab.vendorHost.address] }]));
    await dns.records({ ...right, ...third });
    const run = new JsonRun(await customer.run(['preflight', '--output', 'json']));
    const fatal = run.findings.filter(({ status, severity }) => status === 'unmet' && severity === 'fatal');
    expect(run.code).toBe(2);
    expect(fatal.map(({ clause, observer, found }) => ({ clause, observer, found }))).toEqual(
      lab.names.chats.map(() => ({ clause: 'DNS-1', observer: 'meet1', found: lab.vendorHost.address })),
    );
    await dns.records(right);
  });

  test("the router's address: a warning says what it must lead to; the server's own one: none", async () => {
    const seen = async () => {
      const run = new JsonRun(await customer.run(['preflight', '--output', 'json']));
      expect(run.code).toBe(0);
      return run.findings.filter(nat).map(({ status, severity, found, needed }) => ({ status, severity, found, needed }));
    };
    expect(await seen()).toEqual([
      {
        status: 'unmet',
        severity: 'warning',
        found: lab.names.chats.map((name) => `${name}: ${OUTSIDE}`).join('; '),
        needed: expect.stringContaining(`NAT that leads to ${lab.chats.address}`),
      },
    ]);
    await dns.records({ ...right, ...Object.fromEntries(lab.names.chats.map((name) => [name, { '*': [lab.chats.address] }])) });
    expect(await seen()).toMatchObject([{ status: 'met' }]);
    await dns.records(right);
  });
});

describe('DNS-2: the second-level domain is that of the Meetings server', () => {
  test('a stranger is refused before anything is touched', async () => {
    const stranger = ['-e', 'meetings_domain=meet.stranger.ru'];
    await dns.records({ ...right, 'meet.stranger.ru': { '*': [lab.meetings.address] } });
    await expectRed(['DNS-2'], { args: stranger, exit: 2 });
    const before = await lab.chats.snapshot();
    const played = await customer.play('install', stranger);
    expect({ code: played.code, hosts: Object.keys(played.recap?.hosts ?? {}) }).toEqual({ code: 2, hosts: ['localhost'] });
    expect(await lab.chats.snapshot()).toBe(before);
  });

  test('another parent zone of the same second-level domain is a warning; capitals and a final dot make no difference', async () => {
    const domain = 'meet.office.acme-corp.ru';
    await dns.records({ ...right, [domain]: { '*': [lab.meetings.address] } });
    await expectRed(['DNS-2'], { args: ['-e', `meetings_domain=${domain}`] });
    await dns.records(right);
    await expectRed([], { args: ['-e', `meetings_domain=${lab.names.meetings.toUpperCase()}.`] });
  });
});

describe('DNS-3: behind NAT', () => {
  test('a name is not in /etc/hosts, another is on the address outside as well', async () => {
    const [main, gateway] = lab.names.chats;
    await edit('/etc/hosts', `s/ ${gateway}//; 1i ${OUTSIDE} ${main} router`);
    await expectRed(['DNS-3']);
    await prepared();
    // The address outside in DNS, the internal one in /etc/hosts: shown, and no error.
    const run = await expectRed([]);
    expect(found(run, 'DNS-3', 'control')).toEqual(lab.names.chats.map(() => OUTSIDE));
    const hosts = await lab.chats.readFile('/etc/hosts');
    for (const name of lab.names.chats) expect(await lab.chats.run(`getent hosts ${name}`)).toContain(lab.chats.address);
    expect(hosts).toContain(`${OUTSIDE} router\n`);
    await edit('/etc/hosts', '/ router$/d');
  });

  test('chat_server_address is on no interface: nothing is written', async () => {
    const args = ['-e', `chat_server_address=${OUTSIDE}`];
    const before = await lab.chats.readFile('/etc/hosts');
    await expectRed(['DNS-3'], { args, exit: 2 });
    expect((await customer.play('prepare-host', args)).code).toBe(2);
    expect(await lab.chats.readFile('/etc/hosts')).toBe(before);
  });

  test('public DNS has the private address: a warning', async () => {
    const inside = Object.fromEntries(lab.names.chats.map((name) => [name, { '*': [lab.chats.address] }]));
    await dns.records({ ...right, ...inside });
    await expectRed(['DNS-3']);
    await dns.records(right);
    await expectRed([]);
  });
});

describe('DNS-4: no loopback address has one of the names', () => {
  test('127.0.0.1, 127.0.1.1 and ::1 in its spellings; other names and comments stay', async () => {
    const [main, , storage] = lab.names.chats;
    const lines = ['127.0.0.1', '127.0.1.1', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'].map((address, index) => ({
      address,
      rest: `printer${index} # the provider has put ${main} here`,
    }));
    // In an encoding of its own (CP1251), as an older editor leaves it.
    await lab.chats.run(`printf '# \\361\\345\\360\\342\\345\\360 printer\\n' >>/etc/hosts`);
    for (const { address, rest } of lines) await lab.chats.run(`echo '${address} ${storage.toUpperCase()} ${rest}' >>/etc/hosts`);
    await expectRed(['DNS-4']);
    await prepared();
    await expectRed([]);
    const hosts = await lab.chats.readFile('/etc/hosts');
    for (const { address, rest } of lines) expect(hosts).toContain(`${address} ${rest}\n`);
    await edit('/etc/hosts', '/ printer/d');
  });
});

describe('DNS-5: split DNS', () => {
  test("the Chats server's resolver answers differently from everybody's; two resolvers of one server answer differently", async () => {
    const split = Object.fromEntries(lab.names.chats.map((name) => [name, { '*': [OUTSIDE], [lab.chats.address]: [ANOTHER_OUTSIDE] }]));
    await dns.records({ ...right, ...split });
    await expectRed(['DNS-5']);
    await dns.records(right);
    // Docker's own resolver knows the names by their addresses in the lab.
    await lab.chats.run('echo nameserver 127.0.0.11 >>/etc/resolv.conf');
    const run = await expectRed(['DNS-5']);
    expect(found(run, 'DNS-5', 'chat1')[0]).toContain(`127.0.0.11 says ${lab.chats.address}`);
    await dns.serve(lab.chats);
    await expectRed([]);
  });
});

describe('DNS-6: the zone is no search domain', () => {
  test('in /etc/resolv.conf, which is a mount here, and in a file that would bring it back', async () => {
    await lab.chats.run(
      `echo 'domain Acme-Corp.RU.' >>/etc/resolv.conf; echo 'SEARCH a.local chats.acme-corp.ru ru b.local' >>/etc/resolv.conf`,
    );
    await lab.chats.run(
      "mkdir -p /etc/network && printf 'iface lo inet loopback\\n  dns-search acme-corp.ru x.local\\n' >/etc/network/interfaces",
    );
    await expectRed(['DNS-6']);
    await prepared();
    expect(await lab.chats.readFile('/etc/resolv.conf')).toBe(`nameserver ${dns.address}\nSEARCH a.local b.local\n`);
    expect(await lab.chats.readFile('/etc/network/interfaces')).toBe('iface lo inet loopback\n  dns-search x.local\n');
    // Others stay, and are a warning: by hand.
    const run = await expectRed(['DNS-6']);
    expect(run.findings.filter(({ clause, status }) => clause === 'DNS-6' && status !== 'met')).toMatchObject([{ severity: 'warning' }]);
    await edit('/etc/resolv.conf', '/local/d');
    await expectRed([]);
    await lab.chats.run('rm -r /etc/network');
  });
});

describe('a domain in Cyrillic', () => {
  // What the vendor's programs, DNS and the certificate call them.
  const zone = 'xn--e1afmkfd.xn--p1ai';
  const chats: [string, string, string] = [`xn--80a0bns.${zone}`, `xn---gateway-06g4p1b9b.${zone}`, `xn---storage-06g4p1b9b.${zone}`];
  const meetings = `xn--b1agj4aeg1b.${zone}`;

  test('names, certificate, /etc/hosts and search domains', async () => {
    const outside = Object.fromEntries(chats.map((name) => [name, { '*': [OUTSIDE] }]));
    await dns.records({ ...right, ...outside, [meetings]: { '*': [lab.meetings.address] } });
    const [ascii, { certificate }] = [customer, lab.inventoryInput];
    try {
      lab.inventoryInput.certificate = await customerCertificate('full-chain', lab.authority, chats, () => createAuthority('Strangers'));
      customer = await Customer.of(lab, {
        folder: join(lab.folder, 'cyrillic'),
        vars: { chat_domain: 'Чаты.Пример.РФ.', meetings_domain: 'встречи.пример.рф' },
      });
      await lab.chats.run(
        "echo '127.0.1.1 чаты.пример.рф printer' >>/etc/hosts; echo 'search пример.рф XN--E1AFMKFD.xn--p1ai' >>/etc/resolv.conf",
      );
      await expectRed(['DNS-3', 'DNS-4', 'DNS-6']);
      await prepared();
      await expectRed([]);
      const hosts = await lab.chats.readFile('/etc/hosts');
      expect(hosts).toContain(chats.join(' '));
      expect(hosts).toContain('127.0.1.1 printer\n');
      expect(await lab.chats.readFile('/etc/resolv.conf')).toBe(`nameserver ${dns.address}\n`);
    } finally {
      lab.inventoryInput.certificate = certificate;
      customer = ascii;
      await dns.records(right);
    }
  });
});
