import { coreProgram } from '../perl/core.js';
import { operationsProgram } from '../perl/operations.js';
import { packagesProgram } from '../perl/packages.js';
import { queriesProgram } from '../perl/queries.js';
import type { Identity } from '../port.js';

/** sudo's log_input would store what is sent. root may ask for anybody's rules; another user only with a password, so that is left out. */
const askSudo = String.raw`
my $logs = 0;
if (length $login && $> == 0) {
  my ($rc, $out) = run(argv => ['sudo', '-n', '-l', '-U', $login], timeout => 10);
  $logs = 1 if $out =~ /(?<![!\w])log_input\b/ || $out =~ /\bLOG_INPUT:/;
}
answer('ok', $logs);
serve();
`;

/** The whole program of a session: it says `ok` and whether sudo records input, then serves. */
export function sessionProgram(identity: Identity, loginUser: string): string {
  const becomes = identity.becomeUser !== undefined && identity.becomeUser !== loginUser;
  const login = `our $login = q(${becomes ? loginUser.replace(/[^\w.@$-]/g, '') : ''});`;
  return [coreProgram, queriesProgram, packagesProgram, operationsProgram, login, askSudo].join('\n');
}
