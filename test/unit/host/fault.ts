import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * perl that meets a fault at a chosen point of what it changes. Points are counted in each process: before each call that changes a file,
 * in the middle of each write, and before the answer. `FAULT`: `<point> KILL` ends the process there as kill -9 does; `<point> ENOSPC`
 * (or another errno) makes whatever needs room fail from there on. `FAULT_LOG` gets a line when the point was reached.
 */
const FAULT = String.raw`package Fault;
use strict; no strict 'refs'; use Fcntl; use Errno;
my ($at, $how) = split / /, $ENV{FAULT} || '0 NONE';
my ($log, $count, $failing) = ($ENV{FAULT_LOG}, 0, 0);
delete @ENV{qw(FAULT FAULT_LOG PERL5OPT)};

sub reached {
  my ($needs_room) = @_;
  if (++$count == $at) {
    open my $h, '>>', $log; print $h "$how\n"; close $h;
    kill 9, $$ if $how eq 'KILL';
    $failing = 1;
  }
  return 0 unless $failing && $needs_room;
  $! = &{"Errno::$how"}(); 1
}
sub handle { ref $_[0] || ref \$_[0] eq 'GLOB' ? $_[0] : \*{"main::$_[0]"} }

BEGIN {
  *CORE::GLOBAL::sysopen = sub (*$$;$) { return undef if $_[2] & O_CREAT && reached(1); @_ > 3 ? CORE::sysopen($_[0], $_[1], $_[2], $_[3]) : CORE::sysopen($_[0], $_[1], $_[2]) };
  *CORE::GLOBAL::syswrite = sub (*$;$$) {
    my ($h, undef, $length, $offset) = @_; $h = handle($h);
    $offset ||= 0; my $left = length($_[1]) - $offset; $length = $left if !defined $length || $length > $left;
    if (-f $h) {
      return undef if reached(1);
      if ($length > 1 && $count + 1 == $at) { CORE::syswrite($h, $_[1], $length >> 1, $offset); sysseek $h, -($length >> 1), 1 if $how ne 'KILL' }
      return undef if reached(1);
    } elsif ($count) { reached(0) }
    CORE::syswrite($h, $_[1], $length, $offset)
  };
  *CORE::GLOBAL::rename = sub ($$) { reached(0); CORE::rename($_[0], $_[1]) };
  *CORE::GLOBAL::link = sub ($$) { return 0 if reached(1); CORE::link($_[0], $_[1]) };
  *CORE::GLOBAL::symlink = sub ($$) { return 0 if reached(1); CORE::symlink($_[0], $_[1]) };
  *CORE::GLOBAL::mkdir = sub (_;$) { return 0 if reached(1); @_ > 1 ? CORE::mkdir($_[0], $_[1]) : CORE::mkdir($_[0]) };
  *CORE::GLOBAL::truncate = sub ($$) { reached(0); CORE::truncate($_[0], $_[1]) };
  *CORE::GLOBAL::unlink = sub (@) { reached(0); CORE::unlink(@_) };
  *CORE::GLOBAL::chmod = sub (@) { reached(0); CORE::chmod($_[0], @_[1 .. $#_]) };
  *CORE::GLOBAL::chown = sub (@) { reached(0); CORE::chown($_[0], $_[1], @_[2 .. $#_]) };
}
1;
`;

/** Writes the module into `folder`; the answer is the environment with which every perl that is started meets the fault. */
export function faultyPerl(folder: string, fault: string, log: string): Record<string, string> {
  const lib = join(folder, 'perl');
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(lib, 'Fault.pm'), FAULT);
  return { PERL5OPT: `-I${lib} -MFault`, FAULT: fault, FAULT_LOG: log };
}
