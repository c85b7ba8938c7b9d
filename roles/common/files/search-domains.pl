#!/usr/bin/perl
# Search domains that the guide forbids (DNS-6): a zone, the zones above it, and every name below it. ZONE may be several spellings, with commas.
#   search-domains.pl list ZONE [FILE]      what /etc/resolv.conf has: a line `forbidden NAME` or `other NAME` each
#   search-domains.pl find ZONE [FILE…]     the files that name one, a line each; without FILE: all that programs make /etc/resolv.conf from
#   search-domains.pl without ZONE FILE     the file without them; a line that names nothing more is left out
#   search-domains.pl managers              the programs that make /etc/resolv.conf here, a line each
#   search-domains.pl links ZONE            links of systemd-resolved that have one: `LINK<tab>the others`
#   search-domains.pl keep ZONE             takes them off systemd-resolved's links, and writes /etc/resolv.conf from NetworkManager's own
# All but `keep` only read. Knows the ways of writing a search list of resolv.conf, resolvconf, ifupdown, systemd-resolved and -networkd, dhclient, dhcpcd,
# NetworkManager, netplan and cloud-init.
use strict;
use warnings;

# Files are bytes, and stay so but for what is taken out; names are compared as characters.
my ($mode, $spellings, @files) = @ARGV;
my @zones = map { lower($_) } split /,/, $spellings // '';
my $resolv_conf = '/etc/resolv.conf';
my $managers_file = '/run/NetworkManager/resolv.conf';
my $managers_own = '/etc/NetworkManager/conf.d/zz-chatsctl.conf';

# A list's separators as read, and as written.
my %blanks = (split => qr/[ \t]+/, join => ' ');
my %commas = (split => qr/\s*,\s*/, join => ', ');
my %semicolons = (split => qr/\s*;\s*/, join => ';', end => ';');

sub lower { my $name = shift; utf8::decode($name); return lc $name }

sub forbidden {
    my $name = lower(shift);
    $name =~ s/^~//;
    $name =~ s/\.$//;
    return 0 if $name eq '';
    return grep { $name eq $_ || substr($name, -length(".$_")) eq ".$_" || substr($_, -length(".$name")) eq ".$name" } @zones;
}

