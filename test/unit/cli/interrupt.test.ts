import { expect, test } from 'vitest';
import { Interrupt, Interrupted } from '../../../src/cli/interrupt.js';

test('the first signal aborts in order, the second ends the process with the status of the first', () => {
  const ended: number[] = [];
  const said: string[] = [];
  const interrupt = new Interrupt((status) => ended.push(status));
  interrupt.onFirst = (signal) => said.push(signal);
  expect([interrupt.exitStatus, interrupt.signal.aborted]).toEqual([undefined, false]);
  interrupt.take('SIGTERM');
  expect([interrupt.exitStatus, interrupt.signal.aborted]).toEqual([143, true]);
  expect(interrupt.signal.reason).toBeInstanceOf(Interrupted);
  expect([said, ended]).toEqual([['SIGTERM'], []]);
  interrupt.take('SIGINT');
  expect([said, ended]).toEqual([['SIGTERM'], [143]]);
});

test('ctrl-C is 130', () => {
  const interrupt = new Interrupt(() => {});
  interrupt.take('SIGINT');
  expect(interrupt.exitStatus).toBe(130);
});

test('while an editor has the terminal, signals are its own', async () => {
  const ended: number[] = [];
  const interrupt = new Interrupt((status) => ended.push(status));
  await interrupt.hold(async () => {
    interrupt.take('SIGINT');
    interrupt.take('SIGINT');
  });
  expect([interrupt.exitStatus, ended]).toEqual([undefined, []]);
  interrupt.take('SIGINT');
  expect(interrupt.exitStatus).toBe(130);
});

test('a terminal that went away is 129, told by the kernel and by the shell; another signal after it ends at once', () => {
  const ended: number[] = [];
  const interrupt = new Interrupt((status) => ended.push(status));
  interrupt.take('SIGHUP');
  interrupt.take('SIGHUP');
  expect([interrupt.exitStatus, ended]).toEqual([129, []]);
  interrupt.take('SIGTERM');
  expect(ended).toEqual([129]);
});
