import type { SourceValue } from '../base/template-text.js';
import type { Inventory } from '../inventory/inventory.js';
import type { LoadedPlaybook } from '../playbook/load-playbook.js';
import { allRoles } from '../playbook/playbook-items.js';
import { secretOptions } from '../playbook/role-arguments.js';
import type { Masker } from '../secrets/masker.js';

/** Passwords that say how a host is reached, under Ansible's names. */
const PASSWORDS = /^ansible_(password|ssh_pass(word)?|become_pass(word)?|sudo_pass|ssh_private_key_passphrase|private_key_passphrase)$/;

export function isPassword(name: string): boolean {
  return PASSWORDS.test(name);
}

/** Secrets that inventory and `-e` hold as plain text are masked before anything is printed; templates are when they are rendered. */
export function maskGiven(
  masker: Masker,
  inventory: Inventory,
  extraVars: Readonly<Record<string, SourceValue>> = {},
  playbook?: LoadedPlaybook,
): void {
  const secret = new Set((playbook ? allRoles(playbook) : []).flatMap((role) => secretOptions(role.argumentSpec)));
  const layers = inventory.hostNames().flatMap((host) => inventory.variablesOf(host));
  for (const values of [extraVars, ...layers.map((layer) => layer.values)]) {
    for (const [name, value] of Object.entries(values)) {
      if ((isPassword(name) || secret.has(name)) && (typeof value === 'string' || typeof value === 'number')) masker.add(String(value));
    }
  }
}
