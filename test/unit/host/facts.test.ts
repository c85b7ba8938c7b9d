import { describe, expect, it } from 'vitest';
import { ipv6Of } from '../../../src/host/facts/addresses.js';
import { chooseSubsets, factsFrom, rawFacts } from '../../../src/host/facts/gather.js';
import { pack } from '../../../src/host/session/pack.js';

const raw = (fields: Record<string, string | Buffer>) =>
  rawFacts(Object.entries(fields).flatMap(([name, value]) => [Buffer.from(name), Buffer.from(value)]));

describe('facts', () => {
  it('of Debian are named and written as Ansible has them', () => {
    const facts = factsFrom(
      raw({
        '/etc/os-release':
          'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n',
        '/etc/debian_version': '12.11\n',
        '/proc/sys/kernel/hostname': 'web1\n',
        fqdn: 'web1 localhost web1.example.ru',
        '/proc/cmdline': 'BOOT_IMAGE=/vmlinuz ro console=tty0 console=ttyS0\n',
        '/etc/resolv.conf': '# made\nnameserver 10.0.0.1\nnameserver 10.0.0.2 ; x\nsearch a.ru b.ru\noptions ndots:2 rotate\n',
        user: 'root 0 0 /root /bin/bash',
        date: '1700000000 +0300 MSK 2023-11-15T01:13:20 Wednesday 319\n',
        env: pack('A', 'b'),
        apt: '1',
        systemd: '1',
        '/proc/uptime': '123.45 67\n',
      }),
      [],
    );
    expect(facts).toMatchObject({
      hostname: 'web1',
      fqdn: 'web1.example.ru',
      domain: 'example.ru',
      distribution: 'Debian',
      distribution_version: '12.11',
      distribution_major_version: '12',
      distribution_release: 'bookworm',
      os_family: 'Debian',
      pkg_mgr: 'apt',
      service_mgr: 'systemd',
      uptime_seconds: 123,
      proc_cmdline: { BOOT_IMAGE: '/vmlinuz', ro: true, console: ['tty0', 'ttyS0'] },
      dns: { nameservers: ['10.0.0.1', '10.0.0.2'], search: ['a.ru', 'b.ru'], options: { ndots: '2', rotate: true } },
      date_time: { year: '2023', hour: '01', tz: 'MSK', tz_offset: '+0300', iso8601: '2023-11-14T22:13:20Z' },
      env: { A: 'b' },
    });
    expect(facts).not.toHaveProperty('memtotal_mb');
  });

  it('of hardware: memory, mounts, disks', () => {
    const facts = factsFrom(
      raw({
        '/proc/meminfo': 'MemTotal:  2048000 kB\nMemFree: 1024000 kB\nSwapTotal: 0 kB\n',
        '/proc/cpuinfo': 'processor : 0\nphysical id : 0\ncpu cores : 2\n\nprocessor : 1\nphysical id : 0\n',
        '/proc/mounts': 'overlay / overlay rw 0 0\nproc /proc proc rw 0 0\n/dev/sda1 /with\\040space ext4 rw,noatime 0 0\n',
        statfs: '4096 100 40 10 5 /\n512 8 4 2 1 /with space\n',
        disks: pack(pack('sda', '41943040', '0', '1', 'Disk', '')),
      }),
      ['hardware'],
    );
    expect(facts).toMatchObject({
      memtotal_mb: 2000,
      processor_vcpus: 2,
      mounts: [
        { mount: '/', device: 'overlay', size_total: 409600, size_available: 163840 },
        { mount: '/with space', fstype: 'ext4', options: 'rw,noatime', size_total: 4096, inode_available: 1 },
      ],
      devices: { sda: { size: '20.00 GB', model: 'Disk', vendor: null } },
    });
  });

  const links = pack(
    pack('lo', '00:00:00:00:00:00', '65536', 'unknown', '772', '0x9', '127.0.0.1/255.0.0.0'),
    pack('eth0', '02:00:00:00:00:01', '1500', 'up', '1', '0x1', '192.168.5.7/255.255.255.0'),
  );
  const routes4 = 'Iface Destination Gateway Flags RefCnt Use Metric Mask\neth0\t00000000\t0105A8C0\t3\t0\t0\t100\t00000000\n';

  it('of the network from /proc and /sys where iproute2 is missing', () => {
    const facts = factsFrom(
      raw({ links, routes4, routes6: '', addresses: '', if_inet6: 'fe800000000000000000000000000001 02 40 20 80 eth0\n' }),
      ['network'],
    );
    expect(facts).toMatchObject({
      interfaces: ['lo', 'eth0'],
      all_ipv4_addresses: ['192.168.5.7'],
      all_ipv6_addresses: ['fe80::1'],
      default_ipv4: {
        interface: 'eth0',
        gateway: '192.168.5.1',
        address: '192.168.5.7',
        network: '192.168.5.0',
        netmask: '255.255.255.0',
        broadcast: '192.168.5.255',
        prefix: '24',
        macaddress: '02:00:00:00:00:01',
      },
      default_ipv6: {},
      eth0: { active: true, mtu: 1500, ipv4: { address: '192.168.5.7' }, ipv6: [{ address: 'fe80::1', scope: 'link' }] },
    });
  });

  it('of the network with every address where iproute2 is there', () => {
    const address = (local: string) => ({ family: 'inet', local, prefixlen: 24, scope: 'global' });
    const addresses = JSON.stringify([{ ifname: 'eth0', addr_info: [address('192.168.5.7'), address('192.168.5.8')] }]);
    const facts = factsFrom(raw({ links, routes4, routes6: '', addresses, if_inet6: '' }), ['network']);
    expect(facts).toMatchObject({
      all_ipv4_addresses: ['192.168.5.7', '192.168.5.8'],
      eth0: { ipv4_secondaries: [{ address: '192.168.5.8' }] },
    });
  });

  it.each([
    ['kvm\n', 'kvm', 'guest'],
    ['vmware', 'VMware', 'guest'],
    ['docker', 'docker', 'guest'],
    ['none', 'NA', 'NA'],
  ])('of virtualization: %j', (virt, type, role) => {
    expect(factsFrom(raw({ virt }), ['virtual'])).toMatchObject({ virtualization_type: type, virtualization_role: role });
  });

  it.each([
    ['all', ['all'], 3],
    ['nothing named', [], 3],
    ['the minimum', ['!all'], 0],
    ['one', ['network'], 1],
    ['all but one', ['!hardware'], 2],
    ['one beside the minimum', ['!all', 'network'], 1],
    ['min', ['min'], 0],
  ])('gather_subset: %s', (_, wanted, count) => {
    expect(chooseSubsets(wanted)).toHaveLength(count);
  });

  it.each([
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
  ])('an IPv6 address in its short form: %s', (hex, text) => {
    expect(ipv6Of(hex)).toBe(text);
  });
});
