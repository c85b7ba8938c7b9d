import type { Value } from '../base/value.js';
import type { Task } from '../playbook/tree.js';
import type { ControlContext, MetaAction } from '../sdk/control-context.js';
import { refuseReserved } from '../vars/reserved.js';
import type { Scope } from '../vars/scope.js';
import { holdsAll } from './conditions.js';
import { findingsFailure } from './findings.js';
import type { HostState } from './host-state.js';
import { roleOf } from './roles.js';
import type { RunningPlay } from './running-play.js';

interface ControlSetting {
  readonly play: RunningPlay;
  readonly task: Task;
  readonly host: HostState;
  readonly scope: Scope;
  /** Filled with what set_fact sets. */
  readonly factsSet: Record<string, Value>;
  /** The host that facts go to: the delegate's with delegate_facts. */
  readonly factsOwner: string;
}

/** What a control module does to the run: facts, variables, the play's course, findings, the operator's answers. Never a host. */
export function controlContext({ play, task, host, scope, factsSet, factsOwner }: ControlSetting): ControlContext {
  const { context } = play;
  return {
    host: host.name,
    variable: (name) => scope.get(name),
    holds: (text) => holdsAll([task.expressions.find((each) => each.text === text) ?? { text, position: task.position }], scope),
    setFacts: (facts, { cacheable }) => {
      refuseReserved(Object.keys(facts), 'set_fact', task.position);
      Object.assign(factsSet, facts);
      const owner = context.state(factsOwner);
      Object.assign(owner.setFacts, facts);
      if (cacheable) Object.assign(owner.facts, facts);
    },
    includeVariables: (file, { name }) => {
      const values = context.ports.includes.variables(file, task, scope);
      Object.assign(host.includedVariables, name === undefined ? values : { [name]: values });
      return values;
    },
    meta: (action) => applyMeta(play, task, host, action),
    finding: (finding) => context.findings.record(host.name, finding),
    pause: async ({ seconds, prompt, echo }) => {
      const started = context.clock.now();
      let userInput = '';
      if (seconds !== undefined) await context.clock.sleep(seconds * 1000, context.signal);
      else userInput = (await context.ports.prompts.line(prompt ?? 'Press enter to continue', { echo, signal: context.signal })) ?? '';
      return { userInput, seconds: (context.clock.now() - started) / 1000 };
    },
  };
}

function applyMeta(play: RunningPlay, task: Task, host: HostState, action: MetaAction): void {
  const { context } = play;
  switch (action) {
    case 'end_host':
      host.ended = true;
      return;
    case 'end_play':
    case 'end_batch':
      for (const each of play.batch) each.ended = true;
      return;
    case 'end_role':
      host.endedRole = roleOf(task);
      return;
    case 'clear_facts':
      host.facts = {};
      return;
    case 'clear_host_errors':
      for (const each of play.batch) {
        each.failed = false;
        each.unreachable = false;
      }
      return;
    case 'judge_findings': {
      const unmet = context.findings.judge(host.name);
      if (unmet.length > 0) throw findingsFailure(unmet);
      return;
    }
    case 'reset_connection':
      context.hosts.forget(host.name);
      return;
    case 'refresh_inventory':
    case 'flush_handlers':
    case 'noop':
      return;
  }
}
