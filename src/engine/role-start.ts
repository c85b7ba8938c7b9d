import { ChatsctlError, plainMessage } from '../base/errors.js';
import type { Value } from '../base/value.js';
import { checkRoleArguments } from '../playbook/role-arguments.js';
import type { Block } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import type { HostState } from './host-state.js';
import { reportFailure } from './report.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';

/** What holds when a role begins: its secret arguments are masked from here on, and its argument specs are met. Answers the hosts where not. */
export function startRole(play: RunningPlay, block: Block, hosts: readonly HostState[], section: Section): Set<HostState> {
  const failed = new Set<HostState>();
  const { role } = block;
  if (!role?.argumentSpec) return failed;
  // From here on each value that is read is masked.
  play.context.secrets.declare(role.argumentSpec);
  for (const host of hosts) {
    const scope = play.context.scope(play, block, host);
    const variables = whereKnown(scope);
    for (const name of Object.keys(role.argumentSpec.options)) variables.get(name);
    const found = checkRoleArguments(role, variables);
    if (found.length === 0) continue;
    const message = found.map((each) => plainMessage(each)).join('; ');
    const task = `${role.name} : validating arguments`;
    const result = { changed: false, failed: true, msg: message, code: found[0]?.code ?? '' };
    reportFailure(play, host, { task, module: 'validate_argument_spec', position: role.position, result, message }, section);
    failed.add(host);
  }
  return failed;
}

/** A default may depend on what is not known yet (facts that were not gathered): that is an error where it is used, and not before. */
function whereKnown(scope: Scope): { has(name: string): boolean; get(name: string): Value | undefined } {
  return {
    has: (name) => scope.has(name),
    get: (name) => {
      try {
        return scope.has(name) ? scope.get(name) : undefined;
      } catch (error) {
        if (error instanceof ChatsctlError) return undefined;
        throw error;
      }
    },
  };
}
