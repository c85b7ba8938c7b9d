import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../roles/common/files/search-domains.pl', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-domains-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(mode: string, content: string, name = 'resolv.conf', zone = 'corp.example.ru'): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  const said = execFileSync('perl', [script, mode, zone, file], { encoding: 'utf8' });
  return mode === 'find' ? said.trimEnd() : said;
}

/** A file's lines before, and after the zone corp.example.ru was taken out; undefined: they stay. How lists are written depends on the file's name. */
const cases: readonly (readonly [title: string, before: string, after: string | undefined, name?: string])[] = [
  ['the zone alone: the line goes', 'search corp.example.ru\nnameserver 192.0.2.1\n', 'nameserver 192.0.2.1\n'],
  ['domain line', 'domain corp.example.ru\n', ''],
  ['others stay, in their order', 'search a.local corp.example.ru b.local\n', 'search a.local b.local\n'],
  ['several neighbours', 'search corp.example.ru example.ru ru keep.me\n', 'search keep.me\n'],
  ['a name below the zone', 'search chats.corp.example.ru\n', ''],
  ['a zone above it', 'search example.ru other.example.ru\n', 'search other.example.ru\n'],
  ['final dot and capitals', 'Search CORP.Example.RU. x.local\n', 'Search x.local\n'],
  ['comments stay', 'search corp.example.ru x.local # by hand\n', 'search x.local # by hand\n'],
  ['a name that only ends alike', 'search notcorp.example.ru\n', undefined],
  ['a comment', '# search corp.example.ru\n', undefined],
  ['options and servers', 'options edns0\nnameserver 192.0.2.1\n', undefined],
  [
    'ifupdown',
    'iface eth0 inet static\n    dns-search corp.example.ru x.local\n    dns-domain example.ru\n',
    'iface eth0 inet static\n    dns-search x.local\n',
  ],
  ['systemd-resolved', '[Resolve]\nDomains=~corp.example.ru x.local\n', '[Resolve]\nDomains=x.local\n'],
  ['NetworkManager', '[ipv4]\ndns-search=corp.example.ru;x.local;\n', '[ipv4]\ndns-search=x.local;\n'],
  [
    'dhclient',
    'supersede domain-search "corp.example.ru", "x.local";\nappend domain-name "example.ru";\n',
    'supersede domain-search "x.local";\n',
    'dhclient.conf',
  ],
  [
    'dhclient, over several lines, several names in one string',
    'send host-name = gethostname();\nprepend domain-search\n  "x.local",\n  "Corp.example.ru";\nsupersede domain-name "a.local corp.example.ru";\n',
    'send host-name = gethostname();\nprepend domain-search\n  "x.local";\nsupersede domain-name "a.local";\n',
    'dhclient.conf',
  ],
  [
    'dhclient, of one interface',
    'interface "eth0" { supersede domain-name "example.ru"; request routers; }\n',
    'interface "eth0" {  request routers; }\n',
    'dhclient.conf',
  ],
  ['dhclient, in a comment', '#supersede domain-name "corp.example.ru";\n', undefined, 'dhclient.conf'],
  [
    'dhcpcd',
    'static domain_search=corp.example.ru x.local\nstatic domain_name=example.ru\n',
    'static domain_search=x.local\n',
    'dhcpcd.conf',
  ],
  ['NetworkManager, for all connections', '[global-dns]\nsearches=corp.example.ru,x.local\n', '[global-dns]\nsearches=x.local\n'],
  [
    'netplan',
    '      nameservers:\n        search: [corp.example.ru, x.local]\n',
    '      nameservers:\n        search: [x.local]\n',
    '50-cloud-init.yaml',
  ],
  ['netplan, nothing left', '        search: [corp.example.ru]\n', '        search: []\n', '50-cloud-init.yaml'],
  [
    'netplan, an item a line, as cloud-init writes it',
    'nameservers:\n    addresses:\n    - 192.0.2.1\n    search:\n    - corp.example.ru\n    - "x.local"\nversion: 2\n',
    'nameservers:\n    addresses:\n    - 192.0.2.1\n    search:\n    - "x.local"\nversion: 2\n',
    '50-cloud-init.yaml',
  ],
  [
    'netplan, nothing left of the items',
    'search:\n- corp.example.ru\n- "example.ru"\naddresses:\n- 192.0.2.1\n',
    'search: []\naddresses:\n- 192.0.2.1\n',
    '50-cloud-init.yaml',
  ],
  [
    'cloud-init',
    'network:\n  dns_search:\n    - corp.example.ru\n    - x.local\n',
    'network:\n  dns_search:\n    - x.local\n',
    'cloud.cfg',
  ],
];

describe('search-domains.pl', () => {
  const files = cases.map(([title, before, after = before, name = 'resolv.conf']) => ({ title, before, after, name }));
  test.each(files)('$title', ({ before, after, name }) => {
    expect(run('without', before, name)).toBe(after);
    expect(run('find', before, name)).toBe(after === before ? '' : join(folder, name));
  });

  test.each(files)('doing it again changes nothing: $title', ({ before, name }) => {
    const once = run('without', before, name);
    expect(run('without', once, name)).toBe(once);
    expect(run('find', once, name)).toBe('');
  });

  test('a zone in Cyrillic: in punycode and as people write it', () => {
    const zone = 'xn--e1afmkfd.xn--p1ai,пример.рф';
    expect(run('without', 'search XN--E1AFMKFD.xn--p1ai Пример.РФ чаты.пример.рф пример.ком x.local\n', 'resolv.conf', zone)).toBe(
      'search пример.ком x.local\n',
    );
  });

  test('bytes that are no UTF-8 stay as they are', () => {
    const file = join(folder, 'resolv.conf');
    writeFileSync(file, Buffer.from('# \xe4\xf6\nsearch corp.example.ru x.local\n', 'latin1'));
    const after = execFileSync('perl', [script, 'without', 'corp.example.ru', file]);
    expect(after.toString('latin1')).toBe('# \xe4\xf6\nsearch x.local\n');
  });

  test('what it says of each name', () => {
    expect(run('list', 'search . x.local corp.example.ru.\n domain Example.RU # by hand\n#search y.local\n')).toBe(
      'other x.local\nforbidden corp.example.ru.\nforbidden Example.RU\n',
    );
  });
});
