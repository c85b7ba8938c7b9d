import type { ValueMap } from '../../base/value.js';
import { unpack } from '../session/pack.js';
import { type Address, addressesOf } from './addresses.js';
import type { RawFacts } from './raw-facts.js';
import { defaultRoute4, defaultRoute6, ipv4Of, maskOf, numberOf } from './routes.js';

/** iproute2's addresses where it is there, else what /proc, /sys and an ioctl know: the primary IPv4 address and all IPv6 ones. */
export function networkFacts(raw: RawFacts): ValueMap {
  const links = raw.list('links').map((packed) => {
    const [name = '', mac = '', mtu = '', state = '', type = '', , primary = ''] = unpack(packed).map((field) => field.toString());
    return {
      name,
      mac,
      mtu: Number(mtu),
      active: state === 'up' || state === 'unknown',
      type: type === '772' ? 'loopback' : 'ether',
      primary,
    };
  });
  const addresses = addressesOf(raw.text('addresses'), raw.text('if_inet6'), links);
  const of = (name: string, family: 4 | 6) => addresses.filter((each) => each.interface === name && each.family === family);
  const perInterface = links.map((link) => {
    const [first, ...others] = of(link.name, 4);
    return [
      link.name.replace(/[-.:]/g, '_'),
      {
        device: link.name,
        active: link.active,
        type: link.type,
        mtu: link.mtu,
        ...(link.type !== 'loopback' && { macaddress: link.mac }),
        ...(first && { ipv4: network(first) }),
        ...(others.length > 0 && { ipv4_secondaries: others.map(network) }),
        ...(of(link.name, 6).length > 0 && {
          ipv6: of(link.name, 6).map(({ address, prefix, scope }) => ({ address, prefix: String(prefix), scope })),
        }),
      },
    ] as const;
  });
  const described = (name: string) => {
    const link = links.find((each) => each.name === name);
    return { interface: name, ...(link && { macaddress: link.mac, mtu: link.mtu, type: link.type }) };
  };
  const route4 = defaultRoute4(raw.text('routes4'));
  const route6 = defaultRoute6(raw.text('routes6'));
  const own4 = route4 && of(route4.interface, 4)[0];
  const own6 = route6 && (of(route6.interface, 6).find((each) => each.scope === 'global') ?? of(route6.interface, 6)[0]);
  return {
    interfaces: links.map((link) => link.name),
    all_ipv4_addresses: addresses.filter((each) => each.family === 4 && !each.address.startsWith('127.')).map((each) => each.address),
    all_ipv6_addresses: addresses.filter((each) => each.family === 6 && each.address !== '::1').map((each) => each.address),
    default_ipv4: route4
      ? { gateway: route4.gateway, ...described(route4.interface), ...(own4 && { ...network(own4), alias: route4.interface }) }
      : {},
    default_ipv6: route6
      ? {
          gateway: route6.gateway,
          ...described(route6.interface),
          ...(own6 && { address: own6.address, prefix: String(own6.prefix), scope: own6.scope }),
        }
      : {},
    ...Object.fromEntries(perInterface),
  };
}

function network({ address, prefix }: Address): ValueMap {
  const mask = maskOf(prefix);
  const base = (numberOf(address) & mask) >>> 0;
  return { address, netmask: ipv4Of(mask), network: ipv4Of(base), broadcast: ipv4Of((base | ~mask) >>> 0), prefix: String(prefix) };
}
