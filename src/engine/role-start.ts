import { plainMessage } from '../base/errors.js';
import { checkRoleArguments, secretOptions } from '../playbook/role-arguments.js';
import type { Block } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import { reportFailure } from './report.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';

/** What holds when a role begins: its secret arguments are masked from here on, and its argument specs are met. Answers the hosts where not. */
export function startRole(play: RunningPlay, block: Block, hosts: readonly HostState[], section: Section): Set<HostState> {
  const failed = new Set<HostState>();
  const { role } = block;
  if (!role?.argumentSpec) return failed;
  for (const host of hosts) {
    const scope = play.context.scope(play, block, host);
    for (const name of secretOptions(role.argumentSpec)) {
      const value = scope.has(name) ? scope.get(name) : undefined;
      if (typeof value === 'string' || typeof value === 'number') play.context.masking.add(String(value));
    }
    const found = checkRoleArguments(role, scope);
    if (found.length === 0) continue;
    const message = found.map((each) => plainMessage(each)).join('; ');
    const task = `${role.name} : validating arguments`;
    const result = { changed: false, failed: true, msg: message, code: found[0]?.code ?? '' };
    reportFailure(play, host, { task, module: 'validate_argument_spec', position: role.position, result, message }, section);
    failed.add(host);
  }
  return failed;
}
