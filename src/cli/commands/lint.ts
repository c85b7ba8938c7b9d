import type { LintFlags } from '../lint-command.js';
import { listOption, rolesPathOption, withInventory } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addLint: AddCommand = (program, act) => {
  withInventory(program.command('lint'))
    .description('what is wrong in playbooks and roles, or may be: syntax, unknown variables, unknown hosts; nothing is contacted')
    .argument('<paths...>', 'playbooks, and folders of roles')
    .addOption(listOption('-e, --extra-vars <vars>', 'variables that a run will be given: k=v, YAML or JSON, or @file; may be repeated'))
    .addOption(rolesPathOption())
    .action(
      act(async (session, paths: string[], flags: LintFlags) => {
        const { lint } = await import('../lint-command.js');
        return lint(paths, flags, session);
      }),
    );
};
