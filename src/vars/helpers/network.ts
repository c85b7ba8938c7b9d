import { BlockList, isIP } from 'node:net';
import type { Value } from '../../base/value.js';
import { type EagerHelper, HelperError, text } from './helper.js';

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');

interface Address {
  readonly address: string;
  readonly version: 4 | 6;
  readonly prefix: number;
}

export const network: readonly EagerHelper[] = [
  {
    name: 'ipaddr',
    signature: 'ipaddr text [query]',
    summary:
      'The text when it is an IP address (with or without a prefix length), else false. Queries: address, version, prefix, private (true or false), or a network as 10.0.0.0/8: whether it holds the address.',
    example: { template: '{{ ipaddr "10.0.0.12/24" "address" }}', result: '10.0.0.12' },
    arity: [1, 2],
    run: ([value, query]) => ask(text(value), query === undefined ? '' : text(query)),
  },
];

function parse(subject: string): Address | undefined {
  const [address = '', length, ...more] = subject.split('/');
  const version = isIP(address);
  if ((version !== 4 && version !== 6) || more.length > 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > longest)) return undefined;
  return { address, version, prefix: length === undefined ? longest : Number(length) };
}

function ask(subject: string, query: string): Value {
  const found = parse(subject);
  if (!found) return false;
  const family = found.version === 4 ? 'ipv4' : 'ipv6';
  switch (query) {
    case '':
      return subject;
    case 'address':
      return found.address;
    case 'version':
      return found.version;
    case 'prefix':
      return found.prefix;
    case 'private':
      return PRIVATE.check(found.address, family);
    default: {
      const within = parse(query);
      if (!within) throw new HelperError(`there is no query "${query}"`);
      const block = new BlockList();
      block.addSubnet(within.address, within.prefix, within.version === 4 ? 'ipv4' : 'ipv6');
      return within.version === found.version && found.prefix >= within.prefix && block.check(found.address, family);
    }
  }
}
