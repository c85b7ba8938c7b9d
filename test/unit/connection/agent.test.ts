import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connectSsh } from '../../../src/connection/ssh.js';
import { generateKey } from '../../ssh-key.js';
import { context, fakeSshd, keyFile, scratch, target } from './fake-sshd.js';

const hasAgent = spawnSync('ssh-add', ['-h']).error === undefined && spawnSync('ssh-agent', ['-h']).error === undefined;

it.runIf(hasAgent)('logs in with the agent’s keys: the named one first, and it alone where only it may be offered', async () => {
  const folder = scratch();
  const socket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  const offered: string[] = [];
  const keys = ['first', 'second'].map((name) => {
    const pair = generateKey({ comment: name });
    return { path: keyFile(folder, name, pair.private), blob: pair.public.split(' ')[1] ?? '', pair };
  });
  const second = keys[1];
  const server = await fakeSshd({
    authenticate: (auth) => {
      if (auth.method !== 'publickey') return auth.reject(['publickey']);
      const blob = auth.key.data.toString('base64');
      if (offered.at(-1) !== blob) offered.push(blob);
      if (blob === second?.blob) auth.accept();
      else auth.reject(['publickey']);
    },
  });
  try {
    while (!existsSync(socket)) await delay(20);
    for (const { path } of keys) execFileSync('ssh-add', ['-q', path], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
    const withAgent = context(folder, { env: { PATH: process.env['PATH'], SSH_AUTH_SOCK: socket } });
    const logIn = async (more: object) => {
      offered.length = 0;
      const connection = await connectSsh(target(server.port, { password: undefined, ...more }), withAgent);
      await connection.close();
      return offered.length;
    };
    expect(await logIn({})).toBe(2);
    expect(await logIn({ privateKeyFile: second?.path })).toBe(1);
    const only = { options: { identitiesonly: 'yes' }, privateKeyFile: keys[0]?.path };
    await expect(logIn(only)).rejects.toMatchObject({ code: 'connect/auth' });
    expect(offered).toEqual([keys[0]?.blob]);
    // An encrypted key that the agent has needs no passphrase: its file says in clear which it is.
    const locked = keyFile(folder, 'locked', second?.pair.private ?? '');
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'passphrase', '-f', locked]);
    expect(await logIn({ privateKeyFile: locked })).toBe(1);
  } finally {
    agent.kill();
    server.close();
  }
  const gone = context(folder, { env: { PATH: process.env['PATH'], SSH_AUTH_SOCK: join(folder, 'none') } });
  await expect(connectSsh(target(1, { password: undefined }), gone)).rejects.toMatchObject({ code: 'connect/refused' });
});
