import { describe, expect, it } from 'vitest';
import type { Value, ValueMap } from '../../../src/base/value.js';
import { certificateInfo } from '../../../src/modules/query/certificate_info.js';
import type { ControlFile } from '../../../src/sdk/control-file.js';
import { intermediate, issueLeaf, joined, leaf, root, server, whole } from '../modules/certificates/bundles.js';
import { FakeHost } from '../modules/fake-host.js';
import { loaded } from '../modules/read-case.js';
import { finding } from './shipped.js';

const names = ['chats.corp.example.ru', 'chats-gateway.corp.example.ru', 'chats-storage.corp.example.ru'];
const mine = issueLeaf({ extensions: server(names) }, '/CN=chats.corp.example.ru');
const soon = issueLeaf({ extensions: server(names), to: 10 });
const over = issueLeaf({ extensions: server(names), from: -90, to: -1 });

const file = (path: string, content: string): ControlFile => loaded(path, 'file', { content }) as ControlFile;

/** What the module that the role uses really says of these files. */
async function looked(certificate: string, key: string, options: { root?: string; reorder?: boolean } = {}): Promise<ValueMap> {
  const args = {
    certificate: file('customer.crt', certificate),
    key: file('customer.key', key),
    root_file: options.root === undefined ? undefined : file('customer-root.crt', options.root),
    reorder: options.reorder ?? false,
    names,
    warn_days: 30,
  };
  return { changed: false, ...(await certificateInfo.query(args, new FakeHost().read)) };
}

const chain = 'CERT-1 | the whole chain, in its order';
const asGiven = 'CERT-1 | the file is uploaded as it is';
const valid = 'CERT-2 | within its validity';
const lasting = 'CERT-2 | for a while to come';
const serves = 'CERT-5 | it serves all three names and belongs to the key';

/** Status of each finding of the role, and what the unmet ones found and advise. */
async function judged(
  result: ValueMap,
): Promise<{ statuses: Record<string, string>; texts: (name: string) => { found: Value; remedy: Value } }> {
  const given = { preflight_certificate: result };
  const of = (name: string) => finding('preflight/tasks/certificate-findings', name, given);
  return {
    statuses: Object.fromEntries([chain, asGiven, valid, lasting, serves].map((name) => [name, of(name).status])),
    texts: (name) => ({ found: of(name).found, remedy: of(name).remedy }),
  };
}

const MET = { [chain]: 'met', [asGiven]: 'met', [valid]: 'met', [lasting]: 'met', [serves]: 'met' };

describe('the findings of CERT-1, CERT-2 and CERT-5, with what certificate_info says of real files', () => {
  it('all is right', async () => {
    const { statuses, texts } = await judged(await looked(joined(mine, intermediate, root), mine.key));
    expect(statuses).toEqual(MET);
    const subjects = 'chats.corp.example.ru → Example Issuing CA → Example Root CA';
    expect(texts(chain).found).toEqual({ en: subjects, ru: subjects });
    expect(texts(serves).found).toEqual({ en: names.join(', '), ru: names.join(', ') });
    expect(texts(valid).found).toEqual({ en: '364 days left', ru: 'осталось дней: 364' });
  });

  it.each([
    ['no root', joined(mine, intermediate), mine.key, {}, { [chain]: 'unmet', [asGiven]: 'skipped' }],
    ['no root, its file named', joined(mine, intermediate), mine.key, { root: root.certificate }, { [asGiven]: 'unmet' }],
    ['wrong order', joined(root, mine, intermediate), mine.key, {}, { [chain]: 'unmet', [asGiven]: 'skipped' }],
    ['wrong order, to be put right', joined(root, mine, intermediate), mine.key, { reorder: true }, { [asGiven]: 'unmet' }],
    ['twice the same', joined(mine, intermediate, root, root), mine.key, {}, { [asGiven]: 'unmet' }],
    ['few days left', joined(soon, intermediate, root), soon.key, {}, { [lasting]: 'unmet' }],
    ['expired', joined(over, intermediate, root), over.key, {}, { [valid]: 'unmet', [lasting]: 'skipped' }],
    ['another service', whole, leaf.key, {}, { [serves]: 'unmet' }],
    ['another key', joined(mine, intermediate, root), leaf.key, {}, { [serves]: 'unmet' }],
    [
      'nothing, and no key',
      '',
      '',
      {},
      { [chain]: 'unmet', [asGiven]: 'skipped', [valid]: 'skipped', [lasting]: 'skipped', [serves]: 'unmet' },
    ],
    [
      'nothing that could be dated',
      '',
      mine.key,
      {},
      { [chain]: 'unmet', [asGiven]: 'skipped', [valid]: 'skipped', [lasting]: 'skipped', [serves]: 'skipped' },
    ],
  ])('%s', async (_, certificate, key, options, unmet) => {
    const { statuses, texts } = await judged(await looked(certificate, key, options));
    expect(statuses).toEqual({ ...MET, ...unmet });
    for (const [name] of Object.entries(unmet).filter(([, status]) => status === 'unmet')) {
      const { found, remedy } = texts(name);
      for (const text of [found, remedy]) {
        expect(text).toMatchObject({ en: expect.stringMatching(/[a-z]/), ru: expect.stringMatching(/[а-яё]/) });
        expect(JSON.stringify(text)).not.toContain('{{');
      }
    }
  });
});
