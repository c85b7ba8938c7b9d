import { ipv6Of } from './addresses.js';

export interface Route {
  readonly interface: string;
  readonly gateway: string;
}

/** The default route of /proc/net/route with the lowest metric: addresses are little-endian hexadecimal. */
export function defaultRoute4(text: string): Route | undefined {
  const routes = text.split('\n').flatMap((line) => {
    const [name, destination, gateway, , , , metric, mask] = line.trim().split(/\s+/);
    if (!name || destination !== '00000000' || mask !== '00000000' || !gateway) return [];
    const address = (gateway.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16));
    return [{ interface: name, gateway: address.join('.'), metric: Number(metric) }];
  });
  return lowest(routes);
}

/** The same of /proc/net/ipv6_route; routes of `lo` are the kernel's rejections. */
export function defaultRoute6(text: string): Route | undefined {
  const routes = text.split('\n').flatMap((line) => {
    const [destination, length, , , gateway, metric, , , , name] = line.trim().split(/\s+/);
    if (!destination || !/^0+$/.test(destination) || length !== '00' || !gateway || !name || name === 'lo') return [];
    return [{ interface: name, gateway: ipv6Of(gateway), metric: Number.parseInt(metric ?? '0', 16) }];
  });
  return lowest(routes);
}

function lowest(routes: readonly (Route & { readonly metric: number })[]): Route | undefined {
  const [first] = [...routes].sort((a, b) => a.metric - b.metric);
  return first && { interface: first.interface, gateway: first.gateway };
}

export function maskOf(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

export function numberOf(address: string): number {
  return address.split('.').reduce((sum, byte) => ((sum << 8) | Number(byte)) >>> 0, 0);
}

export function ipv4Of(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
