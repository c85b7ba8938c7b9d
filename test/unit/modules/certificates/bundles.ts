import { afterAll } from 'vitest';
import { plainMessage } from '../../../../src/base/errors.js';
import { type Examined, type ExamineOptions, examineBundle } from '../../../../src/modules/certificates/examine-bundle.js';
import type { GivenFile } from '../../../../src/modules/certificates/given-file.js';
import { type Issued, type IssueOptions, Openssl } from '../../../lab/openssl.js';

export const names = ['chats.example.ru', 'chats-gateway.example.ru', 'chats-storage.example.ru'] as const;
export const openssl = new Openssl();
afterAll(() => openssl.remove());

const usage = 'keyUsage=critical,keyCertSign,cRLSign';
export const authority = ['basicConstraints=critical,CA:TRUE', usage];
export const limited = (length: number): string[] => [`basicConstraints=critical,CA:TRUE,pathlen:${length}`, usage];
export const server = (served: readonly string[] = names): string[] => [
  'basicConstraints=critical,CA:FALSE',
  'keyUsage=critical,digitalSignature,keyEncipherment',
  'extendedKeyUsage=serverAuth',
  `subjectAltName=${served.map((each) => `DNS:${each}`).join(',')}`,
];

export const root = openssl.issue('/O=Example/CN=Example Root CA', { extensions: authority, to: 3650 });
export const intermediate = openssl.issue('/O=Example/CN=Example Issuing CA', { issuer: root, extensions: limited(0), to: 3000 });
/** Signed by the intermediate, for the three names, unless told otherwise. */
export const issueLeaf = (options: IssueOptions = {}, subject = '/CN=chats.example.ru'): Issued =>
  openssl.issue(subject, { issuer: intermediate, extensions: server(), ...options });
export const leaf = issueLeaf();
export const joined = (...issued: readonly Issued[]): string => issued.map(({ certificate }) => certificate).join('');
export const whole = joined(leaf, intermediate, root);
export const other = openssl.issue('/O=Stranger/CN=Stranger Root CA', { extensions: authority, to: 3650 });

interface Options extends Partial<ExamineOptions> {
  readonly root?: string | Buffer;
}

const file = (path: string, content: string | Buffer): GivenFile => ({ path, content: Buffer.from(content) });

/** As a customer's files: `files/chats.crt`, `files/chats.key`, `files/root.crt`. */
export function examine(certificate: string | Buffer, key: string | Buffer | undefined = leaf.key, options: Options = {}): Examined {
  const { root: rootFile, ...others } = options;
  return examineBundle(
    {
      certificate: file('files/chats.crt', certificate),
      key: key === undefined ? undefined : file('files/chats.key', key),
      root: rootFile === undefined ? undefined : file('files/root.crt', rootFile),
    },
    { names, now: Date.now(), ...others },
  );
}

/** What a program reads of the problems: code without its area, clause, severity where it is none that refuses, and what fills the texts. */
export function told({ problems }: Examined): Record<string, unknown>[] {
  return problems.map(({ clause, code, severity, params }) => ({
    clause,
    code: code.replace('certificate/', ''),
    ...(severity === 'warning' && { severity }),
    ...params,
  }));
}

export const codes = (found: Examined): string[] => found.problems.map(({ code }) => code.replace('certificate/', ''));

/** What people read of them, in each language. */
export function said({ problems }: Examined): { en: string[]; ru: string[] } {
  return { en: problems.map((each) => plainMessage(each, 'en')), ru: problems.map((each) => plainMessage(each, 'ru')) };
}
