// Each clause of the guide (DNS-* and CERT-* have files of their own): broken on the hosts by other means than ours, it goes red and no other
// does; what mends it, by prepare-host or by hand, makes it green again. One laboratory for all, broken and mended in place.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docker } from '../lab/docker.js';
import { type Lab, startLab } from '../lab/lab.js';
import { type Checked, check } from './checks.js';
import { AFTER, BY_HAND, fatal, IPTABLES, LISTEN, NFTABLES, UNIT, WEB, warning } from './clause-cases.js';
import { Customer } from './customer.js';

let lab: Lab;
let customer: Customer;
/** What a laboratory without an Internet can't have: external addresses in public DNS; a direct way to apt's mirror, where the real machine has none. */
let lasting: Checked['red'];

/** The laboratory's machines are small: figures as if the vendor had calculated them (HW-2). */
const MINIMA = { preflight_enforce: true, preflight_min_vcpus: 1, preflight_min_memory: '1 GB', preflight_min_disk: '1 GB' };

beforeAll(async () => {
  lab = await startLab({ equipped: true, faults: ['plain-etc-files'] });
  customer = await Customer.of(lab, { vars: MINIMA });
  await lab.chats.writeFile('/root/listen.pl', LISTEN);
  const prepared = await check(customer, ['play', 'playbooks/prepare-host.yaml']);
  expect(prepared.code, prepared.text).toBe(0);
  const first = await check(customer, ['preflight']);
  lasting = first.red.filter(({ clause }) => clause === 'DNS-3' || clause === 'NET-2');
  expect(
    lasting.filter(({ observer }) => observer !== 'control' && !observer.startsWith('control ')).every(({ clause }) => clause === 'NET-2'),
  ).toBe(true);
  expect(first.clauses(lasting), first.text).toEqual({});
});
afterAll(() => lab?.stop());

/** Exactly this clause is red, with such words in what was found; no check failed itself. */
async function expectRed(
  clause: string,
  found: readonly (string | RegExp)[],
  code: number,
  flags: readonly string[] = [],
): Promise<Checked> {
  const run = await check(customer, ['preflight'], flags);
  expect({ clauses: Object.keys(run.clauses(lasting)), broken: run.broken }, run.text).toEqual({ clauses: [clause], broken: [] });
  const words = run.clauses(lasting)[clause]?.join('\n');
  for (const each of found) expect(words).toMatch(each);
  expect(run.code).toBe(code);
  return run;
}

async function expectGreen(flags: readonly string[] = []): Promise<void> {
  const run = await check(customer, ['preflight'], flags);
  expect({ clauses: run.clauses(lasting), code: run.code, broken: run.broken }).toEqual({ clauses: {}, code: 0, broken: [] });
}

/** prepare-host mends it: the same check is met at its end; again, it changes nothing. */
async function expectMended(clause: string, flags: readonly string[] = []): Promise<Checked> {
  const mended = await check(customer, ['play', 'playbooks/prepare-host.yaml'], flags);
  expect({ code: mended.code, red: mended.clauses(lasting) }, mended.text).toEqual({ code: 0, red: {} });
  expect(mended.findings.filter((each) => each.clause === clause).length).toBeGreaterThan(0);
  expect(mended.changed).toBeGreaterThan(0);
  const again = await check(customer, ['play', 'playbooks/prepare-host.yaml'], flags);
  expect({ code: again.code, changed: again.changed }, again.text).toEqual({ code: 0, changed: 0 });
  return mended;
}

