import { failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { SourceValue } from '../base/template-text.js';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../base/value.js';
import type { HostPort } from '../host/port.js';
import type { EffectiveKeywords, Task } from '../playbook/tree.js';
import type { ArgumentSpec, ArgumentsOf } from '../sdk/argument.js';
import { coerce, secretsIn } from '../sdk/coerce.js';
import type { AnyModule } from '../sdk/module.js';
import type { ReadView } from '../sdk/query.js';
import { isOmit } from '../vars/omit.js';
import type { Scope } from '../vars/scope.js';
import { actionContext } from './action-context.js';
import { controlContext } from './control-context.js';
import type { HostState } from './host-state.js';
import { identityOf } from './identity.js';
import type { PlayRun } from './play-run.js';
import type { ModuleEnvironment } from './run-module.js';

/** A task made ready for one host and item: arguments rendered and checked, the connection chosen, nothing contacted yet. */
export interface Execution {
  readonly module: AnyModule;
  readonly args: ArgumentsOf<ArgumentSpec>;
  readonly environment: ModuleEnvironment;
  readonly factsSet: Record<string, Value>;
  readonly delegatedTo: string | undefined;
  readonly signal: AbortSignal;
  /** `until` looks again: the next reads must not come from the cache. */
  refresh(): void;
}

export async function prepareExecution(
  play: PlayRun,
  task: Task,
  host: HostState,
  scope: Scope,
  keywords: EffectiveKeywords,
): Promise<Execution> {
  const { context } = play;
  const module = context.modules.get(task.module);
  if (!module) throw new Error(`no module ${task.module}`);
  const truth = (value: SourceValue | undefined, otherwise: boolean): boolean =>
    value === undefined ? otherwise : scope.render(value) === true;
  const delegatedTo = delegate(keywords, scope);
  const target = delegatedTo ?? host.name;
  const checkMode = truth(keywords.checkMode, context.options.check);
  const rendered = renderArguments(module, task, scope, keywords);
  for (const value of secretsIn(module.arguments, rendered)) context.masking.add(value);
  const args = coerce(
    module.arguments,
    await context.files.resolve(module.arguments, rendered, task, scope),
    module.name,
    positionsOf(task),
  );
  const seconds = keywords.timeout === undefined ? 0 : Number(scope.render(keywords.timeout));
  const signal = seconds > 0 ? AbortSignal.any([context.signal, AbortSignal.timeout(seconds * 1000)]) : context.signal;
  const targetScope = delegatedTo === undefined ? scope : context.delegateScope(play, task, host, delegatedTo, scope);
  let fresh = false;
  const port = (): Promise<HostPort> => context.hosts.port(target, targetScope, identityOf(keywords, targetScope, context.options));
  const simulatedFor = async () => context.hosts.simulated(await port());
  const read = async (): Promise<ReadView> => {
    if (checkMode) return (await simulatedFor()).read;
    return fresh ? (await port()).freshRead : (await port()).read;
  };
  const factsSet: Record<string, Value> = {};
  const environment: ModuleEnvironment = {
    port,
    simulated: checkMode ? simulatedFor : undefined,
    read,
    checkMode,
    diff: truth(keywords.diff, context.options.diff),
    invalidateAll: () => context.hosts.invalidateAll(),
    action: async () =>
      actionContext({
        play,
        task,
        host,
        scope,
        port: await port(),
        read: await read(),
        checkMode,
        signal,
        environment: environmentOf(keywords, scope),
      }),
    control: controlContext(play, task, host, scope, factsSet, truth(keywords.delegateFacts, false) ? target : host.name),
  };
  return {
    module,
    args,
    environment: delegatedTo === undefined ? environment : serialised(environment, (work) => context.serialiser.run(target, work)),
    factsSet,
    delegatedTo,
    signal,
    refresh: () => {
      fresh = true;
    },
  };
}

/** Operations of several hosts on one delegate do not race: each takes its turn. */
function serialised(environment: ModuleEnvironment, turn: <T>(work: () => Promise<T>) => Promise<T>): ModuleEnvironment {
  return { ...environment, turn };
}

function delegate(keywords: EffectiveKeywords, scope: Scope): string | undefined {
  if (keywords.delegateTo === undefined) return undefined;
  const name = scope.render(keywords.delegateTo);
  if (typeof name !== 'string' || name === '') throw failure('task/delegate', { found: JSON.stringify(name) });
  return name;
}

/** module_defaults below the task's own; an argument that renders to `omit` is dropped; an unknown inside text shows as such. */
function renderArguments(module: AnyModule, task: Task, scope: Scope, keywords: EffectiveKeywords): Record<string, Value> {
  const rendered: Record<string, Value> = {};
  const defaults = keywords.moduleDefaultLevels
    .map((level) => scope.render(level))
    .flatMap((level) => (isMap(level) ? [level[module.name] ?? {}] : []));
  for (const each of defaults) if (isMap(each)) Object.assign(rendered, each);
  for (const [name, source] of Object.entries(task.args)) {
    const declared = module.arguments[name];
    const value = declared?.literal ? (source as Value) : scope.render(source);
    if (isOmit(value)) delete rendered[name];
    else rendered[name] = withoutUnknowns(value);
  }
  return rendered;
}

function withoutUnknowns(value: Value): Value {
  if (value instanceof Unknown) return value.toString();
  if (isList(value)) return value.filter((each) => !isOmit(each)).map(withoutUnknowns);
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (isOmit(each) ? [] : [[key, withoutUnknowns(each)]])));
  return value;
}

function environmentOf(keywords: EffectiveKeywords, scope: Scope): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const level of keywords.environments.map((each) => scope.render(each))) {
    for (const map of isList(level) ? level : [level]) {
      if (isMap(map))
        for (const [name, value] of Object.entries(map)) merged[name] = value instanceof Secret ? value.reveal() : String(value);
    }
  }
  return merged;
}
