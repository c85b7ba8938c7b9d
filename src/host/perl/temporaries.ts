/**
 * Temporary files beside their targets. A name cannot be foreseen, and it tells whose it is: what a session left that was killed is removed
 * by the next one that writes into the folder, and what another is writing just now is not.
 */
export const temporariesProgram = String.raw`
sub parts { my ($path) = @_; $path =~ m{^(.*/)([^/]+)/*$}s ? ($1, $2) : ('./', $path) }

# Of this machine, as far as others on a shared disk need to tell it from theirs; the same after a restart.
my $machine = 0;
$machine = ($machine * 31 + ord) % 4294967291 for split //, slurp('/proc/sys/kernel/hostname') || '';
my $owner_mark = join '.', $machine, $$, started($$);

sub temp_name {
  my ($dir, $base) = parts($_[0]);
  sweep($dir);
  $dir . '.' . substr($base, 0, 120) . ".chatsctl-$owner_mark-" . random_name()
}

my %swept;
sub sweep {
  my ($dir) = @_;
  return if $swept{$dir}++;
  opendir my $d, $dir or return;
  for my $name (readdir $d) {
    my ($on, $pid, $start) = $name =~ /^\..*\.chatsctl-(\d+)\.(\d+)\.(\d*)-[0-9a-f]{24}\z/s or next;
    my $left = $on == $machine ? !is_at_work($pid, $start) : time - (lstat "$dir$name")[9] > 3600;
    unlink "$dir$name" if $left;
  }
}

sub is_at_work {
  my ($pid, $start) = @_;
  my $now = started($pid);
  length $now ? $now eq $start : kill(0, $pid) || $!{EPERM}
}

sub open_temp {
  my ($path) = @_;
  my $temp = temp_name($path);
  sysopen my $h, $temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600 or oops($path, 'a temporary file beside it');
  return ($temp, $h)
}
`;
