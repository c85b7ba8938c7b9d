import { createPrivateKey, type KeyObject } from 'node:crypto';
import { conversions } from './convert.js';
import { containerIn } from './der.js';
import type { GivenFile } from './given-file.js';
import { type Problem, problem } from './problem.js';
import { textOf } from './text-of.js';

/** A private key, and its PEM block alone as it stood in the file, with LF: what OpenSSL reads whatever was around it. */
export interface ReadKey {
  readonly key: KeyObject;
  readonly pem: string;
}

/** The private key of a PEM file (PKCS#8, PKCS#1, SEC1), or what is wrong with it. Nothing of the key is in a message. */
export function readKey({ path: file, content, unreadable }: GivenFile): ReadKey | Problem {
  if (unreadable !== undefined) return problem('CERT-5', 'certificate/key-not-readable', { file, reason: unreadable });
  const text = textOf(content);
  if (text.trim() === '') return problem('CERT-5', 'certificate/key-empty', { file });
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g)];
  const [pem, kind = ''] = blocks[0] ?? [];
  if (pem === undefined) return withoutKey(file, content, text);
  if (blocks.length > 1) return problem('CERT-5', 'certificate/two-keys', { file, count: blocks.length });
  if (kind === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(pem))
    return problem('CERT-5', 'certificate/key-encrypted', { file }, { hint: conversions.keyWithoutPassphrase(file, true) });
  try {
    return { key: createPrivateKey(pem), pem: `${pem.replaceAll('\r\n', '\n')}\n` };
  } catch {
    return problem('CERT-5', 'certificate/key-damaged', { file });
  }
}

export function isProblem(read: ReadKey | Problem): read is Problem {
  return 'clause' in read;
}

function withoutKey(file: string, content: Buffer, text: string): Problem {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return problem('CERT-5', 'certificate/key-damaged', { file });
  if (/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/.test(text)) return problem('CERT-5', 'certificate/certificate-instead', { file });
  if (/-----BEGIN [A-Z0-9 ]*PUBLIC KEY-----/.test(text)) return problem('CERT-5', 'certificate/key-public', { file });
  if (containerIn(content) === 'pkcs12')
    return problem('CERT-5', 'certificate/key-pkcs12', { file }, { hint: conversions.keyFromPkcs12(file) });
  switch (derKey(content)) {
    case 'plain':
      return problem('CERT-5', 'certificate/key-der', { file }, { hint: conversions.keyFromDer(file) });
    case 'encrypted':
      return problem('CERT-5', 'certificate/key-encrypted', { file }, { hint: conversions.keyWithoutPassphrase(file, false) });
    case 'none':
      return problem('CERT-5', 'certificate/key-missing', { file });
  }
}

function derKey(content: Buffer): 'plain' | 'encrypted' | 'none' {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      createPrivateKey({ key: content, format: 'der', type });
      return 'plain';
    } catch (error) {
      if (error instanceof TypeError && 'code' in error && error.code === 'ERR_MISSING_PASSPHRASE') return 'encrypted';
    }
  }
  return 'none';
}