# The list without the forbidden names; itself when it has none. Quoted items may hold several names (dhclient's domain-name).
sub kept {
    my ($list, %form) = @_;
    my @items = grep { $_ ne '' } split $form{split}, $list;
    my @kept = grep { defined } map {
        my ($quote, $names) = /^(["']?)(.*?)["']?$/;
        my @left = grep { !forbidden($_) } split ' ', $names;
        !@left ? undef : "$quote@left" eq $quote . join(' ', split ' ', $names) ? $_ : $quote . join(' ', @left) . $quote;
    } @items;
    return $list if "@kept" eq "@items";
    return @kept ? join($form{join}, @kept) . ($form{end} // '') : '';
}

# A line, head and list and tail: undef when nothing is left of the list.
sub mended {
    my ($head, $list, $tail, %form) = @_;
    my $left = kept($list, %form);
    return $left eq '' && $list ne '' ? undef : $head . $left . $tail;
}

sub mended_line {
    my $line = shift;
    return mended($1, $2, $3, %blanks) if $line =~ /^(\s*(?:search|domain|dns-search|dns-domain)[ \t]+)([^#;\n]*?)(\s*(?:[#;].*)?)$/is;
    return mended($1, $2, $3, %blanks) if $line =~ /^(\s*Domains\s*=\s*)(.*?)(\s*)$/s;
    return mended($1, $2, $3, %blanks) if $line =~ /^(\s*static\s+domain_(?:name|search)\s*=\s*)(.*?)(\s*)$/s;
    return mended($1, $2, $3, %semicolons) if $line =~ /^(\s*dns-search\s*=\s*)(.*?)(\s*)$/s;
    return mended($1, $2, $3, %commas) if $line =~ /^(\s*searches\s*=\s*)(.*?)(\s*)$/s;
    return $1 . kept($2, %commas) . $3 if $line =~ /^(\s*(?:-\s+)?(?:search|dns_search):\s*\[\s*)([^\]\n]*?)(\s*\].*)$/s;
    return mended($1, $2, $3, %blanks) if $line =~ /^(\s*(?:-\s+)?(?:search|dns_search):[ \t]+)([^\[#\n]+?)(\s*(?:#.*)?)$/s;
    return $line;
}

# dhclient.conf: statements, which may go over several lines.
sub mended_statements {
    my $text = shift;
    my $statement = qr/((?:append|prepend|supersede|default)\s+(?:dhcp6\.)?domain-(?:name|search)\s+)([^;#]*?)(\s*;)/;
    $text =~ s/((?:^|[{;])[ \t]*)$statement([ \t]*\n?)/my ($before, $after) = ($1, $5); my $left = mended($2, $3, $4, %commas); defined $left ? "$before$left$after" : $before =~ m{^\s*$} ? '' : $before . $after/gem;
    return $text;
}

# YAML: a list of items below its key.
sub mended_yaml {
    my @lines = @_;
    my @after;
    while (defined(my $line = shift @lines)) {
        if ($line !~ /^(\s*)(?:-\s+)?(?:search|dns_search):\s*(?:#.*)?$/) { push @after, mended_line($line) // (); next }
        my $indent = length $1;
        my @items;
        push @items, shift @lines while @lines && $lines[0] =~ /^(\s*)-\s+\S/ && length $1 >= $indent;
        my @left = grep { my ($name) = /^\s*-\s+["']?([^\s"'#]+)/; !defined $name || !forbidden($name) } @items;
        $line =~ s/:[ \t]*(?:#.*)?$/: []/ if @items && !@left;
        push @after, $line, @left;
    }
    return join '', @after;
}

sub slurp {
    my $file = shift;
    open my $in, '<', $file or return '';
    local $/;
    return <$in> // '';
}

sub without {
    my $file = shift;
    my $text = slurp($file);
    return mended_statements($text) if $file =~ m{dhclient[^/]*\.conf$};
    my @lines = $text =~ /([^\n]*\n|[^\n]+$)/g;
    return mended_yaml(@lines) if $file =~ m{\.ya?ml$|/cloud\.cfg|/network-config$};
    return join '', grep { defined } map { mended_line($_) } @lines;
}

sub running { return system("systemctl is-active --quiet $_[0] >/dev/null 2>&1") == 0 }

sub sources {
    return map { glob } qw(
        /etc/resolvconf/resolv.conf.d/* /run/resolvconf/interface/* /etc/network/interfaces /etc/network/interfaces.d/* /etc/dhcp/dhclient*.conf /etc/dhcpcd.conf
        /etc/systemd/resolved.conf /etc/systemd/resolved.conf.d/*.conf /run/systemd/resolved.conf.d/*.conf
        /etc/systemd/network/*.network /etc/systemd/network/*.network.d/*.conf
        /etc/NetworkManager/NetworkManager.conf /etc/NetworkManager/conf.d/*.conf /etc/NetworkManager/system-connections/*
        /etc/netplan/*.yaml /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg /var/lib/cloud/seed/*/network-config
    );
}

sub links {
    return unless running('systemd-resolved');
    return grep { defined } map {
        my ($link, $list) = /^Link \d+ \((.+?)\):\s*(.*)$/;
        my $left = defined $link ? kept($list, %blanks) : '';
        defined $link && $left ne $list ? [$link, split ' ', $left] : undef;
    } split /\n/, qx(resolvectl domain 2>/dev/null);
}

# Beside the file and renamed over it; into the file itself where it is a mount point.
sub write_file {
    my ($path, $text) = @_;
    my $new = "$path.chatsctl-new";
    unlink $new;
    open my $out, '>', $new or die "$new: $!\n";
    print $out $text;
    close $out or die "$new: $!\n";
    chmod 0644, $new;
    return if rename $new, $path;
    open $out, '>', $path or die "$path: $!\n";
    print $out $text;
    close $out or die "$path: $!\n";
    unlink $new;
}

if ($mode eq 'list') {
    for (split /\n/, slurp($files[0] // $resolv_conf)) {
        next unless /^\s*(?:search|domain)[ \t]+([^#;]*)/i;
        # The root alone is systemd-resolved's way of saying "none".
        print forbidden($_) ? 'forbidden' : 'other', " $_\n" for grep { $_ ne '.' } split ' ', $1;
    }
} elsif ($mode eq 'find') {
    @files = sources() unless @files;
    for my $file (grep { -f } @files) { print "$file\n" if without($file) ne slurp($file) }
} elsif ($mode eq 'without') {
    print without($files[0]);
} elsif ($mode eq 'managers') {
    my $said = slurp($resolv_conf) =~ /^# Generated by NetworkManager/;
    print "dhclient\n" if -d '/etc/dhcp/dhclient-enter-hooks.d';
    print "resolvconf\n" if -d '/etc/resolvconf/update.d' && -x '/lib/resolvconf/list-records';
    print "systemd-resolved\n" if running('systemd-resolved');
    # Where it writes the file itself: `dns=none`, resolvconf or systemd-resolved leave it nothing to write.
    print "NetworkManager\n" if running('NetworkManager') && ($said || -e $managers_own);
} elsif ($mode eq 'links') {
    for (links()) { my ($link, @left) = @$_; print "$link\t@left\n" }
} elsif ($mode eq 'keep') {
    for (links()) { my ($link, @left) = @$_; system 'resolvectl', 'domain', $link, @left ? @left : '' }
    my $target = readlink($resolv_conf) // '';
    if (-e $managers_own && -f $managers_file && ($target eq '' || $target =~ m{NetworkManager/resolv\.conf$})) {
        my $wanted = without($managers_file);
        write_file($resolv_conf, $wanted) if $target ne '' || $wanted ne slurp($resolv_conf);
    }
} else {
    die "unknown mode\n";
}
