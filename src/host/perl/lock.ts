/** The run's lock on a host: an flock held by the session's process, which its children do not inherit (descriptors over 2 close on exec). */
export const lockProgram = String.raw`
our $lock;
sub started { my ($pid) = @_; my $s = slurp("/proc/$pid/stat"); defined $s ? (split ' ', $s =~ s/^.*\) //sr)[19] : '' }
$handle{lock} = sub {
  my ($path, $run, $operator, $from, $since, $over) = @_;
  if (!$lock) {
    # With O_CREAT a file of another user in a sticky directory is refused (fs.protected_regular), so that comes last.
    my ($h, $opened);
    for (1, 2) {
      last if $opened = sysopen $h, $path, O_RDWR | O_NOFOLLOW;
      last if $opened = sysopen $h, $path, O_RDONLY | O_NOFOLLOW;
      if ($opened = sysopen $h, $path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0666) { chmod 0666, $h; last }
    }
    $opened or oops($path);
    $lock = $h;
  }
  if (!flock $lock, 2 | 4) {
    my $held = slurp($path); my ($by, $who, $where, $when, $pid, $start) = up(length $held > 4 ? $held : "\0\0\0\0");
    # Of our own run, or of one that is known to be over: a session whose connection was lost. It ends with what it is doing.
    if (defined $by && ($by eq $run || $by eq $over) && $pid && $pid != $$ && started($pid) eq $start) { kill 'TERM', $pid; return ('ok', 'again', $by, $who, $where, $when) }
    return ('ok', 'held', $by, $who, $where, $when);
  }
  if (seek $lock, 0, 0) { truncate $lock, 0; syswrite $lock, pk($run, $operator, $from, $since, $$, started($$)) }
  ('ok', 'taken')
};
`;
