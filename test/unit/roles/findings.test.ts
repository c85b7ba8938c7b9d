import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/base/value.js';
import { customer, finding, scopeOf, shippedTask } from './shipped.js';

type Given = Readonly<Record<string, Value>>;
type Case = readonly [title: string, given: Given, status: 'met' | 'unmet' | 'skipped', severity?: string];

/** A finding of roles/<place>.yaml, judged for each situation. */
function judges(place: string, name: string, cases: readonly Case[]): void {
  describe(`${place}: ${name}`, () => {
    it.each(cases.map(([title, given, status, severity]) => ({ title, given, status, severity })))(
      '$title',
      ({ given, status, severity }) => {
        const found = finding(place, name, { ...facts, ...given });
        expect(found.status).toBe(status);
        if (severity !== undefined) expect(found.severity).toBe(severity);
      },
    );
  });
}

const system: Readonly<Record<string, Value>> = {
  distribution: 'Debian',
  distribution_version: '12.5',
  distribution_major_version: '12',
  processor_vcpus: 16,
  memtotal_mb: 31_000,
  boot_id: 'b1',
  machine_id: 'm1',
  default_ipv4: { address: '10.0.0.12' },
  all_ipv4_addresses: ['10.0.0.12'],
  all_ipv6_addresses: ['fe80::1'],
};
const withFacts = (more: Readonly<Record<string, Value>>): Given => ({ ansible_facts: { ...system, ...more } });
const facts = withFacts({});
const onMeetings = { inventory_hostname: 'meet1' };
const said = (stdout: string): Value => ({ rc: 0, stdout, stdout_lines: stdout === '' ? [] : stdout.split('\n') });

judges('preflight/tasks/control', 'ROLE-1 | one Meetings server, or what it would have given', [
  ['one', {}, 'met'],
  ['none', { groups: { chats: ['chat1'] } }, 'unmet', 'fatal'],
  ['none, and both values', { groups: { chats: ['chat1'] }, chat_client_id: 'a', chat_client_secret: 'b' }, 'met'],
  ['two', { groups: { chats: ['chat1'], meetings: ['a', 'b'] } }, 'unmet'],
]);
judges('preflight/tasks/control', 'DNS-2 | the second-level domain is that of the Meetings server', [
  ['equal', {}, 'met'],
  ['strangers below one public suffix', { chat_domain: 'chats.one.com.ru', meetings_domain: 'meet.two.com.ru' }, 'unmet', 'fatal'],
  ['sub-zones of one domain', { chat_domain: 'chats.a.example.ru', meetings_domain: 'meet.example.ru' }, 'met'],
  ['an unknown zone, equal', { chat_domain: 'chats.office.local', meetings_domain: 'meet.office.local' }, 'met'],
  ['unknown zones that differ', { chat_domain: 'chats.a.local', meetings_domain: 'meet.b.local' }, 'unmet'],
  ['Unicode and punycode', { chat_domain: 'чаты.пример.рф', meetings_domain: 'meet.xn--e1afmkfd.xn--p1ai' }, 'met'],
]);
judges('preflight/tasks/control', 'DNS-2 | the zones below it are equal too', [
  ['equal', {}, 'met'],
  ['sub-zones of one domain', { chat_domain: 'chats.a.example.ru', meetings_domain: 'meet.example.ru' }, 'unmet', 'warning'],
  ['strangers are the other finding', { chat_domain: 'chats.one.ru', meetings_domain: 'meet.two.ru' }, 'met'],
]);
judges('preflight/tasks/control', 'INST-6 | the licence key is known, or not needed any more', [
  ['neither', {}, 'unmet', 'fatal'],
  ['the key', { chat_license_key: 'k' }, 'met'],
  ['installed', { chat_integration_token: 't' }, 'met'],
]);

judges('preflight/tasks/identity', 'OS-1 | Debian 12', [
  ['it is', {}, 'met'],
  ['another release', withFacts({ distribution_major_version: '11' }), 'unmet', 'fatal'],
  ['not asked of Meetings', onMeetings, 'skipped'],
]);
const other = (boot_id: string, machine_id: string, key: string): Given => ({
  preflight_host_key: said('key1'),
  hostvars: { meet1: { ansible_facts: { boot_id, machine_id }, preflight_host_key: said(key) } },
});
judges('preflight/tasks/identity', 'ROLE-1 | Chats and Meetings are two servers', [
  ['one machine twice', other('b1', 'm1', 'key1'), 'unmet', 'fatal'],
  ['cloned', other('b2', 'm1', 'key1'), 'met'],
  ['containers of one machine', other('b1', 'm2', 'key2'), 'met'],
]);