describe('mended by hand, as the remedy says', () => {
  test.each(BY_HAND)('$title', async ({ clause, code, found, on, broken, mended, flags }) => {
    const host = on === 'meetings' ? lab.meetings : lab.chats;
    const addresses = (command: string) =>
      command
        .replaceAll('MEETINGS', lab.meetings.address)
        .replaceAll('VENDOR', lab.vendorHost.address)
        .replaceAll('CHATS', lab.chats.address);
    try {
      await host.run(addresses(broken));
      await expectRed(clause, found, code, flags);
    } finally {
      await host.run(addresses(mended));
    }
  });

  // Each case above saw its own clause alone: what was mended before it was green. This sees the last one.
  test('all of it is green again', () => expectGreen());

  test('ROLE-1: one machine twice; a clone, which shares the machine-id alone, is another one', async () => {
    const saved = await lab.meetings.run(
      'cp /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub /root/; cat /etc/ssh/ssh_host_ed25519_key.pub',
    );
    await lab.meetings.writeFile('/etc/machine-id', await lab.chats.readFile('/etc/machine-id'));
    await expectGreen();
    await lab.meetings.writeFile('/etc/ssh/ssh_host_ed25519_key.pub', await lab.chats.readFile('/etc/ssh/ssh_host_ed25519_key.pub'));
    await expectRed('ROLE-1', [/boot id and host keys are the same too/], fatal);
    await lab.meetings.run('cp /root/machine-id /etc/; cp /root/ssh_host_ed25519_key.pub /etc/ssh/');
    expect(await lab.meetings.readFile('/etc/ssh/ssh_host_ed25519_key.pub')).toBe(saved);
  });

  test('HW-2: minima are what was given, never derived; others than the guide has are noted', async () => {
    const run = await check(
      customer,
      ['preflight'],
      ['-e', '{"preflight_min_vcpus": 16, "preflight_min_memory": "32 GB", "preflight_min_disk": "1 TB"}'],
    );
    const note = (each: Checked) =>
      each.findings.filter(({ clause }) => clause === 'HW-2').map(({ status, severity }) => [status, severity]);
    expect(note(run)).toEqual([['met', 'note']]);
    expect(note(await check(customer, ['preflight'], ['-e', 'preflight_min_memory="64 GB"', '-e', 'preflight_enforce=false']))).toEqual([
      ['unmet', 'note'],
    ]);
  });

  test('INST-4: the licence file is not there', async () => {
    const path = join(customer.folder, 'files', lab.inventoryInput.licence.fileName);
    await rm(path);
    await expectRed('INST-4', [/does not exist/], fatal);
    await writeFile(path, '');
    await expectRed('INST-4', [/0 bytes/], fatal);
    await writeFile(path, lab.inventoryInput.licence.content);
    await expectGreen();
  });

  test('INST-3: the names do not resolve on Meetings when the hosts are to be set up: nothing is started', async () => {
    const script = join(customer.folder, 'installer.sh');
    await writeFile(script, '#!/bin/sh\nexit 1\n');
    const resolvers = await lab.meetings.readFile('/etc/resolv.conf');
    await lab.meetings.run('echo nameserver 127.0.0.1 >/etc/resolv.conf');
    const run = await check(customer, ['play', 'playbooks/install-chats.yaml'], ['-e', `installer_source=${script}`]);
    await lab.meetings.run('cat >/etc/resolv.conf', { input: resolvers });
    expect({ clauses: run.clauses(), broken: run.broken, code: run.code }).toEqual({
      clauses: { 'INST-3': Array(3).fill('no address') },
      broken: [],
      code: fatal,
    });
    expect((await lab.counters()).starts).toEqual({ cfglink: 0, install: 0, token: 0 });
    await lab.meetings.run('rm -r /opt/chats-installer');
    await expectGreen();
  });
});

