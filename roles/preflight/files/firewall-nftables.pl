# PORT-1: what the rules of nftables do with a new TCP connection from the Internet to ports 80 and 443 of this host. Tables that iptables keeps are left
# to firewall-iptables.pl, of whose modes these are the like:
#   look           a line for each place that keeps one of them out: in English, a tab, the same in Russian
#   live           a line for each command that lets them in now (with firewalld: from now on)
#   files          the files of /etc/nftables.conf that would not let them in after the next boot
#   content FILE   such a file with the rules that it lacks; a third argument stands for /etc/nftables.conf
# Rules stay as they are, in their order. A rule that only may match (a rate, a mark, anything that is not understood) decides nothing.
use strict;
use warnings;
$ENV{LC_ALL} = 'C';
my @ports   = (80, 443);
my %names   = (http => 80, https => 443);
my $comment = 'MTS Link Chats (PORT-1)';
my ($mode, $wanted, $boot) = (@ARGV[0, 1], $ARGV[2] // '/etc/nftables.conf');

sub slurp { my ($path) = @_; open my $file, '<', $path or return ''; local $/; my $text = <$file>; return $text // '' }
sub output { my ($command) = @_; my $text = `$command 2>/dev/null`; return $? == 0 && defined $text ? $text : '' }

my %own = map { $_ => 1 } split ' ', output('hostname -I');
# The interface that the default route of each family leads over, where there is one: what comes from the Internet comes in there.
my ($way4) = map { (split ' ')[0] } grep { (split ' ')[1] eq '00000000' } split /\n/, slurp('/proc/net/route');
my ($way6) = grep { $_ ne 'lo' } map { (split ' ')[9] } grep { /^0{32} 00 / } split /\n/, slurp('/proc/net/ipv6_route');
# Without one: any of them.
my @links = grep { $_ ne 'lo' } map { m{([^/]+)$} } glob '/sys/class/net/*';
my $over_ipv6 = grep { (split ' ')[3] eq '00' } split /\n/, slurp('/proc/net/if_inet6');

# ── the text, as `nft -a list ruleset` or a file has it ──

# { chains => { "FAMILY TABLE NAME" => { hook, policy, rules, close } }, sets => { "FAMILY TABLE NAME" => elements } }. A rule has its text, where it stands
# (file, offset) and its handle.
sub parse {
  my ($path, $text, $into, $depth) = @_;
  $into->{text}{$path} = $text;
  my %handles;
  my $clean = '';
  # Comments become blanks, so that offsets hold; the handle that a listing prints in one is kept.
  for my $line (split /^/, $text) {
    $handles{ length $clean } = $1 if $line =~ /# handle (\d+)\s*$/;
    my ($code) = $line =~ /^((?:"[^"]*"|[^"#])*)/;
    $clean .= $code eq $line ? $line : $code . ' ' x (length($line) - length($code) - 1) . "\n";
  }
  $into->{define}{$1} = $2 while $clean =~ /^\s*define\s+(\w+)\s*=\s*(\{[^}]*\}|[^\s;]+)/mg;
  pos($clean) = 0;
  while ($clean =~ /\G[\s;]*/gc && pos($clean) < length $clean) {
    my $at = pos $clean;
    if ($clean =~ /\Ginclude\s+"([^"]+)"/gc) {
      my $glob = $1 =~ m{^/} ? $1 : "/etc/$1";
      if ($depth < 5) { parse($_, slurp($_), $into, $depth + 1) for sort grep { -f } glob $glob }
    }
    elsif ($clean =~ /\G(?:(?:add|create)\s+)?table\s+(?:(ip|ip6|inet|arp|bridge|netdev)\s+)?(\S+?)\s*\{/gc) { table($path, \$clean, $into, ($1 // 'ip') . " $2", \%handles) }
    elsif ($clean =~ /\G(?:add|create)\s+chain\s+(?:(ip|ip6|inet)\s+)?(\S+)\s+(\S+)\s*\{/gc) { chain($path, \$clean, $into, ($1 // 'ip') . " $2 $3", \%handles) }
    elsif ($clean =~ /\G(add|insert)\s+rule\s+(?:(ip|ip6|inet)\s+)?(\S+)\s+(\S+)\s+/gc) {
      my ($how, $key) = ($1, ($2 // 'ip') . " $3 $4");
      my $rule = { text => statement(\$clean), path => $path, offset => $at, command => "add rule $key " };
      my $rules = $into->{chains}{$key}{rules} //= [];
      $how eq 'add' ? push @$rules, $rule : unshift @$rules, $rule;
    }
    else { statement(\$clean); $clean =~ /\G\}/gc }
  }
  return $into;
}

# Up to the line's or the statement's end, over sets of several lines.
sub statement {
  my ($text) = @_;
  my ($level, $said) = (0, '');
  while ($$text =~ /\G("[^"]*"|\\\n|[\s\S])/gc) {
    my $part = $1;
    $level++ if $part eq '{';
    if ($level == 0 && $part =~ /^[;\n}]$/) { pos($$text)--, last if $part eq '}'; last }
    $level-- if $part eq '}';
    $said .= $part =~ /^\s$|^\\/ ? ' ' : $part;
  }
  $said =~ s/\s+/ /g;
  $said =~ s/ $//;
  return $said;
}

sub table {
  my ($path, $text, $into, $key, $handles) = @_;
  while ($$text =~ /\G[\s;]*/gc && $$text !~ /\G(?:\}|\z)/gc) {
    if    ($$text =~ /\Gchain\s+(\S+?)\s*\{/gc) { chain($path, $text, $into, "$key $1", $handles) }
    elsif ($$text =~ /\G(?:set|map)\s+(\S+?)\s*\{/gc) {
      my $name = $1;
      while ($$text =~ /\G[\s;]*/gc && $$text !~ /\G(?:\}|\z)/gc) { my $part = statement($text); $into->{sets}{"$key $name"} = $1 if $part =~ /^elements = \{(.*)\}/ }
    }
    else { statement($text) }
  }
}

sub chain {
  my ($path, $text, $into, $key, $handles) = @_;
  my $chain = $into->{chains}{$key} //= {};
  $chain->{rules} //= [];
  while ($$text =~ /\G[\s;]*/gc && $$text !~ /\G(?:\}|\z)/gc) {
    my $offset = pos $$text;
    my $said   = statement($text);
    # A listing breaks long sets: the handle is on the last line.
    my $line = rindex($$text, "\n", pos($$text) - 2) + 1;
    if    ($said =~ /^type (\w+) hook (\w+)/) { @$chain{qw(type hook)} = ($1, $2) }
    elsif ($said =~ /^policy (\w+)/)          { $chain->{policy} = $1 }
    elsif ($said ne '' && $said !~ /^comment /) { push @{ $chain->{rules} }, { text => $said, path => $path, offset => $offset, handle => $handles->{$line} } }
  }
  $chain->{close} = { path => $path, offset => pos($$text) - 1 };
}

# ── what a rule does ──

sub in_list {
  my ($all, $table, $list, $value) = @_;
  $list = $all->{define}{$1} // '' if $list =~ /^\$(\w+)$/;
  $list = $all->{sets}{"$table $1"} // '' if $list =~ /^\@(\S+)$/;
  $list =~ s/^[\s{]+|[\s}]+$//g;
  for my $part (split /\s*,\s*/, $list) {
    $part = $names{$part} // $part;
    return 1 if $part =~ /^(.*)\*$/ && index($value, $1) == 0;
    return 1 if $part eq $value;
    return 1 if $value =~ /^\d+$/ && $part =~ /^(\d+)-(\d+)$/ && $1 <= $value && $value <= $2;
  }
  return 0;
}

my $list = qr/\{[^}]*\}|\$\w+|\@[\w.-]+|"[^"]*"|[^\s{]+/;

# What such a connection meets with: a verdict (accept, drop, reject, return, "jump X", "goto X"), or '' where the rule decides nothing.
sub verdict {
  my ($all, $table, $text, $family, $port) = @_;
  my $way   = $family eq 'ip6' ? $way6 // $way4 : $way4 // $way6;
  my @way   = defined $way ? $way : @links;
  my $limit = 0;
  # What is compared, and what such a connection has there: one of these.
  my %compared = (
    'meta nfproto' => [ $family eq 'ip6' ? 'ipv6' : 'ipv4' ], 'meta protocol' => [$family],
    'meta l4proto' => [ 'tcp', 6 ], 'ip protocol' => [ 'tcp', 6 ], 'ip6 nexthdr' => [ 'tcp', 6 ],
    'iif' => [@way], 'iifname' => [@way], 'meta iif' => [@way], 'meta iifname' => [@way],
    'tcp dport' => [$port], 'th dport' => [$port], 'ct state' => ['new'],
    'fib daddr type' => ['local'], 'meta pkttype' => [ 'host', 'unicast' ], 'pkttype' => [ 'host', 'unicast' ],
    'ip saddr' => ['0.0.0.0/0'], 'ip6 saddr' => ['::/0'], 'ip daddr' => [ keys %own ], 'ip6 daddr' => [ keys %own ],
  );
  my $field = join '|', map { quotemeta } sort { length $b <=> length $a } keys %compared;
  for ($text) {
    while (1) {
      /\G\s+/gc;
      if    (/\Gcounter(?: packets \d+ bytes \d+| name "?\S+)?/gc) { }
      elsif (/\Gcomment "[^"]*"/gc) { }
      elsif (/\Glog(?: (?:prefix "[^"]*"|(?:level|group|snaplen|queue-threshold) \S+|flags(?: (?:all|skuid|ether|ip options|tcp \S+))+))*/gc) { }
      elsif (/\Glimit rate (over )?\S+(?: burst \d+ \S+)?/gc) { $limit = 1 }
      elsif (/\Gtcp flags & ?\(?[\w |,]+\)? == syn\b/gc || /\Gtcp flags syn\b/gc) { }
      elsif (/\G($field) vmap (\{[^}]*\}|\@\S+)/gc) {
        my ($have, $map) = ($compared{$1}, $2);
        $map = $all->{sets}{"$table $1"} // '' if $map =~ /^\@(\S+)/;
        $map =~ s/^[\s{]+|[\s}]+$//g;
        for my $pair (split /\s*,\s*/, $map) {
          my ($key, $verdict) = $pair =~ /^(\S+) : (.+?)$/ or next;
          $key =~ s/^"|"$//g;
          return $verdict if grep { in_list($all, $table, $key, $_) } @$have;
        }
      }
      elsif (/\G($field) (?:(!=|==) ?)?($list)/gc) {
        my ($of_family, $have, $not, $of) = ($1, $compared{$1}, ($2 // '') eq '!=', $3);
        return '' if $of_family =~ /^(ip6?) / && $1 ne $family;
        $of =~ s/"//g;
        my $holds = grep { in_list($all, $table, $of, $_) } @$have;
        return '' if !!$holds == !!$not;
      }
      elsif (/\G(accept|drop|return|(?:jump|goto) \S+)/gc) { return $limit && $1 eq 'drop' ? '' : $1 }
      elsif (/\Greject\b/gc) { return $limit ? '' : 'drop' }
      else                   { return '' }
    }
  }
}

# As in firewall-iptables.pl: undef where the chain leaves it open.
sub decide {
  my ($all, $key, $family, $port, $depth) = @_;
  my ($table) = $key =~ /^(\S+ \S+)/;
  for my $rule (@{ $all->{chains}{$key}{rules} }) {
    my $verdict = verdict($all, $table, $rule->{text}, $family, $port);
    return { let_in => 1 } if $verdict eq 'accept';
    return { let_in => 0, by => $rule, in => $key, rule => $rule } if $verdict eq 'drop';
    return undef if $verdict eq 'return' && $depth;
    next if $verdict !~ /^(jump|goto) (\S+)/ || $depth > 20;
    my $further = decide($all, "$table $2", $family, $port, $depth + 1);
    return { %$further, rule => $rule } if $further;
    return undef if $verdict =~ /^goto/ && $depth;
  }
  return undef if $depth;
  return { let_in => ($all->{chains}{$key}{policy} // 'accept') ne 'drop' };
}

# What keeps ports out, one element for each place: { chain, ports, rule, by, in }; no rule: the chain's policy.
sub closed {
  my ($all) = @_;
  my @places;
  for my $key (sort keys %{ $all->{chains} }) {
    my $chain = $all->{chains}{$key};
    next if ($chain->{type} // '') ne 'filter' || $chain->{hook} !~ /^(input|prerouting)$/;
    my ($of) = $key =~ /^(\S+)/;
    for my $family ('ip', $over_ipv6 ? 'ip6' : ()) {
      next if $of !~ /^(inet|$family)$/;
      for my $port (@ports) {
        my $verdict = decide($all, $key, $family, $port, 0);
        next if $verdict->{let_in};
        my ($same) = grep { $_->{chain} eq $key && ($_->{rule} // 0) == ($verdict->{rule} // 0) } @places;
        push @places, $same = { %$verdict, chain => $key, ports => [] } if !$same;
        push @{ $same->{ports} }, $port if !grep { $_ == $port } @{ $same->{ports} };
      }
    }
  }
  return @places;
}

sub rule_of { my ($place) = @_; return 'tcp dport { ' . join(', ', @{ $place->{ports} }) . " } accept comment \"$comment\"" }

sub said {
  my ($who, $place, $file) = @_;
  my ($rule, $chain) = ($place->{by} && $place->{by}{text}, $place->{in} // $place->{chain});
  my ($en, $ru) = $rule ? ("\"$rule\" in the chain $chain", "«$rule» цепочки $chain") : ("the policy of the chain $chain", "политика цепочки $chain");
  ($en, $ru) = ("$en after the next boot ($file)", "$ru после следующей загрузки ($file)") if $file;
  return "$who: TCP " . join(' and ', @{ $place->{ports} }) . " kept out by $en\t$who: TCP " . join(' и ', @{ $place->{ports} }) . " не пропускает $ru\n";
}

# The file with a rule before what stands in the way: on a line of its own where that has one.
sub with_rules {
  my ($path, $all) = @_;
  my $text = $all->{text}{$path};
  my @here = grep { $_->{place}{path} eq $path } map { { %$_, place => $_->{rule} // $all->{chains}{ $_->{chain} }{close} } } closed($all);
  for my $each (sort { $b->{place}{offset} <=> $a->{place}{offset} } @here) {
    my $offset = $each->{place}{offset};
    my $rule   = ($each->{place}{command} // '') . rule_of($each);
    my $start  = rindex($text, "\n", $offset - 1) + 1;
    my $before = substr $text, $start, $offset - $start;
    if ($before =~ /\S/) { $rule = ($each->{rule} ? '' : '; ') . "$rule; " }
    else                 { $rule = ($each->{rule} ? '' : "\t") . "$rule\n$before" }
    substr $text, $offset, 0, $rule;
  }
  return $text;
}

my $conf = {};
$conf = parse($boot, slurp($boot), {}, 0) if $mode eq 'content' || grep { -e } glob '/etc/systemd/system/*.wants/nftables.service';
if ($mode eq 'content') { print with_rules($wanted, $conf); exit }
if ($mode eq 'files') { with_rules($_, $conf) ne $conf->{text}{$_} and print "$_\n" for sort keys %{ $conf->{text} // {} }; exit }

my $listing = output('nft -a list ruleset');
# Their own program speaks for them (iptables-nft keeps the tables "ip filter" and "ip6 filter", with chains in capitals).
my $foreign = output('iptables-save') =~ /^\*filter/m;
my %firewalld;
for my $place (closed(parse('live', $listing, {}, 0))) {
  my ($table, $name) = $place->{chain} =~ /^(\S+ \S+) (\S+)/;
  next if $foreign && $table =~ /^ip6? filter$/ && $name eq 'INPUT';
  my $firewalld = $table =~ / firewalld$/;
  if ($mode eq 'look') { print said($firewalld ? 'firewalld' : 'nftables', $place) }
  elsif ($firewalld) {
    for my $port (grep { !$firewalld{$_}++ } @{ $place->{ports} }) { print "firewall-cmd $_--add-port=$port/tcp\n" for '--permanent ', '' }
  }
  else {
    my $where = $place->{rule} ? "insert rule $place->{chain} handle $place->{rule}{handle}" : "add rule $place->{chain}";
    print "nft '$where ", rule_of($place), "'\n";
  }
}
if ($mode eq 'look') { print said('nftables', $_, $boot) for closed($conf) }
