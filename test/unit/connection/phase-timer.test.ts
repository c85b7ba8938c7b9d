import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectError, PhaseTimeout, type Progress } from '../../../src/connection/connect-error.js';
import { PhaseTimer } from '../../../src/connection/phase-timer.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function started() {
  const progress: Progress = { phase: 'dial', greeting: '', keyShown: false };
  const timer = new PhaseTimer(progress, 3000);
  let late: unknown;
  timer.late.catch((error: unknown) => {
    late = error;
  });
  return { progress, timer, late: () => late };
}

it.each([
  ['dial', 3, 'connect/timeout'],
  ['handshake', 3, 'connect/handshake-timeout'],
  ['login', 60, 'connect/login-timeout'],
] as const)('%s has %d s, and its own error', async (phase, seconds, code) => {
  const { progress, timer, late } = started();
  timer.enter('dial');
  await vi.advanceTimersByTimeAsync(2900);
  timer.enter(phase);
  await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
  expect(late()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(late()).toBeInstanceOf(PhaseTimeout);
  const error = connectError(late(), progress, { host: 'web1', port: 22, user: 'ann', tried: [] });
  expect(error).toMatchObject({ code, diagnostics: [{ params: { seconds } }] });
});

it('stops while an operator is asked, and goes on after', async () => {
  const { timer, late } = started();
  timer.enter('login');
  await vi.advanceTimersByTimeAsync(59_000);
  const asking = timer.without(() => new Promise<void>((resolve) => setTimeout(resolve, 600_000)));
  await vi.advanceTimersByTimeAsync(600_000);
  await asking;
  await vi.advanceTimersByTimeAsync(59_000);
  expect(late()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1000);
  expect(late()).toBeInstanceOf(PhaseTimeout);
});
