import { type Diagnostic, diagnostic } from '../base/errors.js';
import type { Position } from '../base/position.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import type { Value } from '../base/value.js';
import { parseSshArguments } from './ssh-arguments.js';

export interface Form {
  /** In words, for errors. */
  readonly expected: string;
  fits(value: Value | SourceValue): boolean;
}

const text: Form = {
  expected: 'a text that is not empty',
  fits: (value) => (typeof value === 'string' && value !== '') || typeof value === 'number',
};
const host: Form = { expected: 'a name or an address', fits: (value) => typeof value === 'string' && /^[^\s-]\S*$/.test(value) };
const port: Form = { expected: 'a port from 1 to 65535', fits: (value) => between(value, 1, 65_535) };
const seconds: Form = { expected: 'seconds', fits: (value) => between(value, 1, 86_400) };
const truth: Form = {
  expected: 'true or false',
  fits: (value) => typeof value === 'boolean' || (typeof value === 'string' && /^(yes|no|true|false|on|off|[01])$/i.test(value)),
};
const sshArguments: Form = { expected: 'arguments of ssh as one text', fits: (value) => typeof value === 'string' };
const checking: Form = {
  expected: 'true, false or accept-new',
  fits: (value) => truth.fits(value) || value === 'accept-new' || value === 'strict' || value === 'ask',
};

/** The variables that say how a host is reached, under Ansible's names, old ones too; the first name is the one of today. */
export const CONNECTION_VARIABLES = {
  host: { names: ['ansible_host', 'ansible_ssh_host'], form: host },
  port: { names: ['ansible_port', 'ansible_ssh_port'], form: port },
  user: { names: ['ansible_user', 'ansible_ssh_user'], form: text },
  password: { names: ['ansible_password', 'ansible_ssh_password', 'ansible_ssh_pass'], form: text },
  privateKeyFile: { names: ['ansible_ssh_private_key_file', 'ansible_private_key_file'], form: text },
  privateKeyPassphrase: { names: ['ansible_ssh_private_key_passphrase', 'ansible_private_key_passphrase'], form: text },
  sshArguments: { names: ['ansible_ssh_common_args', 'ansible_ssh_extra_args', 'ansible_ssh_args'], form: sshArguments },
  hostKeyChecking: { names: ['ansible_ssh_host_key_checking', 'ansible_host_key_checking'], form: checking },
  timeout: { names: ['ansible_timeout', 'ansible_ssh_timeout'], form: seconds },
  become: { names: ['ansible_become'], form: truth },
  becomeUser: { names: ['ansible_become_user'], form: text },
  becomePassword: { names: ['ansible_become_password', 'ansible_become_pass'], form: text },
} as const satisfies Record<string, { names: readonly string[]; form: Form }>;

const forms: ReadonlyMap<string, Form> = new Map(
  Object.values(CONNECTION_VARIABLES).flatMap(({ names, form }) => names.map((name): [string, Form] => [name, form])),
);

/** What is wrong with a connection variable as it is written; a template shows when it is rendered, nothing means not set. Throws `inventory/ssh-option`. */
export function checkConnectionVariable(name: string, value: SourceValue, position: Position): Diagnostic | undefined {
  if (value instanceof TemplateText || value === null) return undefined;
  if (name === 'ansible_connection') {
    if (value === 'ssh' || value === 'local' || value === 'smart') return undefined;
    return diagnostic('inventory/connection', { found: JSON.stringify(value) }, { position });
  }
  if (name === 'ansible_become_method')
    return value === 'sudo' ? undefined : diagnostic('host/become-method', { method: String(value) }, { position });
  const form = forms.get(name);
  if (!form) return undefined;
  if (!form.fits(value)) return wrongForm(name, value, form, position);
  if (form === sshArguments) parseSshArguments(String(value), name, position);
  return undefined;
}

/** A password's value is never quoted. */
export function wrongForm(name: string, value: SourceValue | Value, form: Form, position: Position | undefined): Diagnostic {
  const secret = /pass(word|phrase)?$/.test(name);
  const found = secret
    ? 'a value of another form'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a mapping'
        : JSON.stringify(value);
  return diagnostic('inventory/connection-variable', { name, found, expected: form.expected }, { position });
}

function between(value: Value | SourceValue, least: number, most: number): boolean {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most;
}
