/** Answers `Query` (sdk/query.ts): each answer is `v` and its fields, `u` for "not there", or `e` with path, errno and reason. */
export const queriesProgram = String.raw`
my (%user_name, %group_name);
sub user_name { my $id = $_[0]; $user_name{$id} = (getpwuid $id)[0] || $id unless exists $user_name{$id}; $user_name{$id} }
sub group_name { my $id = $_[0]; $group_name{$id} = (getgrgid $id)[0] || $id unless exists $group_name{$id}; $group_name{$id} }

my %type = (0100000 => 'file', 0040000 => 'directory', 0120000 => 'link', 0010000 => 'fifo', 0140000 => 'socket', 0060000 => 'block', 0020000 => 'character');

# (mode, nlink, uid, gid, size, inode, device, atime, mtime, ctime, mount point); empty with $! set when it fails.
sub status_of {
  my ($path, $follow) = @_;
  if ($statx) {
    my $b = "\0" x 256;
    if (syscall($statx, -100, "$path", $follow ? 0 : 0x100, 0x7ff, $b) == 0) {
      my @f = unpack 'L L Q L L L S S Q Q Q Q q L l q L l q L l q L l L L L L', $b;
      my ($major, $minor) = @f[26, 27];
      my $device = (($major & 0xfffff000) << 32) | (($major & 0xfff) << 8) | (($minor & 0xffffff00) << 12) | ($minor & 0xff);
      my @time = map { sprintf '%d.%09d', $f[$_], $f[$_ + 1] } 12, 21, 18;
      return ($f[6], @f[3, 4, 5], $f[9], $f[8], $device, @time, $f[2] & $f[11] & 0x2000 ? 1 : 0);
    }
    return unless $!{ENOSYS} || $!{EPERM};
    undef $statx;
  }
  my @s = $follow ? stat $path : lstat $path;
  return unless @s;
  my $mount = $s[2] && (slurp('/proc/self/mountinfo') || '') =~ /^\S+ \S+ \S+ \S+ \Q$path\E /m ? 1 : 0;
  return (@s[2, 3, 4, 5, 7, 1, 0, 8, 9, 10], $mount);
}

sub state_of {
  my ($path, $follow) = @_;
  my @s = status_of($path, $follow) or return;
  my $type = $type{ $s[0] & 0170000 };
  my $target = $type eq 'link' ? readlink $path : undef;
  return ($type, $s[0] & 07777, @s[2, 3], user_name($s[2]), group_name($s[3]), @s[4, 7, 8, 9, 5, 6, 1], defined $target ? $target : '', $s[10]);
}

sub absent { $!{ENOENT} }

my %query;
$query{stat} = sub {
  my ($path, $follow) = @_;
  my @s = state_of($path, $follow) or do { return 'u' if absent(); oops($path) };
  ('v', @s)
};
$query{read} = sub {
  my ($path) = @_;
  my @s = stat $path or do { return 'u' if absent(); oops($path) };
  if (-d _) { local $! = Errno::EISDIR(); oops($path) }
  -f _ or refuse($path, 'it is not a regular file');
  $s[7] <= 16 << 20 or refuse($path, 'it is over 16 MiB', 'EFBIG');
  sysopen my $h, $path, O_RDONLY | O_NOCTTY or do { return 'u' if absent(); oops($path) };
  my $text = '';
  for (;;) {
    my $n = sysread $h, $text, 1 << 18, length $text;
    defined $n or oops($path); last unless $n;
    length $text <= 16 << 20 or refuse($path, 'it is over 16 MiB', 'EFBIG');
  }
  ('v', $text)
};
$query{list} = sub {
  my ($path, $recurse) = @_;
  my (@found, @open);
  my $visit = sub {
    my ($at, $prefix) = @_;
    opendir my $d, $at or do { return 0 if absent(); oops($at) };
    for my $name (sort grep { $_ ne '.' && $_ ne '..' } readdir $d) {
      my @s = state_of("$at/$name", 0) or next;
      push @found, pk("$prefix$name", @s);
      push @open, ["$at/$name", "$prefix$name/"] if $recurse && $s[0] eq 'directory';
    }
    1
  };
  $visit->($path, '') or return 'u';
  while (my $next = shift @open) { $visit->(@$next) }
  ('v', @found)
};
$query{user} = sub {
  my ($name) = @_;
  my @p = getpwnam $name or return 'u';
  my @groups; setgrent;
  while (my @g = getgrent) { push @groups, $g[0] if grep { $_ eq $name } split ' ', $g[3] }
  endgrent;
  my ($hash, $ageing) = ('', '');
  if (open my $h, '<', '/etc/shadow') { while (<$h>) { my @f = split /:/, $_, -1; if ($f[0] eq $name) { ($hash, $ageing) = ("h$f[1]", join ':', @f[3, 4, 7]); last } } }
  ('v', @p[0, 2, 3, 6, 7, 8], pk(@groups), $hash, -d $p[7] ? 1 : 0, $ageing)
};
$query{group} = sub {
  my ($name) = @_;
  my @g = getgrnam $name or return 'u';
  ('v', @g[0, 2], split ' ', $g[3])
};
$query{script} = sub {
  my ($script, $args, $has_stdin, $stdin) = @_;
  my ($rc, $out, $err, $late, $failed) = run(argv => ['/bin/sh', '-c', $script, 'sh', up($args)], stdin => $has_stdin ? $stdin : undef, timeout => 50);
  refuse('/bin/sh', $failed) if $failed;
  refuse('a script of chatsctl', 'it did not end within 50 s', 'ETIMEDOUT') if $late;
  ('v', $rc, $out, $err)
};

# What is asked in one frame is answered by one fork where a fork is needed.
my %batch;
$batch{checksum} = sub {
  my (@asked) = @_; my (@answer, %paths);
  for my $i (0 .. $#asked) {
    my ($path, $algorithm) = @{ $asked[$i] };
    if (!stat $path) { $answer[$i] = absent() ? pk('u') : pk('e', $path, errname($!), "$!"); next }
    if (!-f _) { $answer[$i] = pk('e', $path, -d _ ? 'EISDIR' : '', -d _ ? 'Is a directory' : 'it is not a regular file'); next }
    push @{ $paths{$algorithm}{$path} }, $i;
  }
  for my $algorithm (keys %paths) {
    my ($rc, $out, $err) = run(argv => [$algorithm . 'sum', '-z', '--', keys %{ $paths{$algorithm} }], timeout => 50);
    for (split /\0/, $out) {
      my ($sum, $path) = /^(\w+) [ *](.*)/s or next;
      $answer[$_] = pk('v', $sum) for @{ $paths{$algorithm}{$path} };
    }
    for my $path (keys %{ $paths{$algorithm} }) { for (@{ $paths{$algorithm}{$path} }) { $answer[$_] = pk('e', $path, '', $err || $algorithm . 'sum failed') unless defined $answer[$_] } }
  }
  @answer
};
$batch{unit} = sub {
  my (@asked) = @_; my @names = map { $_->[0] } @asked;
  my $show = sub {
    my ($rc, $out, $err) = run(argv => ['systemctl', 'show', '-p', 'LoadState,ActiveState,SubState,UnitFileState', '--', @_], timeout => 50);
    my @blocks = map { my %f = /^(\w+)=(.*)$/mg; \%f } grep { /=/ } split /\n\n/, $out;
    return ($err, @blocks)
  };
  my ($err, @blocks) = $show->(@names);
  # A malformed name spoils the whole list: then each is asked for itself.
  if (@blocks != @names) { @blocks = (); for (@names) { my ($e, $f) = $show->($_); $err = $e if $e; push @blocks, $f } }
  map { my $f = $blocks[$_];
    $f ? pk('v', $names[$_], map { defined $f->{$_} ? $f->{$_} : '' } qw(LoadState ActiveState SubState UnitFileState))
       : pk('e', "unit $names[$_]", '', $err || 'systemctl is not there') } 0 .. $#names
};

$handle{ask} = sub {
  my (@queries) = map { [up($_)] } @_;
  %user_name = %group_name = ();
  my (@answer, %later);
  for my $i (0 .. $#queries) {
    my ($kind, @f) = @{ $queries[$i] };
    if ($batch{$kind}) { push @{ $later{$kind} }, $i; next }
    my @a = eval { $query{$kind}->(@f) };
    if (my $e = $@) { die $e unless ref $e eq 'HASH'; @a = ('e', $e->{path}, $e->{errno}, $e->{reason}) }
    $answer[$i] = pk(@a);
  }
  for my $kind (keys %later) {
    my @at = @{ $later{$kind} };
    my @a = $batch{$kind}->(map { my ($k, @f) = @{ $queries[$_] }; \@f } @at);
    $answer[$at[$_]] = $a[$_] for 0 .. $#at;
  }
  ('ok', @answer)
};
`;
