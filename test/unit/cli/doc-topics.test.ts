import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalog, type ErrorCode } from '../../../src/base/catalog/index.js';
import { Diagnostics } from '../../../src/base/errors.js';
import { SourceText } from '../../../src/base/position.js';
import { DOC_TOPICS } from '../../../src/cli/doc-topics.js';
import { modules } from '../../../src/modules/registry.js';
import type { PlaybookContext } from '../../../src/playbook/context.js';
import { diskFiles } from '../../../src/playbook/files.js';
import { KEYWORD_EXAMPLES } from '../../../src/playbook/keyword-examples.js';
import { ALL_KEYWORDS } from '../../../src/playbook/keywords.js';
import { parseYaml } from '../../../src/source/yaml.js';

const root = join(import.meta.dirname, '../../..');
const context: PlaybookContext = {
  cwd: root,
  files: diskFiles(root),
  modules,
  rolesPaths: [],
  packageDirectory: root,
  collect: new Diagnostics(),
};
const topic = (name: string, of?: string) => DOC_TOPICS[name]?.(of, context);

it('every keyword has an example of itself', () => {
  expect(Object.keys(KEYWORD_EXAMPLES).sort()).toEqual([...ALL_KEYWORDS].sort());
  for (const [keyword, example] of Object.entries(KEYWORD_EXAMPLES)) {
    expect(example.startsWith(`${keyword}: `), example).toBe(true);
    expect(parseYaml(new SourceText('example', example)), example).toBeDefined();
  }
});

it('a keyword says where it stands; one of Ansible’s that is not here, what to write instead; a typing error, what was meant', () => {
  expect(DOC_TOPICS['keyword']?.('when', context)).toContain('task');
  expect(DOC_TOPICS['keyword']?.('when', context)).not.toContain('play,');
  expect(DOC_TOPICS['keyword']?.('local_action', context)).toContain('delegate_to: localhost');
  expect(() => DOC_TOPICS['keyword']?.('whne', context)).toThrow(expect.objectContaining({ code: 'cli/no-keyword' }));
});

it('what errors tell to look up is there', () => {
  const texts = (Object.keys(catalog) as ErrorCode[]).flatMap((code) => [catalog[code].en, catalog[code].ru]);
  const told = texts.flatMap(({ explain, remedy }) =>
    [...`${explain} ${remedy}`.matchAll(/chatsctl doc ([\w-]+)/g)].map(([, topic = '']) => topic),
  );
  expect(told.length).toBeGreaterThan(10);
  for (const topic of new Set(told)) expect(topic in DOC_TOPICS || modules.has(topic), topic).toBe(true);
});

it('a role shows its variables with type, default and who needs them; roles are listed', () => {
  expect(topic('role')).toMatch(/^install-chats +\S/m);
  const text = topic('role', 'install-chats');
  expect(text).toContain('installer_timeout: ');
  expect(text).toMatch(/chat_license_key: str \(required unless \S+ is known; secret\)/);
  expect(topic('role', 'roles/certs')).toContain('chat_certificate_file: path (required)');
  expect(() => topic('role', 'instal-chats')).toThrow(expect.objectContaining({ code: 'cli/no-doc' }));
});

it('a clause shows what it asks and the tasks that serve it; clauses are listed', () => {
  expect(topic('clause')).toMatch(/^DNS-4 +no loopback entry/m);
  const text = topic('clause', 'dns-4');
  expect(text).toMatch(/^DNS-4: no loopback entry/);
  expect(text).toMatch(/^ {6}roles\/preflight\/tasks\/hosts-file\.yaml:\d+:\d+$/m);
  expect(text).toMatch(/^ {6}roles\/prepare-host\/tasks\/cloud-init\.yaml:\d+:\d+$/m);
  expect(() => topic('clause', 'DNS-44')).toThrow(expect.objectContaining({ code: 'cli/no-doc' }));
});
