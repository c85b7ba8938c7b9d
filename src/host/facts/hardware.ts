import type { ValueMap } from '../../base/value.js';
import { unpack } from '../session/pack.js';
import type { RawFacts } from './raw-facts.js';

export function hardwareFacts(raw: RawFacts): ValueMap {
  const memory = (name: string) =>
    Math.floor(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(raw.text('/proc/meminfo'))?.[1] ?? 0) / 1024);
  const cpus = raw.text('/proc/cpuinfo');
  const processors = [...cpus.matchAll(/^processor\s*:/gm)].length;
  const sockets = new Set([...cpus.matchAll(/^physical id\s*:\s*(\d+)/gm)].map((found) => found[1])).size || 1;
  const cores = Number(/^cpu cores\s*:\s*(\d+)/m.exec(cpus)?.[1] ?? 1);
  return {
    memtotal_mb: memory('MemTotal'),
    memfree_mb: memory('MemFree'),
    swaptotal_mb: memory('SwapTotal'),
    swapfree_mb: memory('SwapFree'),
    memory_mb: {
      real: { total: memory('MemTotal'), free: memory('MemFree') },
      nocache: { free: memory('MemAvailable') },
      swap: { total: memory('SwapTotal'), free: memory('SwapFree') },
    },
    processor_vcpus: processors || 1,
    processor_count: sockets,
    processor_cores: cores,
    processor_nproc: processors || 1,
    mounts: mounts(raw),
    devices: devices(raw),
  };
}

/** As Ansible: what has a device behind it, and network file systems. Sizes in bytes. */
function mounts(raw: RawFacts): ValueMap[] {
  const sizes = new Map<string, number[]>();
  for (const line of raw.text('statfs').split('\n')) {
    const found = /^(\d+) (\d+) (\d+) (\d+) (\d+) (.*)$/.exec(line);
    if (found) sizes.set(found[6] ?? '', found.slice(1, 6).map(Number));
  }
  return raw
    .text('/proc/mounts')
    .split('\n')
    .flatMap((line) => {
      const [device = '', encoded = '', fstype = '', options = ''] = line.split(' ');
      const mount = encoded.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
      if (!/^\/|:\/| \/ /.test(device) && mount !== '/') return [];
      const [block = 0, total = 0, available = 0, inodes = 0, freeInodes = 0] = sizes.get(mount) ?? [];
      return [
        {
          mount,
          device,
          fstype,
          options,
          block_size: block,
          block_total: total,
          block_available: available,
          block_used: total - available,
          size_total: block * total,
          size_available: block * available,
          inode_total: inodes,
          inode_available: freeInodes,
          inode_used: inodes - freeInodes,
        },
      ];
    });
}

function devices(raw: RawFacts): ValueMap {
  return Object.fromEntries(
    raw.list('disks').map((packed) => {
      const [name = '', sectors = '0', removable = '', rotational = '', model = '', vendor = ''] = unpack(packed).map((field) =>
        field.toString(),
      );
      // /sys counts in sectors of 512 bytes, whatever the disk's own are.
      return [
        name,
        {
          sectors: Number(sectors),
          size: readable(Number(sectors) * 512),
          removable,
          rotational,
          model: model || null,
          vendor: vendor || null,
        },
      ];
    }),
  );
}

function readable(bytes: number): string {
  const units = ['Bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(2)} ${units[unit]}`;
}
