import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { acquireInventoryLock, type LockRequest } from '../../../src/journal/inventory-lock.js';
import type { Holder } from '../../../src/journal/lock-holder.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const request = (run: string, more: Partial<LockRequest> = {}): LockRequest => ({ run, operator: 'anna', clock: systemClock, ...more });
const holderFile = () => join(dir, '.chatsctl/lock.json');

function silentFor(seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(join(dir, '.chatsctl/lock.beat'), then, then);
}

async function deadPid(): Promise<number> {
  const child = spawn('true');
  await new Promise((resolve) => child.once('close', resolve));
  return child.pid ?? 0;
}

describe('the inventory lock', () => {
  it('turns a second run away, saying who holds it', async () => {
    const release = await acquireInventoryLock(dir, request('first'));
    await expect(acquireInventoryLock(dir, request('second'))).rejects.toMatchObject({
      code: 'journal/locked',
      exitStatus: 6,
      diagnostics: [{ params: { run: 'first', operator: 'anna', pid: process.pid, host: hostname() } }],
    });
    await release();
    await (await acquireInventoryLock(dir, request('third')))();
    expect(existsSync(holderFile())).toBe(false);
  });

  it('lets a second run wait', async () => {
    const release = await acquireInventoryLock(dir, request('first'));
    const seen: Holder[] = [];
    const waiting = acquireInventoryLock(dir, request('second', { wait: true, onWait: (holder) => seen.push(holder) }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await release();
    await (await waiting)();
    expect(seen.map((holder) => holder.run)).toEqual(['first']);
  });

  it('stops waiting when it is told to', async () => {
    const release = await acquireInventoryLock(dir, request('first'));
    const stop = new AbortController();
    const waiting = acquireInventoryLock(dir, request('second', { wait: true, signal: stop.signal }));
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await release();
  });

  it('is taken over from a process that was killed', async () => {
    const first = await acquireInventoryLock(dir, request('first'));
    writeFileSync(holderFile(), JSON.stringify({ run: 'killed', operator: 'x', host: hostname(), pid: await deadPid(), since: '' }));
    const second = await acquireInventoryLock(dir, request('second'));
    await second();
    await first();
  });

  it('is taken over when the pid belongs to a younger process now', async () => {
    const first = await acquireInventoryLock(dir, request('first'));
    writeFileSync(
      holderFile(),
      JSON.stringify({ run: 'killed', operator: 'x', host: hostname(), pid: process.pid, since: '', processStart: '1' }),
    );
    const second = await acquireInventoryLock(dir, request('second'));
    await second();
    await first();
  });

  it('is not taken over from another computer', async () => {
    const first = await acquireInventoryLock(dir, request('first'));
    writeFileSync(holderFile(), JSON.stringify({ run: 'far', operator: 'x', host: 'elsewhere', pid: await deadPid(), since: '' }));
    await expect(acquireInventoryLock(dir, request('second'))).rejects.toMatchObject({ code: 'journal/locked' });
    await first();
  });

  it('is held by another computer as long as it shows signs of life, whatever its clock says', async () => {
    await acquireInventoryLock(dir, request('first'));
    const far = { run: 'far', operator: 'bob', host: hostname(), machine: 'another boot', pid: 1, since: '2035-01-01T00:00:00.000Z' };
    writeFileSync(holderFile(), JSON.stringify(far));
    const ahead = { ...systemClock, now: () => Date.now() + 3_600_000 };
    await expect(acquireInventoryLock(dir, request('second', { clock: ahead }))).rejects.toMatchObject({
      code: 'journal/locked',
      diagnostics: [{ params: { run: 'far', operator: 'bob', since: far.since } }],
    });
    silentFor(61);
    const release = await acquireInventoryLock(dir, request('third'));
    await release();
    expect(readdirSync(join(dir, '.chatsctl'))).toEqual([]);
  });

  it('is free a minute after it was made by who was killed before saying who he is', async () => {
    mkdirSync(join(dir, '.chatsctl/lock'), { recursive: true });
    await expect(acquireInventoryLock(dir, request('second'))).rejects.toMatchObject({
      code: 'journal/locked',
      diagnostics: [{ params: { run: '?' } }],
    });
    const then = Date.now() / 1000 - 61;
    utimesSync(join(dir, '.chatsctl/lock'), then, then);
    await (await acquireInventoryLock(dir, request('third')))();
  });

  it('stays with who has it now when the one that was silent comes back', async () => {
    const asleep = await acquireInventoryLock(dir, request('asleep'));
    writeFileSync(holderFile(), JSON.stringify({ run: 'asleep', operator: 'x', host: 'elsewhere', pid: 1, since: '' }));
    silentFor(61);
    const release = await acquireInventoryLock(dir, request('awake'));
    await asleep();
    await expect(acquireInventoryLock(dir, request('third'))).rejects.toMatchObject({ diagnostics: [{ params: { run: 'awake' } }] });
    await release();
  });

  it('that cannot be written is told, and nothing of it stays', async () => {
    mkdirSync(join(dir, '.chatsctl/lock.json'), { recursive: true });
    await expect(acquireInventoryLock(dir, request('first'))).rejects.toMatchObject({
      code: 'journal/unwritable',
      diagnostics: [{ params: { path: holderFile(), reason: 'it is a directory' } }],
    });
    await (await acquireInventoryLock(dir, request('second')))();
  });

  it('is given to one of many that find a dead holder', async () => {
    await acquireInventoryLock(dir, request('first'));
    writeFileSync(holderFile(), JSON.stringify({ run: 'killed', operator: 'x', host: hostname(), pid: await deadPid(), since: '' }));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => acquireInventoryLock(dir, request(`run${at}`))));
    const won = outcomes.filter((each) => each.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]?.value();
  });
});
