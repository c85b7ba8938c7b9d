// DNS-6 and DNS-4 where they come from: each program that makes /etc/resolv.conf or /etc/hosts, by its real package. Once mended it stays so: after a lease's
// renewal by the program's own commands, and after a reboot.
import { afterEach, describe, expect, test } from 'vitest';
import type { LabHost } from '../lab/host.js';
import type { Resolver } from '../lab/images.js';
import { type Lab, startLab } from '../lab/lab.js';
import { leases } from '../lab/leases.js';
import { NameServer } from '../lab/name-server/name-server.js';
import type { LabOptions } from '../lab/options.js';
import { Customer } from './customer.js';
import { JsonRun } from './json-run.js';

const ZONE = 'acme-corp.ru';
/** A search domain that is no business of the guide's. */
const OTHER = 'office.example';

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.stop();
  lab = undefined;
});

async function fresh(options: LabOptions): Promise<{ customer: Customer; chats: LabHost }> {
  lab = await startLab(options);
  return { customer: await Customer.of(lab), chats: lab.chats };
}

/** Unmet clauses but HW-1, which is the machine's that the lab runs on, and a warning: DNS-3 of the lab's private addresses in DNS. */
async function unmet(customer: Customer): Promise<string[]> {
  const run = new JsonRun(await customer.run(['preflight', '--output', 'json']));
  const titles = run.findings.filter(({ status, clause, observer }) => status !== 'met' && clause !== 'HW-1' && observer !== 'control');
  expect({ code: run.code, titles }).toMatchObject({ code: 0 });
  return titles.map(({ clause, title }) => `${clause} ${title}`);
}

async function mend(customer: Customer): Promise<void> {
  const first = await customer.play('prepare-host');
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const second = await customer.play('prepare-host');
  const changed = second.tasks.filter(({ status }) => status === 'changed').map(({ task }) => task);
  expect({ code: second.code, changed }).toEqual({ code: 0, changed: [] });
}

/** The search list of a file, as the resolver reads it. */
async function searchList(host: LabHost, path = '/etc/resolv.conf'): Promise<string[]> {
  const lines = await host.run(`sed -nE 's/^(search|domain)[[:space:]]+//p' ${path}`);
  return [
    ...new Set(
      lines
        .split(/\s+/)
        .filter(Boolean)
        .map((name) => name.replace(/\.$/, '')),
    ),
  ];
}

/** Waits until a command succeeds, a minute at most. */
async function until(host: LabHost, command: string): Promise<void> {
  const { code } = await host.exec(`for i in $(seq 300); do { ${command}; } >/dev/null 2>&1 && exit 0; sleep 0.2; done; exit 1`);
  if (code !== 0) throw new Error(`never: ${command}\n${await host.run('cat /etc/resolv.conf; ip -br addr; journalctl -n 60 --no-pager')}`);
}

const leased = "ip -4 addr show lan0 | grep -q 'inet 192.0.2'";

interface Variant {
  title: string;
  options: LabOptions;
  /** By hand, before: the zone is in /etc/resolv.conf then, and OTHER beside it. */
  breaks(host: LabHost, nameServer: string): Promise<void>;
  /** The program's own ways of making /etc/resolv.conf anew. */
  renewals: string[];
  /** After a reboot the program is done when this succeeds. */
  booted: string;
  /** Further files that have the search list. */
  copies?: string[];
}

const withResolver = (resolver: Resolver): LabOptions => ({ resolver });

