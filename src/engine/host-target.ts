import { failure } from '../base/errors.js';
import type { SshTarget } from '../connection/connection.js';
import { sshTargetFrom } from '../inventory/connection-variables.js';
import type { ConnectionVariables } from './identity.js';
import type { RunOptions } from './options.js';

export type Target = SshTarget | 'local';

/** How a host is reached, as the variables and keywords of the moment say. Errors: `task/connection-kind`, those of `sshTargetFrom`. */
export function targetOf(name: string, variable: ConnectionVariables, options: RunOptions): Target {
  const kind = variable('ansible_connection') ?? (name === 'localhost' ? 'local' : 'ssh');
  if (kind !== 'ssh' && kind !== 'local' && kind !== 'smart') throw failure('task/connection-kind', { found: JSON.stringify(kind) });
  if (kind === 'local') return 'local';
  return sshTargetFrom(name, variable, {
    user: options.remoteUser,
    password: options.loginPassword,
    privateKeyFile: options.privateKeyFile,
    connectTimeoutMs: options.connectTimeoutMs,
    acceptNewHostKeys: options.acceptNewHostKeys,
  });
}

/** The machine that is reached, whoever logs in to it. */
export function machineOf(name: string, target: Target): string {
  return JSON.stringify([name, ...(target === 'local' ? ['local'] : [target.host, target.port, target.proxyJump])]);
}

/** Targets of one key share a connection. What only matters until one is logged in (passwords, the time-out) is not in it. */
export function connectionKey(name: string, target: Target): string {
  if (target === 'local') return machineOf(name, target);
  const options = Object.entries(target.options).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([machineOf(name, target), target.user, target.privateKeyFile, options]);
}
