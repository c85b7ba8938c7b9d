import { describe, expect, it } from 'vitest';
import { type Host, loginIdentity } from '../../../src/host/port.js';
import { SimulatedHost } from '../../../src/host/simulated.js';
import type { Operation } from '../../../src/sdk/operation.js';
import type { FileState, ReadView } from '../../../src/sdk/query.js';

const state = (type: FileState['type'], more: Partial<FileState> = {}): FileState => ({
  type,
  mode: 0o644,
  uid: 0,
  gid: 0,
  owner: 'root',
  group: 'root',
  size: 3,
  atime: 1,
  mtime: 2,
  ctime: 3,
  inode: 4,
  device: 5,
  nlink: 1,
  ...more,
});
const files: Record<string, FileState> = {
  '/etc': state('directory', { mode: 0o755 }),
  '/etc/a': state('file', { mode: 0o640, owner: 'ann' }),
  '/etc/l': state('link', { target: 'a' }),
};

function simulate(others: Partial<ReadView> = {}) {
  const real: ReadView = {
    stat: async (path, options) => files[options?.follow && path === '/etc/l' ? '/etc/a' : path],
    readFile: async (path) => (path === '/etc/a' ? Buffer.from('old') : undefined),
    checksum: async (path) => (path === '/etc/a' ? 'real' : undefined),
    list: async (path) =>
      path === '/etc'
        ? [
            { path: 'a', state: state('file') },
            { path: 'l', state: state('link', { target: 'a' }) },
          ]
        : undefined,
    user: async () => undefined,
    group: async () => undefined,
    package: async (name) => ({ name, status: 'absent', held: false, providedBy: [], candidate: '1.2' }),
    unit: async (name) => ({ name, loadState: 'not-found', activeState: 'inactive', subState: 'dead', unitFileState: '' }),
    script: async () => ({ rc: 0, stdout: 'real', stderr: '' }),
    ...others,
  };
  const host: Partial<Host> = { user: 'deploy' };
  const simulated = new SimulatedHost({ read: real, host: host as Host, identity: { ...loginIdentity, becomeUser: 'root' } });
  return { read: simulated.read, plan: (...operations: Operation[]) => simulated.apply(operations), host };
}
const write = (path: string, content: string, attributes = {}): Operation => ({
  kind: 'write',
  path,
  content: Buffer.from(content),
  attributes,
});
const install = (name: string, status: 'installed' | 'absent' = 'installed'): Operation => ({
  kind: 'run',
  argv: ['apt-get'],
  effects: [{ kind: 'package', name, status }],
});

