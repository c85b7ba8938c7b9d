import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseJumps } from '../../../src/connection/jump.js';
import { expandProxyCommand } from '../../../src/connection/proxy-command.js';
import { settingsFor } from '../../../src/connection/ssh-settings.js';
import { context, scratch, target } from './fake-sshd.js';

const config = `Host box
  HostName 10.1.2.3
  User bob
  Port 2200
  IdentityFile ~/.ssh/box_%r
  IdentitiesOnly yes
  ProxyJump gate,bob@gate2:2222
  UserKnownHostsFile /k/one /k/two
  StrictHostKeyChecking accept-new
  ServerAliveInterval 7
Host odd
  ProxyCommand nc %h %p
`;

function home(): string {
  const folder = scratch();
  mkdirSync(join(folder, '.ssh'));
  writeFileSync(join(folder, '.ssh/config'), config);
  return folder;
}
const bare = { port: undefined, user: undefined, hostKeyChecking: 'strict' as const };
const { knownHostsFiles: _own, ...plain } = context('/');

// OpenSSH's client is optional; where it is missing, so is its configuration.
const withOpenSsh = it.runIf(spawnSync('ssh', ['-V']).error === undefined);

describe('ssh settings', () => {
  withOpenSsh('are those of ~/.ssh/config where OpenSSH is installed', async () => {
    const folder = home();
    const settings = await settingsFor(target(22, { ...bare, host: 'box' }), { ...plain, homeDir: folder });
    expect(settings).toMatchObject({
      hostName: '10.1.2.3',
      user: 'bob',
      port: 2200,
      identityFiles: [join(folder, '.ssh/box_bob')],
      identitiesOnly: true,
      proxyJump: 'gate,bob@gate2:2222',
      userKnownHosts: ['/k/one', '/k/two'],
      acceptNew: true,
      keepaliveIntervalMs: 7000,
      keepaliveCountMax: 3,
    });
  });

  withOpenSsh('give way to the inventory', async () => {
    const own = {
      port: 22,
      user: 'ann',
      host: 'box',
      privateKeyFile: '/k/id',
      proxyJump: 'none',
      options: { userknownhostsfile: '/dev/null' },
    };
    const settings = await settingsFor(target(22, own), { ...plain, homeDir: home() });
    expect(settings).toMatchObject({ user: 'ann', port: 22, identityFiles: ['/k/id'], identityNamed: true, userKnownHosts: ['/dev/null'] });
    expect(settings.proxyJump).toBeUndefined();
  });

  it('have a default for all where there is no OpenSSH', async () => {
    const folder = scratch();
    const settings = await settingsFor(target(22, { ...bare, host: 'web1' }), { ...plain, env: { PATH: '/nonexistent' }, homeDir: folder });
    expect(settings).toMatchObject({ hostName: 'web1', port: 22, acceptNew: false, keepaliveIntervalMs: 15_000, agent: undefined });
    expect(settings.userKnownHosts[0]).toBe(join(folder, '.ssh/known_hosts'));
    expect(settings.identityFiles).toContain(join(folder, '.ssh/id_ed25519'));
  });

  withOpenSsh('fill a ProxyCommand in; a jump of the inventory goes before it', async () => {
    const settings = (more: object) => settingsFor(target(22, { ...bare, host: 'odd', ...more }), { ...plain, homeDir: home() });
    expect(await settings({})).toMatchObject({ proxyCommand: 'nc odd 22', proxyJump: undefined });
    expect(await settings({ proxyJump: 'gate' })).toMatchObject({ proxyCommand: undefined, proxyJump: 'gate' });
    expect(await settings({ proxyJump: 'none' })).toMatchObject({ proxyCommand: undefined, proxyJump: undefined });
  });
});

describe('ProxyCommand', () => {
  const about = { host: '10.0.0.1', name: 'web1', port: 2222, user: 'ann' };
  it.each([
    ['nc %h %p', 'nc 10.0.0.1 2222'],
    ['connect --as %r --to %n', 'connect --as ann --to web1'],
    ['printf 100%%', 'printf 100%'],
  ])('%s', (command, filled) => expect(expandProxyCommand(command, about)).toBe(filled));

  it.each([
    ['a token that is not known', 'nc %C', about],
    ['a name that is more than a name', 'nc %h %p', { ...about, host: '$(id)' }],
    ['a name that is an option', 'nc %h', { ...about, host: '-oX' }],
    ['a user of several words', 'su %r', { ...about, user: 'a;b' }],
  ])('refuses %s', (_, command, host) => {
    expect(() => expandProxyCommand(command, host)).toThrow(expect.objectContaining({ code: 'connect/config' }));
  });
});

describe('ProxyJump', () => {
  it.each([
    ['gate', [{ host: 'gate', port: undefined, user: undefined }]],
    ['ops@gate:2222', [{ host: 'gate', port: 2222, user: 'ops' }]],
    ['ssh://ops@gate:2222', [{ host: 'gate', port: 2222, user: 'ops' }]],
    ['a, b@[::1]:23', [{ host: 'a' }, { host: '::1', port: 23, user: 'b' }]],
  ])('%s', (text, hops) => {
    expect(parseJumps(text, target(22))).toMatchObject(hops);
  });

  it('gives a jump host neither the password nor the key of the target', () => {
    const [hop] = parseJumps('gate', target(22, { privateKeyFile: '/k', options: { identityfile: '/k', stricthostkeychecking: 'yes' } }));
    expect(hop).toMatchObject({ password: undefined, privateKeyFile: undefined, options: { stricthostkeychecking: 'yes' } });
  });

  it('refuses what is no host', () => {
    expect(() => parseJumps('a:b:c', target(22))).toThrow(/ProxyJump/);
  });
});
