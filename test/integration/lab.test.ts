// The laboratory itself, without chatsctl: what it says is right installs, and each thing that the guide forbids is refused.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CertificateVariant, customerCertificate } from '../lab/certificates.js';
import { type Conversation, converse, plain, type Turn } from '../lab/dialogue.js';
import { type Lab, startLab } from '../lab/lab.js';
import { createAuthority } from '../lab/pki.js';
import { sampleArgv } from '../lab/sample-argv.js';
import type { Variant } from '../lab/vendor/variant.js';

const DIR = '/opt/anywhere';
const DOMAIN = /domain name\)?: $/;
const KEY = /(License key|лицензионный ключ): $/;
let lab: Lab;
let chat: string;

beforeAll(async () => {
  lab = await startLab({ faults: ['plain-etc-files'] });
  chat = lab.names.chats[0];
  await lab.meetings.run(
    `mkdir -p ${DIR} && cd ${DIR} && wget -q https://rep-box.webinar.ru/chats/latest/installer.sh && chmod +x installer.sh`,
  );
  const installer = await lab.meetings.readFile(`${DIR}/installer.sh`);
  await lab.chats.run(`mkdir -p ${DIR}/certs`);
  await lab.chats.writeFile(`${DIR}/installer.sh`, installer, '0755');
  await lab.chats.run('cp /etc/hosts /root/hosts.clean; cp /etc/resolv.conf /root/resolv.clean');
});
afterAll(() => lab?.stop());

beforeEach(async () => {
  await lab.vendor.reset();
  await lab.chats.run(
    'systemctl stop nginx; rm -rf /opt/chats /etc/nginx/sites-enabled/chats; cat /root/hosts.clean >/etc/hosts; cat /root/resolv.clean >/etc/resolv.conf',
  );
  await lab.chats.run(`cd ${DIR}; rm -rf certs *.lic; mkdir certs`);
  await lab.chats.writeFile(`${DIR}/acme-corp.lic`, lab.inventoryInput.licence.content, '0600');
  await putCertificate('full-chain');
});

async function putCertificate(variant: CertificateVariant, name = chat): Promise<void> {
  const files = await customerCertificate(variant, lab.authority, lab.names.chats, () => createAuthority('Strangers'));
  await lab.chats.writeFile(`${DIR}/certs/${name}.crt`, files.certificate, '0600');
  await lab.chats.writeFile(`${DIR}/certs/${name}.key`, files.key, '0600');
}

function link(domain = chat): Promise<Conversation> {
  return converse(lab.meetings, './installer.sh --cfglink', [[DOMAIN, domain]], { cwd: DIR, timeout: 15_000 });
}

async function install(options: { secret?: string; asksDomain?: boolean; timeout?: number } = {}): Promise<Conversation> {
  const { clientIds, clientSecrets } = await lab.vendor.issued();
  const turns: Turn[] = [
    [KEY, lab.secrets.licenseKey],
    [/Client ID: $/, clientIds.at(-1) ?? ''],
    [/Client secret: $/, options.secret ?? clientSecrets.at(-1) ?? ''],
  ];
  if (options.asksDomain) turns.unshift([DOMAIN, chat]);
  return converse(lab.chats, './installer.sh', turns, { cwd: DIR, timeout: options.timeout ?? 30_000 });
}

function addToken(token: string): Promise<Conversation> {
  return converse(
    lab.meetings,
    '/opt/webinar/scripts/add_chats_token.sh',
    [
      [DOMAIN, chat],
      [/token: $/, token],
    ],
    { timeout: 15_000 },
  );
}

