import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/connection/connection.js';
import type { Host, HostPort } from '../../../src/host/port.js';
import { pack } from '../../../src/host/session/pack.js';
import { Session } from '../../../src/host/session/session.js';
import { behind, localHost, localPlace, scratch } from './local-host.js';

const opened: Host[] = [];
afterEach(async () => {
  for (const host of opened.splice(0)) await host.close();
});
const open = async (wrap?: (connection: Connection) => Connection): Promise<{ host: Host; port: HostPort }> => {
  const found = await localHost(wrap);
  opened.push(found.host);
  return found;
};

describe('a session', () => {
  it('answers many reads in one round trip, and failures each for itself', async () => {
    const { host, port } = await open();
    const folder = scratch();
    const file = join(folder, 'f');
    writeFileSync(file, Buffer.from([0, 10, 255]));
    symlinkSync('f', join(folder, 'l'));
    const answers = await Promise.allSettled([
      port.read.stat(file),
      port.read.stat(join(folder, 'l')),
      port.read.stat(join(folder, 'l'), { follow: true }),
      port.read.readFile(file),
      port.read.stat(join(folder, 'none')),
      port.read.readFile(folder),
      port.read.stat(join(file, 'below')),
      port.read.list(folder),
      port.read.checksum(file, 'sha256'),
      port.read.readFile('/dev/zero'),
    ]);
    expect(host.counters.roundTrips).toBe(1);
    const [stat, link, followed, content, absent, directory, below, list, sum, device] = answers;
    const real = statSync(file, { bigint: true });
    expect(stat).toMatchObject({
      value: { type: 'file', size: 3, mode: 0o644, uid: Number(real.uid), inode: Number(real.ino), device: Number(real.dev), nlink: 1 },
    });
    expect(stat.status === 'fulfilled' && Math.abs((stat.value?.mtime ?? 0) - Number(real.mtimeNs) / 1e9)).toBeLessThan(0.001);
    expect(link).toMatchObject({ value: { type: 'link', target: 'f' } });
    expect(followed).toMatchObject({ value: { type: 'file' } });
    expect(content).toMatchObject({ value: Buffer.from([0, 10, 255]) });
    expect(absent).toEqual({ status: 'fulfilled', value: undefined });
    expect(directory).toMatchObject({ reason: { code: 'host/read-failed', diagnostics: [{ params: { path: folder } }] } });
    expect(below).toMatchObject({
      reason: { code: 'host/read-failed', diagnostics: [{ params: { reason: expect.stringContaining('no directory') } }] },
    });
    expect(list).toMatchObject({ value: [{ path: 'f' }, { path: 'l' }] });
    expect(sum).toMatchObject({ value: sha(file) });
    expect(device).toMatchObject({ reason: { code: 'host/read-failed' } });
  });

  it('counts what is asked one after the other', async () => {
    const { host, port } = await open();
    await port.read.stat('/');
    await port.read.stat('/etc');
    await port.read.stat('/');
    expect(host.counters.roundTrips).toBe(2);
    host.invalidate();
    await port.read.stat('/');
    expect(host.counters.roundTrips).toBe(3);
  });

  it('takes no notice of a noisy shell, of banners and of half a hello', async () => {
    const noisy = "printf 'Welcome\\nno newline'; printf 'warning\\n' >&2; ";
    const { port } = await open((connection) => behind(connection, (command) => noisy + command));
    expect((await port.read.stat('/'))?.type).toBe('directory');
    expect(await port.exec({ script: 'echo out; echo err >&2' })).toEqual({ rc: 0, stdout: 'out\n', stderr: 'err\n' });
  });

  it('has its own failures told apart', async () => {
    const refusing = await open((connection) => behind(connection, () => 'echo This account is not available; exit 1'));
    await expect(refusing.port.read.stat('/')).rejects.toMatchObject({ code: 'host/session-refused' });
    const without = await open((connection) => behind(connection, (command) => `PATH=/nonexistent; ${command}`));
    await expect(without.port.read.stat('/')).rejects.toMatchObject({ code: 'host/perl-missing' });
  });

  it('runs our scripts with arguments, input and any bytes', async () => {
    const { port } = await open();
    const big = 'ж'.repeat(200_000);
    expect(await port.read.script('cat; printf %s "$2" >&2; exit 7', ['a', "it's"], big)).toEqual({ rc: 7, stdout: big, stderr: "it's" });
    expect(await port.script({ script: 'echo "${x?unset}"; echo not reached' })).toMatchObject({ rc: 2 });
    expect(await port.script({ script: 'if' })).toMatchObject({ rc: 2 });
    expect(await port.script({ script: 'exit 9' })).toMatchObject({ rc: 9 });
    expect(await port.script({ script: 'exec 3>&1; kill $$' })).toMatchObject({ rc: 143 });
    expect((await port.read.stat('/'))?.type).toBe('directory');
  });

  it('is replaced when it was killed, and the read is asked again', async () => {
    const { port } = await open();
    const { stdout } = await port.script({ script: 'echo $PPID' });
    process.kill(Number(stdout), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await port.freshRead.stat('/'))?.type).toBe('directory');
  });

  it('is given up when it hangs, with all that waits for it', async () => {
    const session = await Session.open(localPlace(), { roundTrips: 0, bytesSent: 0 });
    const hanging = session.request(['script', 'sleep 5', pack(), pack(), false, '', 10], { timeoutMs: 200 });
    const behindIt = session.request(['ping']);
    await expect(hanging).rejects.toMatchObject({ code: 'host/session-timeout' });
    await expect(behindIt).rejects.toMatchObject({ code: 'host/session-timeout' });
    expect(session.over).toMatchObject({ code: 'host/session-timeout' });
  });

  it('keeps scripts and contents out of argv', async () => {
    const { port } = await open();
    const secret = `needle-${Date.now()}`;
    const running = port.exec({ script: `# ${secret}\nsleep 1`, args: ['shown-argument'], environment: { SECRET: secret }, stdin: secret });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const lines = processes.map((pid) => readCommandLine(`/proc/${pid}/cmdline`));
    await running;
    expect(lines.some((line) => line.includes('shown-argument'))).toBe(true);
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });

  it('lets identities of one host share its generation', async () => {
    const { host, port } = await open();
    const folder = scratch();
    expect(await port.read.stat(join(folder, 'f'))).toBeUndefined();
    await port.apply([{ kind: 'write', path: join(folder, 'f'), content: Buffer.from('x'), attributes: {} }]);
    expect((await port.read.stat(join(folder, 'f')))?.size).toBe(1);
    expect(host.as({ ...port.identity })).toBe(port);
    const order: string[] = [];
    const slow = host.exclusively(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('first');
      throw new Error('it fails');
    });
    await Promise.allSettled([slow, host.exclusively(async () => order.push('second'))]);
    expect(order).toEqual(['first', 'second']);
  });

  it('gathers facts in one round trip', async () => {
    const { host, port } = await open();
    await port.read.stat('/');
    const before = host.counters.roundTrips;
    const facts = await port.facts();
    expect(host.counters.roundTrips - before).toBe(1);
    expect(facts).toMatchObject({ kernel: readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim(), system: 'Linux' });
    expect(Number(facts['memtotal_mb'])).toBeGreaterThan(100);
    expect(facts['interfaces']).toContain('lo');
  });
});

/** A process may be gone by now. */
function readCommandLine(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function sha(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
