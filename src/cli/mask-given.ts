import { Diagnostics } from '../base/errors.js';
import type { SourceValue } from '../base/template-text.js';
import type { Inventory } from '../inventory/inventory.js';
import type { VariableFolders } from '../inventory/variable-files.js';
import type { LoadedPlaybook } from '../playbook/load-playbook.js';
import { allRoles } from '../playbook/playbook-items.js';
import { SecretVariables } from '../playbook/secret-variables.js';
import { shippedSpecs } from '../playbook/shipped-specs.js';
import { playbookContext } from './playbook-context.js';
import type { Session } from './session.js';

export interface Given {
  readonly inventory: Inventory;
  readonly extraVars?: Readonly<Record<string, SourceValue>>;
  readonly playbook?: LoadedPlaybook | undefined;
  readonly playbookVariables?: (playbook: string) => VariableFolders | undefined;
}

/**
 * Secrets that inventory and `-e` hold as plain text are masked before anything is printed; templates are when they are rendered, which the
 * answer is for.
 */
export function maskGiven({ inventory, extraVars = {}, playbook, playbookVariables }: Given, session: Session): SecretVariables {
  const secrets = secretVariables(session);
  for (const role of playbook ? allRoles(playbook) : []) secrets.declare(role.argumentSpec);
  for (const play of playbook?.plays ?? []) {
    for (const prompt of play.varsPrompt) if (prompt.private) addText(session, extraVars[prompt.name]);
  }
  const beside = [undefined, ...(playbook?.plays ?? []).map((play) => playbookVariables?.(play.path))];
  const layers = inventory.hostNames().flatMap((host) => beside.flatMap((folders) => inventory.variablesOf(host, folders)));
  for (const values of [extraVars, ...layers.map((layer) => layer.values)]) secrets.learnAll(values);
  return secrets;
}

/** What the package's own roles call secret, whatever is played. */
export function secretVariables(session: Session): SecretVariables {
  const secrets = new SecretVariables(session.terminal.masker);
  for (const spec of shippedSpecs(playbookContext({}, session, new Diagnostics()))) secrets.declare(spec);
  return secrets;
}

function addText({ terminal }: Session, value: SourceValue | undefined): void {
  if (typeof value === 'string' || typeof value === 'number') terminal.masker.add(String(value));
}
