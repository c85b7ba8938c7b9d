import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { takeLock } from '../../../src/host/lock.js';
import { pack } from '../../../src/host/session/pack.js';
import { Session } from '../../../src/host/session/session.js';
import { localPlace, scratch } from './local-host.js';

const opened: Session[] = [];
afterEach(() => {
  for (const session of opened.splice(0)) session.close();
});
async function session(): Promise<Session> {
  const made = await Session.open(localPlace(), { roundTrips: 0, bytesSent: 0 });
  opened.push(made);
  return made;
}
const claim = (run: string, waitMs = 0) => ({ run, operator: 'ann', from: 'laptop', pid: 4711, waitMs });

it('a host is locked for other runs, which learn by whom and since when', async () => {
  const path = join(scratch(), 'lock');
  await takeLock(await session(), claim('run-1'), 'here', systemClock, path);
  const other = takeLock(await session(), claim('run-2'), 'here', systemClock, path);
  await expect(other).rejects.toMatchObject({
    code: 'host/locked',
    exitStatus: 6,
    diagnostics: [
      {
        params: {
          host: 'here',
          run: 'run-1',
          operator: 'ann',
          from: 'laptop',
          pid: '4711',
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        },
      },
    ],
  });
});

it('a run that waits gets it when the holder ends', async () => {
  const path = join(scratch(), 'lock');
  const holder = await session();
  await takeLock(holder, claim('run-1'), 'here', systemClock, path);
  const waiting = takeLock(await session(), claim('run-2', 20_000), 'here', systemClock, path);
  setTimeout(() => holder.close(), 200);
  await waiting;
  expect(readFileSync(path, 'latin1')).toContain('run-2');
});

it('what the session started does not hold the lock', async () => {
  const path = join(scratch(), 'lock');
  const holder = await session();
  await takeLock(holder, claim('run-1'), 'here', systemClock, path);
  await holder.request(['script', 'sleep 4 >/dev/null 2>&1 &', pack(), pack(), false, '', 10]);
  holder.close();
  await takeLock(await session(), claim('run-2', 3000), 'here', systemClock, path);
});

it('the same run ends its predecessor’s session', async () => {
  const path = join(scratch(), 'lock');
  const before = await session();
  await takeLock(before, claim('run-1'), 'here', systemClock, path);
  await takeLock(await session(), claim('run-1'), 'here', systemClock, path);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(before.over).toMatchObject({ code: 'host/session-ended' });
});

it('the same run under another name of the host is let in, and its first session goes on', async () => {
  const path = join(scratch(), 'lock');
  const first = await session();
  await takeLock(first, claim('run-1'), 'here', systemClock, path);
  await takeLock(await session(), claim('run-1'), 'also-here', systemClock, path);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(first.over).toBeUndefined();
  await expect(takeLock(await session(), claim('run-2'), 'also-here', systemClock, path)).rejects.toMatchObject({
    code: 'host/locked',
    diagnostics: [{ params: { host: 'also-here', run: 'run-1' } }],
  });
});

it('the same run as another user is let in too, and a lost session of that user is ended', async () => {
  const path = join(scratch(), 'lock');
  const first = await session();
  await takeLock(first, { ...claim('run-1'), connection: 'deploy' }, 'here', systemClock, path);
  await takeLock(await session(), { ...claim('run-1'), connection: 'root' }, 'here', systemClock, path);
  expect(first.over).toBeUndefined();
  await takeLock(await session(), { ...claim('run-1'), connection: 'deploy' }, 'here', systemClock, path);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(first.over).toMatchObject({ code: 'host/session-ended' });
});

it('a lock that cannot be taken is told with its path and the cause', async () => {
  const path = join(scratch(), 'missing', 'lock');
  await expect(takeLock(await session(), claim('run-1'), 'here', systemClock, path)).rejects.toMatchObject({
    code: 'host/lock-failed',
    diagnostics: [{ params: { host: 'here', path, reason: expect.stringContaining('no such file or directory') } }],
  });
});

it('taking it twice in one session is no matter', async () => {
  const path = join(scratch(), 'lock');
  const holder = await session();
  await takeLock(holder, claim('run-1'), 'here', systemClock, path);
  await takeLock(holder, claim('run-1'), 'here', systemClock, path);
  await expect(takeLock(await session(), claim('run-2'), 'here', systemClock, path)).rejects.toMatchObject({ code: 'host/locked' });
});

it('a run that is over is waited for until its session has done what it is at, and begins no more', async () => {
  const path = join(scratch(), 'lock');
  const before = await session();
  await takeLock(before, claim('run-1'), 'here', systemClock, path);
  const working = before.request(['script', 'sleep 1; echo done', pack(), pack(), false, '', 10]);
  const waitedFor: string[] = [];
  const next = { ...claim('run-2'), isOver: (run: string) => run === 'run-1' };
  await takeLock(await session(), next, 'here', systemClock, path, (holder) => waitedFor.push(holder));
  expect(String((await working)[1])).toBe('done\n');
  expect(waitedFor).toEqual([expect.stringMatching(/^run-1, ann@laptop \(4711\), \d{4}-/)]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(before.over).toMatchObject({ code: 'host/session-ended' });
});
