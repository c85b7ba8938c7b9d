import { describe, expect, it } from 'vitest';
import { plainMessage } from '../../../../src/base/errors.js';
import { examineBundle } from '../../../../src/modules/certificates/examine-bundle.js';
import { readGiven } from '../../../../src/modules/certificates/given-file.js';
import type { ControlFile } from '../../../../src/sdk/control-file.js';
import { leaf, names, told, whole } from './bundles.js';

function file(path: string, content: () => Promise<Buffer>, isDirectory = false): ControlFile {
  return { path, isDirectory, mode: 0o600, size: 1, content, sha256: async () => '', entries: async () => [] };
}

const refusing = (code: string) => async (): Promise<Buffer> => {
  throw Object.assign(new Error(`${code}: open`), { code });
};
const holding = (text: string) => async (): Promise<Buffer> => Buffer.from(text);

describe('a file that is there and cannot be read', () => {
  it('is told by its path and the reason, certificate and key each', async () => {
    const bundle = await readGiven({
      certificate: file('/c/chats.crt', holding(''), true),
      key: file('/c/chats.key', refusing('EACCES')),
      root_file: file('/c/root.crt', refusing('EIO')),
    });
    const found = examineBundle(bundle, { names, now: Date.now() });
    expect(told(found)).toEqual([
      { clause: 'CERT-1', code: 'not-readable', file: '/c/chats.crt', reason: 'it is a directory' },
      { clause: 'CERT-1', code: 'not-readable', file: '/c/root.crt', reason: 'EIO' },
      { clause: 'CERT-5', code: 'key-not-readable', file: '/c/chats.key', reason: 'permission denied' },
    ]);
    expect(found.problems.map((each) => plainMessage(each, 'ru'))).toEqual([
      'не удаётся прочитать /c/chats.crt: это каталог',
      'не удаётся прочитать /c/root.crt: EIO',
      'не удаётся прочитать файл ключа /c/chats.key: нет прав на чтение',
    ]);
  });

  it('is none of those that can be', async () => {
    const bundle = await readGiven({ certificate: file('a', holding(whole)), key: file('b', holding(leaf.key)), root_file: undefined });
    expect(told(examineBundle(bundle, { names, now: Date.now() }))).toEqual([]);
  });

  it('hides no defect of ours', async () => {
    const broken = file('a', async () => Promise.reject(new RangeError('a defect')));
    await expect(readGiven({ certificate: broken, key: undefined, root_file: undefined })).rejects.toThrow(RangeError);
  });
});
