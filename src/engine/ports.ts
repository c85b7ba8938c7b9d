import type { Clock } from '../base/clock.js';
import type { Masking, Secret } from '../base/secret.js';
import type { ValueMap } from '../base/value.js';
import type { SshTarget } from '../connection/connection.js';
import type { Emit } from '../events/event.js';
import type { hostJobs } from '../host/jobs/host-jobs.js';
import type { Host } from '../host/port.js';
import type { Inventory } from '../inventory/inventory.js';
import type { VariableFolders } from '../inventory/variable-files.js';
import type { IncludeReader } from '../playbook/includes.js';
import type { Play } from '../playbook/tree.js';
import type { AnyModule } from '../sdk/module.js';

/** The customer's store as a run uses it. */
export interface StorePort {
  get(name: string): Secret | undefined;
  /** `from`: what it came from, for whoever looks at the store later. */
  set(name: string, value: Secret, from?: string): Promise<void>;
  /** Under a name of its own (`NAME_unconfirmed`, `NAME_unconfirmed2`…): values that do not count. Resolves with the name; an equal value is kept once. */
  keepApart(name: string, value: Secret, from: string): Promise<string>;
  /** All values, for the precedence ladder. */
  variables(): ValueMap;
  /** A keyed hash of a text, for comparison and display; absent where no store is open. */
  readonly fingerprint: ((text: string) => string) | undefined;
}

/** Asks the operator; undefined where nobody can be asked. */
export interface PromptPort {
  confirm(question: string): Promise<boolean>;
  /** `--yes`: what nobody answers needs no warning. */
  readonly isAgreed: boolean;
  /** `pause`: Enter, or a text. Resolves undefined where there is no terminal. */
  line(question: string, options: { echo: boolean; signal: AbortSignal }): Promise<string | undefined>;
}

/** What the engine takes from the layers beside and above it. The composition root puts them together. */
export interface RunPorts {
  readonly run: string;
  readonly operator: string;
  readonly controlName: string;
  /** This process, for whoever finds a host locked by it. */
  readonly controlPid: number;
  /** Whether another run is known to have ended: it is one of this inventory, which is locked. */
  readonly isOver?: (run: string) => boolean;
  readonly modules: ReadonlyMap<string, AnyModule>;
  readonly inventory: Inventory;
  readonly openHost: (name: string, target: SshTarget | 'local') => Promise<Host>;
  readonly store: StorePort;
  readonly prompts: PromptPort;
  readonly includes: IncludeReader;
  /** group_vars/ and host_vars/ beside a playbook. */
  readonly playbookVariables: (playbook: string) => VariableFolders | undefined;
  readonly jobs: typeof hostJobs;
  readonly masking: Masking;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What the operator was asked before the run: a play's `vars_prompt`, and for all plays what their roles require. */
  readonly prompted: (play: Play) => ValueMap;
  readonly keepTranscript: (host: string, id: string, text: string) => Promise<string>;
}
