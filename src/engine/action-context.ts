import type { HostPort } from '../host/port.js';
import type { Task } from '../playbook/tree.js';
import type { ActionContext } from '../sdk/action-context.js';
import type { ReadView } from '../sdk/query.js';
import type { Scope } from '../vars/scope.js';
import type { HostState } from './host-state.js';
import { taskName } from './names.js';
import type { RunningPlay } from './running-play.js';
import type { TimeLimit } from './time-limit.js';

interface ActionSetting {
  readonly play: RunningPlay;
  readonly task: Task;
  readonly host: HostState;
  readonly scope: Scope;
  /** Opened again after a lost connection. */
  readonly port: () => Promise<HostPort>;
  readonly opened: HostPort;
  readonly read: ReadView;
  readonly checkMode: boolean;
  readonly limit: TimeLimit;
  /** Merged from play to task. */
  readonly environment: Readonly<Record<string, string>>;
  readonly deferred: (() => Promise<void>)[];
  /** What the task's programs say is not shown, and no transcript is kept. */
  readonly noLog: boolean;
}

/** What an action module may do on the host of its task: programs in channels of their own, TCP as the host sees it, jobs. */
export function actionContext(setting: ActionSetting): ActionContext {
  const { play, task, host, opened } = setting;
  const { signal } = setting.limit;
  const { context } = play;
  const started = context.clock.now();
  const name = taskName(play, task, host);
  const progress = (text: string, silentMs = 0) =>
    context.emit({
      type: 'progress',
      task: name,
      host: host.name,
      text: setting.noLog ? '' : text,
      elapsed: context.clock.now() - started,
      silent: silentMs,
    });
  return {
    read: setting.read,
    facts: host.facts,
    local: opened.host.local,
    signal,
    checkMode: setting.checkMode,
    exec: (request) => opened.exec({ ...request, environment: { ...setting.environment, ...request.environment } }, { signal }),
    apply: async (operations) => {
      await opened.apply(operations);
    },
    connect: (address, number) => opened.connect(address, number, signal),
    job: (request) =>
      context.jobs.count(() =>
        context.ports.jobs.run(
          { ...request, environment: { ...setting.environment, ...request.environment } },
          {
            port: setting.port,
            store: (variable, value) => context.store.set(variable, value, `${host.name}: ${request.id}`),
            keepIssued: (variable, value) => context.store.keepApart(variable, value, `${host.name}: ${request.id}`),
            masking: context.masking,
            clock: context.clock,
            signal,
            progress,
            defer: (settle) => {
              setting.deferred.push(settle);
            },
            ...(!setting.noLog && { keepTranscript: (text) => context.ports.keepTranscript(host.name, request.id, text) }),
          },
        ),
      ),
    sleep: (ms) => context.clock.sleep(ms, signal),
    now: () => context.clock.now(),
    progress,
  };
}