describe('mended by prepare-host', () => {
  test('OS-2: an update is pending: apt is waited for, files changed by hand are kept, nothing is asked, a reboot that it wants is said, and made when asked for', async () => {
    await lab.chats.run(await readFile(fileURLToPath(new URL('../lab/setup/pending-update.sh', import.meta.url)), 'utf8'));
    await lab.chats.run(
      'apt-get -q update -o Dir::Etc::sourcelist=sources.list.d/lab.list -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0',
    );
    await expectRed('OS-2', [/^1 pending/], warning);

    // Another apt is at work for a while.
    await lab.chats.run(
      `systemd-run -q --unit=other-apt perl -MFcntl -e 'open F, ">>", "/var/lib/dpkg/lock-frontend"; fcntl(F, F_SETLK, pack("s s l! l! i", F_WRLCK, 0, 0, 0, 0)) or die; sleep 8'`,
    );
    const mended = await check(customer, ['play', 'playbooks/prepare-host.yaml']);
    expect(mended.code, mended.text).toBe(0);
    expect(mended.result('prepare-host : OS-2 | install all current updates')).toMatchObject({ status: 'changed' });
    expect(await lab.chats.readFile('/etc/lab-update.conf')).toBe('setting of the administrator\n');
    expect(await lab.chats.readFile('/usr/share/lab-update/version')).toBe('1.1\n');
    // Said, and no more than that.
    expect(mended.clauses(lasting)).toEqual({ 'OS-2': ['/run/reboot-required exists'] });
    expect((await check(customer, ['play', 'playbooks/prepare-host.yaml'])).changed).toBe(0);

    await docker(['update', '--restart=always', lab.chats.id]);
    const before = await lab.chats.run('cat /proc/1/stat');
    await expectMended('OS-2', ['-e', 'prepare_reboot=true']);
    expect(await lab.chats.run('cat /proc/1/stat')).not.toBe(before);
    await expectGreen();
  });

  test('OS-2: the package lists were never refreshed: they are, at once', async () => {
    await lab.chats.run('mkdir /root/lists; mv /var/lib/apt/lists/* /root/lists/');
    await expectRed('OS-2', [/^the package lists were never refreshed$/], warning);
    const mended = await check(customer, ['play', 'playbooks/prepare-host.yaml']);
    expect(mended.clauses(lasting), mended.text).toEqual({});
    expect(mended.result('prepare-host : OS-2 | install all current updates')).toMatchObject({ status: 'changed' });
    await expectGreen();
  });

  describe('TIME-1', () => {
    const served = () => ['-e', JSON.stringify({ prepare_ntp_servers: [lab.names.ntp] })];
    const dead = 'server 192.0.2.1 iburst';

    test('chrony is stopped: it is started, and no other service takes its place', async () => {
      await lab.chats.run('systemctl disable -q --now chrony');
      await expectRed('TIME-1', [/^unsynchronised, chrony does not run$/], warning);
      await expectMended('TIME-1');
      expect(await lab.chats.run('systemctl is-active chrony; systemctl is-enabled chrony')).toBe('active\nenabled\n');
    });

    test('chrony follows nobody: other servers are given', async () => {
      await lab.chats.run(`cp /etc/chrony/chrony.conf /root/; echo '${dead}' >/etc/chrony/chrony.conf; systemctl restart chrony`);
      await expectRed('TIME-1', [/^unsynchronised, chrony, .*Not synchronised/], warning);
      await expectMended('TIME-1', served());
      expect(await lab.chats.readFile('/etc/chrony/sources.d/chatsctl.sources')).toBe(`server ${lab.names.ntp} iburst\n`);
    });

    test('no time service at all: systemd-timesyncd is installed; where it hears nobody, other servers are given', async () => {
      await lab.chats.run('apt-get -qy purge chrony; rm -f /etc/systemd/system/chrony.service; systemctl daemon-reload');
      // As on a machine whose clock nobody follows.
      await lab.chats.writeFile(
        '/usr/local/bin/timedatectl',
        '#!/bin/sh\ncase "$*" in *NTPSynchronized*) echo no ;; *) exec /usr/bin/timedatectl "$@" ;; esac\n',
        '0755',
      );
      await expectRed('TIME-1', [/^unsynchronised, no time service runs$/], warning);
      await expectMended('TIME-1', served());
      expect(await lab.chats.run('systemctl is-active systemd-timesyncd; systemctl is-enabled systemd-timesyncd')).toBe(
        'active\nenabled\n',
      );

      await lab.chats.run(
        'printf "[Time]\\nNTP=192.0.2.1\\nFallbackNTP=\\n" >/etc/systemd/timesyncd.conf.d/chatsctl.conf; systemctl restart systemd-timesyncd',
      );
      await expectRed('TIME-1', [/^unsynchronised, systemd-timesyncd, no answer from/], warning);
      await expectMended('TIME-1', served());
      await lab.chats.run('rm /usr/local/bin/timedatectl');
    });
  });

  describe('PORT-1: a firewall of the host', () => {
    /** What it lets in, seen from another machine; something listens there. */
    async function letsIn(port: number): Promise<boolean> {
      return (
        (
          await lab.vendorHost.exec(
            `timeout 3 perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(PeerAddr => "${lab.chats.address}:${port}", Timeout => 2)'`,
          )
        ).code === 0
      );
    }
    /** Mended, at once and after the next boot, and nothing else is another than it was. */
    async function expectLetIn(rules: string): Promise<void> {
      const before = await lab.chats.run(rules);
      await expectMended('PORT-1');
      const ours = /^.*PORT-1.*\n/gm;
      expect((await lab.chats.run(rules)).replace(ours, '')).toBe(before);
      await lab.chats.reboot();
      await lab.chats.run(WEB);
      expect([await letsIn(80), await letsIn(443), await letsIn(8080)]).toEqual([true, true, false]);
      await lab.chats.run('systemctl stop web');
    }

    test('nftables, its rules in /etc/nftables.conf', async () => {
      await lab.chats.writeFile('/etc/nftables.conf', NFTABLES);
      await lab.chats.run('systemctl enable -q --now nftables');
      await expectRed(
        'PORT-1',
        [
          /^nftables: TCP 80 and 443 kept out by "counter .*reject.*" in the chain inet site incoming;.*after the next boot \(\/etc\/nftables.conf\)$/,
        ],
        warning,
      );
      await expectLetIn('cat /etc/nftables.conf; nft -s list table inet site');
      await lab.chats.run('systemctl disable -q nftables; nft delete table inet site; rm /etc/nftables.conf');
    });

    test('iptables, its rules in a file that a unit loads', async () => {
      await lab.chats.writeFile('/etc/site.rules', IPTABLES);
      await lab.chats.writeFile('/etc/systemd/system/site-firewall.service', UNIT);
      await lab.chats.run('systemctl enable -q --now site-firewall');
      await expectRed(
        'PORT-1',
        [/^iptables: TCP 80 and 443 kept out by the policy of the chain INPUT;.*after the next boot \(\/etc\/site.rules\)$/],
        warning,
      );
      await expectLetIn('cat /etc/site.rules; iptables -S');
      await lab.chats.run(
        'systemctl disable -q site-firewall; rm /etc/site.rules /etc/systemd/system/site-firewall.service; iptables -P INPUT ACCEPT; iptables -F INPUT',
      );
    });

    test('ufw, where 443 was even denied', async () => {
      await lab.chats.run('ufw allow 22/tcp; ufw deny 443; ufw --force enable');
      await expectRed(
        'PORT-1',
        [
          /^ufw: TCP 443 kept out by "-p tcp -m tcp --dport 443 -j DROP" in the chain ufw-user-input; ufw: TCP 80 kept out by the policy of the chain INPUT$/,
        ],
        warning,
      );
      await expectLetIn('ufw status | tail -n +5 | sort');
      await lab.chats.run('ufw --force disable; ufw --force reset');
      await expectGreen();
    });
  });
});

