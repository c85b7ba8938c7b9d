import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { failure } from '../base/errors.js';

/** One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker: 'revoked' | 'cert-authority' | undefined;
  /** Patterns as written, or one `|1|salt|hash`. */
  readonly names: string;
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, … */
  readonly type: string;
  readonly key: Buffer;
  /** `file:line`. */
  readonly place: string;
}

/** The types of key that a server can be asked for here. Of a host that is known by another type alone (ssh-dss, a key in hardware) nothing is known. */
const negotiable = new Set(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa']);

/** What the files know of the key that a host shows. */
export type Verdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed'; readonly place: string }
  | { readonly kind: 'revoked'; readonly place: string };

/** Reads all files; an absent one is empty, as for ssh. Lines that cannot be understood are passed over, as ssh does. */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  const read = files.map(async (path) => parseKnownHosts(await textOf(path), path));
  return (await Promise.all(read)).flat();
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw failure('connect/known-hosts', { path, reason: String(code ?? error) }, { cause: error });
  }
}

export function parseKnownHosts(text: string, path: string): KnownHost[] {
  return text.split('\n').flatMap((line, index) => {
    const words = line.trim().split(/\s+/);
    if (!words[0] || words[0].startsWith('#')) return [];
    const marker = words[0] === '@revoked' ? 'revoked' : words[0] === '@cert-authority' ? 'cert-authority' : undefined;
    if (words[0].startsWith('@') && !marker) return [];
    const [names, type, encoded] = marker ? words.slice(1) : words;
    if (!names || !type || !encoded) return [];
    const key = Buffer.from(encoded, 'base64');
    return typeOf(key) === type ? [{ marker, names, type, key, place: `${path}:${index + 1}` }] : [];
  });
}

/** The type that a public key's blob names itself: its first length-prefixed string (RFC 4253, 6.6). */
export function typeOf(key: Buffer): string {
  if (key.length < 4) return '';
  return key.toString('latin1', 4, 4 + key.readUInt32BE(0));
}

/** The names under which ssh looks a host up: with its port, where that is not 22. */
export function lookupName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

export function judgeKey(known: readonly KnownHost[], host: string, port: number, key: Buffer): Verdict {
  const named = entriesFor(known, lookupName(host, port));
  const portless = port === 22 ? [] : entriesFor(known, host.toLowerCase());
  const revoked = [...named, ...portless].find((each) => each.marker === 'revoked' && each.key.equals(key));
  if (revoked) return { kind: 'revoked', place: revoked.place };
  const plain = named.filter((each) => !each.marker);
  if (plain.some((each) => each.key.equals(key))) return { kind: 'known' };
  // The types that are known are negotiated first: a host that shows another type has lost the key that is known.
  const sameType = plain.find((each) => each.type === typeOf(key)) ?? plain.find((each) => negotiable.has(each.type));
  if (sameType) return { kind: 'changed', place: sameType.place };
  // Where nothing is known of the port, ssh accepts a matching key that is recorded without it; a different one there says nothing.
  if (portless.some((each) => !each.marker && each.key.equals(key))) return { kind: 'known' };
  return { kind: 'unknown' };
}

/** The lines `@cert-authority` that cover a host and are not revoked. */
export function authoritiesFor(known: readonly KnownHost[], host: string, port: number): KnownHost[] {
  const named = entriesFor(known, lookupName(host, port));
  const revoked = named.filter((each) => each.marker === 'revoked');
  return named.filter((each) => each.marker === 'cert-authority' && !revoked.some(({ key }) => key.equals(each.key)));
}

/** Key types on record for a host, in the order of the files. */
export function knownTypes(known: readonly KnownHost[], host: string, port: number): string[] {
  const named = entriesFor(known, lookupName(host, port));
  const entries = named.length || port === 22 ? named : entriesFor(known, host.toLowerCase());
  return [...new Set(entries.filter((each) => !each.marker).map((each) => each.type))];
}

function entriesFor(known: readonly KnownHost[], name: string): KnownHost[] {
  return known.filter((each) => matches(each.names, name));
}

function matches(names: string, name: string): boolean {
  if (names.startsWith('|1|')) {
    const [, , salt, hash] = names.split('|');
    const expected = Buffer.from(hash ?? '', 'base64');
    const actual = createHmac('sha1', Buffer.from(salt ?? '', 'base64'))
      .update(name)
      .digest();
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }
  let found = false;
  for (const pattern of names.toLowerCase().split(',')) {
    const negated = pattern.startsWith('!');
    if (!globMatches(negated ? pattern.slice(1) : pattern, name)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** `*` and `?` as ssh's match_pattern() takes them; both in lower case. */
export function globMatches(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(name);
}
