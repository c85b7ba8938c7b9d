import type { ValueMap } from '../base/value.js';
import type { SecretVariables } from '../playbook/secret-variables.js';
import type { Play, RoleInstance, Variables } from '../playbook/tree.js';
import type { Layer } from '../vars/precedence.js';
import type { HostState } from './host-state.js';
import type { RunOptions } from './options.js';
import type { RunPorts } from './ports.js';

/** What variables depend on in a play. */
export interface PlayView {
  readonly play: Play;
  readonly name: string;
  readonly batch: readonly HostState[];
  /** All hosts that the play was aimed at, failed ones too. */
  readonly allHosts: readonly HostState[];
  /** Roles whose defaults and vars the whole play sees: static ones, and included ones that are public. */
  readonly visibleRoles: readonly RoleInstance[];
  readonly hostvars: ValueMap;
  inventoryLayers(host: string): readonly Layer[];
  variablesFiles(host: HostState): readonly Variables[];
}

/** What variables depend on in a run. */
export interface RunView {
  readonly ports: Pick<RunPorts, 'inventory' | 'prompted' | 'playbookVariables'>;
  readonly options: RunOptions;
  readonly store: RunPorts['store'];
  readonly secrets: SecretVariables;
  readonly playbookDirectory: string;
  readonly states: ReadonlyMap<string, HostState>;
  state(host: string): HostState;
}
