import type { Clock } from '../base/clock.js';
import type { Masking, Secret } from '../base/secret.js';
import type { Value, ValueMap } from '../base/value.js';
import type { SshTarget } from '../connection/connection.js';
import type { Emit } from '../events/event.js';
import type { Host, HostPort } from '../host/port.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Block, Include, Level, Play } from '../playbook/tree.js';
import type { JobOutcome, JobRequest } from '../sdk/job.js';
import type { AnyModule } from '../sdk/module.js';
import type { Scope } from '../vars/scope.js';

/** The customer's store as a run uses it. */
export interface StorePort {
  get(name: string): Secret | undefined;
  set(name: string, value: Secret): Promise<void>;
  /** All values, for the precedence ladder. */
  variables(): ValueMap;
}

/** Asks the operator; undefined where nobody can be asked. */
export interface PromptPort {
  confirm(question: string): Promise<boolean>;
  /** `pause`: Enter, or a text. Resolves undefined where there is no terminal. */
  line(question: string, options: { echo: boolean; signal: AbortSignal }): Promise<string | undefined>;
}

/** Reads the dynamic parts of a playbook when they are reached. */
export interface IncludeReader {
  /** A vars file of include_vars, rendered with the task's variables. */
  variables(file: string, level: Level, scope: Scope): ValueMap;
  tasks(file: string, include: Include, parent: Level): Block;
  role(
    name: string,
    include: Include,
    parent: Level,
    tasksFrom: string | undefined,
  ): { readonly block: Block; readonly handlers: Play['handlers'] };
}

export interface JobRunner {
  run(request: JobRequest, options: JobOptions): Promise<JobOutcome>;
}

export interface JobOptions {
  readonly port: () => Promise<HostPort>;
  readonly store: (name: string, value: Secret) => Promise<void>;
  readonly masking: Masking;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly run: string;
  readonly progress: (text: string, silentMs: number) => void;
  readonly keepTranscript: (text: string) => Promise<string>;
}

/** What the engine takes from the layers beside and above it. The composition root puts them together. */
export interface RunPorts {
  readonly run: string;
  readonly operator: string;
  readonly controlName: string;
  readonly modules: ReadonlyMap<string, AnyModule>;
  readonly inventory: Inventory;
  readonly openHost: (name: string, target: SshTarget | 'local') => Promise<Host>;
  readonly store: StorePort;
  readonly prompts: PromptPort;
  readonly includes: IncludeReader;
  readonly jobs: JobRunner;
  readonly masking: Masking;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Variables known before the run: prompts answered, by name. */
  readonly prompted: Readonly<Record<string, Value>>;
  readonly keepTranscript: (host: string, id: string, text: string) => Promise<string>;
}
