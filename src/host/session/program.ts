import { coreProgram } from '../perl/core.js';
import { operationsProgram } from '../perl/operations.js';
import { packagesProgram } from '../perl/packages.js';
import { queriesProgram } from '../perl/queries.js';
import { temporariesProgram } from '../perl/temporaries.js';
import type { Identity } from '../port.js';
import { becomes } from './become.js';

/** sudo's log_input and log_output would store what is sent and read; of two settings the later one holds. */
const recordsIn = String.raw`
sub records_in {
  my ($rules) = @_;
  my %on; $on{$2} = $1 ? 0 : 1 while $rules =~ /(?<!\w)(!?)(log_(?:in|out)put)\b/g;
  (grep { $_ } values %on or $rules =~ /(?<!\w)LOG_(?:IN|OUT)PUT:/) ? 1 : 0
}
`;

/** root may ask for anybody's rules. */
const askSudo = `
my $logs = 0;
if (length $login && $> == 0) {
  my ($rc, $out) = run(argv => ['sudo', '-n', '-l', '-U', $login], timeout => 10);
  $logs = records_in($out);
}
answer('ok', $logs);
serve();
`;

/** The login user may ask for their own; sudo may want their password for that, which comes on standard input. */
const askOwnRules = String.raw`
my ($password) = up(take(unpack 'N', take(4)));
my @how = length $password ? ('-S', '-p', '') : ('-n');
my ($rc, $out) = run(argv => ['sudo', @how, '-l'], stdin => "$password\n", timeout => 20);
answer('ok', records_in($out));
`;

/** Says `ok` and whether sudo records, for becoming a user who may not ask that: what the login user may list is taken for it. */
export const sudoRulesProgram = [coreProgram, recordsIn, askOwnRules].join('\n');

/** The whole program of a session: it says `ok` and whether sudo records what passes, then serves. */
export function sessionProgram(identity: Identity, loginUser: string): string {
  const login = `our $login = q(${becomes(identity, loginUser) ? loginUser.replace(/[^\w.@$-]/g, '') : ''});`;
  return [coreProgram, queriesProgram, packagesProgram, temporariesProgram, operationsProgram, login, recordsIn, askSudo].join('\n');
}
