import { describe, expect, it } from 'vitest';
import { modules } from '../../../src/modules/registry.js';
import type { AnyModule, Result } from '../../../src/sdk/module.js';
import { fakeAction, fakeControl } from './fake-contexts.js';
import { givenHost } from './given-host.js';
import { type NamedCase, readCases } from './read-case.js';
import { argumentsOf, failureOf, runResource } from './run-resource.js';

const cases = readCases();

describe('cases', () => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    const module = modules.get(each.module);
    if (!module) throw new Error(`there is no module ${each.module}`);
    if (module.kind === 'resource') await runResource(module, each);
    else await runOther(module, each);
  });

  it('are there for every module', () => {
    expect([...modules.keys()].filter((name) => cases.filter((each) => each.module === name).length < 2)).toEqual([]);
  });

  it('expect something', () => {
    expect(cases.filter((each) => Object.keys(each.expect ?? {}).length === 0).map((each) => each.name)).toEqual([]);
  });
});

interface Outcome {
  readonly changed: boolean;
  readonly result: Result;
  readonly asked: readonly unknown[];
}

async function runOther(module: AnyModule, each: NamedCase): Promise<void> {
  let outcome: Outcome | undefined;
  const failure = await failureOf(async () => {
    outcome = await outcomeOf(module, each);
  });
  if (each.expect.failed !== undefined) {
    const message = failure?.message ?? (outcome?.result.failed === true ? String(outcome.result.msg) : undefined);
    expect(message, JSON.stringify(outcome)).toContain(each.expect.failed);
    if (each.expect.result) expect(failure?.result ?? outcome?.result).toMatchObject(each.expect.result);
    return;
  }
  expect(failure?.message).toBeUndefined();
  expect(outcome?.result.failed ?? false, String(outcome?.result.msg)).toBe(false);
  if (each.expect.changed !== undefined) expect(outcome?.changed).toBe(each.expect.changed);
  if (each.expect.result) expect(outcome?.result).toMatchObject(each.expect.result);
  if (each.expect.asked) expect(outcome?.asked).toEqual(each.expect.asked);
}

async function outcomeOf(module: AnyModule, each: NamedCase): Promise<Outcome> {
  const args = argumentsOf(module, each);
  const host = givenHost(each.given);
  switch (module.kind) {
    case 'query': {
      const before = host.snapshot();
      const result = await module.query(args, host.read);
      expect(host.snapshot(), 'a query changes nothing').toEqual(before);
      return { changed: false, result, asked: [] };
    }
    case 'action': {
      const { context, asked } = fakeAction(each, host);
      const guarded = await module.guard?.(args, host.read);
      if (guarded) return { changed: false, result: guarded, asked };
      const done = await module.run(args, context);
      for (const [path, content] of Object.entries(each.expect.after ?? {}))
        expect(host.nodes.get(path)?.content.toString() ?? null, path).toBe(content);
      return { ...done, asked };
    }
    case 'control': {
      const { context, asked } = fakeControl(each);
      return { ...(await module.run(args, context)), asked };
    }
    case 'resource':
      throw new Error('a resource is planned, not run');
  }
}
