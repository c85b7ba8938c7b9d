/** Applies operations (sdk/operation.ts), each safely: architecture.md, "Writing files safely". The first failure stops the rest. */
export const operationsProgram = String.raw`
sub user_id { my ($u) = @_; return $u if $u =~ /^\d+$/; my $id = getpwnam $u; defined $id ? $id : refuse("user $u", 'there is no such user on the host') }
sub group_id { my ($g) = @_; return $g if $g =~ /^\d+$/; my $id = getgrnam $g; defined $id ? $id : refuse("group $g", 'there is no such group on the host') }

# Owner first: changing it clears setuid and setgid. $h: a handle or a path that is no link.
sub settle {
  my ($h, $path, $mode, $owner, $group, $old, $new_mode) = @_;
  my @now = stat $h or oops($path);
  my $uid = length $owner ? user_id($owner) : $old ? $old->[2] : $now[4];
  my $gid = length $group ? group_id($group) : $old ? $old->[3] : $now[5];
  if ($uid != $now[4] || $gid != $now[5]) {
    chown $uid == $now[4] ? -1 : $uid, $gid == $now[5] ? -1 : $gid, $h or oops($path, 'owner');
    @now = stat $h;
  }
  my $want = length $mode ? $mode + 0 : $old ? $old->[0] & 07777 : $new_mode;
  if (defined $want && $want != ($now[2] & 07777)) { chmod $want, $h or oops($path, 'mode') }
}

sub put { my ($h, $path, $text) = @_; my $at = 0; while ($at < length $text) { my $n = syswrite $h, $text, 1 << 20, $at; defined $n or oops($path, 'write'); $at += $n } }

# Where a rename cannot work (a mount point of its own) the content goes into the file itself; if that fails the old content is put back.
sub in_place {
  my ($path, $text, @attributes) = @_;
  my @s = lstat $path or oops($path); -f _ or refuse($path, 'it is a mount point and not a regular file', 'EBUSY');
  sysopen my $h, $path, O_RDWR | O_NOFOLLOW or oops($path);
  my $old = ''; while (my $n = sysread $h, $old, 1 << 20, length $old) {}
  my $write = sub { my ($t) = @_; defined sysseek $h, 0, 0 or oops($path); put($h, $path, $t); truncate $h, length $t or oops($path, 'truncate'); flush_disk($h, $path) };
  if (!eval { settle($h, $path, @attributes, [$s[2], 0, @s[4, 5]], undef); $write->($text); 1 }) { my $e = $@; eval { $write->($old) }; die $e }
}

# $fill writes the content into the new file's handle. The final name never has less than all of it.
sub replace {
  my ($path, $mode, $owner, $group, $fill) = @_;
  if (my @s = stat $path) { -d _ && !-l $path and refuse($path, 'it is a directory', 'EISDIR') }
  my ($temp, $h) = open_temp($path);
  if (!eval { attributes_for_new($h, $path, $mode, $owner, $group); $fill->($h); flush_disk($h, $path); close $h or oops($path, 'close'); 1 }) {
    my $e = $@; unlink $temp; die $e;
  }
  install($temp, $path, $mode, $owner, $group);
}

sub attributes_for_new {
  my ($h, $path, $mode, $owner, $group) = @_;
  my @old = status_of($path, 0);
  settle($h, $path, $mode, $owner, $group, @old && ($old[0] & 0170000) == 0100000 ? \@old : undef, 0644);
}

sub install {
  my ($temp, $path, $mode, $owner, $group) = @_;
  return if rename $temp, $path;
  if ($!{EBUSY} || $!{EXDEV}) {
    my $text = slurp($temp);
    my $done = defined $text && eval { in_place($path, $text, $mode, $owner, $group); 1 };
    my $e = $@; unlink $temp; $done or die $e; return;
  }
  my $number = $! + 0; unlink $temp; $! = $number; oops($path, 'rename');
}

sub copy_from {
  my ($from, $path) = @_;
  return sub {
    my ($h) = @_;
    sysopen my $in, $from, O_RDONLY or oops($from);
    -f $in or refuse($from, 'it is not a regular file');
    for (;;) { my $n = sysread $in, my $b, 1 << 20; defined $n or oops($from); last unless $n; put($h, $path, $b) }
  }
}

# A link that somebody else put into a folder that others can write to may point anywhere: it is not followed.
sub trust_link {
  my ($path) = @_;
  my @l = lstat $path; return unless @l && -l _;
  my ($dir) = parts($path); my @d = stat $dir;
  return unless $d[2] & 022;
  refuse($path, 'it is a link, made by another user in a folder that others can write to', 'ELOOP') unless $l[4] == 0 || $l[4] == $>;
}

# "No space" is said of inodes too, where df shows plenty of it.
sub no_inode { my ($dir) = parts($_[0]); my ($rc, $out) = run(argv => ['df', '-Pi', '--', $dir], timeout => 10); $rc == 0 && $out =~ /\s[1-9]\d*\s+\d+\s+0\s+100%/ }

my %operation;
$operation{write} = sub { my ($path, $mode, $owner, $group, $content) = @_; replace($path, $mode, $owner, $group, sub { put($_[0], $path, $content) }); () };
$operation{stage} = sub {
  my ($path, $mode, $owner, $group, $content) = @_;
  my ($temp, $h) = open_temp($path);
  if (!eval { attributes_for_new($h, $path, $mode, $owner, $group); put($h, $path, $content); flush_disk($h, $path); 1 }) { my $e = $@; unlink $temp; die $e }
  ($temp)
};
$operation{commit} = sub {
  my ($path, $mode, $owner, $group, $temp, $size, $sha256) = @_;
  if (length $sha256) {
    my ($rc, $out) = run(argv => ['sha256sum', '-z', '--', $temp], timeout => 300);
    if (-s $temp != $size || substr($out, 0, 64) ne $sha256) { unlink $temp; refuse($path, 'what arrived is not what was sent (size or checksum differ)') }
  }
  install($temp, $path, $mode, $owner, $group); ()
};
$operation{discard} = sub { unlink $_[0]; () };
$operation{mkdir} = sub {
  my ($path, $mode, $owner, $group) = @_;
  my @parts = split m{/+}, $path; my $made = '';
  while (@parts) {
    $made .= shift(@parts) . '/'; next if -d $made;
    # Killed right after this, it has the mode that it is to keep, or one that the next run sees to be another.
    mkdir substr($made, 0, -1), @parts || !length $mode ? 0755 : $mode & 0700 or $!{EEXIST} or oops($path);
  }
  settle($path, $path, $mode, $owner, $group); ()
};
$operation{attributes} = sub {
  my ($path, $mode, $owner, $group, $follow) = @_;
  lstat $path or oops($path);
  if (-l _ && !$follow) {
    # A link has no mode of its own.
    my @l = lstat $path; my $uid = length $owner ? user_id($owner) : $l[4]; my $gid = length $group ? group_id($group) : $l[5];
    return () if $uid == $l[4] && $gid == $l[5];
    my ($rc, $out, $err) = run(argv => ['chown', '-h', '--', "$uid:$gid", $path], timeout => 30);
    $rc == 0 or refuse($path, $err); return ();
  }
  trust_link($path);
  settle($path, $path, $mode, $owner, $group); ()
};
$operation{remove} = sub {
  my ($path, $recurse) = @_;
  lstat $path or do { return () if absent(); oops($path) };
  if (!-d _) { unlink $path or $!{ENOENT} or oops($path); return () }
  if (!$recurse) { rmdir $path or oops($path); return () }
  refuse($path, 'the root directory is not removed') if $path =~ m{^/*$};
  # rm goes by descriptors: nobody can slip a link in on the way.
  my ($rc, $out, $err) = run(argv => ['rm', '-rf', '--one-file-system', '--', $path], timeout => 600);
  $rc == 0 or refuse($path, $err =~ s/\s+$//r); ()
};
$operation{link} = sub {
  my ($path, $target, $hard) = @_;
  my $temp = temp_name($path);
  if ($hard) { link $target, $temp or oops($path) } else { symlink $target, $temp or oops($path) }
  if (!rename $temp, $path) { my $n = $! + 0; unlink $temp; $! = $n; oops($path) }
  # Renaming one hard link over another of the same file does nothing, and leaves the name.
  unlink $temp if $hard; ()
};
$operation{touch} = sub {
  my ($path, $atime, $mtime) = @_;
  trust_link($path);
  if (!-e $path) { sysopen my $h, $path, O_WRONLY | O_CREAT | O_NOCTTY, 0644 or oops($path) }
  # struct timespec: UTIME_OMIT leaves a time, UTIME_NOW takes the host's clock.
  if ($utimensat) {
    my $spec = join '', map { pack 'q q', $_ eq '' ? (0, 0x3ffffffe) : $_ eq 'now' ? (0, 0x3fffffff) : /^(\d+)(?:\.(\d+))?/ ? ($1, substr(($2 || 0) . '000000000', 0, 9)) : (0, 0x3ffffffe) } $atime, $mtime;
    syscall($utimensat, -100, "$path", $spec, 0) == 0 or oops($path); return ();
  }
  my @s = stat $path; my @t = map { $_->[0] eq '' ? $_->[1] : $_->[0] eq 'now' ? time : int $_->[0] } [$atime, $s[8]], [$mtime, $s[9]];
  utime @t, $path or oops($path); ()
};
$operation{copy} = sub { my ($path, $mode, $owner, $group, $from) = @_; replace($path, $mode, $owner, $group, copy_from($from, $path)); () };
$operation{backup} = sub {
  my ($path, $stamp, $directory) = @_;
  my @s = stat $path or do { return ('') if absent(); oops($path) };
  my $to = "$path.$$.$stamp~";
  if (length $directory) {
    my ($name) = $path =~ m{^/*(.*)$}s; $name =~ s/%/%25/g; $name =~ s{/}{%2F}g;
    my $at = '';
    for (split m{/+}, $directory) { $at .= "$_/"; next if -d $at; mkdir $at, 0700 or oops($at) }
    $to = "$directory/$name";
    # The version before the first change is the one to keep.
    return ($to) if -e $to;
  }
  replace($to, $s[2] & 07777, $s[4], $s[5], copy_from($path, $to));
  utime $s[8], $s[9], $to;
  ($to)
};
$operation{run} = sub {
  my ($argv, $env, $has_stdin, $stdin, $ok, $timeout) = @_;
  my @argv = up($argv);
  my ($rc, $out, $err, $late, $failed) = run(argv => \@argv, env => { up($env) }, stdin => $has_stdin ? $stdin : undef, timeout => $timeout, keep => 1 << 20);
  refuse($argv[0], "it cannot be started: $failed", $failed) if $failed;
  die { run => 1, late => $late, rc => $rc, out => $out, err => $err } if $late || !grep { $_ == $rc } up($ok);
  ($rc, $out, $err)
};

$handle{apply} = sub {
  my @done;
  for my $packed (@_) {
    my ($kind, @f) = up($packed);
    my @outcome = eval { $operation{$kind}->(@f) };
    if (my $e = $@) {
      die $e unless ref $e eq 'HASH';
      $e->{errno} = 'ENOINODE' if $e->{errno} eq 'ENOSPC' && no_inode($e->{path});
      return ('run-failed', scalar @done, $e->{late} ? 1 : 0, $e->{rc}, $e->{out}, $e->{err}) if $e->{run};
      return ('write-failed', scalar @done, $e->{path}, $e->{errno}, $e->{reason});
    }
    push @done, pk(@outcome);
  }
  ('ok', @done)
};
$handle{script} = sub {
  my ($script, $args, $env, $has_stdin, $stdin, $timeout) = @_;
  my ($rc, $out, $err, $late, $failed) = run(argv => ['/bin/sh', '-c', $script, 'sh', up($args)], env => { up($env) }, stdin => $has_stdin ? $stdin : undef, timeout => $timeout);
  refuse('/bin/sh', $failed) if $failed;
  refuse('a script of chatsctl', "it did not end within $timeout s", 'ETIMEDOUT') if $late;
  ('ok', $rc, $out, $err)
};
`;
