import { expect, it } from 'vitest';
import { catalog, type ErrorCode } from '../../../src/base/catalog/index.js';
import { SourceText } from '../../../src/base/position.js';
import { DOC_TOPICS } from '../../../src/cli/doc-topics.js';
import { modules } from '../../../src/modules/registry.js';
import { KEYWORD_EXAMPLES } from '../../../src/playbook/keyword-examples.js';
import { ALL_KEYWORDS } from '../../../src/playbook/keywords.js';
import { parseYaml } from '../../../src/source/yaml.js';

it('every keyword has an example of itself', () => {
  expect(Object.keys(KEYWORD_EXAMPLES).sort()).toEqual([...ALL_KEYWORDS].sort());
  for (const [keyword, example] of Object.entries(KEYWORD_EXAMPLES)) {
    expect(example.startsWith(`${keyword}: `), example).toBe(true);
    expect(parseYaml(new SourceText('example', example)), example).toBeDefined();
  }
});

it('a keyword says where it stands; one of Ansible’s that is not here, what to write instead; a typing error, what was meant', () => {
  expect(DOC_TOPICS['keyword']?.('when')).toContain('task');
  expect(DOC_TOPICS['keyword']?.('when')).not.toContain('play,');
  expect(DOC_TOPICS['keyword']?.('local_action')).toContain('delegate_to: localhost');
  expect(() => DOC_TOPICS['keyword']?.('whne')).toThrow(expect.objectContaining({ code: 'cli/no-keyword' }));
});

it('what errors tell to look up is there', () => {
  const texts = (Object.keys(catalog) as ErrorCode[]).flatMap((code) => [catalog[code].en, catalog[code].ru]);
  const told = texts.flatMap(({ explain, remedy }) =>
    [...`${explain} ${remedy}`.matchAll(/chatsctl doc ([\w-]+)/g)].map(([, topic = '']) => topic),
  );
  expect(told.length).toBeGreaterThan(10);
  for (const topic of new Set(told)) expect(topic in DOC_TOPICS || modules.has(topic), topic).toBe(true);
});
