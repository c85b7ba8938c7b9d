import { hostname, userInfo } from 'node:os';
import type { Session } from './session.js';

/** Who a lock and the journal name: the person, not the root that sudo made of them. */
export function operatorName(env: Session['env']): string {
  return env['SUDO_USER'] || env['USER'] || safely(() => userInfo().username) || '?';
}

export function controlName(): string {
  return hostname();
}

function safely(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    // A uid without an entry in the password file (containers).
    return undefined;
  }
}
