import { coreProgram } from '../perl/core.js';
import { operationsProgram } from '../perl/operations.js';
import { packagesProgram } from '../perl/packages.js';
import { queriesProgram } from '../perl/queries.js';
import type { Identity } from '../port.js';

/** sudo's log_input and log_output would store what is sent and read; of two settings the later one holds. root may ask for anybody's rules; another user only with a password, so that is left out. */
const askSudo = String.raw`
my $logs = 0;
if (length $login && $> == 0) {
  my ($rc, $out) = run(argv => ['sudo', '-n', '-l', '-U', $login], timeout => 10);
  my %on; $on{$2} = $1 ? 0 : 1 while $out =~ /(?<!\w)(!?)(log_(?:in|out)put)\b/g;
  $logs = 1 if grep { $_ } values %on or $out =~ /(?<!\w)LOG_(?:IN|OUT)PUT:/;
}
answer('ok', $logs);
serve();
`;

/** The whole program of a session: it says `ok` and whether sudo records what passes, then serves. */
export function sessionProgram(identity: Identity, loginUser: string): string {
  const becomes = identity.becomeUser !== undefined && identity.becomeUser !== loginUser;
  const login = `our $login = q(${becomes ? loginUser.replace(/[^\w.@$-]/g, '') : ''});`;
  return [coreProgram, queriesProgram, packagesProgram, operationsProgram, login, askSudo].join('\n');
}