const variants: Variant[] = [
  {
    title: 'a plain file',
    options: { faults: ['plain-etc-files'] },
    breaks: async (host) => void (await host.run(`echo 'search ${ZONE} ${OTHER}' >>/etc/resolv.conf`)),
    renewals: ['true'],
    booted: 'true',
  },
  {
    title: 'dhclient of ifupdown',
    options: withResolver('dhclient'),
    breaks: async (host, nameServer) => {
      await leases(host, nameServer, [ZONE, OTHER]);
      await host.writeFile('/etc/network/interfaces', 'auto lo lan0\niface lo inet loopback\niface lan0 inet dhcp\n');
      await host.run('ifup lan0');
    },
    renewals: ['ifdown lan0 && ifup lan0', 'dhclient -r lan0; dhclient -1 lan0'],
    booted: leased,
  },
  {
    title: 'resolvconf, with ifupdown and dhclient',
    options: withResolver('resolvconf'),
    breaks: async (host, nameServer) => {
      await leases(host, nameServer, [ZONE, OTHER]);
      const stanza = `iface lan0 inet dhcp\n    dns-search chats.${ZONE} ${OTHER}\n    dns-domain ${ZONE}\n`;
      await host.writeFile('/etc/network/interfaces', `auto lo lan0\niface lo inet loopback\n${stanza}`);
      await host.writeFile('/etc/resolvconf/resolv.conf.d/base', `search ${ZONE}\n`);
      await host.run('systemctl start resolvconf && ln -sf ../run/resolvconf/resolv.conf /etc/resolv.conf && ifup lan0');
    },
    renewals: ['resolvconf -u', 'ifdown lan0 && ifup lan0', `echo 'search ${ZONE}' | resolvconf -a vpn0; resolvconf -d vpn0`],
    booted: leased,
  },
  {
    title: 'systemd-resolved, with systemd-networkd',
    options: withResolver('systemd-resolved'),
    breaks: async (host, nameServer) => {
      await leases(host, nameServer, [ZONE, OTHER]);
      await host.run('mkdir -p /etc/systemd/resolved.conf.d');
      await host.writeFile(
        '/etc/systemd/resolved.conf.d/company.conf',
        `[Resolve]\nDNS=${nameServer}\nDomains=~${ZONE} ${ZONE} ${OTHER}\n`,
      );
      // A link's own name server is asked through that link alone, where it is not.
      const network = `[Match]\nName=lan0\n[Network]\nDHCP=ipv4\nDomains=${ZONE}\n[DHCPv4]\nUseDomains=yes\nUseDNS=no\n`;
      await host.writeFile('/etc/systemd/network/lan0.network', network);
      await host.run('ln -sf ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf');
      await host.run('systemctl enable --now systemd-networkd; systemctl restart systemd-resolved');
      await until(host, `${leased} && resolvectl domain lan0 | grep -q ${ZONE}`);
    },
    renewals: [
      'systemctl restart systemd-resolved',
      'networkctl renew lan0',
      'networkctl reconfigure lan0',
      'systemctl restart systemd-networkd',
    ],
    booted: `${leased} && grep -q ${OTHER} /run/systemd/resolve/resolv.conf`,
    copies: ['/run/systemd/resolve/resolv.conf', '/run/systemd/resolve/stub-resolv.conf'],
  },
  {
    title: 'NetworkManager',
    options: withResolver('NetworkManager'),
    breaks: async (host, nameServer) => {
      await leases(host, nameServer, [ZONE, OTHER]);
      await host.writeFile('/etc/NetworkManager/conf.d/lab.conf', '[keyfile]\nunmanaged-devices=interface-name:eth0\n');
      await host.run(
        `systemctl restart NetworkManager && nmcli connection add type ethernet ifname lan0 con-name lan ipv4.dns-search '${ZONE},${OTHER}'`,
      );
      await host.run('nmcli connection up lan');
    },
    renewals: ['nmcli connection up lan', 'systemctl restart NetworkManager; nm-online -q', 'nmcli general reload dns-rc'],
    booted: leased,
  },
];