judges('preflight/tasks/hardware', 'HW-1 | vCPUs', [
  ['as many', {}, 'met'],
  ['fewer', withFacts({ processor_vcpus: 8 }), 'unmet', 'fatal'],
  ['fewer, in a laboratory', { ...withFacts({ processor_vcpus: 8 }), preflight_enforce: false }, 'unmet', 'warning'],
  ["the vendor's figure", { ...withFacts({ processor_vcpus: 8 }), preflight_min_vcpus: 8 }, 'met'],
]);
const memory = (memtotal_mb: number): Given => ({
  ...withFacts({ memtotal_mb }),
  preflight_disks: { results: [{ stdout_lines: ['1', 'x', 'ssd', '0', 'virtual', 'in words'] }] },
});
judges('preflight/tasks/hardware', 'HW-1 | memory', [
  ['"32 GB" shows less', memory(31_000), 'met'],
  ['28 GB are too little', memory(26_700), 'unmet', 'fatal'],
  ["the vendor's figure", { ...memory(7_700), preflight_min_memory: '8 GB' }, 'met'],
]);
const disk = (bytes: number): Given => ({ item: { item: '/opt', stdout_lines: [String(bytes), 'shown', 'ssd', '1000', 'virtual'] } });
judges('preflight/tasks/hardware', 'HW-1 | disk space', [
  ['1 TB', disk(960e9), 'met'],
  ['900 GB', disk(900e9), 'unmet', 'fatal'],
  ["the vendor's figure", { ...disk(480e9), preflight_min_disk: '500GB' }, 'met'],
]);
const measured = (disks: string, machine: string): Given => ({
  preflight_disks: { results: [{ stdout_lines: ['1', 'x', disks, '0', machine] }] },
});
judges('preflight/tasks/hardware', 'HW-1 | SSD', [
  ['it is', measured('ssd', 'physical'), 'met'],
  ['it turns, or a RAID controller says so of SSDs', measured('rotational', 'physical'), 'unmet', 'warning'],
  ['it turns, says a virtual machine', measured('rotational', 'virtual'), 'unmet', 'note'],
  ['a controller hides it', measured('unknown', 'physical'), 'unmet', 'note'],
]);

