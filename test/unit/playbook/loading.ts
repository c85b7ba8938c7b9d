import { join } from 'node:path';
import { type Diagnostic, Diagnostics } from '../../../src/base/errors.js';
import { formatPosition } from '../../../src/base/position.js';
import type { PlaybookContext } from '../../../src/playbook/context.js';
import { diskFiles } from '../../../src/playbook/files.js';
import { type LoadedPlaybook, loadPlaybook } from '../../../src/playbook/load-playbook.js';
import { modules } from './modules.js';

export const fixtures = join(import.meta.dirname, 'fixtures');

export function contextOf(cwd: string, more: Partial<PlaybookContext> = {}): PlaybookContext {
  return {
    cwd,
    files: diskFiles(cwd),
    modules,
    rolesPaths: [],
    packageDirectory: join(fixtures, '.package'),
    collect: new Diagnostics(),
    ...more,
  };
}

export interface Loaded {
  readonly playbook: LoadedPlaybook;
  readonly found: readonly Diagnostic[];
  readonly context: PlaybookContext;
}

export function load(situation: string, playbook = 'site.yaml', more: Partial<PlaybookContext> = {}): Loaded {
  const context = contextOf(join(fixtures, situation), more);
  return { playbook: loadPlaybook(playbook, context), found: context.collect.all, context };
}

/** `error play/unknown-keyword site.yaml:3:5 (nearest)`. */
export function shown({ severity, code, position, nearest }: Diagnostic): string {
  return [severity, code, position ? formatPosition(position) : '-', ...(nearest === undefined ? [] : [`(${nearest})`])].join(' ');
}
