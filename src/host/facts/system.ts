import type { ValueMap } from '../../base/value.js';
import type { RawFacts } from './raw-facts.js';

const families: Readonly<Record<string, string>> = {
  debian: 'Debian',
  ubuntu: 'Debian',
  linuxmint: 'Debian',
  astra: 'Debian',
  rhel: 'RedHat',
  centos: 'RedHat',
  fedora: 'RedHat',
  rocky: 'RedHat',
  almalinux: 'RedHat',
};
const names: Readonly<Record<string, string>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  rhel: 'RedHat',
  centos: 'CentOS',
  fedora: 'Fedora',
  rocky: 'Rocky',
  almalinux: 'AlmaLinux',
};

/** What every subset has (`min`). */
export function systemFacts(raw: RawFacts): ValueMap {
  const release = assignments(raw.text('/etc/os-release'));
  const id = release['ID'] ?? '';
  // Debian's own file has the point release, which os-release has not: Ansible reports 12.5.
  const point = raw.text('/etc/debian_version').trim();
  const version = id === 'debian' && /^\d/.test(point) ? point : (release['VERSION_ID'] ?? '');
  const nodename = raw.text('/proc/sys/kernel/hostname').trim();
  const candidates = raw.text('fqdn').split(' ').filter(Boolean);
  const fqdn = candidates.find((each) => each.includes('.')) ?? candidates[0] ?? nodename;
  const [user = '', uid = '', gid = '', home = '', shell = ''] = raw.text('user').split(' ');
  const env = raw.list('env').map((each) => each.toString());
  return {
    hostname: nodename.split('.')[0] ?? nodename,
    nodename,
    fqdn,
    domain: fqdn.includes('.') ? fqdn.slice(fqdn.indexOf('.') + 1) : '',
    distribution: names[id] ?? release['NAME'] ?? id,
    distribution_version: version,
    distribution_major_version: version.split('.')[0] ?? '',
    distribution_release: release['VERSION_CODENAME'] ?? 'NA',
    os_family: families[id] ?? families[(release['ID_LIKE'] ?? '').split(' ')[0] ?? ''] ?? names[id] ?? id,
    system: 'Linux',
    kernel: raw.text('/proc/sys/kernel/osrelease').trim(),
    kernel_version: raw.text('/proc/sys/kernel/version').trim(),
    architecture: raw.text('arch').trim(),
    machine: raw.text('arch').trim(),
    machine_id: raw.text('/etc/machine-id').trim(),
    boot_id: raw.text('/proc/sys/kernel/random/boot_id').trim(),
    uptime_seconds: Math.floor(Number(raw.text('/proc/uptime').split(' ')[0] ?? 0)),
    proc_cmdline: commandLine(raw.text('/proc/cmdline')),
    service_mgr: raw.text('systemd') === '1' ? 'systemd' : raw.text('/proc/1/comm').trim() || 'service',
    pkg_mgr: raw.text('apt') === '1' ? 'apt' : 'unknown',
    user_id: user,
    user_uid: Number(uid),
    user_gid: Number(gid),
    user_dir: home,
    user_shell: shell,
    env: Object.fromEntries(env.flatMap((name, index) => (index % 2 ? [] : [[name, env[index + 1] ?? '']]))),
    date_time: dateTime(raw.text('date')),
    dns: resolver(raw.text('/etc/resolv.conf')),
  };
}

/** Shell-like assignments, as os-release(5) has them. */
function assignments(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)=(?:"(.*)"|'(.*)'|(.*))$/gm)].map((found) => [found[1] ?? '', found[2] ?? found[3] ?? found[4] ?? '']),
  );
}

/** A word without a value is true; of several with one name there is a list, as in Ansible's `proc_cmdline`. */
function commandLine(text: string): ValueMap {
  const words: Record<string, string | boolean | string[]> = {};
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const value = equals < 0 ? true : word.slice(equals + 1);
    const before = words[name];
    words[name] =
      typeof before === 'string' && typeof value === 'string'
        ? [before, value]
        : Array.isArray(before) && typeof value === 'string'
          ? [...before, value]
          : value;
  }
  return words;
}

function dateTime(text: string): ValueMap {
  const [epoch = '', offset = '', zone = '', stamp = '', weekday = '', dayOfYear = ''] = text.trim().split(' ');
  const [date = '', time = ''] = stamp.split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = '', second = ''] = time.split(':');
  const utc = epoch ? new Date(Number(epoch) * 1000).toISOString().replace('.000Z', 'Z') : '';
  return {
    year,
    month,
    day,
    weekday,
    hour,
    minute,
    second,
    epoch,
    date,
    time,
    iso8601: utc,
    tz: zone,
    tz_offset: offset,
    day_of_year: dayOfYear,
  };
}

/** resolv.conf(5). */
function resolver(text: string): ValueMap {
  const nameservers: string[] = [];
  const options: Record<string, string | boolean> = {};
  let search: string[] = [];
  let domain: string | undefined;
  for (const line of text.split('\n')) {
    const [word, ...rest] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (word === 'nameserver') nameservers.push(...rest.slice(0, 1));
    else if (word === 'search') search = rest;
    else if (word === 'domain') domain = rest[0];
    else if (word === 'options') {
      for (const option of rest) {
        const [name = '', value] = option.split(':');
        options[name] = value ?? true;
      }
    }
  }
  return { nameservers, search, options, ...(domain !== undefined && { domain }) };
}