judges('preflight/tasks/updates', 'OS-2 | apt can tell what is pending', [
  ['it can', { preflight_updates: said('7\n2026-01-01T00:00Z\n') }, 'met'],
  ['it cannot, which prepare-host does not mend', { preflight_updates: said('unknown\nx\nUnmet dependencies.') }, 'unmet', 'fatal'],
  [
    'it cannot, and nothing will be upgraded',
    { preflight_updates: said('unknown\nx\nUnmet dependencies.'), prepare_upgrade_packages: false },
    'unmet',
    'warning',
  ],
]);
judges('preflight/tasks/updates', 'OS-2 | all current updates are installed', [
  ['lists that were never refreshed know of none', { preflight_updates: said('0\nnever\n') }, 'unmet', 'warning'],
  ['still not', { preflight_updates: said('0\nnever\n'), preflight_mendable_severity: 'fatal' }, 'unmet', 'fatal'],
  ['apt fails, which is the other finding', { preflight_updates: said('unknown\nx\nUnmet dependencies.') }, 'skipped'],
  ['none pending', { preflight_updates: said('0\n2026-01-01T00:00Z') }, 'met'],
  ['before prepare-host', { preflight_updates: said('7\n2026-01-01T00:00Z') }, 'unmet', 'warning'],
  ['after it', { preflight_updates: said('7\nx'), preflight_mendable_severity: 'fatal' }, 'unmet', 'fatal'],
  [
    'after it, upgrades switched off',
    { preflight_updates: said('7\nx'), preflight_mendable_severity: 'fatal', prepare_upgrade_packages: false },
    'unmet',
    'warning',
  ],
]);
it('OS-2: who mends it, and the words for it', () => {
  const told = (lines: string, more: Given = {}) => {
    const { found, mendedBy } = finding('preflight/tasks/updates', 'OS-2 | all current updates are installed', {
      ...facts,
      preflight_updates: said(lines),
      ...more,
    });
    return { found, mendedBy };
  };
  expect(told('3\n2026-01-01T00:00Z\n')).toEqual({
    found: { en: '3 pending (package lists of 2026-01-01T00:00Z)', ru: expect.any(String) },
    mendedBy: 'prepare-host.yaml',
  });
  expect(told('0\nnever\n', { prepare_upgrade_packages: false })).toEqual({
    found: { en: 'the package lists were never refreshed', ru: expect.any(String) },
    mendedBy: undefined,
  });
});
judges('preflight/tasks/own-address', "DNS-3 | the internal address is the server's own", [
  ['by default', {}, 'met'],
  ['an external one', { chat_server_address: '203.0.113.7' }, 'unmet', 'fatal'],
]);
/** What hosts_info makes of such a file, which its own cases hold. */
const hostsFile = (...entries: readonly (readonly [kind: 'same' | 'loopback' | 'other', ...names: string[]])[]): Given => ({
  preflight_hosts: {
    entries: entries.map(([kind, ...names]) => ({
      line: `${kind} ${names.join(' ')}`,
      names,
      same: kind === 'same',
      loopback: kind === 'loopback',
    })),
  },
  item: 'chats.corp.example.ru',
});
const [main, gateway] = ['chats.corp.example.ru', 'chats-gateway.corp.example.ru'];
judges('preflight/tasks/hosts-file', 'DNS-3 | the names are on the internal address', [
  ['there', hostsFile(['same', main]), 'met'],
  ['beside another name', hostsFile(['same', gateway, main]), 'met'],
  ['not there', hostsFile(), 'unmet', 'warning'],
  ['another name is', hostsFile(['same', gateway]), 'unmet', 'warning'],
  ['on another address', hostsFile(['other', main]), 'unmet'],
  ['on another address as well', hostsFile(['other', main], ['same', main]), 'unmet'],
  ['another name is on another address', hostsFile(['other', gateway], ['same', main]), 'met'],
  ['on a loopback address as well is the other finding', hostsFile(['loopback', main], ['same', main]), 'met'],
]);
judges('preflight/tasks/hosts-file', 'DNS-4 | the names are on no loopback address', [
  ['on the internal one', hostsFile(['same', main]), 'met'],
  ['on one', hostsFile(['loopback', main]), 'unmet', 'warning'],
  ['after prepare-host', { ...hostsFile(['loopback', main]), preflight_mendable_severity: 'fatal' }, 'unmet', 'fatal'],
  ['another name is', hostsFile(['loopback', gateway]), 'met'],
]);
judges('preflight/tasks/hosts-file', 'DNS-4 | nothing writes /etc/hosts anew at boot', [
  ['nothing', { preflight_hosts_writers: said('') }, 'met'],
  ['cloud-init', { preflight_hosts_writers: said('manage_etc_hosts: true (/etc/cloud/cloud.cfg)') }, 'unmet', 'warning'],
]);
const resolves = (line: string): Given => ({
  preflight_getent: said(`${line}\n10.0.0.12 b`),
  item: 'chats.corp.example.ru',
  preflight_index: 0,
});
judges('preflight/tasks/hosts-file', 'DNS-1 | the names resolve on the Chats server', [
  ['it does', resolves('10.0.0.12 chats.corp.example.ru'), 'met'],
  ['it does not', resolves('no address'), 'unmet', 'warning'],
  ['nor after prepare-host', { ...resolves('no address'), preflight_mendable_severity: 'fatal' }, 'unmet', 'fatal'],
]);
judges('preflight/tasks/resolver', "DNS-6 | the chat domain's zone is no search domain", [
  ['no line', { preflight_search: said('') }, 'met'],
  ['another', { preflight_search: said('other office.local') }, 'met'],
  ['the zone', { preflight_search: said('other office.local\nforbidden Corp.example.ru.') }, 'unmet', 'warning'],
  ['after prepare-host', { preflight_search: said('forbidden example.ru'), preflight_mendable_severity: 'fatal' }, 'unmet', 'fatal'],
]);
judges('preflight/tasks/resolver', 'DNS-6 | no other search domain', [
  ['no line', { preflight_search: said('') }, 'met'],
  ['another', { preflight_search: said('other office.local') }, 'unmet', 'warning'],
  ['the zone is the other finding', { preflight_search: said('forbidden example.ru') }, 'met'],
]);
judges('preflight/tasks/resolver', 'DNS-6 | nothing brings the zone back', [
  ['nothing', { preflight_search_sources: said('') }, 'met'],
  ['a file', { preflight_search_sources: said('/etc/network/interfaces') }, 'unmet', 'warning'],
]);
judges('preflight/tasks/time', 'TIME-1 | the clock is synchronised', [
  ['it is', { preflight_time: said('synchronised\nchrony, Stratum 3\nchrony') }, 'met'],
  ['it is not', { preflight_time: said('unsynchronised\nno time service runs\tслужба времени не работает\nnone') }, 'unmet', 'warning'],
]);
const skew = (here: number, there?: number): Given => ({
  preflight_skew: said(`${here}\nin words\tсловами`),
  hostvars: { meet1: there === undefined ? {} : { preflight_skew: said(`${there}\nin words\tсловами`) } },
});
judges('preflight/tasks/clock', 'TIME-1 | the clocks agree', [
  ['no difference', skew(0), 'met'],
  ['a little ahead', skew(5), 'met'],
  ['behind', skew(-6), 'unmet', 'warning'],
  ['ahead', skew(6), 'unmet'],
]);
judges('preflight/tasks/clock', "TIME-1 | the two servers' clocks agree", [
  ['near', skew(-2, 3), 'met'],
  ['each near the control machine, far from one another', skew(-3, 3), 'unmet', 'warning'],
  ['the other way about', skew(3, -3), 'unmet'],
  ['the other was not read', skew(3), 'skipped'],
]);
const listens = (text: string, begun = false): Given => ({
  preflight_listeners: said(text),
  preflight_installed: { results: [{ stat: { exists: false } }, { stat: { exists: begun } }] },
});
judges('preflight/tasks/ports', 'PORT-1 | 80 and 443 are free', [
  ['free', listens(''), 'met'],
  ['taken', listens('80: nginx'), 'unmet', 'fatal'],
  ['taken by the product that is being installed', listens('80: nginx', true), 'skipped'],
  ['or was installed, though its marker is lost', { ...listens('80: nginx'), chat_integration_token: 't' }, 'skipped'],
]);
const firewalls = (...scripts: readonly string[]): Given => ({ preflight_firewall: { results: scripts.map(said) } });
judges('preflight/tasks/firewall', 'PORT-1 | an active host firewall lets 80 and 443 in', [
  ['none', firewalls('', ''), 'met'],
  ['ufw', firewalls('ufw: TCP 80 kept out\tufw: TCP 80 не пропускает', ''), 'unmet', 'warning'],
  ['rules of nftables', firewalls('', 'nftables: TCP 80 kept out\tnftables: TCP 80 не пропускает'), 'unmet'],
]);

