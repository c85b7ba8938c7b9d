import type { HostPort } from '../host/port.js';
import type { Task } from '../playbook/tree.js';
import type { ActionContext } from '../sdk/action-context.js';
import type { ReadView } from '../sdk/query.js';
import type { Scope } from '../vars/scope.js';
import type { HostState } from './host-state.js';
import { taskName } from './names.js';
import type { PlayRun } from './play-run.js';

interface ActionSetting {
  readonly play: PlayRun;
  readonly task: Task;
  readonly host: HostState;
  readonly scope: Scope;
  readonly port: HostPort;
  readonly read: ReadView;
  readonly checkMode: boolean;
  readonly signal: AbortSignal;
  /** Merged from play to task. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What an action module may do on the host of its task: programs in channels of their own, TCP as the host sees it, jobs. */
export function actionContext(setting: ActionSetting): ActionContext {
  const { play, task, host, port, signal } = setting;
  const { context } = play;
  const started = context.clock.now();
  const name = taskName(context, task, host);
  const progress = (text: string, silentMs = 0) =>
    context.emit({ type: 'progress', task: name, host: host.name, text, elapsed: context.clock.now() - started, silent: silentMs });
  return {
    read: setting.read,
    facts: host.facts,
    local: port.host.local,
    signal,
    checkMode: setting.checkMode,
    exec: (request) => port.exec({ ...request, environment: { ...setting.environment, ...request.environment } }, { signal }),
    apply: async (operations) => {
      await port.apply(operations);
    },
    connect: (address, number) => port.connect(address, number, signal),
    job: (request) =>
      context.ports.jobs.run(
        { ...request, environment: { ...setting.environment, ...request.environment } },
        {
          port: async () => port,
          store: (variable, value) => context.store.set(variable, value),
          masking: context.masking,
          clock: context.clock,
          signal,
          run: context.ports.run,
          progress,
          keepTranscript: (text) => context.ports.keepTranscript(host.name, request.id, text),
        },
      ),
    sleep: (ms) => context.clock.sleep(ms, signal),
    now: () => context.clock.now(),
    progress,
  };
}
