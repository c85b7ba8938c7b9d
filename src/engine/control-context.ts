import { diagnostic } from '../base/errors.js';
import type { Value } from '../base/value.js';
import type { Task } from '../playbook/tree.js';
import type { ControlContext, MetaAction } from '../sdk/control-context.js';
import { refuseReserved } from '../vars/reserved.js';
import type { Scope } from '../vars/scope.js';
import { holdsAll, valueNamed } from './conditions.js';
import { judgement } from './findings.js';
import type { HostState } from './host-state.js';
import { taskName } from './names.js';
import { roleOf } from './roles.js';
import type { RunningPlay } from './running-play.js';
import type { TimeLimit } from './time-limit.js';

/** Variables that set_fact and include_vars set: run_once gives them to all hosts. */
export interface Effects {
  readonly facts: Record<string, Value>;
  readonly variables: Record<string, Value>;
}

interface ControlSetting {
  readonly play: RunningPlay;
  readonly task: Task;
  readonly host: HostState;
  readonly scope: Scope;
  readonly limit: TimeLimit;
  /** Filled with what is set. */
  readonly effects: Effects;
  /** The host that facts go to: the delegate's with delegate_facts. */
  readonly factsOwner: string;
}

/** What a control module does to the run: facts, variables, the play's course, findings, the operator's answers. Never a host. */
export function controlContext({ play, task, host, scope, limit, effects, factsOwner }: ControlSetting): ControlContext {
  const { context } = play;
  return {
    host: host.name,
    verbosity: context.options.verbosity,
    variable: (text) => valueNamed(task.expressions.find((each) => each.text === text) ?? { text, position: task.position }, scope),
    holds: (text) => holdsAll([task.expressions.find((each) => each.text === text) ?? { text, position: task.position }], scope),
    setFacts: (facts, { cacheable }) => {
      refuseReserved(Object.keys(facts), 'set_fact', task.position);
      context.secrets.learnAll(facts);
      // Of a run_once they are all hosts', but not when they were given to a delegate.
      if (factsOwner === host.name) Object.assign(effects.facts, facts);
      const owner = context.state(factsOwner);
      Object.assign(owner.setFacts, facts);
      if (cacheable) Object.assign(owner.facts, facts);
    },
    includeVariables: (source, { name }) => {
      const { variables: values, files } = context.ports.includes.variables(source, task, scope);
      const named = name === undefined ? values : { [name]: values };
      context.secrets.learnAll(named);
      Object.assign(effects.variables, named);
      Object.assign(host.includedVariables, named);
      return { variables: values, files };
    },
    meta: (action) => applyMeta(play, task, host, action),
    finding: (finding) => context.findings.record(host.name, finding),
    pause: async ({ seconds, prompt, echo }) => {
      const started = context.clock.now();
      let userInput = '';
      const { signal } = limit;
      if (seconds !== undefined) await context.clock.sleep(seconds * 1000, signal);
      else {
        const answer = await context.ports.prompts.line(prompt ?? 'Press enter to continue', { echo, signal });
        if (answer === undefined && !context.ports.prompts.isAgreed) {
          const found = diagnostic(
            'task/not-waited',
            { task: taskName(play, task, host) },
            { position: task.position, severity: 'warning' },
          );
          context.emit({ type: 'diagnostic', host: host.name, diagnostic: found });
        }
        userInput = answer ?? '';
      }
      // What was read before the pause may be so no longer.
      context.hosts.invalidateAll();
      return { userInput, seconds: (context.clock.now() - started) / 1000 };
    },
  };
}

function applyMeta(play: RunningPlay, task: Task, host: HostState, action: MetaAction): void | Promise<void> {
  const { context } = play;
  switch (action) {
    case 'end_host':
      host.ended = true;
      return;
    case 'end_play':
      // The batches that are still to come, too.
      for (const each of play.allHosts) each.ended = true;
      return;
    case 'end_batch':
      for (const each of play.batch) each.ended = true;
      return;
    case 'end_role':
      host.endedRole = roleOf(task);
      return;
    case 'clear_facts':
      for (const each of play.allHosts) each.facts = {};
      return;
    case 'clear_host_errors':
      for (const each of play.allHosts) each.clearErrors();
      return;
    case 'judge_findings': {
      const unmet = context.findings.judge(host.name);
      if (unmet.length > 0) throw judgement(unmet);
      return;
    }
    case 'reset_connection':
      return context.hosts.forget(host.name);
    case 'refresh_inventory':
    case 'flush_handlers':
    case 'noop':
      return;
  }
}
