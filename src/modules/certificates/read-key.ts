import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Problem } from './problem.js';

/** The private key of a PEM file, or what is wrong with it. Nothing of the key is in a message. */
export function readKey(content: Buffer): KeyObject | Problem {
  const problem = (code: Problem['code'], message: string): Problem => ({ clause: 'CERT-5', code, severity: 'fatal', message });
  const text = content.toString('latin1');
  if (text.trim() === '') return problem('key-empty', 'the key file is empty');
  const [pem, kind = ''] = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/.exec(text) ?? [];
  if (pem === undefined) {
    if (isDer(content)) return problem('key-der', 'the key is in DER form, PEM is needed; "openssl pkey -inform der" converts it');
    return problem('key-unreadable', 'the key file has no private key in PEM form (-----BEGIN PRIVATE KEY-----)');
  }
  if (kind === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(pem)) {
    return problem(
      'key-encrypted',
      'the key is protected by a passphrase, which the product cannot be given; "openssl pkey" writes it without one',
    );
  }
  try {
    return createPrivateKey(pem);
  } catch {
    return problem('key-unreadable', 'the key cannot be read: it is damaged');
  }
}

export function isProblem(read: KeyObject | Problem): read is Problem {
  return 'clause' in read;
}

function isDer(content: Buffer): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key: content, format: 'der', type });
      return true;
    } catch {
      return false;
    }
  });
}
