import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/base/secret.js';
import type { Value } from '../../../src/base/value.js';
import type { SshTarget } from '../../../src/connection/connection.js';
import { sshTargetFrom } from '../../../src/inventory/connection-variables.js';
import { parseSshArguments } from '../../../src/inventory/ssh-arguments.js';
import { problems } from './folder.js';

const flags = { user: undefined, password: undefined, privateKeyFile: undefined, connectTimeoutMs: 10_000, acceptNewHostKeys: false };
const target = (variables: Record<string, Value>, defaults = {}): SshTarget =>
  sshTargetFrom('web1', (name) => variables[name], { ...flags, ...defaults });

describe('sshTargetFrom', () => {
  it('has the name and the flags where nothing is said', () => {
    expect(target({}, { user: 'admin', privateKeyFile: '~/k', connectTimeoutMs: 5 })).toEqual({
      name: 'web1',
      host: 'web1',
      port: undefined,
      user: 'admin',
      password: undefined,
      privateKeyFile: '~/k',
      privateKeyPassphrase: undefined,
      proxyJump: undefined,
      options: {},
      hostKeyChecking: 'strict',
      connectTimeoutMs: 5,
    });
  });

  it('variables win over flags', () => {
    const found = target(
      {
        ansible_host: '10.0.0.1',
        ansible_port: '2222',
        ansible_user: 'deploy',
        ansible_password: 'geheim',
        ansible_ssh_private_key_file: 'k2',
        ansible_ssh_private_key_passphrase: 12345,
        ansible_ssh_common_args: '-J a@b:1,c -o ServerAliveInterval=5',
        ansible_ssh_extra_args: '-o ServerAliveInterval=9 -oConnectTimeout=3',
        ansible_timeout: 30,
      },
      { user: 'admin', privateKeyFile: 'k1', password: new Secret('other') },
    );
    expect(found).toMatchObject({
      host: '10.0.0.1',
      port: 2222,
      user: 'deploy',
      privateKeyFile: 'k2',
      proxyJump: 'a@b:1,c',
      options: { serveraliveinterval: '5', connecttimeout: '3' },
      connectTimeoutMs: 30_000,
    });
    expect([found.password?.reveal(), found.privateKeyPassphrase?.reveal()]).toEqual(['geheim', '12345']);
  });

  it('old names count, and nothing is not set', () => {
    expect(target({ ansible_host: null, ansible_ssh_host: 'old', ansible_ssh_user: 'u', ansible_ssh_pass: 'p' })).toMatchObject({
      host: 'old',
      user: 'u',
    });
  });

  it.each<[Value | undefined, boolean, string]>([
    [undefined, false, 'strict'],
    [undefined, true, 'accept-new'],
    [true, false, 'strict'],
    ['strict', false, 'strict'],
    ['accept-new', false, 'accept-new'],
    [false, false, 'accept-new'],
    ['no', false, 'accept-new'],
  ])('host key checking %s with the flag %s is %s', (value, acceptNewHostKeys, expected) => {
    expect(target(value === undefined ? {} : { ansible_ssh_host_key_checking: value }, { acceptNewHostKeys }).hostKeyChecking).toBe(
      expected,
    );
  });

  it('refuses other forms and names the variable, never a password', () => {
    expect(problems(() => target({ ansible_port: 'ssh' }))).toEqual([
      '- inventory/connection-variable: ansible_port: found "ssh", expected a port from 1 to 65535',
    ]);
    expect(problems(() => target({ ansible_host: '-oProxyCommand=x' }))).toHaveLength(1);
    expect(problems(() => target({ ansible_password: ['geheim'] }))[0]).not.toContain('geheim');
  });
});

describe('parseSshArguments', () => {
  it.each([
    ['', { proxyJump: undefined, options: {} }],
    ['-J bastion', { proxyJump: 'bastion', options: {} }],
    ['-Jbastion', { proxyJump: 'bastion', options: {} }],
    ['-o ProxyJump=b', { proxyJump: 'b', options: {} }],
    [
      '-o "UserKnownHostsFile /a b" -oStrictHostKeyChecking=no',
      { proxyJump: undefined, options: { userknownhostsfile: '/a b', stricthostkeychecking: 'no' } },
    ],
    [
      "-o IdentityFile='/my key' -o IDENTITIESONLY=yes",
      { proxyJump: undefined, options: { identityfile: '/my key', identitiesonly: 'yes' } },
    ],
    [
      '-o ConnectTimeout=1 -o ConnectTimeout=2 -o ServerAliveCountMax=3',
      { proxyJump: undefined, options: { connecttimeout: '1', serveralivecountmax: '3' } },
    ],
  ])('%s', (text, expected) => expect(parseSshArguments(text, 'v')).toEqual(expected));

  it.each([
    ['-o ProxyCommand="nc %h"', '-o ProxyCommand=nc %h'],
    ['-C', '-C'],
    ['-4 -J a', '-4'],
    ['-J', '-J'],
    ['-o', '-o'],
    ['-o ConnectTimeout=', '-o ConnectTimeout='],
    ['user@host', 'user@host'],
  ])('%s is refused', (text, found) =>
    expect(problems(() => parseSshArguments(text, 'v'))).toEqual([
      `- inventory/ssh-option: v: found "${found}", which is not taken over from ssh’s command line`,
    ]),
  );
});
