import type { Task } from '../playbook/tree.js';
import type { HostState } from './host-state.js';
import { runOnHost } from './host-task.js';
import { taskName } from './names.js';
import { reportFailure, reportResult } from './report.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';

/** They are about the whole play: the first host's `when` decides for all, as in Ansible. */
const OF_THE_PLAY: ReadonlySet<unknown> = new Set(['end_play', 'end_batch', 'clear_facts', 'clear_host_errors', 'refresh_inventory']);

/** A meta task: no task of the recap, so that only a failed one (judge_findings, a condition that cannot be evaluated) is reported. */
export async function runMeta(play: RunningPlay, task: Task, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const { action } = task.args;
  const failed = new Set<HostState>();
  const agreed: HostState[] = [];
  for (const host of OF_THE_PLAY.has(action) ? hosts.slice(0, 1) : hosts) {
    const { status, ignored, registered, message } = await runOnHost(play, task, host);
    if (status === 'ok') agreed.push(host);
    if (status !== 'failed') continue;
    const report = { task: taskName(play, task, host), module: task.module, position: task.position, result: registered, message };
    if (ignored) reportResult(play, host, { ...report, status: 'ignored' });
    else {
      reportFailure(play, host, report, section);
      failed.add(host);
    }
  }
  if (action === 'flush_handlers') for (const host of await play.handlers.flush(agreed, section, { isLast: false })) failed.add(host);
  return failed;
}
