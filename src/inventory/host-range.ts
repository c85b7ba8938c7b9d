import { isIPv6 } from 'node:net';
import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';

const RANGE = /\[([0-9]*|[A-Za-z]):([0-9]*|[A-Za-z])(?::([0-9]+))?\]/;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MOST_HOSTS = 100_000;

export interface HostAddress {
  readonly name: string;
  readonly port: number | undefined;
}

/** `web[01:50].example.ru:2222` as the hosts it stands for, in order. Ansible's rules; error `inventory/range`. */
export function expandHosts(written: string, position: Position): HostAddress[] {
  const { name, port } = splitPort(written);
  return expandRange(name, position).map((each) => ({ name: each, port }));
}

/** A port behind a name or behind an address in brackets; an IPv6 address without brackets has none. */
function splitPort(written: string): HostAddress {
  const bracketed = /^\[([0-9A-Fa-f:.]+)\](?::(\d+))?$/.exec(written);
  if (bracketed?.[1] && isIPv6(bracketed[1]))
    return { name: bracketed[1], port: bracketed[2] === undefined ? undefined : Number(bracketed[2]) };
  if (isIPv6(written)) return { name: written, port: undefined };
  const plain = /^((?:[^:[\]]|\[[^\]]*\])+):(\d+)$/.exec(written);
  return plain?.[1] ? { name: plain[1], port: Number(plain[2]) } : { name: written, port: undefined };
}

function expandRange(name: string, position: Position): string[] {
  const found = RANGE.exec(name);
  if (!found || isIPv6(name)) return [name];
  const [whole, begin = '', end = '', step = '1'] = found;
  const head = name.slice(0, found.index);
  const tail = name.slice(found.index + whole.length);
  const parts = sequence(begin, end, Number(step), (reason) => failure('inventory/range', { name, reason }, { position }));
  const tails = expandRange(tail, position);
  if (parts.length * tails.length > MOST_HOSTS) throw failure('inventory/range', { name, reason: `more than ${MOST_HOSTS}` }, { position });
  return parts.flatMap((part) => tails.map((rest) => `${head}${part}${rest}`));
}

function sequence(begin: string, end: string, step: number, refuse: (reason: string) => Error): string[] {
  if (end === '') throw refuse('[begin:end]: end?');
  if (step === 0) throw refuse('step 0');
  const first = LETTERS.indexOf(begin || '0');
  const last = LETTERS.indexOf(end);
  if (first >= 0 && last >= 0) {
    if (first > last) throw refuse(`${begin} > ${end}`);
    return [...LETTERS.slice(first, last + 1)].filter((_, index) => index % step === 0);
  }
  if (first >= 0 || last >= 0) throw refuse(`${begin}:${end}`);
  const padded = begin.length > 1 && begin.startsWith('0');
  if (padded && begin.length !== end.length) throw refuse(`${begin}:${end}`);
  const from = Number(begin || '0');
  const to = Number(end);
  if (from > to) throw refuse(`${begin} > ${end}`);
  if ((to - from) / step > MOST_HOSTS) throw refuse(`more than ${MOST_HOSTS}`);
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) =>
    String(from + index * step).padStart(padded ? begin.length : 1, '0'),
  );
}