/** Status of a page as the control machine sees it, its certificate verified. */
async function statusOf(path: string): Promise<number> {
  const script = `fetch('https://${chat}${path}').then((r) => console.log(r.status))`;
  const seen = await lab.control.startProgram(['node', '-e', script], {
    env: { NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' },
  }).finished;
  return Number(seen.stdout);
}

describe('the main line', () => {
  const NOISY: Partial<Variant> = {
    lang: 'ru',
    echo: false,
    colours: true,
    progress: true,
    stutter: true,
    silence: 1,
    pause: 0.2,
    installerAsksDomain: true,
  };
  test.each([
    ['English, echoing', {}],
    ['Russian, not echoing, noisy', NOISY],
  ] as [string, Partial<Variant>][])('%s', { timeout: 60_000 }, async (_, variant) => {
    await lab.variant(variant);
    const linked = await link();
    expect(linked.code).toBe(0);
    const issued = await lab.vendor.issued();
    expect(plain(linked.transcript)).toContain(`Client secret: ${issued.clientSecrets[0]}`);

    const sampler = sampleArgv([lab.chats]);
    const installed = await install({ asksDomain: variant.installerAsksDomain ?? false });
    const seen = await sampler.stop();
    expect(installed.code, plain(installed.transcript).slice(-500)).toBe(0);
    const token = (await lab.vendor.issued()).tokens[0] ?? '';
    expect(plain(installed.transcript)).toContain(`Integrational token: ${token}`);
    expect(installed.transcript.includes(lab.secrets.licenseKey)).toBe(variant.echo !== false);
    expect(seen['chats']?.some((line) => line.includes('installer.sh'))).toBe(true);
    expect(seen['chats']?.filter((line) => line.includes(lab.secrets.licenseKey) || line.includes(issued.clientSecrets[0] ?? '?'))).toEqual(
      [],
    );

    expect((await addToken(token)).code).toBe(0);
    expect([await statusOf('/chats/'), await statusOf('/')]).toEqual([200, 403]);
    const counters = await lab.counters();
    expect(counters.starts).toEqual({ cfglink: 1, install: 1, token: 1 });
    expect(counters.successes).toEqual({ cfglink: 1, install: 1, token: 1 });
    expect(counters.answers.every((answer) => answer.accepted)).toBe(true);

    // An installed server: another start, refused.
    expect((await install()).code).toBe(1);
    expect((await lab.counters()).starts.install).toBe(2);
  });
});

describe('--cfglink refuses', () => {
  test('without a terminal, with a tiny one, as another user, from another directory, and not on Meetings', async () => {
    const command = './installer.sh --cfglink';
    const refusals = [
      await converse(lab.meetings, command, [[DOMAIN, chat]], { cwd: DIR, terminal: false }),
      await converse(lab.meetings, command, [[DOMAIN, chat]], { cwd: DIR, size: [0, 0] }),
      await converse(lab.meetings, command, [[DOMAIN, chat]], { cwd: DIR, user: lab.user }),
      await converse(lab.meetings, `${DIR}/installer.sh --cfglink`, [[DOMAIN, chat]], { cwd: '/' }),
      await converse(lab.chats, command, [[DOMAIN, chat]], { cwd: DIR }),
    ];
    const reasons = [/terminal/, /too small/, /root/, /directory/, /Meetings product is not installed/];
    refusals.forEach((refusal, index) => {
      expect(refusal.code).toBe(1);
      expect(plain(refusal.transcript)).toMatch(reasons[index] ?? /^$/);
    });
    const counters = await lab.counters();
    expect(counters.starts.cfglink).toBe(5);
    expect(counters.successes.cfglink).toBe(0);
  });

  test('a domain of another zone', async () => {
    const result = await converse(
      lab.meetings,
      './installer.sh --cfglink',
      [
        [DOMAIN, 'chats.other-corp.ru'],
        [DOMAIN, chat],
      ],
      { cwd: DIR },
    );
    expect(result.code).toBe(0);
    expect((await lab.counters()).answers.map((answer) => answer.accepted)).toEqual([false, true]);
  });
});

describe('the installation refuses', () => {
  const refused = async (reason: RegExp): Promise<void> => {
    const result = await install({ timeout: 10_000 });
    expect(plain(result.transcript)).toMatch(reason);
    expect(result.code).toBe(1);
    const counters = await lab.counters();
    expect([counters.starts.install, counters.successes.install]).toEqual([1, 0]);
    expect(counters.answers.filter((answer) => answer.program === 'install')).toEqual([]);
  };

  test('a server without a link', () => refused(/no link/));

  const certificates: [CertificateVariant, RegExp][] = [
    ['wrong-order', /not signed by the next/],
    ['missing-intermediate', /not signed by the next/],
    ['missing-root', /is no root/],
    ['leaf-alone', /no full chain/],
    ['expired', /expired/],
    ['one-name-missing', /does not serve chats-storage/],
    ['other-name', /does not serve/],
    ['other-key', /does not belong/],
    ['encrypted-key', /does not belong/],
    ['foreign-root', /not signed by the next/],
    ['der', /no full chain/],
    ['not-yet-valid', /not yet|signed|valid/],
  ];
  test.each(certificates)('a certificate: %s', async (variant, reason) => {
    await link();
    await putCertificate(variant);
    await refused(reason);
  });

  const states: [string, string, RegExp][] = [
    ['certificate files under other names', `mv ${DIR}/certs/CHAT.crt ${DIR}/certs/server.crt`, /CHAT.crt was not found/],
    ['a key that others can read', `chmod 644 ${DIR}/certs/CHAT.key`, /mode 0600/],
    ['no licence file', `rm ${DIR}/*.lic`, /license file/],
    ['a licence file under another name', `mv ${DIR}/acme-corp.lic ${DIR}/license.dat`, /license file/],
    ['a licence file that was changed', `echo >>${DIR}/acme-corp.lic`, /license file/],
    ['a licence file that others can read', `chmod 644 ${DIR}/acme-corp.lic`, /mode 0600/],
    ['search in resolv.conf', 'echo "search one.example ZONE" >>/etc/resolv.conf', /resolv.conf/],
    ['domain in resolv.conf', 'echo "domain ZONE" >>/etc/resolv.conf', /resolv.conf/],
    ['a loopback entry in hosts', 'echo "127.0.1.1 chats CHAT" >>/etc/hosts', /loopback entry/],
    ['a loopback entry of IPv6', 'echo "::1 CHAT" >>/etc/hosts', /loopback entry/],
    ['names that point elsewhere', 'echo "192.0.2.7 CHAT" >>/etc/hosts', /not an address of this server/],
    [
      'a port in use',
      'rm -f /etc/nginx/sites-enabled/*; echo "server { listen 80; }" >/etc/nginx/sites-enabled/chats; systemctl start nginx',
      /port 80 is in use/,
    ],
    [
      'a vendor host out of reach',
      'echo "192.0.2.8 premise-registry.mts-link.net" >>/etc/hosts; ip route replace blackhole 192.0.2.8',
      /no access to premise-registry/,
    ],
  ];
  test.each(states)('%s', async (_, breakIt, reason) => {
    await link();
    const named = (text: string): string => text.replaceAll('CHAT', chat).replaceAll('ZONE', lab.names.zone);
    await lab.chats.run(named(breakIt));
    await refused(new RegExp(named(reason.source)));
  });

  test('a secret that was not issued for this Client ID, five times', async () => {
    await link();
    const turns: Turn[] = [
      [KEY, lab.secrets.licenseKey],
      [/Client ID: $/, (await lab.vendor.issued()).clientIds[0] ?? ''],
    ];
    const wrong: Turn[] = Array.from({ length: 5 }, () => [/Client secret: $/, 'guess']);
    const result = await converse(lab.chats, './installer.sh', [...turns, ...wrong], { cwd: DIR });
    expect(result.code).toBe(1);
    expect((await lab.counters()).answers.filter((answer) => !answer.accepted)).toHaveLength(5);
  });
});

describe('faults', () => {
  test('the registry refuses with the three lines', async () => {
    await link();
    await lab.variant({ faults: ['registry-unauthorized'] });
    const result = await install();
    expect(result.code).toBe(1);
    expect(result.transcript).toMatch(/unauthorized:\s+Incorrect login or password/);
  });

  test('a failure that ends with 0, and a token that ends with 3', async () => {
    await link();
    await lab.variant({ faults: ['failure-exit-0'] });
    expect(await install()).toMatchObject({ code: 0, transcript: expect.stringContaining('Installation failed') });
    await lab.variant({ faults: ['token-exit-3'] });
    expect(await install()).toMatchObject({ code: 3, transcript: expect.stringContaining('Integrational token') });
    expect((await lab.counters()).successes.install).toBe(0);
  });

  test('prompts are reworded', async () => {
    await lab.variant({ wording: { ask_domain: 'And the server is called? ' } });
    const result = await converse(lab.meetings, './installer.sh --cfglink', [[/called\? $/, chat]], { cwd: DIR });
    expect(result.code).toBe(0);
  });

  test('an answer typed before echo is off is lost', async () => {
    await link();
    await lab.variant({ echo: false });
    const early: Turn[] = [[/Checking/, lab.secrets.licenseKey]];
    const result = await converse(lab.chats, './installer.sh', early, { cwd: DIR, timeout: 6000 });
    expect(result.code).toBe(124);
    expect((await lab.counters()).answers.filter((answer) => answer.question === 'licence')).toEqual([]);
  });
});
