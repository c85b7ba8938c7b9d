import { isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Line } from '../files/text.js';

/** One line of /etc/hosts that says something: `address name name… # comment`. */
interface Entry {
  readonly address: string;
  readonly names: readonly string[];
}

export function entryOf(text: string): Entry | undefined {
  const [address, ...names] = (text.split('#', 1)[0] ?? '').trim().split(/\s+/);
  return address !== undefined && isIP(address) ? { address, names } : undefined;
}

/** Addresses are compared as such: `::1` is `0:0:0:0:0:0:0:1`. */
export function sameAddress(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

function canonical(address: string): string {
  return isIPv6(address) && !address.includes('%') ? new URL(`http://[${address}]/`).hostname : address.toLowerCase();
}

export function isLoopback(address: string): boolean {
  return /^127\./.test(address) || canonical(address) === '[::1]' || /^\[::ffff:7f/.test(canonical(address));
}

/** A host name as names are compared: in lower case and punycode, whichever way it is written. */
export function comparable(name: string): string {
  return domainToASCII(name) || name.toLowerCase();
}

/** A line without some names (comparable ones): its other names, blanks and comment stay as they are. Undefined: nothing is left of it. */
export function withoutNames(line: Line, names: ReadonlySet<string>): Line | undefined {
  const entry = entryOf(line.text);
  if (!entry?.names.some((each) => names.has(comparable(each)))) return line;
  const hash = line.text.indexOf('#');
  const comment = hash < 0 ? '' : line.text.slice(hash);
  const left = entry.names.filter((each) => !names.has(comparable(each)));
  if (!left.length) return comment === '' ? undefined : { ...line, text: comment };
  const head = hash < 0 ? line.text : line.text.slice(0, hash);
  const [, start = '', rest = ''] = /^(\s*\S+)(.*)$/s.exec(head) ?? [];
  const text = `${start}${rest.replace(/(\s+)(\S+)/g, (whole, _blanks, name: string) => (names.has(comparable(name)) ? '' : whole))}`;
  return { ...line, text: `${text}${comment}` };
}
