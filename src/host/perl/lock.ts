/** The run's lock on a host: an flock held by the session's process, which its children do not inherit (descriptors over 2 close on exec). */
export const lockProgram = String.raw`
our $lock;
$handle{lock} = sub {
  my ($path, $over, @claim) = @_;
  my ($run, undef, undef, undef, undef, $way) = @claim;
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
    my $held = slurp($path); my @holder = up(length $held > 4 ? $held : "\0\0\0\0");
    my ($by, $as, $session, $start) = @holder[0, 5, 6, 7];
    my $alive = defined $by && $session && $session != $$ && started($session) eq $start;
    # The same run on another way to the host (as another user, under another of its names): what it holds is ours.
    return ('ok', 'taken') if $alive && $by eq $run && $as ne $way;
    # Of our own run, or of one that is known to be over: a session whose connection was lost. It ends with what it is doing.
    if ($alive && ($by eq $run || $by eq $over)) { kill 'TERM', $session; return ('ok', 'again', @holder) }
    return ('ok', 'held', @holder);
  }
  # Written over, not anew: on a full disk the room that the last holder's record took is there.
  my $record = pk(@claim, $$, started($$));
  if (sysseek $lock, 0, 0 and defined syswrite $lock, $record) { truncate $lock, length $record }
  ('ok', 'taken')
};
`;
