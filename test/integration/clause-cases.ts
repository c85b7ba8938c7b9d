import { expect } from 'vitest';

/** The exit status of a preflight that finds something fatal unmet, and of one that has warnings alone. */
export const fatal = 2;
export const warning = 0;

/** Broken and mended by hand on Chats (or where it says); MEETINGS and VENDOR stand for addresses. */
export const BY_HAND: readonly {
  readonly title: string;
  readonly clause: string;
  readonly code: number;
  readonly found: readonly (string | RegExp)[];
  readonly on?: 'meetings';
  readonly broken: string;
  readonly mended: string;
  readonly flags?: readonly string[];
}[] = [
  {
    title: 'ROLE-1: Meetings is not installed',
    clause: 'ROLE-1',
    code: fatal,
    found: [/add_chats_token.sh is not executable/],
    on: 'meetings',
    broken: 'chmod 600 /opt/webinar/scripts/add_chats_token.sh',
    mended: 'chmod 700 /opt/webinar/scripts/add_chats_token.sh',
  },
  {
    title: 'OS-1: another system',
    clause: 'OS-1',
    code: fatal,
    found: [/Ubuntu 22\.04/],
    broken:
      "cp /usr/lib/os-release /root/; printf '%s\\n' 'PRETTY_NAME=\"Ubuntu 22.04.4 LTS\"' NAME=Ubuntu 'VERSION_ID=\"22.04\"' ID=ubuntu ID_LIKE=debian >/usr/lib/os-release",
    mended: 'cat /root/os-release >/usr/lib/os-release',
  },
  {
    title: 'HW-1: memory, 7 % too little',
    clause: 'HW-1',
    code: fatal,
    found: [/^0\.9 GB$/],
    broken: "sed 's/^MemTotal:.*/MemTotal: 908203 kB/' /proc/meminfo >/root/meminfo; mount --bind /root/meminfo /proc/meminfo",
    mended: 'umount /proc/meminfo',
  },
  {
    title: 'HW-1: vCPUs',
    clause: 'HW-1',
    code: fatal,
    found: [/^3 vCPU$/],
    broken: "printf 'processor\\t: 0\\nprocessor\\t: 1\\nprocessor\\t: 2\\n' >/root/cpuinfo; mount --bind /root/cpuinfo /proc/cpuinfo",
    mended: "printf 'processor\\t: 0\\nprocessor\\t: 1\\nprocessor\\t: 2\\nprocessor\\t: 3\\n' >/root/cpuinfo",
    flags: ['-e', 'preflight_min_vcpus=4'],
  },
  {
    title: "HW-1: a small disk under Docker's root, wherever that is; in a laboratory a warning",
    clause: 'HW-1',
    code: warning,
    found: [/^0 GB on \/srv\/docker$/],
    broken: `mkdir -p /etc/docker /srv/docker; echo '{ "data-root": "/srv/docker" }' >/etc/docker/daemon.json; mount -t tmpfs -o size=64m none /srv/docker`,
    mended: 'umount /srv/docker; rm -r /etc/docker',
    flags: ['-e', 'preflight_enforce=false'],
  },
  {
    title: 'PORT-1: another program holds 443, and is named',
    clause: 'PORT-1',
    code: fatal,
    found: [/^443: other-web$/],
    broken: `cp /usr/bin/perl /usr/local/bin/other-web; systemd-run -q --unit=other-web /usr/local/bin/other-web /root/listen.pl 443
until ss -Hltn sport = :443 | grep -q .; do sleep 0.1; done`,
    mended: 'systemctl stop other-web',
  },
  {
    title: 'PORT-2: something drops what Meetings sends',
    clause: 'PORT-2',
    code: fatal,
    found: [/does not answer/],
    broken:
      'nft "add table inet lab; add chain inet lab in { type filter hook input priority 10; }; add rule inet lab in ip saddr MEETINGS tcp dport 443 drop"',
    mended: 'nft delete table inet lab',
  },
  {
    title: 'PORT-2: Chats does not reach Meetings, which is a warning',
    clause: 'PORT-2',
    code: warning,
    found: [/refuses connections/],
    broken:
      'nft "add table inet lab; add chain inet lab out { type filter hook output priority 10; }; add rule inet lab out ip daddr MEETINGS tcp dport 443 reject with tcp reset"',
    mended: 'nft delete table inet lab',
  },
  {
    title: 'PORT-2: Chats does not know the name of Meetings',
    clause: 'PORT-2',
    code: warning,
    found: [/has no address/],
    broken: 'true',
    mended: 'true',
    flags: ['-e', 'meetings_domain=nobody.acme-corp.ru'],
  },
  {
    title: 'OS-2: apt fails, which is not that nothing is pending',
    clause: 'OS-2',
    code: fatal,
    found: [/^apt says: Malformed .*\/etc\/apt\/sources\.list\.d\/site\.list/],
    broken: 'echo deb >/etc/apt/sources.list.d/site.list',
    mended: 'rm /etc/apt/sources.list.d/site.list',
  },
  {
    title: "NET-1: Chats does not reach the vendor's hosts",
    clause: 'NET-1',
    code: fatal,
    found: [/DNS ok, TCP refused, TLS not tried/],
    broken:
      'nft "add table inet lab; add chain inet lab out { type filter hook output priority 10; }; add rule inet lab out ip daddr VENDOR tcp dport 443 reject with tcp reset"',
    mended: 'nft delete table inet lab',
  },
  {
    title: 'NET-1: what answers there speaks no TLS',
    clause: 'NET-1',
    code: fatal,
    found: [/DNS ok, TCP open, TLS failed/],
    broken:
      'nft "add table ip labnat; add chain ip labnat out { type nat hook output priority -50; }; add rule ip labnat out ip daddr VENDOR tcp dport 443 dnat to VENDOR:8080"',
    mended: 'nft delete table ip labnat',
  },
  {
    title: "NET-1: Meetings does not reach the installer's host",
    clause: 'NET-1',
    code: fatal,
    found: [/TCP refused/],
    on: 'meetings',
    broken: 'echo CHATS rep-box.webinar.ru >>/etc/hosts',
    mended: 'sed "/rep-box/d" /etc/hosts >/root/hosts; cat /root/hosts >/etc/hosts',
  },
  {
    title: 'NET-2: somebody else answers for the registry',
    clause: 'NET-2',
    code: warning,
    found: [/certificate/],
    broken: 'echo MEETINGS premise-registry.mts-link.net >>/etc/hosts',
    mended: 'sed "/premise/d" /etc/hosts >/root/hosts; cat /root/hosts >/etc/hosts',
  },
  {
    title: 'NET-2: proxies, each with its file and line, without its password',
    clause: 'NET-2',
    code: warning,
    found: [
      /^environment: HTTPS_PROXY=http:\/\/…@proxy:3128/m,
      '/etc/environment:2: HTTPS_PROXY=http://…@proxy:3128',
      '/etc/profile.d/site.sh:1: export http_proxy=http://proxy:3128',
      '/etc/apt/apt.conf.d/95site:2: http { Proxy "http://proxy:3128"; };',
      /\/etc\/wgetrc:\d+: https_proxy = http:\/\/proxy:3128/,
      '/etc/systemd/system/docker.service.d/proxy.conf:2: Environment="HTTPS_PROXY=http://proxy:3128"',
      '/etc/docker/daemon.json:2: "proxies": { "https-proxy": "http://proxy:3128" }',
      '/root/.docker/config.json:2: "httpsProxy": "http://proxy:3128"',
    ],
    broken: `mkdir -p /etc/docker /root/.docker /etc/systemd/system/docker.service.d
echo 'Defaults env_file=/etc/environment' >/etc/sudoers.d/site
printf '# of the site\\nHTTPS_PROXY=http://user:word@proxy:3128\\n' >>/etc/environment
echo 'export http_proxy=http://proxy:3128' >/etc/profile.d/site.sh
printf 'Acquire {\\n  http { Proxy "http://proxy:3128"; };\\n};\\n' >/etc/apt/apt.conf.d/95site
cp /etc/wgetrc /root/wgetrc; echo 'https_proxy = http://proxy:3128' >>/etc/wgetrc
printf '[Service]\\nEnvironment="HTTPS_PROXY=http://proxy:3128"\\n' >/etc/systemd/system/docker.service.d/proxy.conf
printf '{\\n  "proxies": { "https-proxy": "http://proxy:3128" }\\n}\\n' >/etc/docker/daemon.json
printf '{ "proxies": { "default": {\\n  "httpsProxy": "http://proxy:3128"\\n} } }\\n' >/root/.docker/config.json`,
    mended: `: >/etc/environment; rm -r /etc/sudoers.d/site /etc/profile.d/site.sh /etc/apt/apt.conf.d/95site /etc/systemd/system/docker.service.d /etc/docker /root/.docker; mv /root/wgetrc /etc/wgetrc`,
  },
  {
    title: "TIME-1: the Chats server's clock is an hour ahead",
    clause: 'TIME-1',
    code: warning,
    found: [/^3\d\d\d s ahead of the control machine$/m, /^3\d\d\d s here and 0 s on meet1/m],
    broken:
      'printf "#!/bin/sh\\nLD_PRELOAD=$(ls /usr/lib/*/faketime/libfaketime.so.1) FAKETIME=+3600 exec /bin/date \\"\\$@\\"\\n" >/usr/local/bin/date; chmod 755 /usr/local/bin/date',
    mended: 'rm /usr/local/bin/date',
  },
  {
    title: 'INST-1: nothing can be run from where installer.sh is to lie on Meetings',
    clause: 'INST-1',
    code: fatal,
    found: [/^\/opt\/chats-installer is mounted noexec/],
    on: 'meetings',
    broken: 'mkdir -p /opt/chats-installer; mount -t tmpfs -o noexec none /opt/chats-installer',
    mended: 'umount /opt/chats-installer; rmdir /opt/chats-installer',
  },
  {
    title: 'INST-5: or on Chats',
    clause: 'INST-5',
    code: fatal,
    found: [/^\/opt is mounted read-only$/],
    broken: 'mount --bind /opt /opt; mount -o remount,bind,ro /opt',
    mended: 'umount /opt',
  },
];

