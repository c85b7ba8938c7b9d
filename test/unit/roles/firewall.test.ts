import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './shipped.js';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firewall-'));
  file = join(folder, 'rules');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines that a file of rules gets, each with the line that follows it. */
function added(kind: 'iptables' | 'nftables', content: string): string[] {
  writeFileSync(file, content);
  const script = `${root}/roles/preflight/files/firewall-${kind}.pl`;
  const result = execFileSync('perl', [script, 'content', file, file], { encoding: 'utf8' }).split('\n');
  const before = content.split('\n');
  const lines: string[] = [];
  for (const [index, line] of result.entries()) {
    if (line === before[0]) before.shift();
    else lines.push(`${line.trim()} | ${result[index + 1]?.trim() ?? ''}`);
  }
  // Nothing that was there is gone or moved.
  expect(before).toEqual([]);
  return lines;
}

const iptables = (policy: string, ...rules: string[]): string =>
  ['*filter', `:INPUT ${policy} [0:0]`, ':FORWARD DROP [0:0]', ':OUTPUT ACCEPT [0:0]', ':site - [0:0]', ...rules, 'COMMIT', ''].join('\n');
const opens = (ports: string, next: string): string =>
  `-A INPUT -p tcp -m multiport --dports ${ports} -m comment --comment "MTS Link Chats (PORT-1)" -j ACCEPT | ${next}`;
const ssh = '-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT';

describe('iptables-save', () => {
  const cases: readonly (readonly [title: string, content: string, lines: string[]])[] = [
    ['everything is let in', iptables('ACCEPT', ssh), []],
    ['the policy drops', iptables('DROP', ssh), [opens('80,443', 'COMMIT')]],
    ['no rule at all', iptables('DROP'), [opens('80,443', 'COMMIT')]],
    [
      'before the rule that drops the rest, behind those that drop other things',
      iptables('ACCEPT', ssh, '-A INPUT -s 192.0.2.0/24 -j DROP', '-A INPUT -m conntrack --ctstate INVALID -j DROP', '-A INPUT -j REJECT'),
      [opens('80,443', '-A INPUT -j REJECT')],
    ],
    ['one port is there', iptables('DROP', '-A INPUT -p tcp -m tcp --dport 443 -j ACCEPT'), [opens('80', 'COMMIT')]],
    ['a list and a range', iptables('DROP', '-A INPUT -p tcp -m multiport --dports 22,80:90,443 -j ACCEPT'), []],
    ['from the office alone', iptables('DROP', '-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 443 -j ACCEPT'), [opens('80,443', 'COMMIT')]],
    ['from everywhere but one net', iptables('DROP', '-A INPUT ! -s 10.0.0.0/8 -p tcp -m multiport --dports 80,443 -j ACCEPT'), []],
    ['over the loopback alone', iptables('DROP', '-A INPUT -i lo -j ACCEPT'), [opens('80,443', 'COMMIT')]],
    ['what is established alone', iptables('DROP', '-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT'), [opens('80,443', 'COMMIT')]],
    ['at a rate', iptables('DROP', '-A INPUT -p tcp -m multiport --dports 80,443 -m limit --limit 25/min -j ACCEPT'), []],
    [
      'a chain of its own, by name',
      iptables('DROP', '-A INPUT -j site', '-A site -p tcp -m multiport --dports 80,443 -m comment --comment "the web" -j ACCEPT'),
      [],
    ],
    [
      'a chain that drops: the rule goes before the way there',
      iptables('ACCEPT', ssh, '-A INPUT -p tcp -j site', '-A site -p tcp -m tcp --dport 443 -j DROP'),
      [opens('443', '-A INPUT -p tcp -j site')],
    ],
    [
      'a chain that returns',
      iptables('ACCEPT', '-A INPUT -j site', '-A site -p tcp -m multiport --dports 80,443 -j RETURN', '-A site -j DROP'),
      [],
    ],
    ['a match that is not known', iptables('ACCEPT', '-A INPUT -m geoip --source-country XX -j DROP'), []],
    ['another table', '*mangle\n:INPUT DROP [0:0]\nCOMMIT\n', []],
  ];
  test.each(cases)('%s', (_, content, lines) => {
    expect(added('iptables', content)).toEqual(lines);
  });
});