describe('DNS-6 stays mended', () => {
  test.each(variants)('$title', async ({ options, breaks, renewals, booted, copies = [] }) => {
    const { customer, chats } = await fresh(options);
    // Docker's own resolver answers on a loopback address, which some programs would not write.
    const { address } = await NameServer.start(customer.lab.vendorHost, {});
    await breaks(chats, address);
    await until(chats, `grep -qE '^(search|domain) .*${ZONE}' /etc/resolv.conf`);
    const link = await chats.run('readlink /etc/resolv.conf || true');
    expect(new Set((await unmet(customer)).map((each) => each.slice(0, 5)))).toEqual(new Set(['DNS-3', 'DNS-6']));

    await mend(customer);
    const right = async (when: string): Promise<void> => {
      for (const path of ['/etc/resolv.conf', ...copies]) expect(await searchList(chats, path), `${path}, ${when}`).toEqual([OTHER]);
    };
    await right('mended');
    expect(await unmet(customer)).toEqual(['DNS-6 /etc/resolv.conf has no other search domain']);
    for (const renewal of renewals) {
      await chats.run(renewal);
      await until(chats, `${booted} && ! grep -hE '^(search|domain) .*${ZONE}' /etc/resolv.conf ${copies.join(' ')}`);
      await right(renewal);
    }

    await chats.reboot();
    await until(chats, `${booted} && grep -q ${OTHER} /etc/resolv.conf`);
    await until(chats, `! grep -hE '^(search|domain) .*${ZONE}' /etc/resolv.conf ${copies.join(' ')}`);
    await right('after a reboot');
    expect(await chats.run('getent hosts rep-box.webinar.ru')).not.toBe('');
    expect(await chats.run('readlink /etc/resolv.conf || true')).toBe(link);
    expect(await unmet(customer)).toEqual(['DNS-6 /etc/resolv.conf has no other search domain']);
  });
});

describe('DNS-4 and DNS-3 stay mended', () => {
  test("cloud-init, with manage_etc_hosts in the provider's user data", async () => {
    const { customer, chats } = await fresh({ resolver: 'cloud-init' });
    const userData = (manage: string): Promise<void> =>
      chats.writeFile(
        '/var/lib/cloud/seed/nocloud/user-data',
        `#cloud-config\nmanage_etc_hosts: ${manage}\nfqdn: chats.${ZONE}\npreserve_hostname: true\nssh_deletekeys: false\nssh_genkeytypes: []\n`,
      );
    await chats.run('mkdir -p /var/lib/cloud/seed/nocloud && echo instance-id: lab >/var/lib/cloud/seed/nocloud/meta-data');
    await chats.writeFile('/etc/cloud/cloud.cfg.d/90-lab.cfg', 'network: {config: disabled}\nusers: []\ndatasource_list: [NoCloud]\n');
    const bootAgain = async (): Promise<void> => {
      await chats.reboot();
      await chats.run('cloud-init status --wait || true');
    };
    for (const manage of ['true', 'localhost']) {
      await userData(manage);
      await bootAgain();
    }
    expect(await chats.readFile('/etc/hosts')).toMatch(/^127\.0\.1\.1[ \t]+chats\.acme-corp\.ru/m);
    expect(new Set((await unmet(customer)).map((each) => each.slice(0, 5)))).toEqual(new Set(['DNS-3', 'DNS-4']));

    await mend(customer);
    const right = async (): Promise<void> => {
      const hosts = await chats.readFile('/etc/hosts');
      expect(hosts).not.toMatch(/^(127\.|::1).*chats.*\.acme-corp\.ru/m);
      expect(hosts).toContain(`${chats.address} ${customer.lab.names.chats.join(' ')}`);
    };
    await right();
    for (const manage of ['true', 'template', 'localhost']) {
      await userData(manage);
      await bootAgain();
      await right();
    }
    // By hand, past what its unit was told: the template itself is right.
    await userData('true');
    await chats.run('rm -rf /var/lib/cloud/instances /var/lib/cloud/instance && cloud-init init --local && cloud-init init');
    await chats.run('cloud-init single --name update_etc_hosts --frequency always');
    await right();
    expect(await unmet(customer)).toEqual([]);
  });
});
