import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host, HostPort } from '../../../src/host/port.js';
import { localHost, scratch } from './local-host.js';

let host: Host;
let port: HostPort;
beforeAll(async () => {
  ({ host, port } = await localHost());
});
afterAll(() => host.close());

describe('user text', () => {
  it('runs with arguments, directory, environment and input', async () => {
    const folder = scratch();
    const request = { script: 'echo "$1 $K"; pwd; cat; exit 5', args: ['один'], chdir: folder, environment: { K: "it's 2" }, stdin: 'три' };
    expect(await port.exec(request)).toEqual({ rc: 5, stdout: `один it's 2\n${folder}\nтри`, stderr: '' });
  });

  it('has an empty input when none is given, and a path with sbin', async () => {
    expect((await port.exec({ script: 'cat; echo end' })).stdout).toBe('end\n');
    expect((await port.exec({ script: 'echo $PATH' })).stdout).toContain('/usr/sbin');
  });

  it('runs a program without a shell', async () => {
    expect(await port.exec({ argv: ['printf', '%s|', 'a b', '$HOME', '*'] })).toEqual({ rc: 0, stdout: 'a b|$HOME|*|', stderr: '' });
  });

  it('leaves nothing behind on the signal that all of a run wait for', async () => {
    const { signal } = new AbortController();
    for (let count = 0; count < 3; count += 1) await port.exec({ argv: ['true'] }, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is given to the interpreter that was asked for', async () => {
    expect((await port.exec({ script: 'print "perl $ARGV[0]\n"', executable: '/usr/bin/perl', args: ['x'] })).stdout).toBe('perl x\n');
  });

  it('may be larger than a pipe and write more than a window', async () => {
    const script = `${'# padding\n'.repeat(10_000)}head -c 5000000 /dev/zero | tr '\\0' x; echo ж >&2`;
    const answer = await port.exec({ script, stdin: 'y'.repeat(200_000) });
    expect([answer.rc, answer.stdout.length, answer.stderr]).toEqual([0, 5_000_000, 'ж\n']);
  });

  it('that cannot be started has Ansible’s status and message', async () => {
    expect(await port.exec({ argv: ['no-such-program'] })).toMatchObject({
      rc: 2,
      msg: expect.stringContaining('No such file or directory'),
    });
    expect(await port.exec({ argv: ['/etc/passwd'] })).toMatchObject({ rc: 13, msg: expect.stringContaining('Permission denied') });
    await expect(port.exec({ script: 'true', chdir: '/no/such' })).rejects.toMatchObject({ code: 'host/exec-chdir' });
  });

  it('kills itself alone', async () => {
    expect((await port.exec({ script: 'kill $$' })).rc).toBe(143);
    expect((await port.exec({ script: 'kill -9 $$' })).rc).toBe(137);
    expect((await port.exec({ script: 'kill -9 $PPID; sleep 0.2; echo done' })).rc).not.toBe(0);
    expect((await port.freshRead.stat('/'))?.type).toBe('directory');
  });

  it('has nothing of a background child that goes on', async () => {
    const started = Date.now();
    expect(await port.exec({ script: '(sleep 8; echo late; echo late >&2) & echo now' })).toEqual({ rc: 0, stdout: 'now\n', stderr: '' });
    expect(Date.now() - started).toBeLessThan(6000);
    expect((await port.exec({ script: 'echo other' })).stdout).toBe('other\n');
  });

  it('is shown while it runs', async () => {
    const seen: string[] = [];
    await port.exec({ script: 'echo один; sleep 0.3; echo два' }, { onStdout: (text) => seen.push(text) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.join('')).toBe('один\nдва\n');
  });

  it('ends with all its children when the task is stopped', async () => {
    const abort = new AbortController();
    const mark = `8${Date.now() % 100_000}`;
    setTimeout(() => abort.abort(new Error('timeout of the task')), 300);
    await expect(port.exec({ script: `sleep ${mark} & sleep ${mark}; echo x` }, { signal: abort.signal })).rejects.toThrow(
      'timeout of the task',
    );
    const { stdout } = await port.exec({ script: `ps -eo args | grep -c '^sleep ${mark}'; true` });
    expect(stdout.trim()).toBe('0');
  });

  it('streams through a connection of the host', async () => {
    const { createServer } = await import('node:net');
    const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const stream = await port.connect('127.0.0.1', typeof address === 'object' && address ? address.port : 0);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    server.close();
    expect(Buffer.concat(chunks).toString()).toBe('hello');
    await expect(port.connect('127.0.0.1', 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