const dns = (addresses: readonly string[], more: Readonly<Record<string, Value>> = {}): Given => {
  const item = { item: 'chats.corp.example.ru', addresses, resolver: addresses, agree: true, servers: [], ...more };
  return { item, preflight_dns: { results: [item] } };
};
/** Asked on Meetings (10.0.0.11), the Chats server's facts known. */
const fromMeetings = (addresses: readonly string[], more: Given = {}): Given => ({
  ...onMeetings,
  ...withFacts({ all_ipv4_addresses: ['10.0.0.11', '172.17.0.1'] }),
  ...dns(addresses),
  hostvars: {
    chat1: {
      ansible_facts: { ...system, all_ipv4_addresses: ['10.0.0.12', '192.0.2.12'], all_ipv6_addresses: ['fd00::12', 'fe80::2'] },
    },
  },
  ...more,
});
const unknownChats: Given = { hostvars: { chat1: {} } };
judges('preflight/tasks/names', 'DNS-1 | the names resolve to the Chats server', [
  ['its internal address', fromMeetings(['10.0.0.12']), 'met', 'fatal'],
  ['another of its interfaces', fromMeetings(['fd00::12', '192.0.2.12']), 'met'],
  ["an external one, which is the router's (DNS-3)", fromMeetings(['203.0.113.7']), 'met'],
  ["the provider's own network (RFC 6598) may be translated too", fromMeetings(['100.64.0.7']), 'met'],
  ['a third machine inside', fromMeetings(['10.0.0.99']), 'unmet', 'fatal'],
  ['it and a third machine inside', fromMeetings(['10.0.0.12', '192.168.1.9']), 'unmet'],
  ['a third machine inside, by its IPv6 address', fromMeetings(['fd00::99']), 'unmet'],
  ['no address', fromMeetings([], dns([], { msg: 'NXDOMAIN' })), 'unmet', 'fatal'],
  ['Meetings itself', fromMeetings(['10.0.0.11']), 'unmet'],
  ['loopback', fromMeetings(['127.0.1.1']), 'unmet'],
  ['the Chats server was not reached: any other machine may be it', fromMeetings(['10.0.0.99'], unknownChats), 'met'],
  ['but Meetings', fromMeetings(['10.0.0.11'], unknownChats), 'unmet'],
  ['/etc/hosts decides on Chats', dns([]), 'skipped'],
]);
judges('preflight/tasks/names', 'DNS-3 | external addresses are forwarded to the Chats server', [
  ['no NAT', fromMeetings(['10.0.0.12']), 'met'],
  ["an external address on the server's own interface", fromMeetings(['192.0.2.12']), 'met'],
  ['NAT, of which nothing can be told yet', fromMeetings(['203.0.113.7']), 'unmet', 'warning'],
  ['the product answers there, which ACC-1 says', fromMeetings(['203.0.113.7'], { chat_integration_token: 't' }), 'skipped'],
  ['a third machine inside, which DNS-1 says', fromMeetings(['10.0.0.99']), 'met'],
  ['no address, which DNS-1 says', fromMeetings([]), 'skipped'],
  ['the Chats server was not reached', fromMeetings(['203.0.113.7'], unknownChats), 'skipped'],
]);
const three = (first: readonly string[], another: readonly string[], preflight_index = 1): Given => ({
  ...dns(another),
  preflight_dns: { results: [{ addresses: first }] },
  preflight_index,
});
judges('preflight/tasks/names', 'DNS-1 | the three names point to one server', [
  ['they do', three(['203.0.113.7'], ['203.0.113.7']), 'met'],
  ['they do not', three(['203.0.113.7'], ['203.0.113.8']), 'unmet', 'warning'],
  ['the first one is compared with', three(['203.0.113.7'], ['203.0.113.7'], 0), 'skipped'],
  ['no address at all', three([], []), 'skipped'],
  ['one of them has none', three(['203.0.113.7'], []), 'skipped'],
]);
judges('preflight/tasks/names', 'DNS-1 | the names are in DNS', [
  ['they are', dns(['203.0.113.7']), 'met', 'warning'],
  ['the name was refused', { item: { item: 'x', msg: 'no domain name' }, preflight_dns: { results: [{}] } }, 'unmet'],
]);
judges('preflight/tasks/names', "DNS-5 | the server's resolvers agree", [
  [
    'that there is no address, which DNS-1 says',
    dns([], { agree: true, servers: [{ server: '9.9.9.9', outcome: 'NXDOMAIN' }] }),
    'skipped',
  ],
  ['they do', dns(['203.0.113.7']), 'met'],
  [
    'they do not',
    dns(['10.0.0.1'], { agree: false, servers: [{ server: '9.9.9.9', outcome: 'NXDOMAIN', addresses: [] }] }),
    'unmet',
    'warning',
  ],
]);
judges('preflight/tasks/names-compared', 'DNS-3 | public DNS has no private address', [
  ['no address', dns([]), 'skipped'],
  ['external', dns(['198.51.100.9']), 'met'],
  ['private', dns(['10.0.0.12']), 'unmet', 'warning'],
]);
const elsewhere = (here: readonly string[], there: readonly string[]): Given => ({
  ...dns(here),
  preflight_index: 0,
  hostvars: { meet1: { preflight_dns: { results: [{ addresses: there }] } } },
  preflight_public: { results: [{ addresses: there }] },
});
judges('preflight/tasks/names-compared', 'DNS-5 | both servers hear the same', [
  ['they do', elsewhere(['203.0.113.7'], ['203.0.113.7']), 'met'],
  ['they do not', elsewhere(['10.0.0.12'], ['203.0.113.7']), 'unmet', 'warning'],
  ['one hears nothing, which DNS-1 says', elsewhere(['10.0.0.12'], []), 'skipped'],
  ['nobody hears anything', elsewhere([], []), 'skipped'],
  ['the other was not asked', { ...elsewhere(['10.0.0.12'], ['x']), ansible_play_hosts: ['chat1'] }, 'skipped'],
]);
judges('preflight/tasks/names-compared', 'DNS-5 | the Chats server hears what this machine hears', [
  ['nobody hears anything', elsewhere([], []), 'skipped'],
  ['it does', elsewhere(['203.0.113.7'], ['203.0.113.7']), 'met'],
  ['it does not', elsewhere(['10.0.0.12'], ['203.0.113.7']), 'unmet', 'warning'],
]);

