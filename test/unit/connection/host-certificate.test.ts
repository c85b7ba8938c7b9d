import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultOf, type HostCertificate, parseHostCertificate } from '../../../src/connection/host-certificate.js';
import { scratch } from './fake-sshd.js';

const keygen = (...args: string[]) => execFileSync('ssh-keygen', ['-q', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
const blobOf = (path: string) => Buffer.from(readFileSync(path, 'utf8').split(' ')[1] ?? '', 'base64');

/** What `ssh-keygen -s` makes: a key of the host, and the authority's certificate of it. */
function issue({ host = 'ed25519', authority = 'ed25519', more = ['-h', '-n', 'web1,*.example.ru'] } = {}): {
  certificate: HostCertificate;
  hostKey: Buffer;
  authorityKey: Buffer;
} {
  const folder = scratch();
  const [key, ca] = [join(folder, 'host'), join(folder, 'ca')];
  const type = (name: string) => (name.startsWith('ecdsa') ? ['-t', 'ecdsa', '-b', name.slice(5)] : ['-t', name]);
  keygen('-N', '', ...type(host), '-f', key);
  keygen('-N', '', ...type(authority), '-f', ca);
  keygen('-s', ca, '-I', 'id', ...more, `${key}.pub`);
  const certificate = parseHostCertificate(blobOf(`${key}-cert.pub`));
  if (!certificate) throw new Error('not parsed');
  return { certificate, hostKey: blobOf(`${key}.pub`), authorityKey: blobOf(`${ca}.pub`) };
}
const now = Date.now();

describe.runIf(spawnSync('ssh-keygen', ['-?']).error === undefined)('a host certificate', () => {
  it.each(['ed25519', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'rsa'])('of and by %s vouches for the hosts that it names', (kind) => {
    const { certificate, hostKey, authorityKey } = issue({ host: kind, authority: kind });
    expect(certificate.key.equals(hostKey)).toBe(true);
    expect(certificate.authority.equals(authorityKey)).toBe(true);
    for (const name of ['web1', 'WEB1', 'a.example.ru']) expect(faultOf(certificate, name, now)).toBeUndefined();
    expect(faultOf(certificate, 'web2', now)).toBe('it names web1, *.example.ru');
  });

  it('without names vouches for any', () => {
    expect(faultOf(issue({ more: ['-h'] }).certificate, 'anything', now)).toBeUndefined();
  });

  it.each([
    ['that is past', ['-h', '-V', '20200101:20210101'], 'it expired on 2021-01-01'],
    ['that is to come', ['-h', '-V', '20900101:20910101'], 'it is not valid before 2090-01-01'],
    ['of a user', ['-n', 'web1'], 'it is not the certificate of a host'],
    ['of SHA-1', ['-h', '-t', 'ssh-rsa'], 'its signature is wrong, or of a kind that is not supported'],
  ])('%s counts for nothing', (_, more, fault) => {
    const text = faultOf(issue({ authority: more.includes('ssh-rsa') ? 'rsa' : 'ed25519', more }).certificate, 'web1', now);
    // ssh-keygen takes local time.
    expect(text?.replace(/2020-12-31/, '2021-01-01').replace(/2089-12-31/, '2090-01-01')).toBe(fault);
  });

  it('with a byte changed counts for nothing', () => {
    const { certificate } = issue();
    for (const at of [40, 60, certificate.signed.length - 1]) {
      const signed = Buffer.from(certificate.signed);
      signed[at] = (signed[at] ?? 0) ^ 1;
      expect(faultOf({ ...certificate, signed }, 'web1', now)).toMatch(/signature/);
    }
  });
});

it('what is no certificate is none, and what is cut off is an error', () => {
  expect(parseHostCertificate(Buffer.from('0000000b7373682d65643235353139', 'hex'))).toBeUndefined();
  expect(() => parseHostCertificate(Buffer.from('000000ff73', 'hex'))).toThrow(RangeError);
});
