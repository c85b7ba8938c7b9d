import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/base/secret.js';
import type { Identity } from '../../../src/host/port.js';
import { becomeCommand } from '../../../src/host/session/become.js';
import { launchFailure } from '../../../src/host/session/launch-failure.js';

const root: Identity = { becomeUser: 'root', method: 'sudo', flags: [], password: undefined };

describe('becoming', () => {
  it('needs no sudo for whom one is already', () => {
    expect(becomeCommand(root, 'root', '[p]')).toEqual({ words: '', asksPassword: false });
    expect(becomeCommand({ ...root, becomeUser: undefined }, 'deploy', '[p]').words).toBe('');
  });

  it('never lets sudo read our input without a password', () => {
    expect(becomeCommand(root, 'deploy', '[p]').words).toBe("env LC_ALL=C sudo -H -n -u 'root' -- ");
  });

  it('keeps the password off the command line', () => {
    const become = becomeCommand({ ...root, password: new Secret('hunter22') }, 'deploy', '[p]');
    expect(become).toEqual({ words: "env LC_ALL=C sudo -H -S -p '[p]' -u 'root' -- ", asksPassword: true });
  });

  it.each(["ro'ot", 'a b', '$(id)', '-u', 'a\nb', 'a!b'])('refuses %j as a user', (becomeUser) => {
    expect(() => becomeCommand({ ...root, becomeUser }, 'deploy', '[p]')).toThrow(expect.objectContaining({ code: 'host/become-invalid' }));
  });

  it('knows sudo alone', () => {
    expect(() => becomeCommand({ ...root, method: 'su' }, 'deploy', '[p]')).toThrow(
      expect.objectContaining({ code: 'host/become-method' }),
    );
  });
});

describe('a session that does not come about', () => {
  const failure = (more: Partial<Parameters<typeof launchFailure>[0]>) =>
    launchFailure({
      host: 'box',
      login: 'ann',
      identity: root,
      becomes: true,
      exit: { code: 1, signal: null },
      noise: '',
      complaint: '',
      prompts: 0,
      ...more,
    });
  const failed = (complaint: string, more: Partial<Parameters<typeof launchFailure>[0]> = {}) => failure({ complaint, ...more }).code;

  it.each([
    ['sudo: a password is required', 'host/sudo-password-required'],
    ['sudo: a terminal is required to read the password; either use the -S option', 'host/sudo-password-required'],
    ['Sorry, try again.\nsudo: 1 incorrect password attempt', 'host/sudo-wrong-password'],
    ['ann is not in the sudoers file.', 'host/sudo-not-allowed'],
    ["Sorry, user ann is not allowed to execute '/usr/bin/perl' as root on box.", 'host/sudo-not-allowed'],
    ['sudo: sorry, you must have a tty to run sudo', 'host/sudo-tty-required'],
    ['sudo: unknown user nobody2', 'host/become-user'],
    ['sudo: perl: command not found', 'host/perl-missing'],
    ['sudo: /etc/sudoers is world writable', 'host/sudo-failed'],
  ])('%s', (complaint, code) => {
    expect(failed(complaint)).toBe(code);
  });

  it('names the user whose password was wrong, not the one to become', () => {
    const error = failure({ complaint: 'Sorry, try again.\nsudo: 1 incorrect password attempt' });
    expect(error.message).toBe('box: sudo did not accept the password of ann');
  });

  it('tells a missing sudo, a missing perl and a shell that refuses', () => {
    expect(failed("env: 'sudo': No such file or directory", { exit: { code: 127, signal: null } })).toBe('host/sudo-missing');
    const login = { becomes: false, identity: { ...root, becomeUser: undefined } };
    expect(failed('sh: 1: exec: perl: not found', { ...login, exit: { code: 127, signal: null } })).toBe('host/perl-missing');
    expect(failed('', { ...login, noise: 'This account is currently not available.' })).toBe('host/session-refused');
  });
});
