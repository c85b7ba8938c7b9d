import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../roles/prepare-host/files/search-domains.pl', import.meta.url));
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-domains-'));
  file = join(folder, 'resolv.conf');
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(mode: string, zone: string, content: string): string {
  writeFileSync(file, content);
  return execFileSync('perl', [script, mode, zone, file], { encoding: 'utf8' });
}

/** A file's lines before, and after the zone corp.example.ru was taken out; undefined: they stay. */
const cases: readonly (readonly [title: string, before: string, after: string | undefined])[] = [
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
  ],
  ['netplan', '      nameservers:\n        search: [corp.example.ru, x.local]\n', '      nameservers:\n        search: [x.local]\n'],
  ['netplan, nothing left', '        search: [corp.example.ru]\n', '        search: []\n'],
];

describe('search-domains.pl', () => {
  test.each(cases)('%s', (_, before, after) => {
    expect(run('without', 'corp.example.ru', before)).toBe(after ?? before);
    expect(run('find', 'corp.example.ru', before)).toBe(after === undefined ? '' : `${file}\n`);
  });

  test.each(cases)('doing it again changes nothing: %s', (_, before) => {
    const once = run('without', 'corp.example.ru', before);
    expect(run('without', 'corp.example.ru', once)).toBe(once);
    expect(run('find', 'corp.example.ru', once)).toBe('');
  });
});
