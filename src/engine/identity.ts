import { Secret } from '../base/secret.js';
import type { SourceValue } from '../base/template-text.js';
import type { Value } from '../base/value.js';
import { type Identity, loginIdentity } from '../host/port.js';
import type { EffectiveKeywords } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import type { RunOptions } from './options.js';
import { truthIn, truthOf } from './truth.js';

/** Whom a task runs as: keyword, then connection variable (`ansible_become…`), then flag; the connection variables of the host win, as in Ansible. */
export function identityOf(keywords: EffectiveKeywords, scope: Scope, connection: Scope, options: RunOptions): Identity {
  const pick = (variable: string, keyword: SourceValue | undefined, flag: Value | undefined): Value | undefined => {
    const own = connection.get(variable);
    if (own !== undefined) return own;
    return keyword === undefined ? flag : scope.render(keyword);
  };
  const own = connection.get('ansible_become') ?? undefined;
  const becomes = own === undefined ? truthOf('become', keywords.become, scope, options.become) : truthIn('ansible_become', own);
  if (!becomes) return loginIdentity;
  const password = ['ansible_become_password', 'ansible_become_pass', 'ansible_sudo_pass']
    .map((name) => connection.get(name))
    .find((each) => each !== undefined);
  return {
    becomeUser: String(pick('ansible_become_user', keywords.becomeUser, options.becomeUser) ?? 'root'),
    method: String(pick('ansible_become_method', keywords.becomeMethod, undefined) ?? 'sudo'),
    flags: String(pick('ansible_become_flags', keywords.becomeFlags, undefined) ?? '')
      .split(/\s+/)
      .filter(Boolean),
    password: password === undefined || password === null ? options.becomePassword : new Secret(String(password)),
  };
}

const KEYWORDS = {
  ansible_connection: { keyword: 'connection', alias: undefined },
  ansible_port: { keyword: 'port', alias: 'ansible_ssh_port' },
  ansible_user: { keyword: 'remoteUser', alias: 'ansible_ssh_user' },
} as const;

export type ConnectionVariables = (name: string) => Value | undefined;

/** A host's connection variables; where they say nothing, the keywords `connection`, `port` and `remote_user`. */
export function connectionVariables(keywords: EffectiveKeywords, scope: Scope, connection: Scope): ConnectionVariables {
  return (name) => {
    const own = connection.get(name);
    if (own !== undefined || !(name in KEYWORDS)) return own;
    const { keyword, alias } = KEYWORDS[name as keyof typeof KEYWORDS];
    const written = keywords[keyword];
    return written === undefined || (alias !== undefined && connection.has(alias)) ? undefined : scope.render(written);
  };
}
