import type { Clock } from '../base/clock.js';
import { ChatsctlError, failure } from '../base/errors.js';
import { lockProgram } from './perl/lock.js';
import type { LockClaim } from './port.js';
import type { Session } from './session/session.js';

/** Cleared by a reboot, writable for every user on Debian: whoever becomes whom, there is one lock a host. */
const lockPath = '/run/lock/chatsctl.lock';

/** A predecessor (a lost session of the same run, or of a run that was killed) ends what it is doing first: an apt-get that must not be killed. */
const predecessorMs = 600_000;

/** Takes the lock in this session, which holds it until it ends. `onWait`: once, when another run has to be waited for, with its name and whose it is. */
export async function takeLock(
  session: Session,
  claim: LockClaim,
  host: string,
  clock: Clock,
  path = lockPath,
  onWait: (holder: string) => void = () => {},
): Promise<void> {
  const started = clock.now();
  const since = new Date(started).toISOString();
  let over = '';
  let told = false;
  for (;;) {
    const [, held] = await Promise.all([
      session.request(['define', lockProgram]),
      session
        .request(['lock', path, over, claim.run, claim.operator, claim.from, since, claim.pid, claim.connection ?? host])
        .catch((error: unknown) => {
          throw refused(error, host, path);
        }),
    ]);
    const [state = '', run = '', operator = '', from = '', heldSince = '', pid = ''] = held.map((field) => field.toString());
    if (state === 'taken') return;
    const predecessor = run === claim.run || claim.isOver?.(run) === true;
    const patience = predecessor ? predecessorMs : claim.waitMs;
    if (clock.now() - started >= patience) {
      const holder = { run: run || '?', operator: operator || '?', from: from || '?', pid: pid || '?', since: heldSince || '?' };
      throw failure('host/locked', { host, ...holder });
    }
    if (run !== claim.run && !told) onWait(`${run || '?'}, ${operator || '?'}@${from || '?'} (${pid || '?'}), ${heldSince || '?'}`);
    told = true;
    if (predecessor) over = run;
    await clock.sleep(predecessor ? 200 : 1000, claim.signal);
  }
}

/** What the host said of the lock's file is told as that. */
function refused(error: unknown, host: string, path: string): unknown {
  if (!(error instanceof ChatsctlError && error.code === 'host/read-failed')) return error;
  const { reason = '?' } = error.diagnostics[0].params;
  return failure('host/lock-failed', { host, path, reason }, { cause: error });
}
