export interface Address {
  readonly interface: string;
  readonly family: 4 | 6;
  readonly address: string;
  readonly prefix: number;
  readonly scope: string;
}

interface Link {
  readonly name: string;
  /** `address/netmask`, or empty. */
  readonly primary: string;
}

/** From `ip -j address`, or without it from the links' primary addresses and /proc/net/if_inet6. */
export function addressesOf(ipJson: string, ifInet6: string, links: readonly Link[]): Address[] {
  const told = parseIp(ipJson);
  return told.length ? told : [...links.flatMap(primaryOf), ...ifInet6.split('\n').flatMap(inet6Of)];
}

function parseIp(text: string): Address[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text || '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((link: { ifname?: unknown; addr_info?: unknown }) =>
    (Array.isArray(link.addr_info) ? link.addr_info : []).flatMap((info: Record<string, unknown>): Address[] => {
      const { family, local, prefixlen, scope } = info;
      if ((family !== 'inet' && family !== 'inet6') || typeof local !== 'string') return [];
      return [
        {
          interface: String(link.ifname),
          family: family === 'inet' ? 4 : 6,
          address: local,
          prefix: Number(prefixlen),
          scope: String(scope),
        },
      ];
    }),
  );
}

function primaryOf(link: Link): Address[] {
  const [address, mask] = link.primary.split('/');
  if (!address || !mask) return [];
  const bits = mask.split('.').reduce((sum, byte) => sum + Number(byte).toString(2).replaceAll('0', '').length, 0);
  return [{ interface: link.name, family: 4, address, prefix: bits, scope: 'global' }];
}

/** A line of if_inet6: address, index, prefix length, scope, flags (hexadecimal), name. */
function inet6Of(line: string): Address[] {
  const [hex, , prefix, scope, , name] = line.trim().split(/\s+/);
  if (hex?.length !== 32 || !name) return [];
  const scopes: Readonly<Record<string, string>> = { '00': 'global', '10': 'host', '20': 'link', '40': 'site' };
  return [
    {
      interface: name,
      family: 6,
      address: ipv6Of(hex),
      prefix: Number.parseInt(prefix ?? '0', 16),
      scope: scopes[scope ?? ''] ?? 'global',
    },
  ];
}

/** 32 hexadecimal digits in the short form of RFC 5952. */
export function ipv6Of(hex: string): string {
  const groups = (hex.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, ''));
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].split('0').length - a[0].split('0').length);
  const longest = runs[0];
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
