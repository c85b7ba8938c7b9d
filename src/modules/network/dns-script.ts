/**
 * Asks DNS servers themselves, by a packet of our own: /etc/hosts and nsswitch have no say. $1: the name, then the servers; without any,
 * those of the host (systemd-resolved's stub reads /etc/hosts, so its own servers are asked). A line for each server and type:
 * server, type, outcome (a code of DNS, `timeout`, `error`), addresses with commas.
 */
export const dnsScript = String.raw`# ask DNS servers for the addresses of a name
# A comment may be in any encoding.
export LC_ALL=C
name=$1; shift
if [ $# -eq 0 ]; then
  from=/etc/resolv.conf
  grep -q '^nameserver[[:space:]]*127\.0\.0\.5[34]' $from 2>/dev/null && [ -r /run/systemd/resolve/resolv.conf ] && from=/run/systemd/resolve/resolv.conf
  set -- $(sed -n 's/^nameserver[[:space:]]*\([^[:space:]]*\).*/\1/p' $from 2>/dev/null)
fi
perl - "$name" "$@" <<'PERL'
use strict; use Socket qw(:DEFAULT getaddrinfo inet_ntop AF_INET6 AI_NUMERICHOST SOCK_DGRAM);
my ($name, @servers) = @ARGV;
my @codes = qw(NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED);
my %type = (A => 1, AAAA => 28);
sub skip { my ($p, $at) = @_; while ($at < length $p) { my $n = ord substr $p, $at, 1; return $at + 2 if $n >= 192; return $at + 1 if !$n; $at += $n + 1 } length $p }
for my $server (@servers) {
  my ($error, $to) = getaddrinfo($server, 53, { socktype => SOCK_DGRAM, flags => AI_NUMERICHOST });
  if ($error) { print "$server\t$_\terror\t\n" for sort keys %type; next }
  my $s;
  socket($s, $to->{family}, SOCK_DGRAM, 0) && connect($s, $to->{addr}) or do { print "$server\t$_\terror\t\n" for sort keys %type; next };
  my (%said, %id);
  for my $try (1, 2) {
    for my $t (grep { !$said{$_} } sort keys %type) {
      my $id = int rand 65536; $id{$id} = $t;
      send $s, pack('nnnnnn', $id, 0x0100, 1, 0, 0, 0) . join('', map { pack 'C/a*', $_ } split /\./, $name) . pack('Cnn', 0, $type{$t}, 1), 0;
    }
    my $end = time + 3;
    while (keys %said < 2 && time < $end) {
      my $r = ''; vec($r, fileno $s, 1) = 1; select $r, undef, undef, 1 or next;
      defined recv $s, my $p, 4096, 0 or last;
      next if length $p < 12;
      my ($id, $flags, $questions, $answers) = unpack 'n4', $p;
      my $t = $id{$id} or next; next unless $flags & 0x8000;
      my ($at, @found) = (12);
      for (1 .. $questions) { $at = skip($p, $at) + 4 }
      for (1 .. $answers) {
        $at = skip($p, $at); last if $at + 10 > length $p;
        my ($kind, $class, $ttl, $size) = unpack 'nnNn', substr $p, $at, 10; my $data = substr $p, $at + 10, $size; $at += 10 + $size;
        push @found, inet_ntop($kind == 1 ? AF_INET : AF_INET6, $data) if $kind == $type{$t} && length $data == ($kind == 1 ? 4 : 16);
      }
      $said{$t} = ($codes[$flags & 15] || 'RCODE' . ($flags & 15)) . "\t" . join ',', @found;
    }
    last if keys %said == 2;
  }
  print "$server\t$_\t", $said{$_} || "timeout\t", "\n" for sort keys %type;
}
PERL`;

/** What the host's own resolver says (nsswitch: /etc/hosts first): addresses, one a line. One that has nobody to ask may take minutes to say so. */
export const resolverScript = `# addresses as the host's resolver gives them
timeout 10 getent ahosts -- "$1" | awk '!seen[$1]++ { print $1 }'`;

export interface ServerAnswer {
  readonly server: string;
  readonly type: string;
  readonly outcome: string;
  readonly addresses: readonly string[];
}

export function parseDnsAnswers(output: string): ServerAnswer[] {
  return output.split('\n').flatMap((line) => {
    const [server, type, outcome, addresses = ''] = line.split('\t');
    return server && type && outcome ? [{ server, type, outcome, addresses: addresses === '' ? [] : addresses.split(',') }] : [];
  });
}
