import { failure } from '../../base/errors.js';
import type { Identity } from '../port.js';

export interface Become {
  /** What goes before the program on the command line; empty: nothing is needed. */
  readonly words: string;
  /** sudo may ask, so nothing can be sent before the program has said hello: sudo would take it for the password. */
  readonly asksPassword: boolean;
}

/** Becoming whom one is already needs no sudo. */
export function becomes({ becomeUser }: Identity, loginUser: string): boolean {
  return becomeUser !== undefined && becomeUser !== loginUser;
}

/** sudo without a terminal. `-n` where there is no password, so that it fails at once and never reads our input. */
export function becomeCommand(identity: Identity, loginUser: string, prompt: string): Become {
  const user = identity.becomeUser;
  if (user === undefined || !becomes(identity, loginUser)) return { words: '', asksPassword: false };
  if (identity.method !== 'sudo') throw failure('host/become-method', { method: identity.method });
  const words = [user, ...identity.flags];
  const strange = words.find((word) => !/^[\w#%@+:=,./-]+\$?$/.test(word));
  if (strange !== undefined) throw failure('host/become-invalid', { value: strange });
  if (user.startsWith('-')) throw failure('host/become-invalid', { value: user });
  const given = identity.flags.filter((flag) => flag !== '-n' && flag !== '-S' && flag !== '-H');
  const asking = identity.password ? ['-S', '-p', `'${prompt}'`] : ['-n'];
  // LC_ALL=C: sudo's complaints are told apart by their text, there is no other sign.
  return {
    words: ['env', 'LC_ALL=C', 'sudo', '-H', ...asking, ...given, '-u', `'${user}'`, '--', ''].join(' '),
    asksPassword: identity.password !== undefined,
  };
}
