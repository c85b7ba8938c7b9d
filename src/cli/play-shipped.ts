import { join } from 'node:path';
import { loadPlaybook } from '../playbook/load-playbook.js';
import type { RunFlags } from './play-options.js';
import { runPlaybook } from './run-playbook.js';
import type { Session } from './session.js';

/** Plays one of the package's own playbooks, whatever lies in the working directory under that name. */
export function playShipped(command: 'preflight' | 'verify', flags: RunFlags, session: Session): Promise<number> {
  const name = `${command}.yaml`;
  const path = join(session.packageDirectory, 'playbooks', name);
  return runPlaybook({ command, name, load: (context) => loadPlaybook(path, context), flags, looksOnly: true }, session);
}