describe('the simulated host', () => {
  it('is the real one until something is planned', async () => {
    const { read } = simulate();
    expect(await read.stat('/etc/a')).toBe(files['/etc/a']);
    expect(await read.checksum('/etc/a', 'sha1')).toBe('real');
    expect((await read.script('x')).stdout).toBe('real');
  });

  it('has a planned file with its content, owner and mode', async () => {
    const { read, plan } = simulate();
    plan({ kind: 'mkdir', path: '/srv/x/y', attributes: { mode: 0o700 } }, write('/srv/x/y/f', 'héllo', { mode: 0o600, owner: 'ann' }));
    expect(await read.stat('/srv/x/y/f')).toMatchObject({ type: 'file', mode: 0o600, owner: 'ann', size: 6 });
    expect(await read.stat('/srv/x')).toMatchObject({ type: 'directory', mode: 0o755, owner: 'root' });
    expect(await read.stat('/srv/x/y')).toMatchObject({ mode: 0o700 });
    expect(String(await read.readFile('/srv/x/y/f'))).toBe('héllo');
    expect(await read.checksum('/srv/x/y/f', 'md5')).toBe('be50e8478cf24ff3595bc7307fb91b50');
    expect((await read.list('/srv/x', { recurse: true }))?.map((entry) => entry.path)).toEqual(['y', 'y/f']);
  });

  it('keeps what a planned write does not name', async () => {
    const { read, plan } = simulate();
    plan(write('/etc/a', 'new content'));
    expect(await read.stat('/etc/a')).toMatchObject({ mode: 0o640, owner: 'ann', size: 11 });
    expect(String(await read.readFile('/etc/l'))).toBe('new content');
  });

  it('applies operations in their order', async () => {
    const { read, plan } = simulate();
    plan({ kind: 'remove', path: '/etc/a', recurse: false });
    expect(await read.stat('/etc/a')).toBeUndefined();
    expect(await read.readFile('/etc/a')).toBeUndefined();
    expect(await read.checksum('/etc/a', 'sha1')).toBeUndefined();
    expect((await read.list('/etc'))?.map((entry) => entry.path)).toEqual(['l']);
    plan(write('/etc/a', '1'), { kind: 'copy', from: '/etc/a', path: '/etc/b', attributes: {} }, write('/etc/a', '22'));
    expect(String(await read.readFile('/etc/b'))).toBe('1');
    expect(await read.stat('/etc/a')).toMatchObject({ mode: 0o644, size: 2 });
    plan({ kind: 'remove', path: '/etc', recurse: true });
    expect(await read.stat('/etc/b')).toBeUndefined();
    expect(await read.list('/etc')).toBeUndefined();
  });

  it('follows real and planned links', async () => {
    const { read, plan } = simulate();
    plan({ kind: 'attributes', path: '/etc/l', follow: true, attributes: { mode: 0o600 } });
    expect(await read.stat('/etc/a')).toMatchObject({ mode: 0o600 });
    expect(await read.stat('/etc/l', { follow: true })).toMatchObject({ type: 'file', mode: 0o600 });
    expect(await read.stat('/etc/l')).toMatchObject({ type: 'link', mode: 0o644 });
    plan(
      { kind: 'link', path: '/srv/l', target: '../etc/a', hard: false },
      { kind: 'link', path: '/srv/loop', target: 'loop', hard: false },
    );
    expect(String(await read.readFile('/srv/l'))).toBe('old');
    await expect(read.readFile('/srv/loop')).rejects.toMatchObject({ code: 'host/read-failed' });
    plan({ kind: 'link', path: '/srv/h', target: '/etc/a', hard: true });
    expect(String(await read.readFile('/srv/h'))).toBe('old');
  });

  it('touches, and makes what is not there', async () => {
    const { read, plan } = simulate();
    plan({ kind: 'touch', path: '/srv/t', mtime: 77 });
    expect(await read.stat('/srv/t')).toMatchObject({ mtime: 77, mode: 0o644 });
    expect(await read.readFile('/srv/t')).toEqual(Buffer.alloc(0));
    plan({ kind: 'touch', path: '/etc/a', mtime: 'now' });
    expect((await read.stat('/etc/a'))?.mtime).toBeGreaterThan(Date.now() / 1000 - 60);
    expect((await read.stat('/etc/a'))?.atime).toBe(1);
  });

  it('does not know what a planned package may ship', async () => {
    const { read, plan } = simulate();
    plan(install('nginx'));
    expect(await read.package('nginx')).toMatchObject({ status: 'installed', version: '1.2' });
    expect(await read.stat('/etc/nginx')).toMatchObject({ unknownFrom: 'nginx' });
    expect(await read.stat('/etc/a')).not.toHaveProperty('unknownFrom');
    expect(await read.stat('/root/x')).toBeUndefined();
    expect(await read.unit('nginx')).toMatchObject({ unknownFrom: 'nginx' });
    plan(write('/etc/nginx/own', 'x'), install('nginx', 'absent'));
    expect(await read.stat('/etc/nginx/other')).toBeUndefined();
    expect(await read.package('nginx')).toMatchObject({ status: 'absent' });
    expect(await read.package('nginx')).not.toHaveProperty('version');
  });

  it('adds up what programs do to a unit, a user, a group', async () => {
    const { read, plan } = simulate();
    const user = { name: 'ann', uid: 7, gid: 7, gecos: '', home: '/home/ann', shell: '/bin/sh', groups: [], homeExists: true };
    plan(
      {
        kind: 'run',
        argv: ['x'],
        effects: [
          { kind: 'unit', name: 'a.service', unitFileState: 'enabled' },
          { kind: 'user', name: 'ann', state: user },
        ],
      },
      {
        kind: 'run',
        argv: ['x'],
        effects: [
          { kind: 'unit', name: 'a', activeState: 'active' },
          { kind: 'group', name: 'g', state: undefined },
        ],
      },
    );
    expect(await read.unit('a.service')).toMatchObject({ unitFileState: 'enabled', activeState: 'active', loadState: 'loaded' });
    expect(await read.user('ann')).toBe(user);
    plan(write('/srv/f', 'x', { owner: 'ann' }));
    expect(await read.stat('/srv/f')).toMatchObject({ uid: 7, owner: 'ann' });
  });
});
