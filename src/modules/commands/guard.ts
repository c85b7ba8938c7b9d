import { posix } from 'node:path';
import type { Value } from '../../base/value.js';
import { t } from '../../sdk/arguments.js';
import type { Result } from '../../sdk/module.js';
import type { ReadView } from '../../sdk/query.js';
import { expandPath } from '../files/expand-path.js';

export const guardArguments = {
  chdir: t.path().describe('The directory in which it runs.'),
  creates: t.path().identifies().describe('Does not run where this is there (a path or a pattern of the shell).'),
  removes: t.path().identifies().describe('Runs only where this is there.'),
};

export interface Guarded {
  readonly chdir: string | undefined;
  readonly creates: string | undefined;
  readonly removes: string | undefined;
}

/** Does a pattern of the shell match: $1; nothing else is expanded. */
const matchScript = `# does a pattern match
set -f; IFS=; set +f; for found in $1; do [ -e "$found" ] || [ -L "$found" ] && exit 0; done; exit 1`;

/** Why the program need not run ("/opt/x exists"); undefined: it must. */
export async function guardReason({ chdir, creates, removes }: Guarded, read: ReadView): Promise<string | undefined> {
  if (creates !== undefined && (await isThere(creates, chdir, read))) return `'${creates}' exists`;
  if (removes !== undefined && !(await isThere(removes, chdir, read))) return `'${removes}' does not exist`;
  return undefined;
}

/** What Ansible registers of a program that need not run. */
export function notRun(cmd: Value, reason: string): Result {
  const stdout = `skipped, since ${reason.replaceAll("'", '')}`;
  return { cmd, rc: 0, stdout, stderr: '', stdout_lines: [stdout], stderr_lines: [], msg: `Did not run command since ${reason}` };
}

async function isThere(path: string, chdir: string | undefined, read: ReadView): Promise<boolean> {
  const from = chdir === undefined ? '/' : await expandPath(chdir, read);
  const whole = posix.resolve(from, await expandPath(path, read));
  if (!/[*?[]/.test(whole)) return (await read.stat(whole)) !== undefined;
  return (await read.script(matchScript, [whole])).rc === 0;
}