const nftables = (policy: string, ...rules: string[]): string =>
  [
    '#!/usr/sbin/nft -f',
    'define office = 10.0.0.0/8',
    'table inet site {',
    '\tset web {',
    '\t\ttype inet_service; flags interval',
    '\t\telements = { 80,',
    '\t\t\t443 }',
    '\t}',
    '\tchain incoming {',
    `\t\ttype filter hook input priority filter; policy ${policy};`,
    ...rules.map((rule) => `\t\t${rule}`),
    '\t}',
    '\tchain extra {',
    '\t\ttcp dport { http, https } accept',
    '\t}',
    '}',
    '',
  ].join('\n');
const accepts = (ports: string, next: string): string => `tcp dport { ${ports} } accept comment "MTS Link Chats (PORT-1)" | ${next}`;

describe('nftables.conf', () => {
  const cases: readonly (readonly [title: string, content: string, lines: string[]])[] = [
    ['everything is let in', nftables('accept', 'tcp dport 22 accept'), []],
    ['the policy drops', nftables('drop', 'tcp dport 22 accept # ssh: "always"'), [accepts('80, 443', '}')]],
    ['no rule at all', nftables('drop'), [accepts('80, 443', '}')]],
    [
      'before the rule that drops the rest, behind those that drop other things',
      nftables(
        'accept',
        'ct state vmap { established : accept, invalid : drop }',
        'ip saddr $office drop',
        'counter reject with icmpx admin-prohibited',
      ),
      [accepts('80, 443', 'counter reject with icmpx admin-prohibited')],
    ],
    ['one port is there', nftables('drop', 'tcp dport https ct state new counter accept'), [accepts('80', '}')]],
    ['a set by name', nftables('drop', 'tcp dport @web accept'), []],
    ['a set over several lines', nftables('drop', 'tcp dport { 22, 80,', '\t443 } accept'), []],
    ['a range', nftables('drop', 'meta l4proto { tcp, udp } th dport 80-443 accept'), []],
    ['a map', nftables('drop', 'tcp dport vmap { 80 : accept, 443 : jump extra }'), []],
    ['a chain', nftables('drop', 'iifname != "lo" jump extra'), []],
    ['from the office alone', nftables('drop', 'ip saddr $office tcp dport { 80, 443 } accept'), [accepts('80, 443', '}')]],
    [
      'from everywhere but there',
      nftables('drop', 'ip saddr != $office tcp dport { 80, 443 } accept', 'ip6 saddr != fd00::/8 tcp dport { 80, 443 } accept'),
      [],
    ],
    ['over the loopback alone', nftables('drop', 'iif "lo" accept', 'iifname lo accept'), [accepts('80, 443', '}')]],
    ['udp', nftables('drop', 'udp dport { 80, 443 } accept'), [accepts('80, 443', '}')]],
    ['too many at once are dropped', nftables('accept', 'tcp dport 443 limit rate over 100/second drop'), []],
    ['a match that is not known', nftables('accept', 'meta mark 0x1 drop'), []],
    ['another hook', nftables('accept').replace('hook input', 'hook output').replace('policy accept', 'policy drop'), []],
    [
      'rules as commands',
      'add table inet t\nadd chain inet t in { type filter hook input priority 0; policy accept; }\nadd rule inet t in tcp dport 22 accept\nadd rule inet t in drop\n',
      [`add rule inet t in ${accepts('80, 443', 'add rule inet t in drop')}`],
    ],
  ];
  test.each(cases)('%s', (_, content, lines) => {
    expect(added('nftables', content)).toEqual(lines);
  });

  test('a chain on one line', () => {
    writeFileSync(file, 'table inet t { chain in { type filter hook input priority 0; policy drop; tcp dport 22 accept } }\n');
    const script = `${root}/roles/preflight/files/firewall-nftables.pl`;
    expect(execFileSync('perl', [script, 'content', file, file], { encoding: 'utf8' })).toBe(
      'table inet t { chain in { type filter hook input priority 0; policy drop; tcp dport 22 accept ; tcp dport { 80, 443 } accept comment "MTS Link Chats (PORT-1)"; } }\n',
    );
  });
});
