/** Reads dpkg's own database, as `dpkg-query` does, and keeps it while the file is unchanged; asks apt for candidates. */
export const packagesProgram = String.raw`
my ($dpkg_key, %installed, %provided, $apt_key, %candidate) = ('');

sub file_key { join ' ', map { join ':', (stat $_)[0, 1, 7, 9, 10] } @_ }

sub read_dpkg {
  my $key = file_key('/var/lib/dpkg/status');
  return if $key eq $dpkg_key;
  my $text = slurp('/var/lib/dpkg/status'); defined $text or oops('/var/lib/dpkg/status');
  %installed = %provided = ();
  for (split /\n\n/, $text) {
    my ($name) = /^Package: (\S+)/m or next;
    my ($want, $status) = /^Status: (\S+) \S+ (\S+)/m or next;
    my ($version) = /^Version: (\S+)/m;
    my $whole = $status eq 'installed' || $status eq 'triggers-pending' || $status eq 'triggers-awaited';
    # Of a package in several architectures the installed one answers.
    next if $installed{$name} && $installed{$name}[0] eq 'installed';
    my $word = $whole ? 'installed' : $status eq 'config-files' ? $status : $status eq 'not-installed' ? 'absent' : 'broken';
    $installed{$name} = [$word, $word eq 'absent' ? '' : $version, $want eq 'hold' ? 1 : 0];
    if ($whole && /^Provides: (.*)/m) { for (split /,\s*/, $1) { push @{ $provided{$1} }, $name if /^(\S+)/ } }
  }
  $dpkg_key = $key;
}

sub candidates {
  my $key = file_key('/var/lib/dpkg/status', '/var/lib/apt/lists', '/etc/apt/preferences', '/etc/apt/preferences.d');
  if (!defined $apt_key || $key ne $apt_key) { %candidate = (); $apt_key = $key }
  my @ask = grep { !exists $candidate{$_} && /^[a-z0-9][a-z0-9+.:-]*$/ } @_;
  return unless @ask;
  $candidate{$_} = '' for @ask;
  my ($rc, $out) = run(argv => ['apt-cache', '-q', 'policy', '--', @ask], timeout => 50);
  my $name;
  for (split /\n/, $out) {
    if (/^(\S+):$/) { $name = $1 } elsif (defined $name && /^  Candidate: (\S+)/) { $candidate{$name} = $1 eq '(none)' ? '' : $1 }
  }
}

$batch{package} = sub {
  my @names = map { $_->[0] } @_;
  my $read = eval { read_dpkg(); 1 };
  if (!$read) { my $e = $@; die $e unless ref $e eq 'HASH'; return map { pk('e', $e->{path}, $e->{errno}, $e->{reason}) } @names }
  my %wanted = map { $_->[0] => $_->[1] } @_;
  candidates(grep { $wanted{$_} || !$installed{$_} || $installed{$_}[0] ne 'installed' } @names);
  map { my $p = $installed{$_} || ['absent', '', 0]; pk('v', $_, @$p, defined $candidate{$_} ? $candidate{$_} : '', @{ $provided{$_} || [] }) } @names
};
`;
