# PORT-1: what iptables, or ufw on top of it, does with a new TCP connection from the Internet to ports 80 and 443 of this host.
#   look           a line for each place that keeps one of them out: in English, a tab, the same in Russian
#   live           a line for each command that lets them in now (and, with ufw, from now on)
#   files          the files of rules for the next boot that would not let them in
#   content FILE   such a file with the rules that it lacks
# Rules stay as they are, in their order: a new one is put before the rule that stands in the way. A rule that only may match (a rate, a set, a mark)
# decides nothing. Docker's published ports pass by these chains and are no concern of theirs.
use strict;
use warnings;
$ENV{LC_ALL} = 'C';
my @ports   = (80, 443);
my $comment = 'MTS Link Chats (PORT-1)';
my ($mode, $wanted) = @ARGV;

sub slurp { my ($path) = @_; open my $file, '<', $path or return ''; local $/; my $text = <$file>; return $text // '' }
sub output { my ($command) = @_; my $text = `$command 2>/dev/null`; return $? == 0 && defined $text ? $text : '' }
sub installed { my ($program) = @_; return grep { -x "$_/$program" } qw(/usr/sbin /sbin /usr/bin) }

my %own = map { $_ => 1 } split ' ', output('hostname -I');
# The interface that the default route of each family leads over, where there is one: what comes from the Internet comes in there.
my ($way4) = map { (split ' ')[0] } grep { (split ' ')[1] eq '00000000' } split /\n/, slurp('/proc/net/route');
my ($way6) = grep { $_ ne 'lo' } map { (split ' ')[9] } grep { /^0{32} 00 / } split /\n/, slurp('/proc/net/ipv6_route');
my $way_out;
sub over { my ($ipv6) = @_; $way_out = $ipv6 ? $way6 // $way4 : $way4 // $way6 }
over(0);
# Scope 00 is global: without such an address nobody reaches this host over IPv6.
my $over_ipv6 = grep { (split ' ')[3] eq '00' } split /\n/, slurp('/proc/net/if_inet6');

# iptables-save's text → { NAME => { policy, rules => [{ words, line }] } } of the table filter; lines are counted from 0.
sub parse {
  my ($text) = @_;
  my (%chains, $table);
  my $number = -1;
  for my $line (split /\n/, $text) {
    $number++;
    if    ($line =~ /^\*(\S+)/) { $table = $1 }
    elsif (($table // '') ne 'filter') { next }
    elsif ($line =~ /^:(\S+)\s+(\S+)/) { $chains{$1}{policy} = $2; $chains{$1}{rules} //= [] }
    elsif ($line =~ /^COMMIT/)         { $chains{$_}{end} //= $number for keys %chains; $table = undef }
    elsif ($line =~ /^(?:\[\d+:\d+\]\s*)?-A\s+(\S+)\s*(.*)/) {
      my ($chain, $rest) = ($1, $2);
      my @words = map { defined $_ ? $_ : () } $rest =~ /"((?:[^"\\]|\\.)*)"|(\S+)/g;
      push @{ $chains{$chain}{rules} }, { words => \@words, line => $number };
    }
  }
  return \%chains;
}

sub covers { my ($list, $port) = @_; return grep { /^(\d+):(\d+)$/ ? $1 <= $port && $port <= $2 : $_ eq $port } split /,/, $list }

# Whether such a connection certainly matches: (1 or 0, target).
sub matches {
  my ($rule, $port) = @_;
  my @words = @{ $rule->{words} };
  my ($target, $not, $rate) = ('', 0, 0);
  while (@words) {
    my $word = shift @words;
    if ($word eq '!') { $not = 1; next }
    my $holds;
    if ($word =~ /^(-j|-g|--jump|--goto)$/) {
      $target = shift @words;
      $rule->{goto} = $word =~ /^(-g|--goto)$/;
      @words = () if $target =~ /^(ACCEPT|DROP|REJECT|RETURN|LOG|NFLOG)$/;
      next;
    }
    elsif ($word eq '-m') { $rate = 1 if shift(@words) =~ /^(limit|hashlimit|connlimit)$/; next }
    elsif ($word eq '--comment') { shift @words; next }
    elsif ($word =~ /^(--limit|--limit-burst|--hashlimit\S*|--connlimit\S*)$/) { shift @words; next }
    elsif ($word eq '-p') { $holds = shift(@words) =~ /^(tcp|all|6)$/ }
    elsif ($word eq '-i') { my $name = shift @words; $holds = !defined $way_out ? $name ne 'lo' : $name =~ s/\+$// ? index($way_out, $name) == 0 : $name eq $way_out }
    elsif ($word eq '-s') { $holds = shift(@words) =~ m{^(0\.0\.0\.0|::)/0$} }
    elsif ($word eq '-d') { my ($address) = split m{/}, shift @words; $holds = $own{$address} }
    elsif ($word =~ /^--(dport|dports|destination-ports?)$/) { $holds = covers(shift @words, $port) }
    elsif ($word =~ /^--(ctstate|state)$/)                   { $holds = shift(@words) =~ /\bNEW\b/ }
    elsif ($word eq '--dst-type') { $holds = shift(@words) =~ /\b(LOCAL|UNICAST)\b/ }
    elsif ($word eq '--syn')      { $holds = 1 }
    elsif ($word eq '--tcp-flags') { my $of = shift @words; $holds = shift(@words) eq 'SYN' && $of =~ /SYN/ }
    else                           { return (0, $target) }
    return (0, $target) if !!$holds == $not;
    $not = 0;
  }
  return ($rate && $target ne 'ACCEPT' ? 0 : 1, $target);
}

# undef where the chain leaves it open, else { let_in, chain, by, rule }: by whom it is kept out, and the rule of the first chain that leads there.
sub decide {
  my ($chains, $name, $port, $depth) = @_;
  for my $rule (@{ $chains->{$name}{rules} }) {
    my ($met, $target) = matches($rule, $port);
    next if !$met;
    return { let_in => 1 } if $target eq 'ACCEPT';
    return { let_in => 0, chain => $name, by => $rule, rule => $rule } if $target =~ /^(DROP|REJECT)$/;
    return undef if $target eq 'RETURN' && $depth;
    next if !$chains->{$target} || $depth > 20;
    my $verdict = decide($chains, $target, $port, $depth + 1);
    return { %$verdict, rule => $rule } if $verdict;
    return undef if $rule->{goto} && $depth;
  }
  return undef if $depth;
  return { let_in => ($chains->{$name}{policy} // 'ACCEPT') ne 'DROP', chain => $name };
}

# What keeps ports out, one element for each place: { ports, chain, rule }.
sub closed {
  my ($text) = @_;
  my $chains = parse($text);
  return () if !$chains->{INPUT};
  my (%places, @places);
  for my $port (@ports) {
    my $verdict = decide($chains, 'INPUT', $port, 0);
    next if $verdict->{let_in};
    my $key = $verdict->{rule} ? $verdict->{rule}{line} : 'policy';
    push @places, $places{$key} = { %$verdict, ports => [], chains => $chains } if !$places{$key};
    push @{ $places{$key}{ports} }, $port;
  }
  return sort { line_of($a) <=> line_of($b) } @places;
}

# In their order; a chain's policy comes last.
sub line_of { my ($place) = @_; return $place->{rule} ? $place->{rule}{line} : 1e9 }

sub rule_of { my ($place) = @_; return '-p tcp -m multiport --dports ' . join(',', @{ $place->{ports} }) . " -m comment --comment \"$comment\" -j ACCEPT" }

# WHO, where rules are, and for a file's rules the file.
sub said {
  my ($who, $place, $over, $file) = @_;
  my $rule = $place->{by} && join ' ', @{ $place->{by}{words} };
  my ($en, $ru) = $rule ? ("\"$rule\" in the chain $place->{chain}", "«$rule» цепочки $place->{chain}") : ('the policy of the chain INPUT', 'политика цепочки INPUT');
  ($en, $ru) = ("$en over IPv6", "$ru по IPv6") if $over;
  ($en, $ru) = ("$en after the next boot ($file)", "$ru после следующей загрузки ($file)") if $file;
  return "$who: TCP " . join(' and ', @{ $place->{ports} }) . " kept out by $en\t$who: TCP " . join(' и ', @{ $place->{ports} }) . " не пропускает $ru";
}

# A boot brings rules back from these: those of netfilter-persistent, and what a script or a unit of this host feeds to iptables-restore.
sub files {
  my %found;
  if (grep { -e } glob '/etc/systemd/system/*.wants/netfilter-persistent.service') {
    $found{'/etc/iptables/rules.v4'} = 4;
    $found{'/etc/iptables/rules.v6'} = 6;
  }
  for my $script (glob '/etc/network/if-*.d/* /etc/network/interfaces /etc/network/interfaces.d/* /etc/systemd/system/*.service /etc/rc.local') {
    my $text = slurp($script);
    $found{$2} = $1 ? 6 : 4 while $text =~ m{^[^#\n]*\bip(6?)tables-restore\b[^\n<#/]*<?\s*(/[^\s'";)]+)}mg;
  }
  return map { [$_, $found{$_}] } grep { -f $_ && ($found{$_} == 4 || $over_ipv6) } sort keys %found;
}

my $ufw = installed('ufw') && output('ufw status') =~ /^Status: active/m;
my @families = ([ 'iptables', 0 ], $over_ipv6 ? [ 'ip6tables', 1 ] : ());

if ($mode eq 'content') {
  over(grep { $_->[0] eq $wanted && $_->[1] == 6 } files());
  my $text = slurp($wanted);
  my @lines = split /\n/, $text;
  # From the end, so that the numbers of earlier lines still hold.
  for my $place (reverse closed($text)) {
    splice @lines, $place->{rule} ? $place->{rule}{line} : $place->{chains}{INPUT}{end}, 0, '-A INPUT ' . rule_of($place);
  }
  print map { "$_\n" } @lines;
  exit;
}

my %said;
for my $family (@families) {
  my ($program, $over) = @$family;
  over($over);
  next if $mode !~ /^(look|live)$/ || !installed($program);
  my $added = 0;
  my @places = closed(output("$program-save"));
  for my $place (@places) {
    my $line;
    if ($mode eq 'look') { $line = said($ufw ? 'ufw' : 'iptables', $place, $over) }
    elsif ($ufw) {
      my $rule = "allow proto tcp from any to any port " . join(',', @{ $place->{ports} }) . " comment '$comment'";
      $line = "ufw $rule";
      # Where a rule denies it, one behind it does nothing, and ufw puts none before its own opposite: so that is replaced first.
      $line .= "\nufw delete $rule\nufw prepend $rule" if $place->{chain} =~ /^ufw6?-user-/;
    }
    elsif ($place->{rule}) {
      my ($before) = grep { $place->{chains}{INPUT}{rules}[$_] == $place->{rule} } 0 .. $#{ $place->{chains}{INPUT}{rules} };
      $line = "$program -w 10 -I INPUT " . ($before + 1 + $added++) . ' ' . rule_of($place);
    }
    else { $line = "$program -w 10 -A INPUT " . rule_of($place) }
    print "$line\n" if !$said{$line}++;
  }
}
# ufw keeps its own files: what it is told holds at the next boot too.
for my $file ($ufw || $mode eq 'live' ? () : files()) {
  over($file->[1] == 6);
  my @places = closed(slurp($file->[0])) or next;
  print $mode eq 'files' ? "$file->[0]\n" : map { said('iptables', $_, 0, $file->[0]) . "\n" } @places;
}
