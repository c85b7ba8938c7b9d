import { expect } from 'vitest';
import { ChatsctlError } from '../../../src/base/errors.js';
import type { Loaded } from '../../../src/sdk/arguments.js';
import { checkRules, coerce } from '../../../src/sdk/arguments.js';
import { type AnyModule, ModuleFailure, type Plan, type ResourceModule } from '../../../src/sdk/module.js';
import type { Case } from './case.js';
import type { FakeHost } from './fake-host.js';
import { givenHost } from './given-host.js';
import { loaded } from './read-case.js';
import { showChange, showOperation } from './show.js';

/** Arguments as the engine would hand them over. */
export function argumentsOf(module: AnyModule, each: Case) {
  const files: Record<string, Loaded[string]> = {};
  for (const [name, given] of Object.entries(each.files ?? {})) {
    const loads = module.arguments[name]?.loads;
    if (!loads) throw new Error(`${name} is no file argument of ${module.name}`);
    files[name] = loaded(String(each.args[name]), loads.as, given);
  }
  checkRules(module, each.args);
  return coerce(module.arguments, each.args, module.name, {}, files);
}

/** The message with which a task fails; anything else that is thrown goes on. */
export async function failureOf(run: () => Promise<unknown>): Promise<{ message: string; result: unknown } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof ModuleFailure) return { message: error.message, result: error.result };
    if (error instanceof ChatsctlError) return { message: error.message, result: {} };
    throw error;
  }
}

async function planOn(module: ResourceModule, args: ReturnType<typeof argumentsOf>, host: FakeHost): Promise<Plan> {
  const state = await module.probe(args, host.read);
  const plan = module.plan(args, state);
  expect(module.plan(args, state), 'planned twice from one state').toEqual(plan);
  expect(plan.operations.length === 0, 'changes and operations go together').toBe(plan.changes.length === 0);
  return plan;
}

/** The case, and what must hold for every resource module. */
export async function runResource(module: ResourceModule, each: Case): Promise<void> {
  const host = givenHost(each.given);
  const before = host.snapshot();
  if (each.expect.failed !== undefined) {
    const failure = await failureOf(async () => planOn(module, argumentsOf(module, each), host));
    expect(failure?.message).toContain(each.expect.failed);
    if (each.expect.result) expect(failure?.result).toMatchObject(each.expect.result);
    return;
  }
  const args = argumentsOf(module, each);
  const plan = await planOn(module, args, host);
  expect(host.snapshot(), 'a probe changes nothing').toEqual(before);
  expect(await planOn(module, args, host), 'probed and planned again').toEqual(plan);
  expect(plan.changes.map(showChange)).toEqual(each.expect.changes ?? []);
  expect(plan.operations.map(showOperation)).toEqual(each.expect.operations ?? []);
  expect(plan.warnings ?? []).toEqual(each.expect.warnings ?? []);
  if (each.expect.result) expect(plan.result).toMatchObject(each.expect.result);
  host.apply(plan.operations);
  for (const [path, content] of Object.entries(each.expect.after ?? {})) {
    const node = host.nodes.get(path);
    if (content === null) expect(node, path).toBeUndefined();
    else expect(node?.content.toString(), path).toBe(content);
  }
  for (const change of plan.changes) {
    const node = host.nodes.get(change.subject);
    if (change.text && node) expect(change.text.after, 'the diff shows what is written').toBe(node.content.toString());
  }
  const again = await planOn(module, args, host);
  expect(again.changes.map(showChange), 'planned again after the operations').toEqual(each.expect.again ?? []);
}
