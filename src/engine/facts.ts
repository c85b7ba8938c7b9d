import { formatPosition } from '../base/position.js';
import { effectiveKeywords } from '../playbook/tree.js';
import { errorResult } from './error-result.js';
import type { HostState } from './host-state.js';
import { connectionVariables, identityOf } from './identity.js';
import { reportResult } from './report.js';
import type { RunningPlay } from './running-play.js';
import { truthOr } from './truth.js';

const task = 'Gathering Facts';

/** Facts of all hosts of the batch, before its first task; a host that cannot be reached is out from here on. */
export async function gatherFacts(play: RunningPlay, hosts: readonly HostState[]): Promise<Set<HostState>> {
  const { context } = play;
  const { position, gatherSubset } = play.play;
  const keywords = effectiveKeywords(play.play);
  const failed = new Set<HostState>();
  const names = hosts.map((host) => host.name);
  context.emit({
    type: 'task_start',
    play: play.name,
    task,
    module: 'setup',
    position: formatPosition(position),
    handler: false,
    hosts: names,
  });
  await context.queue(hosts, 0, async (host) => {
    const report = { task, module: 'setup', position };
    const scope = context.scope(play, play.play, host);
    try {
      const identity = identityOf(keywords, scope, scope, context.options);
      const port = await context.hosts.port(host.name, connectionVariables(keywords, scope, scope), identity);
      host.facts = { ...host.facts, ...(await port.facts(gatherSubset)) };
      reportResult(play, host, { ...report, status: 'ok', result: { changed: false } });
    } catch (error) {
      const { status, message, result } = errorResult(error, context.signal);
      if (status === 'skipped') return reportResult(play, host, { ...report, status, result, message });
      const ignoring = status === 'unreachable' ? keywords.ignoreUnreachable : keywords.ignoreErrors;
      const ignored = truthOr(false, status === 'unreachable' ? 'ignore_unreachable' : 'ignore_errors', ignoring, scope);
      reportResult(play, host, { ...report, status: ignored ? 'ignored' : status, result, message });
      if (ignored) return;
      if (status === 'unreachable') host.unreachable = true;
      else failed.add(host);
    }
  });
  return failed;
}
