import { ChatsctlError, plainMessage } from '../base/errors.js';
import type { ValueMap } from '../base/value.js';
import type { DiffPart } from '../events/event.js';
import type { HostPort } from '../host/port.js';
import type { SimulatedHost } from '../host/simulated.js';
import type { ActionContext } from '../sdk/action-context.js';
import type { ArgumentSpec, ArgumentsOf } from '../sdk/arguments.js';
import type { ControlContext } from '../sdk/control-context.js';
import { type ActionModule, type AnyModule, ModuleFailure, type ResourceModule } from '../sdk/module.js';
import type { Operation } from '../sdk/operation.js';
import type { ReadView } from '../sdk/query.js';
import { diffParts, diffResult } from './diffs.js';
import { errorFields, failed, type ItemResult } from './task-result.js';
import { times } from './times.js';

/** What a module runs against. The port is there for all but control modules; in check mode the simulated host stands before it. */
export interface ModuleEnvironment {
  readonly port: () => Promise<HostPort>;
  readonly simulated: (() => Promise<SimulatedHost>) | undefined;
  readonly read: () => Promise<ReadView>;
  /** After operations on the real host. */
  readonly applied: (port: HostPort, operations: readonly Operation[]) => void;
  readonly checkMode: boolean;
  readonly diff: boolean;
  /** After an action nothing that was read of any host still holds. */
  readonly invalidateAll: () => void;
  readonly now: () => number;
  readonly action: () => Promise<ActionContext>;
  readonly control: ControlContext;
}

export interface ModuleRun extends ItemResult {
  readonly diff?: readonly DiffPart[];
  readonly warnings?: readonly string[];
  /** The host it ran on, where that is another one. */
  readonly delegatedTo?: string;
}

type Arguments = ArgumentsOf<ArgumentSpec>;

/** Runs one module once: probe → plan → (check: simulate) → apply; guard → run; or control. Failures of the task are results, not exceptions. */
export async function runModule(module: AnyModule, args: Arguments, environment: ModuleEnvironment): Promise<ModuleRun> {
  try {
    switch (module.kind) {
      case 'resource':
        return await runResource(module, args, environment);
      case 'query':
        return { status: 'ok', result: { changed: false, ...(await module.query(args, await environment.read())) } };
      case 'action':
        return await runAction(module, args, environment);
      case 'control': {
        const { changed, result } = await module.run(args, environment.control);
        return outcome(changed, result);
      }
    }
  } catch (error) {
    if (error instanceof ModuleFailure) return failed(error.message, error.result);
    if (error instanceof ChatsctlError && error.exitStatus === 2) {
      const [first] = error.diagnostics;
      return failed(plainMessage(first), errorFields(first));
    }
    throw error;
  }
}

async function runResource(module: ResourceModule, args: Arguments, environment: ModuleEnvironment): Promise<ModuleRun> {
  const state = await module.probe(args, await environment.read());
  const plan = module.plan(args, state);
  if ((plan.changes.length === 0) !== (plan.operations.length === 0)) {
    throw new Error(`module ${module.name} planned ${plan.changes.length} changes by ${plan.operations.length} operations`);
  }
  const warnings = plan.warnings && plan.warnings.length > 0 ? { warnings: plan.warnings } : {};
  if (plan.changes.length === 0) return { ...outcome(false, plan.result ?? {}), ...warnings };
  let outcomes: ValueMap = {};
  if (environment.simulated) (await environment.simulated()).apply(plan.operations);
  else {
    const port = await environment.port();
    const applied = await port.apply(plan.operations);
    environment.applied(port, plan.operations);
    const backup = applied.find((each) => each.backup !== undefined)?.backup;
    outcomes = backup === undefined ? {} : { backup_file: backup };
  }
  const result = { ...plan.result, ...outcomes, ...(environment.diff && { diff: diffResult(plan.changes) }) };
  return { ...outcome(true, result), ...warnings, ...(environment.diff && { diff: diffParts(plan.changes) }) };
}

async function runAction(module: ActionModule, args: Arguments, environment: ModuleEnvironment): Promise<ModuleRun> {
  const guarded = await module.guard?.(args, await environment.read());
  if (guarded) return outcome(guarded.changed === true, guarded);
  const inCheck = typeof module.checkMode === 'function' ? module.checkMode(args) : module.checkMode;
  if (environment.checkMode && inCheck === 'unknown') {
    const foreseen = environment.diff ? await module.foresee?.(args, await environment.read()) : undefined;
    const diff = foreseen ? { diff: diffParts(foreseen) } : {};
    return { status: 'changed', unknown: `${module.name} would run`, result: { changed: true }, ...diff };
  }
  try {
    const context = await environment.action();
    const started = environment.now();
    const { changed, result } = await module.run(args, context);
    return outcome(changed, { ...result, ...(typeof result.rc === 'number' && times(started, environment.now())) });
  } finally {
    if (inCheck !== 'runs') environment.invalidateAll();
  }
}

function outcome(changed: boolean, result: ValueMap): ItemResult {
  const status = result.failed === true ? 'failed' : result.skipped === true ? 'skipped' : changed ? 'changed' : 'ok';
  const why = status === 'failed' || status === 'skipped' ? (result.msg ?? result.skipped_reason) : undefined;
  return { status, result: { failed: status === 'failed', ...result, changed }, ...(typeof why === 'string' && { message: why }) };
}
