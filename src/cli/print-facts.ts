import { toYaml } from '../vars/to-yaml.js';
import { exitStatus, statusOf } from './exit.js';
import type { ConnectionFlags } from './play-options.js';
import { reachHosts } from './reach-hosts.js';
import { reportError } from './report-error.js';
import { prompterFor, type Session } from './session.js';

/** The facts of each host as YAML, or with `--output json` as one object a line. A host out of reach is an error of its own. */
export async function printFacts(pattern: string, flags: ConnectionFlags, session: Session): Promise<number> {
  const { terminal, clock, interrupt } = session;
  const reach = await reachHosts(pattern, flags, prompterFor(session, flags), session);
  try {
    const gathered = await reach.each(async (host) => (await host.port('login')).facts());
    const failed = gathered.flatMap((each, at) => {
      const host = reach.hosts[at]?.name ?? '';
      if (each.status === 'rejected') return [each.reason];
      const time = new Date(clock.now()).toISOString();
      if (flags.output === 'json') terminal.stdout.line(JSON.stringify({ type: 'facts', time, host, facts: each.value }));
      else terminal.stdout.write(toYaml({ [host]: each.value }));
      return [];
    });
    for (const error of failed) reportError(error, session);
    return interrupt.exitStatus ?? (failed.length === 0 ? exitStatus.done : statusOf(failed[0]));
  } finally {
    await reach.close();
  }
}