/** Rules of somebody's own: a net that is barred stays so, and what is not named is rejected. Docker's rules for the container's resolver stay. */
export const NFTABLES = `#!/usr/sbin/nft -f
table inet site
delete table inet site
define OFFICE = 10.0.0.0/8

table inet site {
	set barred { type ipv4_addr; elements = { 192.0.2.1,
		192.0.2.2 } }
	chain incoming {
		type filter hook input priority filter; policy accept;
		ct state vmap { established : accept, related : accept, invalid : drop }
		iif "lo" accept
		ip saddr @barred drop
		ip saddr $OFFICE tcp dport 443 accept
		tcp dport 22 accept # "always"
		counter reject with icmpx admin-prohibited
	}
}
`;

export const IPTABLES = `*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -s 192.0.2.0/24 -j DROP
-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
COMMIT
`;

export const UNIT = `[Unit]
Before=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/iptables-restore /etc/site.rules
[Install]
WantedBy=multi-user.target
`;

/** Listens on the ports given; as a file, for systemd-run reads `$` in its own way. */
export const LISTEN = `use IO::Socket::INET; use IO::Select;
my $all = IO::Select->new(map { IO::Socket::INET->new(LocalPort => $_, Listen => 5, ReuseAddr => 1) or die } @ARGV);
while (my @ready = $all->can_read) { $_->accept for @ready }
`;

