/** A TCP connection from the host over standard input and output, where sshd does not forward. Says `ok`, or `fail` with the errno's name. */
export const relayProgram = String.raw`
use strict; use Socket qw(getaddrinfo SOCK_STREAM); use Errno;
our $nonce;
$SIG{PIPE} = 'IGNORE';
sub take { my ($n) = @_; my $b = ''; while (length $b < $n) { sysread(STDIN, $b, $n - length $b, length $b) || exit 97 } $b }
sub say_it { syswrite STDOUT, "$_[0]\n" }
my ($host, $port) = split / /, take(unpack 'N', take(4));
my ($err, @found) = getaddrinfo($host, $port, { socktype => SOCK_STREAM });
if ($err || !@found) { say_it('fail ENOTFOUND'); exit 1 }
my ($s, $why);
for my $to (@found) {
  socket $s, $to->{family}, $to->{socktype}, $to->{protocol} or next;
  local $SIG{ALRM} = sub {}; alarm 30;
  my $ok = connect $s, $to->{addr}; my $interrupted = $!{EINTR};
  $why = $interrupted ? 'ETIMEDOUT' : (grep { $!{$_} } qw(ECONNREFUSED ETIMEDOUT EHOSTUNREACH ENETUNREACH))[0] || 'ECONNREFUSED' unless $ok;
  alarm 0; if ($ok) { undef $why; last } close $s; undef $s;
}
if (!$s) { say_it("fail $why"); exit 1 }
say_it('ok');
my ($in, $net) = (0, fileno $s);
my %on = ($in => 1, $net => 1);
while ($on{$net}) {
  my $r = ''; vec($r, $_, 1) = 1 for grep { $on{$_} } $in, $net;
  my $n = select $r, undef, undef, undef; next if $n < 0;
  if ($on{$in} && vec $r, $in, 1) { my $got = sysread STDIN, my $b, 65536; if (!$got) { $on{$in} = 0; shutdown $s, 1 } else { put($s, $b) } }
  if (vec $r, $net, 1) { my $got = sysread $s, my $b, 65536; if (!$got) { $on{$net} = 0 } else { put(\*STDOUT, $b) } }
}
sub put { my ($h, $b) = @_; while (length $b) { my $n = syswrite $h, $b; defined $n or exit 1; substr($b, 0, $n) = '' } }
`;
