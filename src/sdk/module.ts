import { inEnglish, russianOf, type Text } from '../base/translated.js';
import type { Value, ValueMap } from '../base/value.js';
import type { ActionContext } from './action-context.js';
import type { ArgumentRules, ArgumentSpec, ArgumentsOf } from './arguments.js';
import type { ControlContext } from './control-context.js';
import type { Change, Operation } from './operation.js';
import type { ReadView } from './query.js';

/** What `register` holds, less what the engine adds (changed, failed, start, end, diff). */
export type Result = ValueMap;

export interface Example {
  readonly title: string;
  /** YAML of one task, as a user would write it. Validated by a test, printed by `chatsctl doc`. */
  readonly task: string;
}

interface Described<S extends ArgumentSpec> {
  /** As in YAML. */
  readonly name: string;
  readonly summary: string;
  readonly arguments: S;
  /** Which arguments exclude or need each other. */
  readonly rules?: ArgumentRules;
  readonly examples: readonly [Example, ...Example[]];
  /** Argument that a free-form string stands for: `command: touch x` is `cmd`. */
  readonly freeForm?: keyof S & string;
}

export interface Plan {
  /** Empty means ok; then operations must be empty too (the engine asserts it). */
  readonly changes: readonly Change[];
  readonly operations: readonly Operation[];
  readonly result?: Result;
  readonly warnings?: readonly string[];
}

/** A pure plan between a read-only probe and a list of operations: `changed`, check mode and diff are derived, never claimed. */
export interface ResourceModule<S extends ArgumentSpec = ArgumentSpec, State = unknown> extends Described<S> {
  readonly kind: 'resource';
  /** A function of arguments and read view alone. */
  probe(args: ArgumentsOf<S>, read: ReadView): Promise<State>;
  /** Pure and synchronous. Throws `ModuleFailure` for what cannot be done. */
  plan(args: ArgumentsOf<S>, state: State): Plan;
  /** Asks the host more than file reads (a package index, the network): left out of look-ahead. */
  readonly costlyReads?: boolean;
}

/** Reads and reports, never changes: runs in check mode as well (stat, slurp, getent). */
export interface QueryModule<S extends ArgumentSpec = ArgumentSpec> extends Described<S> {
  readonly kind: 'query';
  query(args: ArgumentsOf<S>, read: ReadView): Promise<Result>;
}

/** Imperative: a guard and a run (command, expect, uri, wait_for). */
export interface ActionModule<S extends ArgumentSpec = ArgumentSpec> extends Described<S> {
  readonly kind: 'action';
  /** `runs`: it only looks (uri GET, dns_lookup) and runs in check mode; `unknown`: its result is unknown there. */
  readonly checkMode: 'runs' | 'unknown' | CheckModeOf<S>;
  /** A result: it need not run (creates, removes); undefined: it must. */
  guard?(args: ArgumentsOf<S>, read: ReadView): Promise<Result | undefined>;
  /** Check mode, where its result is unknown: what is known of its changes beforehand, for --diff. `knownAfterApply` stands for a value that is not. */
  foresee?(args: ArgumentsOf<S>, read: ReadView): Promise<readonly Change[]>;
  run(args: ArgumentsOf<S>, context: ActionContext): Promise<ActionOutcome>;
}

/** Written as a method so that an action of any spec stands in a registry. */
type CheckModeOf<S extends ArgumentSpec> = { of(args: ArgumentsOf<S>): 'runs' | 'unknown' }['of'];

export interface ActionOutcome {
  readonly changed: boolean;
  readonly result: Result;
}

/** Never operates on a host: assert, debug, set_fact, meta, pause, finding, … */
export interface ControlModule<S extends ArgumentSpec = ArgumentSpec> extends Described<S> {
  readonly kind: 'control';
  /** It is done once for all hosts, as run_once is; not under `strategy: free`, where each host comes to it by itself. */
  readonly bypassesHosts?: true;
  run(args: ArgumentsOf<S>, context: ControlContext): Promise<ActionOutcome>;
}

// Method bivariance lets a module of any spec stand in a registry; defineX keeps each one exact.
export type AnyModule = ResourceModule | QueryModule | ActionModule | ControlModule;

export function defineResource<const S extends ArgumentSpec, State>(
  module: Omit<ResourceModule<S, State>, 'kind'>,
): ResourceModule<S, State> {
  return { kind: 'resource', ...module };
}
export function defineQuery<const S extends ArgumentSpec>(module: Omit<QueryModule<S>, 'kind'>): QueryModule<S> {
  return { kind: 'query', ...module };
}
export function defineAction<const S extends ArgumentSpec>(module: Omit<ActionModule<S>, 'kind'>): ActionModule<S> {
  return { kind: 'action', ...module };
}
export function defineControl<const S extends ArgumentSpec>(module: Omit<ControlModule<S>, 'kind'>): ControlModule<S> {
  return { kind: 'control', ...module };
}

/** A module says that the task fails; `result` is registered beside `msg`, and under `ru` what `msg` is in Russian. */
export class ModuleFailure extends Error {
  override readonly name = 'ModuleFailure';
  readonly result: Readonly<Record<string, Value>>;

  constructor(message: Text, result: Readonly<Record<string, Value>> = {}, options: { cause?: unknown } = {}) {
    super(inEnglish(message), options);
    const ru = russianOf({ msg: message });
    this.result = ru === undefined ? result : { ...result, ru };
  }
}