const vendor = (host: string, outcome: string, tcp = 'open'): Given => ({ item: { item: host, dns: 'ok', tcp, tls: 'ok', outcome } });
judges('preflight/tasks/network', "NET-1 | the vendor's hosts are within reach", [
  ['reached', vendor('premise-registry.mts-link.net', 'ok'), 'met', 'fatal'],
  ['a certificate that is not trusted is another finding', vendor('premise-registry.mts-link.net', 'certificate'), 'met'],
  ['filtered', vendor('premise-registry.mts-link.net', 'timeout', 'timeout'), 'unmet', 'fatal'],
  ['filtered, from Meetings', { ...onMeetings, ...vendor('premise-registry.mts-link.net', 'timeout') }, 'unmet', 'warning'],
  ["the installer's, from Meetings", { ...onMeetings, ...vendor('rep-box.webinar.ru', 'timeout') }, 'unmet', 'fatal'],
  [
    "the installer's, in a closed network",
    { ...vendor('rep-box.webinar.ru', 'timeout'), installer_source: 'controller' },
    'unmet',
    'warning',
  ],
  ['sshd forwards nothing: not known', vendor('license-chat.mts-link.ru', 'forbidden', 'forbidden'), 'unmet', 'warning'],
]);
const way = (outcome: string, firewall = ''): Given => ({
  ...onMeetings,
  preflight_to_chats: { outcome, msg: 'shown' },
  hostvars: { chat1: firewalls(firewall, '') },
});
judges('preflight/tasks/between', 'PORT-2 | the way from Meetings to Chats is open', [
  ['nothing is installed yet', way('refused'), 'met'],
  ['filtered', way('timeout'), 'unmet', 'fatal'],
  ["the Chats server's own firewall is in the way, which PORT-1 says", way('timeout', 'ufw: TCP 443 kept out\t…'), 'skipped'],
  ['it keeps out 80 alone', way('refused', 'ufw: TCP 80 kept out\t…'), 'met'],
  ['the firewall was not looked at', { ...way('unreachable'), hostvars: { chat1: {} } }, 'unmet', 'fatal'],
  ['not known', way('forbidden'), 'unmet', 'warning'],
  ['the name does not resolve, which DNS-1 says', way('dns'), 'skipped'],
]);
it.each([
  ['preflight/tasks/between', 'PORT-2 | the way from Chats to Meetings is open', 'preflight_to_meetings', 'meet.corp.example.ru'],
  ['verify/tasks/between', 'PORT-2 | Chats reaches Meetings', 'verify_to_meetings', 'meet.corp.example.ru'],
  ['verify/tasks/between', 'PORT-2 | Meetings reaches Chats', 'verify_to_chats', 'chats.corp.example.ru'],
])('%s: %s: a name without an address is mended in DNS, not at a firewall', (place, name, register, host) => {
  const there = register === 'verify_to_chats' ? onMeetings : {};
  const remedy = (outcome: string) =>
    JSON.stringify(finding(place, name, { ...facts, ...there, ...listens(''), [register]: { outcome, msg: 'x' } }).remedy);
  expect(remedy('dns')).toContain(host);
  expect(remedy('dns')).not.toContain('443');
  expect(remedy('timeout')).toContain('open TCP port 443');
});