export const WEB = `systemd-run -q --unit=web perl /root/listen.pl 80 443 8080
until [ "$(ss -Hltn '( sport = :80 or sport = :443 or sport = :8080 )' | wc -l)" = 3 ]; do sleep 0.1; done`;

const SITE = '/etc/nginx/sites-enabled/chats';
const refused = (who: string) => `add rule inet lab in ip saddr ${who} tcp dport 443 reject with tcp reset`;
const closed = (rule: string) => `nft "add table inet lab; add chain inet lab in { type filter hook input priority 10; }; ${rule}"`;

/** What breaks on the Chats server once the product runs, and what verify finds of it. */
export const AFTER: readonly {
  readonly title: string;
  readonly clause: string;
  readonly code: number;
  readonly found: readonly unknown[];
  readonly broken: string;
  readonly mended: string;
}[] = [
  {
    title: 'ACC-1: the login page is an error',
    clause: 'ACC-1',
    code: fatal,
    found: ['answer 502', 'answer 502'],
    broken: `cp ${SITE} /root/site; sed -i 's/return 200.*/return 502; }/' ${SITE}; systemctl reload nginx`,
    mended: `cp /root/site ${SITE}; systemctl reload nginx`,
  },
  {
    title: 'ACC-1: the product does not run: neither port is closed by anybody',
    clause: 'ACC-1',
    code: fatal,
    found: [expect.stringContaining('refuses'), expect.stringContaining('refuses')],
    broken: 'systemctl stop nginx',
    mended: 'systemctl start nginx',
  },
  {
    title: 'ACC-2: without /chats there is a page',
    clause: 'ACC-2',
    code: fatal,
    found: ['answer 200', 'answer 200'],
    broken: `cp ${SITE} /root/site; sed -i 's/return 403/return 200/' ${SITE}; systemctl reload nginx`,
    mended: `cp /root/site ${SITE}; systemctl reload nginx`,
  },
  {
    title: 'PORT-1: packets from outside are dropped',
    clause: 'PORT-1',
    code: fatal,
    found: [expect.stringContaining('drops packets'), expect.stringContaining('drops packets')],
    broken: closed('add rule inet lab in ip saddr CONTROL tcp dport { 80, 443 } drop'),
    mended: 'nft delete table inet lab',
  },
  {
    title: 'PORT-1: or refused, though the product listens',
    clause: 'PORT-1',
    code: fatal,
    found: [expect.stringContaining('refuses')],
    broken: closed(refused('CONTROL')),
    mended: 'nft delete table inet lab',
  },
  {
    title: 'PORT-2: Meetings is refused',
    clause: 'PORT-2',
    code: fatal,
    found: [expect.stringContaining('refuses')],
    broken: closed(refused('MEETINGS')),
    mended: 'nft delete table inet lab',
  },
  {
    title: 'PORT-2: Chats does not reach Meetings',
    clause: 'PORT-2',
    code: warning,
    found: [expect.stringContaining('refuses')],
    broken:
      'nft "add table inet lab; add chain inet lab out { type filter hook output priority 10; }; add rule inet lab out ip daddr MEETINGS tcp dport 443 reject with tcp reset"',
    mended: 'nft delete table inet lab',
  },
];
