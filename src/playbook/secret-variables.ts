import type { Masking } from '../base/secret.js';
import type { RoleArgumentSpec, RoleOption } from './tree.js';

/** Passwords that say how a host is reached, under Ansible's names. */
const PASSWORDS = /^ansible_(password|ssh_pass(word)?|become_pass(word)?|sudo_pass|ssh_private_key_passphrase|private_key_passphrase)$/;

/**
 * Which variables are secret: passwords of connections, and what the argument specs of roles call `no_log` (an option, a field of one, all
 * below either). Their values are made known to the mask as soon as they are seen.
 */
export class SecretVariables {
  private readonly options = new Map<string, RoleOption[]>();

  constructor(private readonly masking: Pick<Masking, 'add'>) {}

  declare(spec: RoleArgumentSpec | undefined): void {
    for (const [name, option] of Object.entries(spec?.options ?? {})) {
      if (holdsSecrets(option)) this.options.set(name, [...(this.options.get(name) ?? []), option]);
    }
  }

  /** The whole value is secret, whoever gives it. */
  includes(name: string): boolean {
    return PASSWORDS.test(name) || (this.options.get(name)?.some((option) => option.secret) ?? false);
  }

  /** A variable's value, rendered or as it was written (then its templates are not known yet). */
  learn(name: string, value: unknown): void {
    const options = this.options.get(name);
    if (PASSWORDS.test(name)) this.addAll(value);
    for (const option of options ?? []) this.learnOption(option, value);
  }

  learnAll(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) this.learn(name, value);
  }

  private learnOption({ secret, options }: RoleOption, value: unknown): void {
    if (secret) this.addAll(value);
    else if (options) {
      for (const each of Array.isArray(value) ? value : [value]) {
        if (!isMapping(each)) continue;
        for (const [name, option] of Object.entries(options)) if (Object.hasOwn(each, name)) this.learnOption(option, each[name]);
      }
    }
  }

  private addAll(value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number') this.masking.add(String(value));
    else if (Array.isArray(value)) for (const each of value) this.addAll(each);
    else if (isMapping(value)) for (const each of Object.values(value)) this.addAll(each);
  }
}

function holdsSecrets({ secret, options }: RoleOption): boolean {
  return secret || Object.values(options ?? {}).some(holdsSecrets);
}

/** No template, nothing unknown: plain data. */
function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