const steps = (state: string, installer = 'absent', place = 'nothing'): Given => ({
  preflight_steps: said(`${state}\nnot begun\n${installer}\n${place}`),
});
const values: Given = { chat_client_id: 'i', chat_client_secret: 's' };
judges('preflight/tasks/steps', 'INST-1, INST-5 | installer.sh can be run', [
  ['nothing in the way', { ...onMeetings, ...steps('not begun') }, 'met'],
  ['noexec', { ...onMeetings, ...steps('failed', 'there', '/opt is mounted noexec\t/opt смонтирован с noexec') }, 'unmet', 'fatal'],
  ['it was run already', { ...onMeetings, ...steps('done', 'there', '/opt is mounted noexec\t…') }, 'skipped'],
  ["another team's server", { ...onMeetings, ...values, ...steps('not begun', 'absent', 'x\tx') }, 'skipped'],
]);
judges('preflight/tasks/steps', 'INST-2 | what was done agrees with what is kept', [
  ['nothing was done', { ...onMeetings, ...steps('not begun') }, 'met'],
  ['done and kept', { ...onMeetings, ...values, ...steps('done', 'there') }, 'met'],
  ['its dialogue is to be collected again', { ...onMeetings, ...values, ...steps('under way', 'there') }, 'met'],
  ['done, and the values are lost', { ...onMeetings, ...steps('done', 'there') }, 'unmet', 'warning'],
  ['kept, and the marker is lost', { ...onMeetings, ...values, ...steps('not begun', 'there') }, 'unmet', 'warning'],
  ['given by another team', { ...onMeetings, ...values, ...steps('not begun') }, 'skipped'],
]);
judges('preflight/tasks/steps', 'INST-6 | what was done agrees with what is kept', [
  ['nothing was done', steps('not begun'), 'met'],
  ['done and kept', { chat_integration_token: 't', ...steps('done') }, 'met'],
  ['done, and the token is lost', steps('done'), 'unmet', 'warning'],
]);
const linked = (state: string, more: Given = {}): Given => ({
  ...onMeetings,
  ...values,
  preflight_steps: said(`done\n${state}\nthere\nnothing`),
  ...more,
});
judges('preflight/tasks/steps', 'LINK-1 | what was done agrees with what is kept', [
  ['not yet', linked('not begun', { chat_integration_token: 't' }), 'met'],
  ['handed over', linked('done', { chat_integration_token: 't', chat_linked_token: 't' }), 'met'],
  ['another token was', linked('done', { chat_integration_token: 'new', chat_linked_token: 't' }), 'unmet', 'warning'],
  ['the marker is lost', linked('not begun', { chat_integration_token: 't', chat_linked_token: 't' }), 'unmet'],
]);

