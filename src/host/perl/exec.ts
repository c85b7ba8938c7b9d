/**
 * Runs user text in a channel of its own. What it runs comes on standard input; its script lies in a pipe (or, over the pipe's size, in an
 * unlinked file), never in argv nor executed by path. The program gets a process group of its own; `K` on standard input ends that group.
 * A lost connection does not: what restarts the network or the host must be able to finish.
 * Both outputs end with `NONCE rc\n`, behind which nothing counts: a background child that keeps them open is not waited for.
 */
export const execProgram = String.raw`
use strict; use Fcntl; use Config;
our $nonce;
$SIG{PIPE} = 'IGNORE';
sub up { return () if length $_[0] <= 4; my ($n, @f) = unpack 'N(N/a*)*', $_[0]; @f }
sub take { my ($n) = @_; my $b = ''; while (length $b < $n) { sysread(STDIN, $b, $n - length $b, length $b) || exit 97 } $b }
sub done { my ($rc, @more) = @_; my $line = join(' ', "$nonce.", $rc, map { unpack 'H*', $_ } @more) . "\n"; syswrite STDERR, $line; syswrite STDOUT, $line; exit 0 }

my ($argv, $script, $has_script, $chdir, $env, $has_stdin, $stdin) = up(take(unpack 'N', take(4)));
my @me = getpwuid $>;
$ENV{LC_ALL} = 'C.UTF-8';
@ENV{qw(HOME USER LOGNAME)} = ($me[7], $me[0], $me[0]) if @me;
my %have = map { $_ => 1 } split /:/, $ENV{PATH} || '';
$ENV{PATH} = join ':', grep { length } $ENV{PATH}, grep { !$have{$_} } qw(/usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin);
my @env = up($env); while (@env) { my $k = shift @env; $ENV{$k} = shift @env }
if (length $chdir) { chdir $chdir or done('chdir', "$!") }

# Held in memory where the kernel can, since /tmp may be full or read-only.
my $unlinked = sub {
  my ($text) = @_;
  my %memfd_create = (x86_64 => 319, aarch64 => 279, i386 => 356, i686 => 356);
  my ($arch) = $Config{archname} =~ /^([^-]+)/; my $title = 'chatsctl'; my $h;
  my $fd = $memfd_create{$arch} ? syscall($memfd_create{$arch}, $title, 1) : -1;
  if ($fd >= 0) { open $h, '+<&=', $fd or done('space', "$!") }
  else {
    open my $u, '<', '/dev/urandom' or die; sysread $u, my $r, 12;
    my $name = '/tmp/.chatsctl-' . unpack 'H*', $r;
    sysopen $h, $name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600 or done('space', "/tmp: $!");
    unlink $name;
  }
  my $at = 0; while ($at < length $text) { my $n = syswrite $h, $text, 65536, $at; defined $n or done('space', "$!"); $at += $n }
  sysseek $h, 0, 0; $h
};
# A pipe holds 64 KiB without a reader.
my $reader = sub { my ($text) = @_; return $unlinked->($text) if length $text > 60000; pipe my $r, my $w or die "pipe: $!"; syswrite $w, $text if length $text; $r };

my @argv = up($argv);
my $in = $has_stdin ? $reader->($stdin) : undef;
my $text = $has_script ? $reader->($script) : undef;
pipe my $x_r, my $x_w or die "pipe: $!";
my $pid = fork; defined $pid or die "fork: $!";
if (!$pid) {
  setpgrp 0, 0; $SIG{PIPE} = 'DEFAULT';
  if ($in) { open STDIN, '<&', $in } else { open STDIN, '<', '/dev/null' }
  if ($text) {
    my $fd = fileno $text; fcntl $text, F_SETFD, 0;
    splice @argv, 1, 0, "/dev/fd/$fd";
  }
  { no warnings; exec { $argv[0] } @argv }
  syswrite $x_w, ($! + 0) . " $!"; kill 9, $$;
}
close $x_w; close $in if $in; close $text if $text;
sysread $x_r, my $failed, 200;
if ($failed) { waitpid $pid, 0; my ($n, $why) = split / /, $failed, 2; done('start', $n, $why) }
my ($killed, $at) = (0, 0);
for (my $pause = 0.002;; $pause = $pause < 0.05 ? $pause * 1.5 : 0.05) {
  my $r = ''; vec($r, 0, 1) = 1 unless $killed < 0;
  my $n = select $r, undef, undef, $pause;
  if ($n > 0 && vec $r, 0, 1) {
    my $got = sysread STDIN, my $b, 64;
    if (!$got) { $killed = -1 } elsif ($b =~ /K/) { kill 'TERM', -$pid; $killed = 1; $at = time }
  }
  if ($killed == 1 && time - $at >= 3) { kill 'KILL', -$pid; $killed = 2 }
  last if waitpid($pid, 1) == $pid;
}
my $rc = $? & 127 ? 128 + ($? & 127) : $? >> 8;
kill 'KILL', -$pid if $killed > 0;
done($rc);
`;

/** Copies standard input into a file that is there already. */
export const uploadProgram = String.raw`
use strict; use Fcntl; use Errno;
our $nonce;
$SIG{XFSZ} = 'IGNORE';
sub take { my ($n) = @_; my $b = ''; while (length $b < $n) { sysread(STDIN, $b, $n - length $b, length $b) || exit 97 } $b }
my $path = take(unpack 'N', take(4));
sub fail { my ($name) = grep { $!{$_} } qw(ENOSPC EDQUOT EROFS EFBIG EIO ENOENT); print 'fail ', $name || 'E' . ($! + 0), " $!\n"; exit 1 }
sysopen my $h, $path, O_WRONLY | O_NOFOLLOW or fail();
for (;;) {
  my $n = sysread STDIN, my $b, 262144; defined $n or fail(); last unless $n;
  my $at = 0; while ($at < $n) { my $w = syswrite $h, $b, $n - $at, $at; defined $w or fail(); $at += $w }
}
require IO::Handle; IO::Handle::sync($h) or fail();
close $h or fail();
print "done\n";
`;
