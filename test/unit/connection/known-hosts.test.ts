import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authoritiesFor, judgeKey, knownTypes, lookupName, parseKnownHosts } from '../../../src/connection/known-hosts.js';

function key(type: string, filling: string): Buffer {
  const name = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  return Buffer.concat([length, name, Buffer.from(filling)]);
}
const ed = key('ssh-ed25519', 'ed');
const otherEd = key('ssh-ed25519', 'other');
const rsa = key('ssh-rsa', 'rsa');
const line = (names: string, blob: Buffer, marker = '') =>
  `${marker}${names} ${blob.toString('latin1', 4, 4 + blob.readUInt32BE(0))} ${blob.toString('base64')} a comment\n`;
const hashed = (name: string) => {
  const salt = Buffer.from('0123456789abcdefghij');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};
const judge = (text: string, host: string, port: number, shown: Buffer) => judgeKey(parseKnownHosts(text, 'kh'), host, port, shown);

describe('known_hosts as OpenSSH reads it', () => {
  it.each([
    ['a plain name', line('web1', ed), 'web1', 22],
    ['one of several names', line('a,web1,b', ed), 'web1', 22],
    ['upper case in the question', line('web1', ed), 'WEB1', 22],
    ['a hashed name', line(hashed('web1'), ed), 'web1', 22],
    ['a port', line('[web1]:2222', ed), 'web1', 2222],
    ['a hashed name with port', line(hashed('[web1]:2222'), ed), 'web1', 2222],
    ['a name without port, asked with one', line('web1', ed), 'web1', 2222],
    ['a wildcard', line('*.example.ru', ed), 'web1.example.ru', 22],
    ['a question mark', line('web?', ed), 'web1', 22],
    ['a tab between fields, a comment line before', `# x\n${line('web1', ed).replaceAll(' ', '\t')}`, 'web1', 22],
  ])('knows the key by %s', (_, text, host, port) => {
    expect(judge(text, host, port, ed)).toEqual({ kind: 'known' });
  });

  it.each([
    ['another name', line('web2', ed), 'web1', 22],
    ['a negated pattern', line('*.example.ru,!web1.example.ru', ed), 'web1.example.ru', 22],
    ['another port', line('[web1]:2222', ed), 'web1', 2223],
    ['another port than 22', line('[web1]:2222', ed), 'web1', 22],
    ['a dot is no wildcard', line('web.1', ed), 'webx1', 22],
    ['a line that is cut off', 'web1 ssh-ed25519\n', 'web1', 22],
    ['a type that is not the key’s', line('web1', ed).replace('ssh-ed25519', 'ssh-rsa'), 'web1', 22],
    ['a different key without the port', line('web1', otherEd), 'web1', 2222],
  ])('does not know it: %s', (_, text, host, port) => {
    expect(judge(text, host, port, ed)).toEqual({ kind: 'unknown' });
  });

  it('says which line has the old key', () => {
    expect(judge(`\n${line('web1', otherEd)}`, 'web1', 22, ed)).toEqual({ kind: 'changed', place: 'kh:2' });
  });

  it('takes any of several keys of a host', () => {
    const text = line('web1', otherEd) + line('web1', rsa) + line('web1', ed);
    expect(judge(text, 'web1', 22, ed)).toEqual({ kind: 'known' });
  });

  it('refuses a key of another type than the one on record', () => {
    expect(judge(line('web1', rsa), 'web1', 22, ed)).toEqual({ kind: 'changed', place: 'kh:1' });
  });

  it('refuses a revoked key, whatever else is there', () => {
    expect(judge(line('web1', ed) + line('*', ed, '@revoked '), 'web1', 22, ed)).toEqual({ kind: 'revoked', place: 'kh:2' });
  });

  it('takes what is recorded with the port before what is recorded without it', () => {
    expect(judge(line('web1', ed) + line('[web1]:2222', otherEd), 'web1', 2222, ed)).toEqual({ kind: 'changed', place: 'kh:2' });
  });

  it('refuses a key that is revoked without the port, on any port', () => {
    expect(judge(line('[web1]:2222', ed) + line('web1', ed, '@revoked '), 'web1', 2222, ed)).toMatchObject({ kind: 'revoked' });
  });

  it('takes a host for unknown whose only key on record is of a type that is not negotiated here', () => {
    expect(judge(line('web1', key('ssh-dss', 'dsa')), 'web1', 22, ed)).toEqual({ kind: 'unknown' });
  });

  it('finds the authorities that are trusted for a host, by name and port, and not the revoked ones', () => {
    const places = (text: string, host: string, port = 22) =>
      authoritiesFor(parseKnownHosts(text, 'kh'), host, port).map((each) => each.place);
    const trusted = line('*.example.ru', rsa, '@cert-authority ');
    expect(places(trusted, 'a.example.ru')).toEqual(['kh:1']);
    expect(places(trusted, 'a.example.org')).toEqual([]);
    expect(places(trusted, 'a.example.ru', 2222)).toEqual([]);
    expect(places(line('[*.example.ru]:2222', rsa, '@cert-authority '), 'a.example.ru', 2222)).toEqual(['kh:1']);
    expect(places(trusted + line('*', rsa, '@revoked '), 'a.example.ru')).toEqual([]);
  });

  it('passes over markers that it does not know', () => {
    expect(judge(line('web1', ed, '@future '), 'web1', 22, ed).kind).toBe('unknown');
  });

  it('lists the types on record, so that they are negotiated first', () => {
    const known = parseKnownHosts(line('web1', rsa) + line('web2', ed) + line('web1', rsa, '@revoked '), 'kh');
    expect(knownTypes(known, 'web1', 22)).toEqual(['ssh-rsa']);
    expect(knownTypes(known, 'web1', 2222)).toEqual(['ssh-rsa']);
  });

  it('names a host by its port where that is not 22', () => {
    expect(lookupName('Web1', 22)).toBe('web1');
    expect(lookupName('Web1', 2222)).toBe('[web1]:2222');
  });
});