const shown = (more: Readonly<Record<string, Value>>, exists = true): Given => ({
  certs_installed: { stat: { exists } },
  certs_bundle: { fingerprint: 'AB:CD', not_after: '2027-06-01T00:00:00.000Z' },
  certs_shown: { not_after: '2026-12-01T00:00:00.000Z', ...more },
});
judges('certs/tasks/renewed', 'CERT-4 | the installed product shows the certificate that lies in certs/', [
  ['the same', shown({ chain: [{ fingerprint: 'AB:CD' }, { fingerprint: 'CA' }] }), 'met', 'warning'],
  [
    "its own copy of an older one, the vendor's matter",
    shown({ chain: [{ fingerprint: '00:11' }, { fingerprint: 'CA' }] }),
    'unmet',
    'warning',
  ],
  ['it could not be seen', shown({ msg: 'port 443 refused' }), 'unmet', 'warning'],
  ['nothing is installed yet', shown({}, false), 'skipped'],
]);

const before = (state: string, installer = 'absent'): Given => ({ installer_before: said(`${state}\n${installer}`) });
const given = { chat_client_id: 'a', chat_client_secret: 'b' };
judges('install-chats/tasks/meetings', 'INST-2 | what the other team has to do', [
  ['values were given, nothing was done here', { ...onMeetings, ...given, ...before('not begun') }, 'unmet', 'warning'],
  ['no value', { ...onMeetings, ...before('not begun') }, 'skipped'],
  ['captured here', { ...onMeetings, ...given, ...before('done', 'there') }, 'skipped'],
  ['its marker is gone: `once` judges', { ...onMeetings, ...given, ...before('not begun', 'there') }, 'skipped'],
  ['stored, and killed before the marker', { ...onMeetings, ...given, ...before('under way') }, 'skipped'],
]);
judges('install-chats/tasks/chats', 'INST-6 | what the installer will ask for is known', [
  ['all', { ...given, ...before('not begun'), chat_license_key: 'k' }, 'met'],
  ['no key', { ...given, ...before('not begun') }, 'unmet', 'fatal'],
  ['no Client ID', { ...before('not begun'), chat_license_key: 'k' }, 'unmet'],
  ['a check run has captured none', { ...before('not begun'), chat_license_key: 'k', ansible_check_mode: true }, 'met'],
  ['installed', before('done'), 'skipped'],
  ['a dialogue goes on', before('under way'), 'skipped'],
  ['a dialogue failed', before('failed'), 'unmet'],
]);
const sums = (here: string, there: string): Given => ({
  installer_stat: { stat: { exists: true, checksum: here } },
  hostvars: { meet1: { installer_stat: { stat: { exists: true, checksum: there } } } },
});
judges('install-chats/tasks/same-installer', 'INST-1, INST-5 | both servers have the same installer.sh', [
  ['they have', sums('a', 'a'), 'met'],
  ['they have not', sums('a', 'b'), 'unmet', 'warning'],
  ['Meetings was not played', { ...sums('a', 'b'), hostvars: { meet1: {} } }, 'skipped'],
  ['Meetings has none', { ...sums('a', 'b'), hostvars: { meet1: { installer_stat: { stat: { exists: false } } } } }, 'skipped'],
]);
const checked = (wanted: string): Given => ({ ...sums('aa', ''), ...before('not begun', 'there'), installer_checksum: wanted });
judges('install-chats/tasks/checksum', 'INST-1, INST-5 | it is the one that was given', [
  ['it is', checked('sha256:AA'), 'met'],
  ['it is not', checked('sha256:ab'), 'unmet', 'fatal'],
  ['none was given', { ...sums('aa', ''), ...before('not begun') }, 'skipped'],
]);
judges('install-chats/tasks/failed', "PORT-3 | the vendor's repositories are within reach", [
  [
    'as the guide prints it',
    { installer_run: { failed: true, msg: 'x:  \nunauthorized:  \nIncorrect login or password\n' } },
    'unmet',
    'fatal',
  ],
  ['another failure', { installer_run: { failed: true, msg: 'no space left' } }, 'skipped'],
]);