describe('after the installation', () => {
  const STEPS = [
    ['INST-2', 'chats-cfglink', 'meetings'],
    ['INST-6', 'chats-install', 'chats'],
    ['LINK-1', 'chats-token', 'meetings'],
  ] as const;

  beforeAll(async () => {
    const installed = await check(customer, ['play', 'playbooks/install.yaml']);
    expect({ code: installed.code, red: installed.clauses(lasting) }, installed.text).toEqual({ code: 0, red: {} });
    await expectGreen();
    await expectAccepted();
  });

  async function expectAccepted(): Promise<void> {
    const run = await check(customer, ['verify']);
    expect({ clauses: run.clauses(), code: run.code, broken: run.broken }).toEqual({ clauses: {}, code: 0, broken: [] });
    expect(new Set(run.findings.map(({ clause, observer }) => `${clause} from ${observer}`))).toEqual(
      new Set([
        'PORT-1 from control',
        'PORT-2 from meet1',
        'PORT-2 from chat1',
        ...['control', 'meet1'].flatMap((who) => [`ACC-1 from ${who}`, `ACC-2 from ${who}`]),
      ]),
    );
  }

  test.each(AFTER)('$title', async ({ clause, code, found, broken, mended }) => {
    const control = lab.control.host.address;
    const addresses = (command: string) => command.replaceAll('MEETINGS', lab.meetings.address).replaceAll('CONTROL', control);
    try {
      await lab.chats.run(addresses(broken));
      const run = await check(customer, ['verify'], ['-e', 'verify_retries=0']);
      expect({ clauses: run.clauses(), code: run.code, broken: run.broken }, run.text).toEqual({
        clauses: { [clause]: found },
        code,
        broken: [],
      });
    } finally {
      await lab.chats.run(addresses(mended));
    }
  });

  test('all of it is green again, seen from everywhere', expectAccepted);

  test.each(STEPS)('%s: the marker of what was done is lost', async (clause, step, name) => {
    const marker = `/var/lib/chatsctl/once/${step}`;
    await lab[name].run(`mv ${marker} /root/`);
    try {
      await expectRed(clause, ['not marked as done on the server, kept in the store'], warning);
    } finally {
      await lab[name].run(`mv /root/${step} ${marker}`);
    }
  });

  test('what was done and what is kept agree again', () => expectGreen());
});
