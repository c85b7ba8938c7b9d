/**
 * The far side of a session, in perl: perl-base is Essential in Debian, and one process answers reads and writes without a fork each
 * (docs/adr/0002-session.md). It reads frames from standard input and answers in order; nothing else ever writes to its standard output.
 *
 * A frame is a 32-bit length and packed fields; packed fields are their count, then each with its length (`pack 'N(N/a*)*'`).
 * An answer has the session's nonce in front. `$nonce` comes from the loader (launch.ts).
 *
 * No `\u0060` and no `$` followed by `{` in these programs: they are template literals.
 */
export const coreProgram = String.raw`
use strict; use Fcntl; use Errno; use Config;
our ($nonce, %handle, %sub_ok, $after);
$| = 1; umask 022; chdir '/';
$SIG{PIPE} = $SIG{XFSZ} = 'IGNORE';
my @me = getpwuid $>;
%ENV = (PATH => '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL => 'C.UTF-8', DEBIAN_FRONTEND => $ENV{DEBIAN_FRONTEND} || 'noninteractive',
  HOME => $me[7] || '/', USER => $me[0] || $>, LOGNAME => $me[0] || $>, SHELL => '/bin/sh', TERM => 'dumb');

sub pk { pack 'N(N/a*)*', scalar @_, @_ }
sub up { return () if length $_[0] <= 4; my ($n, @f) = unpack 'N(N/a*)*', $_[0]; @f }
sub errname { my $e = $_[0] + 0; local $! = $e; for (qw(ENOENT ENOTDIR EACCES EPERM EISDIR ENOSPC EROFS EBUSY EXDEV EDQUOT EEXIST ENOTEMPTY ELOOP ENAMETOOLONG ETXTBSY EIO EFBIG E2BIG EINVAL ENOEXEC)) { return $_ if $!{$_} } "E$e" }
sub oops { my ($path, $what) = @_; die { path => $path, errno => errname($!), reason => defined $what ? "$what: $!" : "$!" } }
sub refuse { my ($path, $reason, $errno) = @_; die { path => $path, errno => $errno || '', reason => $reason } }
sub random_name { open my $h, '<', '/dev/urandom' or oops('/dev/urandom'); sysread $h, my $b, 12; unpack 'H*', $b }

# System calls that perl-base has no function for. Elsewhere the builtins answer, with whole seconds.
my %number = (x86_64 => [332, 74, 280], aarch64 => [291, 82, 88], i386 => [383, 118, 320], i686 => [383, 118, 320]);
my ($arch) = $Config{archname} =~ /^([^-]+)/;
our ($statx, $fsync, $utimensat) = @{ $number{$arch} || [] };

sub flush_disk {
  my ($h, $path) = @_;
  if ($fsync) { syscall($fsync, fileno $h) == 0 or oops($path, 'fsync'); return }
  require IO::Handle; IO::Handle::sync($h) or oops($path, 'fsync');
}

# When a process began, as the kernel counts: its number may have been given away again. Empty: there is none, or it is hidden.
sub started { my ($pid) = @_; my $s = slurp("/proc/$pid/stat"); defined $s ? (split ' ', $s =~ s/^.*\) //sr)[19] : '' }

sub slurp { my ($path) = @_; open my $h, '<', $path or return undef; local $/; my $t = <$h>; defined $t ? $t : '' }

# Runs a program in a process group of its own. Answers (rc, stdout, stderr, timed out, could not be started).
# A grandchild that keeps the pipes open (a daemon started by a maintainer script) does not keep us waiting.
sub run {
  my (%o) = @_;
  my ($in_r, $in_w, $out_r, $out_w, $err_r, $err_w, $x_r, $x_w);
  pipe $out_r, $out_w or oops('pipe'); pipe $err_r, $err_w or oops('pipe'); pipe $x_r, $x_w or oops('pipe');
  if (defined $o{stdin}) { pipe $in_r, $in_w or oops('pipe') } else { open $in_r, '<', '/dev/null' or oops('/dev/null') }
  my $pid = fork; defined $pid or oops($o{argv}[0], 'fork');
  if (!$pid) {
    setpgrp 0, 0;
    $SIG{PIPE} = $SIG{TERM} = $SIG{CHLD} = $SIG{XFSZ} = 'DEFAULT';
    if ($o{env}) { $ENV{$_} = $o{env}{$_} for keys %{ $o{env} } }
    open STDIN, '<&', $in_r; open STDOUT, '>&', $out_w; open STDERR, '>&', $err_w;
    { no warnings; exec { $o{argv}[0] } @{ $o{argv} } }
    syswrite $x_w, errname($!); require POSIX; POSIX::_exit(127);
  }
  close $_ for $in_r, $out_w, $err_w, $x_w;
  my ($out, $err, $input, $failed) = ('', '', $o{stdin}, '');
  sysread $x_r, $failed, 64;
  my ($started, $limit, $ended, $status, $timed_out, $killed) = (time, $o{timeout} || 600, 0, 0, 0, 0);
  my %open = (fileno $out_r, [$out_r, \$out], fileno $err_r, [$err_r, \$err]);
  my $most = $o{keep} || 16 << 20;
  while (%open || !$ended) {
    my ($r, $w) = ('', ''); vec($r, $_, 1) = 1 for keys %open;
    if (defined $in_w) { if (length $input) { vec($w, fileno $in_w, 1) = 1 } else { close $in_w; undef $in_w } }
    my $wait = $ended ? 0.1 : %open ? 0.2 : 0.01;
    my $n = select $r, $w, undef, $wait;
    my $moved = 0;
    if ($n > 0) {
      for my $fd (keys %open) {
        next unless vec $r, $fd, 1;
        my ($h, $to) = @{ $open{$fd} };
        my $got = sysread $h, $$to, 65536, length $$to;
        if ($got) { $moved = 1; substr($$to, 0, length($$to) - $most) = '' if length $$to > 2 * $most } else { delete $open{$fd} }
      }
      if (defined $in_w && vec $w, fileno $in_w, 1) {
        my $sent = syswrite $in_w, $input, 4096;
        if (defined $sent) { substr($input, 0, $sent) = '' } else { close $in_w; undef $in_w }
      }
    }
    if (!$ended && waitpid($pid, 1) == $pid) { $status = $?; $ended = 1; next }
    last if $ended && !$moved && %open;
    if (!$ended && time - $started > $limit + 5 * $killed) {
      $timed_out = 1; kill $killed ? 'KILL' : 'TERM', -$pid; last if $killed > 2; $killed++;
    }
  }
  my $rc = $status & 127 ? 128 + ($status & 127) : $status >> 8;
  return ($rc, $out, $err, $timed_out, $failed);
}

# The control side says something every 15 s. A session that it forgot, in the middle of a frame or of an answer too, must not hold the host's lock for ever.
my $patience = 60;
sub in_time { my ($move) = @_; local $SIG{ALRM} = sub { exit 0 }; alarm $patience; my $n = $move->(); alarm 0; $n }

sub take {
  my ($n) = @_; my $b = '';
  while (length $b < $n) {
    my $got = in_time(sub { sysread STDIN, $b, $n - length $b, length $b });
    next if !defined $got && $!{EINTR};
    exit 0 unless $got;
  }
  $b
}

sub answer {
  my $b = pk(@_); $b = $nonce . pack('N', length $b) . $b;
  while (length $b) { my $n = in_time(sub { syswrite STDOUT, $b, 65536 }); next if !defined $n && $!{EINTR}; defined $n or exit 0; substr($b, 0, $n) = '' }
}

$handle{ping} = sub { 'ok' };
# A part of the program that most runs do not need is sent when it is asked for.
$handle{define} = sub { eval $_[0]; die $@ if $@; 'ok' };

sub serve {
  my $stopping = 0;
  local $SIG{TERM} = sub { $stopping = 1 };
  until ($stopping) {
    my $r = ''; vec($r, 0, 1) = 1;
    my $n = select $r, undef, undef, $patience;
    next if $n < 0 && $!{EINTR};
    last unless $n > 0;
    my ($kind, @fields) = up(take(unpack 'N', take(4)));
    my @answer = eval { $handle{$kind} ? $handle{$kind}->(@fields) : die "no request $kind\n" };
    if (my $e = $@) { @answer = ref $e eq 'HASH' ? ('fail', $e->{path}, $e->{errno}, $e->{reason}) : ('defect', "$e") }
    answer(@answer);
    if ($after) { my $then = $after; undef $after; $then->() }
  }
}
`;
