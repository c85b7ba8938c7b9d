// Scripts of the roles, run here against files and programs that stand for a server's.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './shipped.js';

/** /proc/net/ipv6_route: "no route" is there as a default one on lo. */
const ROUTES6 = [
  `20010db8000000000000000000000000 40 ${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00000100 00000001 00000000 00000001 eth9`,
  `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 ${'0'.repeat(32)} ffffffff 00000001 00000000 00200200       lo`,
  `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 20010db8000000000000000000000001 00000400 00000001 00000000 00000003 eth6`,
  '',
].join('\n');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of the server. */
function file(path: string, content = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function program(name: string, body: string): void {
  file(`bin/${name}`, `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

/** A script's lines; of the server's paths those named are in the folder, and its programs before this machine's. */
function lines(script: string, paths: readonly string[], args: readonly string[] = []): string[] {
  let text = readFileSync(`${root}/roles/preflight/files/${script}`, 'utf8');
  for (const path of paths) text = text.replaceAll(path, join(folder, path));
  file(script, text);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  const shell = script.endsWith('.pl') ? 'perl' : 'sh';
  return execFileSync(shell, [join(folder, script), ...args], { encoding: 'utf8', env })
    .split('\n')
    .slice(0, -1);
}

describe('updates.sh', () => {
  const updates = (): string[] => lines('updates.sh', ['/var/lib/apt']);

  function refreshed(list = 'deb.debian.org_debian_dists_bookworm_InRelease'): void {
    file(`var/lib/apt/lists/${list}`);
    utimesSync(join(folder, 'var/lib/apt/lists'), 0, Date.UTC(2026, 0, 2, 3, 4) / 1000);
  }

  it('counts what apt would install, and says when the lists were refreshed', () => {
    refreshed();
    program('apt-get', "printf 'Reading package lists...\\nInst a [1] (2 Debian)\\nInst b (1 Debian)\\nConf a (2 Debian)\\n'");
    expect(updates()).toEqual(['2', '2026-01-02T03:04Z', '']);
    program('apt-get', "echo 'W: some warning' >&2");
    expect(updates()).toEqual(['0', '2026-01-02T03:04Z', '']);
  });

  it('does not take an apt that fails for one that has nothing to do', () => {
    refreshed();
    program('apt-get', "printf 'W: some warning\\nE: Unmet dependencies. Try something.\\nE: second\\n' >&2; exit 100");
    expect(updates()).toEqual(['unknown', '2026-01-02T03:04Z', 'Unmet dependencies. Try something.']);
    program('apt-get', "echo 'apt-get: cannot execute' >&2; exit 126");
    expect(updates()).toEqual(['unknown', '2026-01-02T03:04Z', 'apt-get: cannot execute']);
    program('apt-get', 'exit 9');
    expect(updates()).toEqual(['unknown', '2026-01-02T03:04Z', 'exit status 9']);
  });

  it('tells lists that were never refreshed', () => {
    program('apt-get', 'true');
    file('var/lib/apt/lists/lock');
    expect(updates()).toEqual(['0', 'never', '']);
  });

  it('knows lists of a repository without a Release file', () => {
    program('apt-get', 'true');
    refreshed('_opt_repository_._Packages');
    expect(updates()).toEqual(['0', '2026-01-02T03:04Z', '']);
  });
});

describe('hardware.sh', () => {
  const ROUTE4 = 'Iface\tDestination\tGateway\n';
  const link = (): string | undefined => lines('hardware.sh', ['/proc/net/', '/sys/class/net/'], ['/'])[3];

  beforeEach(() => {
    file('sys/class/net/eth0/speed', '10000\n');
    file('sys/class/net/eth6/speed', '1000\n');
  });

  it('measures the link of the default route', () => {
    file('proc/net/route', `${ROUTE4}eth9\t0000A8C0\t00000000\neth0\t00000000\t0101A8C0\n`);
    expect(link()).toBe('10000');
  });

  it('also where that is a route of IPv6 alone', () => {
    file('proc/net/route', ROUTE4);
    file('proc/net/ipv6_route', ROUTES6);
    expect(link()).toBe('1000');
  });

  it('says memory as the minimum is said', () => {
    file('proc/meminfo', 'MemTotal:       24683520 kB\nMemFree: 1 kB\n');
    expect(lines('hardware.sh', ['/proc/meminfo'], ['/'])[5]).toBe('25.3 GB');
  });
});

describe('firewalls: what comes from the Internet comes in over the default route', () => {
  const inet = (...rules: string[]): string =>
    `table inet t {\n\tchain in {\n\t\ttype filter hook input priority 0; policy drop;\n\t\t${rules.join('\n\t\t')}\n\t}\n}\n`;
  const filter = (...rules: string[]): string => `*filter\n:INPUT DROP [0:0]\n${rules.join('\n')}\nCOMMIT\n`;

  /** Whether rules let 80 and 443 in as they are. */
  function letsIn(kind: 'iptables' | 'nftables', rules: string): boolean {
    file('rules', rules);
    const path = join(folder, 'rules');
    return lines(`firewall-${kind}.pl`, ['/proc/net/', '/sys/class/net/'], ['content', path, path]).join('\n') === rules.trimEnd();
  }

  beforeEach(() => {
    file('proc/net/if_inet6', '20010db8000000000000000000000002 02 40 00 80     eth6\n');
    file('proc/net/route', 'Iface\tDestination\n');
  });

  it.each(['eth6', 'eth0'])('an IPv6-only host, rules of %s', (link) => {
    file('proc/net/ipv6_route', ROUTES6);
    expect(letsIn('nftables', inet(`iifname "${link}" tcp dport { 80, 443 } accept`))).toBe(link === 'eth6');
    expect(letsIn('iptables', filter(`-A INPUT -i ${link} -p tcp -m multiport --dports 80,443 -j ACCEPT`))).toBe(link === 'eth6');
  });

  it('each family has its own', () => {
    file('proc/net/route', 'Iface\tDestination\neth0\t00000000\n');
    file('proc/net/ipv6_route', ROUTES6);
    expect(letsIn('nftables', inet('iifname "eth0" accept'))).toBe(false);
    expect(letsIn('nftables', inet('iifname "eth0" meta nfproto ipv4 accept', 'iifname "eth6" meta nfproto ipv6 accept'))).toBe(true);
  });

  it('without a default route any link but lo may be it', () => {
    file('sys/class/net/lo/speed');
    file('sys/class/net/ens3/speed');
    expect(letsIn('nftables', inet('iifname "ens3" accept'))).toBe(true);
    expect(letsIn('nftables', inet('iifname "lo" accept'))).toBe(false);
    expect(letsIn('iptables', filter('-A INPUT -i ens3 -j ACCEPT'))).toBe(true);
    expect(letsIn('iptables', filter('-A INPUT -i lo -j ACCEPT'))).toBe(false);
  });
});
