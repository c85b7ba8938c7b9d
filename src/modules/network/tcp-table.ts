/** What /proc/net/tcp and tcp6 say of a host's connections: proc(5), "st" as in the kernel's net/tcp_states.h. */
const states = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
] as const;

type TcpState = (typeof states)[number];

export interface TcpConnection {
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  readonly state: TcpState;
}

export const tcpTableScript = `# connections of the host
cat /proc/net/tcp; [ ! -r /proc/net/tcp6 ] || cat /proc/net/tcp6`;

/** IPv4 inside IPv6 (a dual-stack listener's) is shown as IPv4. Headings and what cannot be read are left out. */
export function parseTcpTable(text: string): TcpConnection[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', port = '', remote = '', code = ''] =
      /^\s*\d+:\s+([0-9A-F]+):([0-9A-F]{4})\s+([0-9A-F]+):[0-9A-F]{4}\s+([0-9A-F]{2})\s/.exec(line) ?? [];
    const state = states[Number.parseInt(code, 16) - 1];
    return state ? [{ local: addressOf(local), localPort: Number.parseInt(port, 16), remote: addressOf(remote), state }] : [];
  });
}

/** 32-bit words, each as a little-endian machine keeps it. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse());
  const v4 = (each: readonly string[]) => each.map((byte) => Number.parseInt(byte, 16)).join('.');
  if (bytes.length === 4) return v4(bytes);
  const joined = bytes.join('');
  if (joined.startsWith('00000000000000000000FFFF')) return v4(bytes.slice(12));
  return new URL(`http://[${joined.match(/.{4}/g)?.join(':') ?? '::'}]/`).hostname.slice(1, -1);
}
