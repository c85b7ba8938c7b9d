import { once } from 'node:events';
import { connect } from 'node:net';
import { isMap, type Value, type ValueMap } from '../../../src/base/value.js';
import type { ActionContext, ExecAnswer } from '../../../src/sdk/action-context.js';
import type { ControlContext } from '../../../src/sdk/control-context.js';
import type { JobOutcome } from '../../../src/sdk/job.js';
import type { Case } from './case.js';
import type { FakeHost } from './fake-host.js';
import { showOperation } from './show.js';

/** Notes everything that a module asks of its context, and answers what the case gives. */

export interface Recorded<C> {
  readonly context: C;
  readonly asked: unknown[];
}

export function fakeAction({ given }: Case, host: FakeHost): Recorded<ActionContext> {
  const asked: unknown[] = [];
  const settings = given?.context ?? {};
  const execs = Array.isArray(settings.exec) ? [...settings.exec] : [];
  let now = 1_700_000_000_000;
  const context: ActionContext = {
    read: host.read,
    facts: isMap(settings.facts ?? null) ? (settings.facts as ValueMap) : {},
    local: settings.local === true,
    signal: new AbortController().signal,
    checkMode: settings.checkMode === true,
    exec: async (request) => {
      asked.push({ exec: withoutUndefined(request) });
      if (!execs.length) throw new Error('the case gives no answer for this exec');
      return { rc: 0, stdout: '', stderr: '', ...(execs.shift() as Partial<ExecAnswer>) };
    },
    apply: async (operations) => {
      asked.push({ apply: operations.map(showOperation) });
      host.apply(operations);
    },
    connect: async (name, port) => {
      const socket = connect({ host: name, port });
      await once(socket, 'connect');
      return socket;
    },
    job: async (request) => {
      asked.push({ job: JSON.parse(JSON.stringify(request)) });
      return {
        answered: [],
        captured: [],
        values: {},
        rc: 0,
        duration: 1,
        adopted: false,
        tail: '',
        ...(settings.job as Partial<JobOutcome> | undefined),
      };
    },
    sleep: async (ms) => {
      now += ms;
      host.clock += ms / 1000;
      asked.push({ sleep: ms });
    },
    now: () => now,
    progress: () => {},
  };
  return { context, asked };
}

export function fakeControl({ given }: Case): Recorded<ControlContext> {
  const asked: unknown[] = [];
  const settings = given?.context ?? {};
  const map = (name: string): ValueMap => (isMap(settings[name] ?? null) ? (settings[name] as ValueMap) : {});
  const context: ControlContext = {
    host: typeof settings.host === 'string' ? settings.host : 'chats1',
    verbosity: typeof settings.verbosity === 'number' ? settings.verbosity : 0,
    variable: (name) => map('variables')[name],
    holds: (condition) => {
      const answer: Value | undefined = map('holds')[condition];
      if (typeof answer === 'boolean') return answer;
      if (isMap(answer ?? null)) return { unknown: String((answer as ValueMap).unknown) };
      throw new Error(`the case does not say whether this holds: ${condition}`);
    },
    setFacts: (facts, options) => asked.push({ setFacts: facts, ...options }),
    includeVariables: (source, options) => {
      const shown = 'file' in source ? source.file : withoutUndefined({ ...source, matching: source.matching?.source });
      asked.push(withoutUndefined({ includeVariables: shown, name: options.name }));
      return { variables: map('included'), files: ['file' in source ? source.file : source.dir] };
    },
    meta: (action) => {
      asked.push({ meta: action });
    },
    finding: (finding) => asked.push({ finding: withoutUndefined(finding) }),
    pause: async (request) => {
      asked.push({ pause: withoutUndefined(request) });
      return { userInput: typeof settings.userInput === 'string' ? settings.userInput : '', seconds: request.seconds ?? 0 };
    },
  };
  return { context, asked };
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
