import type { LabHost } from './host.js';

/**
 * A network of the machine's own behind its interface `lan0`, where dnsmasq gives leases with a name server and search domains (the first as the domain name, too);
 * there again after a reboot, before the machine's own network.
 */
export async function leases(host: LabHost, nameServer: string, searchDomains: string[]): Promise<void> {
  const options = [
    `--dhcp-option=option:domain-name,${searchDomains[0]}`,
    `--dhcp-option=option:domain-search,${searchDomains.join(',')}`,
    `--dhcp-option=option:dns-server,${nameServer}`,
    // No router: the default route stays where it is.
    '--dhcp-option=option:router',
  ];
  const server = `dnsmasq --conf-file=/dev/null --port=0 --interface=lan1 --bind-interfaces --user=root
    --pid-file=/run/lab-leases.pid --dhcp-leasefile=/run/lab-leases --dhcp-range=192.0.2.50,192.0.2.60,2m ${options.join(' ')}`.replace(
    /\s+/g,
    ' ',
  );
  await host.writeFile(
    '/usr/local/lib/lab-leases.sh',
    `set -e
ip netns add router
ip link add lan0 type veth peer name lan1
ip link set lan1 netns router
ip -n router link set lo up
ip -n router address add 192.0.2.1/24 dev lan1
ip -n router link set lan1 up
nsenter --net=/run/netns/router ${server}
`,
  );
  await host.writeFile(
    '/etc/systemd/system/lab-leases.service',
    `[Unit]
DefaultDependencies=no
After=local-fs.target
Before=network-pre.target networking.service NetworkManager.service systemd-networkd.service
Wants=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh /usr/local/lib/lab-leases.sh
[Install]
WantedBy=sysinit.target
`,
  );
  await host.run('systemctl daemon-reload && systemctl enable --now lab-leases');
}