const traces = (...there: readonly number[]): Given => ({
  link_before: { results: [0, 1, 2, 3].map((each) => ({ stat: { exists: there.includes(each) } })) },
});
judges('link-meetings/tasks/hand-over', 'LINK-1 | what the other team has to do', [
  ['no Meetings server', { groups: { chats: ['chat1'] }, ...traces() }, 'unmet', 'warning'],
  ['values were given, nothing was done here', { ...onMeetings, ...given, ...traces() }, 'unmet'],
  ['captured here', { ...onMeetings, ...given, ...traces(0, 3) }, 'met'],
]);
judges('link-meetings/tasks/main', 'LINK-1 | the Integrational token is known', [
  ['it is', { chat_integration_token: 't' }, 'met'],
  ['it is not', {}, 'unmet', 'fatal'],
  ['a check run has captured none', { ansible_check_mode: true }, 'skipped'],
]);

const page = (status: number): Given => ({
  verify_login: { status, msg: 'shown', redirected: false },
  verify_root: { status, msg: 'shown' },
});
judges('verify/tasks/login', 'ACC-1 | the login page is there', [
  ['it is', page(200), 'met'],
  ['it is not', page(502), 'unmet', 'fatal'],
  ['no answer', page(-1), 'unmet'],
]);
judges('verify/tasks/login', 'ACC-2 | without /chats the answer is 403', [
  ['it is', page(403), 'met'],
  ['it is not', page(200), 'unmet', 'fatal'],
  ['no answer, which ACC-1 says', page(-1), 'skipped'],
]);
const port = (item: number, outcome: string, listens = ''): Given => ({
  item: { item, outcome, msg: 'shown' },
  verify_listeners: said(listens),
});
judges('verify/tasks/outside', 'PORT-1 | the ports are open from outside', [
  ['443 open', port(443, 'open'), 'met'],
  ['443 refused, though something listens there', port(443, 'refused', '80: nginx\n443: nginx'), 'unmet', 'fatal'],
  ['443 refused, for nothing listens there, which ACC-1 says', port(443, 'refused', '80: nginx'), 'met'],
  ['80 refused', port(80, 'refused'), 'met'],
  ['80 filtered', port(80, 'timeout'), 'unmet', 'warning'],
]);

describe('variables that the roles derive', () => {
  const scope = scopeOf(shippedTask('preflight/tasks/control', 'INST-4 | the licence file is there'), customer);

  it.each([
    ['chat_hosts', ['chats.corp.example.ru', 'chats-gateway.corp.example.ru', 'chats-storage.corp.example.ru']],
    ['chat_certificate_path', '/customers/one/files/chats.crt'],
    ['chat_certificate_key_path', '/keys/chats.key'],
    ['chat_license_path', '/home/admin/license.lic'],
    ['chat_certificate_root_path', ''],
    ['chat_zone', 'corp.example.ru'],
    ['preflight_installer_host', 'rep-box.webinar.ru'],
  ])('%s', (name, value) => {
    expect(scope.get(name)).toEqual(value);
  });
});
