/** Gathers what facts are made of, raw: names and texts. What they mean is decided on the control side (facts/). */
export const factsProgram = String.raw`
sub ask_program { my ($rc, $out) = eval { run(argv => [@_], timeout => 10) }; defined $rc && $rc == 0 ? $out : '' }
sub primary_address {
  my ($name) = @_;
  # SIOCGIFADDR, SIOCGIFNETMASK: the primary IPv4 address where iproute2 is missing.
  socket my $s, 2, 2, 0 or return '';
  my @found = map { my $r = pack 'a16 x16', $name; ioctl($s, $_, $r) ? join '.', unpack 'x20 C4', $r : '' } 0x8915, 0x891b;
  $found[0] ? join '/', @found : ''
}
$handle{facts} = sub {
  my %want = map { $_ => 1 } @_;
  my @f;
  for my $path (qw(/etc/os-release /etc/debian_version /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /proc/sys/kernel/version /proc/sys/kernel/random/boot_id
      /etc/machine-id /proc/cmdline /proc/uptime /proc/1/comm /etc/resolv.conf)) { my $t = slurp($path); push @f, $path, defined $t ? $t : '' }
  push @f, 'arch', ask_program('uname', '-m'), 'date', ask_program('date', '+%s %z %Z %Y-%m-%dT%H:%M:%S %A %j');
  my ($name) = (slurp('/proc/sys/kernel/hostname') || '') =~ /(\S*)/;
  my $fqdn = eval { local $SIG{ALRM} = sub { die }; alarm 5; my @h = gethostbyname $name; alarm 0; join ' ', grep { defined } $h[0], split ' ', $h[1] || '' };
  alarm 0;
  push @f, 'fqdn', $fqdn || $name, 'user', join(' ', (getpwuid $>)[0], $>, $) + 0, (getpwuid $>)[7], (getpwuid $>)[8]);
  push @f, 'env', pk(map { $_, $ENV{$_} } sort keys %ENV);
  push @f, 'apt', -x '/usr/bin/apt-get' ? 1 : 0, 'systemd', -d '/run/systemd/system' ? 1 : 0;
  if ($want{hardware}) {
    for my $path (qw(/proc/meminfo /proc/cpuinfo /proc/mounts /proc/swaps)) { my $t = slurp($path); push @f, $path, defined $t ? $t : '' }
    my @mounts = map { my @m = split ' '; $m[1] =~ s/\\(\d{3})/chr oct $1/ger } grep { m{^/} || m{^\S+ / } } split /\n/, slurp('/proc/mounts') || '';
    # One fork for all; a dead mount costs its 10 s once.
    push @f, 'statfs', @mounts ? ask_program('stat', '-f', '-c', '%S %b %a %c %d %n', '--', @mounts) : '';
    my @disks;
    for my $dir (glob '/sys/block/*') {
      my ($d) = $dir =~ m{([^/]+)$}; next if $d =~ /^(loop|ram|zram)/;
      push @disks, pk($d, map { my $t = slurp("$dir/$_"); defined $t ? $t =~ s/\s+$//r : '' } qw(size removable queue/rotational device/model device/vendor));
    }
    push @f, 'disks', pk(@disks);
  }
  if ($want{virtual}) {
    push @f, 'virt', ask_program('systemd-detect-virt') || (-e '/.dockerenv' ? 'docker' : ''), '/proc/1/environ', (slurp('/proc/1/environ') || '') =~ /(?:^|\0)container=([^\0]*)/ ? $1 : '';
    push @f, 'product', (slurp('/sys/class/dmi/id/product_name') || '') . (slurp('/sys/class/dmi/id/sys_vendor') || '');
  }
  if ($want{network}) {
    push @f, 'addresses', ask_program('ip', '-j', 'address', 'show'), 'routes4', slurp('/proc/net/route') || '', 'routes6', slurp('/proc/net/ipv6_route') || '', 'if_inet6', slurp('/proc/net/if_inet6') || '';
    my @links;
    for my $dir (glob '/sys/class/net/*') {
      next unless -d $dir; my ($i) = $dir =~ m{([^/]+)$};
      push @links, pk($i, (map { my $t = slurp("$dir/$_"); defined $t ? $t =~ s/\s+$//r : '' } qw(address mtu operstate type flags)), primary_address($i));
    }
    push @f, 'links', pk(@links);
  }
  ('ok', @f)
};
`;
