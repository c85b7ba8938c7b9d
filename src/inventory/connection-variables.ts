import { ChatsctlError } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { Value } from '../base/value.js';
import { CONNECTION_VARIABLES, wrongForm } from './check-variable.js';
import { parseSshArguments, type SshArguments } from './ssh-arguments.js';

/** How a host is reached; the same shape as the connection's own `SshTarget`. */
export interface HostTarget extends SshArguments {
  readonly name: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  readonly privateKeyFile: string | undefined;
  readonly privateKeyPassphrase: Secret | undefined;
  readonly hostKeyChecking: 'strict' | 'accept-new';
  readonly connectTimeoutMs: number;
}

/** What flags say where a host's variables say nothing. */
export interface TargetDefaults {
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  readonly privateKeyFile: string | undefined;
  readonly connectTimeoutMs: number;
  readonly acceptNewHostKeys: boolean;
}

/** From a host's rendered variables, which win over the flags, as in Ansible. Errors: `inventory/connection-variable`, `inventory/ssh-option`. */
export function sshTargetFrom(name: string, variable: (name: string) => Value | undefined, defaults: TargetDefaults): HostTarget {
  const read = (kind: keyof typeof CONNECTION_VARIABLES) => firstSet(kind, variable);
  const text = (kind: keyof typeof CONNECTION_VARIABLES) => {
    const value = read(kind);
    return value === undefined ? undefined : String(value);
  };
  const secret = (kind: keyof typeof CONNECTION_VARIABLES) => {
    const value = text(kind);
    return value === undefined ? undefined : new Secret(value);
  };
  const port = read('port');
  const timeout = read('timeout');
  return {
    name,
    host: text('host') ?? name,
    port: port === undefined ? undefined : Number(port),
    user: text('user') ?? defaults.user,
    password: secret('password') ?? defaults.password,
    privateKeyFile: text('privateKeyFile') ?? defaults.privateKeyFile,
    privateKeyPassphrase: secret('privateKeyPassphrase'),
    ...allSshArguments(variable),
    hostKeyChecking: defaults.acceptNewHostKeys || acceptsNew(read('hostKeyChecking')) ? 'accept-new' : 'strict',
    connectTimeoutMs: timeout === undefined ? defaults.connectTimeoutMs : Number(timeout) * 1000,
  };
}

/** The first of the variable's names that is set. */
function firstSet(kind: keyof typeof CONNECTION_VARIABLES, variable: (name: string) => Value | undefined): Value | undefined {
  const { names, form } = CONNECTION_VARIABLES[kind];
  for (const name of names) {
    const value = variable(name);
    if (value === undefined || value === null) continue;
    if (!form.fits(value)) throw new ChatsctlError([wrongForm(name, value, form, undefined)]);
    return value;
  }
  return undefined;
}

/** The three variables add up, as Ansible puts them on one command line. */
function allSshArguments(variable: (name: string) => Value | undefined): SshArguments {
  const parts = CONNECTION_VARIABLES.sshArguments.names.map((name) => {
    const value = variable(name);
    return value === undefined || value === null ? undefined : parseSshArguments(String(value), name);
  });
  return {
    proxyJump: parts.find((each) => each?.proxyJump !== undefined)?.proxyJump,
    options: Object.assign({}, ...parts.toReversed().map((each) => each?.options)),
  };
}

/** Ansible's `false` asks nothing; here a new key is recorded, and a changed one still refused. */
function acceptsNew(value: Value | undefined): boolean {
  return value === false || (typeof value === 'string' && /^(accept-new|no|false|off|0)$/i.test(value));
}
