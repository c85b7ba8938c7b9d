import { failure } from '../base/errors.js';
import { isList, isMap, Unknown, unknownIn, type ValueMap } from '../base/value.js';
import type { HostPort, Identity } from '../host/port.js';
import { SimulatedHost } from '../host/simulated.js';
import type { EffectiveKeywords, Task } from '../playbook/tree.js';
import type { ArgumentSpec, ArgumentsOf } from '../sdk/argument.js';
import { secretsIn } from '../sdk/coerce.js';
import type { AnyModule } from '../sdk/module.js';
import type { Operation } from '../sdk/operation.js';
import type { ReadView } from '../sdk/query.js';
import { isOmit } from '../vars/omit.js';
import type { Scope } from '../vars/scope.js';
import { actionContext } from './action-context.js';
import { convertArguments, renderArguments } from './arguments.js';
import { controlContext, type Effects } from './control-context.js';
import type { HostState } from './host-state.js';
import { connectionVariables, identityOf } from './identity.js';
import { NotKnown } from './not-known.js';
import { numberOf } from './numbers.js';
import type { ModuleEnvironment } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { TimeLimit } from './time-limit.js';
import { truthOf, truthOr } from './truth.js';
import { passwordsOfUrls } from './url-passwords.js';

/** A task made ready for one host and item: arguments rendered and checked, the connection chosen, nothing contacted yet. */
export interface Execution {
  readonly module: AnyModule;
  readonly args: ArgumentsOf<ArgumentSpec>;
  readonly environment: ModuleEnvironment;
  /** What set_fact and include_vars set. */
  readonly effects: Effects;
  readonly delegatedTo: string | undefined;
  /** What a job left to be wiped once its outcome is settled. */
  readonly deferred: (() => Promise<void>)[];
  /** One attempt: within the task's `timeout` (else `task/timeout`), and alone on a delegate, so that hosts cannot race there. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** Facts in a result (`ansible_facts`) become the host's, the delegate's with delegate_facts. */
  learn(result: ValueMap): void;
}

/** Throws NotKnown where check mode cannot tell what would be done. */
export function prepareExecution(play: RunningPlay, task: Task, host: HostState, scope: Scope, keywords: EffectiveKeywords): Execution {
  const { context } = play;
  const module = context.modules.get(task.module);
  if (!module) throw new Error(`no module ${task.module}`);
  const delegatedTo = delegate(keywords, scope);
  const target = delegatedTo ?? host.name;
  context.ports.inventory.imply(target);
  const checkMode = truthOf('check_mode', keywords.checkMode, scope, context.options.check);
  const rendered = renderArguments(module, task, scope, keywords, checkMode);
  for (const value of [...secretsIn(module.arguments, rendered.values), ...passwordsOfUrls(rendered.values)]) context.masking.add(value);
  const loaded = context.files.load(module.arguments, rendered.values, task, scope);
  const args = convertArguments(module, rendered, task, loaded);
  const limit = new TimeLimit(numberOf('timeout', keywords.timeout, scope), context.signal);
  const targetScope = delegatedTo === undefined ? scope : delegateScope(play, task, context.state(delegatedTo), scope);
  const identity: Identity = identityOf(keywords, scope, targetScope, context.options);
  if (identity.password) context.masking.add(identity.password.reveal());
  const variables = connectionVariables(keywords, scope, targetScope);
  const port = (): Promise<HostPort> => context.hosts.port(target, variables, identity);
  // What is looked at again and again, or while a job works, must be seen as it is.
  const looksAgain = task.until.length > 0 || task.retries !== null;
  // Without -C nothing of what one task would have done is there for the next: each looks at the host as it is.
  const own: Operation[] = [];
  const simulated = async () => (context.options.check ? context.hosts.simulated(await port()) : new SimulatedHost(await port(), own));
  const read = async (): Promise<ReadView> => {
    if (checkMode) return (await simulated()).read;
    return looksAgain || context.jobs.running ? (await port()).freshRead : (await port()).read;
  };
  const effects: Effects = { facts: {}, variables: {} };
  const factsOwner = truthOf('delegate_facts', keywords.delegateFacts, scope) ? target : host.name;
  const deferred: (() => Promise<void>)[] = [];
  const setting = {
    play,
    task,
    host,
    scope,
    port,
    checkMode,
    limit,
    environment: environmentOf(keywords, scope, checkMode),
    deferred,
    noLog: truthOr(true, 'no_log', keywords.noLog, scope),
  };
  const environment: ModuleEnvironment = {
    port,
    simulated: checkMode ? simulated : undefined,
    read,
    applied: (opened, operations) => context.options.check && context.hosts.didInCheckMode(opened, operations),
    checkMode,
    diff: truthOr(context.options.diff, 'diff', keywords.diff, scope, context.options.diff),
    invalidateAll: () => context.hosts.invalidateAll(),
    now: () => context.clock.now(),
    action: async () => {
      const opened = await port();
      return actionContext({ ...setting, opened, read: checkMode ? await read() : opened.freshRead });
    },
    control: controlContext({ play, task, host, scope, limit, effects, factsOwner }),
  };
  const alone = delegatedTo !== undefined && (module.kind === 'resource' || module.kind === 'action');
  return {
    module,
    args,
    environment,
    effects,
    delegatedTo,
    deferred,
    attempt: (work) => (alone ? context.serialiser.run(target, () => limit.within(work)) : limit.within(work)),
    learn: (result) => {
      if (module.kind !== 'control' && isMap(result.ansible_facts)) Object.assign(context.state(factsOwner).facts, result.ansible_facts);
    },
  };
}

function delegate(keywords: EffectiveKeywords, scope: Scope): string | undefined {
  if (keywords.delegateTo === undefined) return undefined;
  const name = scope.render(keywords.delegateTo);
  if (isOmit(name)) return undefined;
  if (name instanceof Unknown) throw new NotKnown(name.reason);
  if (typeof name !== 'string' || name === '') throw failure('task/delegate', { found: JSON.stringify(name) });
  return name;
}

/** The delegate's variables, and what the task gives to whoever runs it: its own variables, and the item of its loop. */
function delegateScope(play: RunningPlay, task: Task, delegate: HostState, scope: Scope): Scope {
  const items = [task.loop?.loopVar, task.loop?.indexVar].filter((each) => each !== undefined);
  const values = Object.fromEntries(items.map((name) => [name, scope.get(name) ?? null]));
  return play.context.scope(play, task, delegate).with({ level: 'magic', values });
}

function environmentOf(keywords: EffectiveKeywords, scope: Scope, checkMode: boolean): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const level of keywords.environments.map((each) => scope.render(each))) {
    const unknown = checkMode ? undefined : unknownIn(level);
    if (unknown) throw new NotKnown(unknown.reason);
    for (const map of isList(level) ? level : [level]) {
      if (isMap(map)) for (const [name, value] of Object.entries(map)) merged[name] = String(value);
    }
  }
  return merged;
}
