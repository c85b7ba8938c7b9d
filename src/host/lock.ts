import type { Clock } from '../base/clock.js';
import { failure } from '../base/errors.js';
import { lockProgram } from './perl/lock.js';
import type { LockClaim } from './port.js';
import type { Session } from './session/session.js';

/** Cleared by a reboot, writable for every user on Debian: whoever becomes whom, there is one lock a host. */
const lockPath = '/run/lock/chatsctl.lock';

/** A predecessor of the same run ends what it is doing first (an apt-get that must not be killed). */
const predecessorMs = 600_000;

/** Takes the lock in this session, which holds it until it ends. */
export async function takeLock(session: Session, claim: LockClaim, host: string, clock: Clock, path = lockPath): Promise<void> {
  const started = clock.now();
  const since = new Date(started).toISOString();
  for (;;) {
    const [, held] = await Promise.all([
      session.request(['define', lockProgram]),
      session.request(['lock', path, claim.run, claim.operator, claim.from, since]),
    ]);
    const [state = '', run = '', operator = '', from = '', heldSince = ''] = held.map((field) => field.toString());
    if (state === 'taken') return;
    const patience = state === 'again' ? predecessorMs : claim.waitMs;
    if (clock.now() - started >= patience) {
      throw failure('host/locked', { host, run: run || '?', operator: operator || '?', from: from || '?', since: heldSince || '?' });
    }
    await clock.sleep(state === 'again' ? 200 : 1000, claim.signal);
  }
}
