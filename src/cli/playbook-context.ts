import { resolve } from 'node:path';
import type { Diagnostics } from '../base/errors.js';
import { modules } from '../modules/registry.js';
import type { PlaybookContext } from '../playbook/context.js';
import { diskFiles } from '../playbook/files.js';
import type { Session } from './session.js';

/** Where playbooks and roles are read from, as flags and environment say. */
export function playbookContext(flags: { rolesPath?: string }, session: Session, collect: Diagnostics): PlaybookContext {
  const { cwd, env, packageDirectory } = session;
  const rolesPaths = [flags.rolesPath, env['CHATSCTL_ROLES_PATH']].flatMap((each) => (each ? each.split(':').filter(Boolean) : []));
  return { cwd, files: diskFiles(cwd), modules, rolesPaths: rolesPaths.map((each) => resolve(cwd, each)), packageDirectory, collect };
}
