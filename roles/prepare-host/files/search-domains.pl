#!/usr/bin/perl
# Finds and takes out the search domains that the guide forbids (DNS-6): a zone, the zones above it, and every name below it.
#   search-domains.pl find ZONE           prints the files that have one, a line each
#   search-domains.pl without ZONE FILE   prints the file without them; a line that names nothing more is left out
# Reads only. Knows the ways of writing a search list of resolv.conf and resolvconf, ifupdown, systemd-resolved and -networkd, dhclient, NetworkManager and netplan.
use strict;
use warnings;

my ($mode, $zone, @files) = @ARGV;
$zone = lc $zone;
@files = map { glob } qw(
    /etc/resolv.conf /etc/resolvconf/resolv.conf.d/* /etc/network/interfaces /etc/network/interfaces.d/* /etc/dhcp/dhclient.conf
    /etc/systemd/resolved.conf /etc/systemd/resolved.conf.d/*.conf /etc/systemd/network/*.network /etc/systemd/network/*.network.d/*.conf
    /etc/NetworkManager/system-connections/* /etc/netplan/*.yaml
) if $mode eq 'find' && !@files;

sub forbidden {
    my $name = lc shift;
    $name =~ s/^~//;
    $name =~ s/\.$//;
    return 0 if $name eq '';
    return $name eq $zone || substr($name, -length(".$zone")) eq ".$zone" || substr($zone, -length(".$name")) eq ".$name";
}

# The line with the forbidden names taken out of its list; undef when the list is empty then; the line itself when there is nothing to take out.
sub mended {
    my $line = shift;
    my ($head, $list, $tail);
    my $split = qr/[ \t]+/;
    my $join = ' ';
    if    ($line =~ /^(\s*(?:search|domain|dns-search|dns-domain)[ \t]+)([^#;]*?)(\s*(?:[#;].*)?)$/is) { ($head, $list, $tail) = ($1, $2, $3) }
    elsif ($line =~ /^(\s*Domains\s*=\s*)(.*?)(\s*)$/s) { ($head, $list, $tail) = ($1, $2, $3) }
    elsif ($line =~ /^(\s*dns-search\s*=\s*)(.*?)(\s*)$/s) { ($head, $list, $tail, $split, $join) = ($1, $2, $3, qr/;/, ';') }
    elsif ($line =~ /^(\s*(?:append|prepend|supersede|default)\s+domain-(?:name|search)\s+)(.*?)(\s*;.*)$/s) { ($head, $list, $tail, $split, $join) = ($1, $2, $3, qr/\s*,\s*/, ', ') }
    elsif ($line =~ /^(\s*search:\s*\[)(.*?)(\].*)$/s) { ($head, $list, $tail, $split, $join) = ($1, $2, $3, qr/\s*,\s*/, ', ') }
    else { return $line }

    my @all = grep { $_ ne '' } split $split, $list;
    my @kept = grep { my $name = $_; $name =~ s/^["']|["']$//g; !forbidden($name) } @all;
    return $line if @kept == @all;
    return $head . $tail if !@kept && $head =~ /search:/;
    return undef unless @kept;
    return $head . join($join, @kept) . ($join eq ';' ? ';' : '') . $tail;
}

for my $file (@files) {
    next unless -f $file;
    open my $in, '<', $file or next;
    my @before = <$in>;
    close $in;
    my @after = grep { defined } map { mended($_) } @before;
    if ($mode eq 'find') { print "$file\n" if join('', @before) ne join('', @after) }
    else { print @after }
}
