import { failure } from '../../base/errors.js';
import { type PlayFlags, withPlay } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addPlay: AddCommand = (program, act) => {
  withPlay(program.command('play'))
    .description('run a playbook: a file, or one of the playbooks that come with chatsctl')
    .argument('[playbook]', 'the playbook')
    .usage('[options] <playbook>')
    .action(
      act(async (session, given: string | undefined, flags: PlayFlags) => {
        const { playbook, resume } = apart(given, flags.resume);
        const [{ runPlaybook }, { loadPlaybook }] = await Promise.all([
          import('../run-playbook.js'),
          import('../../playbook/load-playbook.js'),
        ]);
        const all = resume === undefined ? flags : { ...flags, resume };
        return runPlaybook({ command: 'play', name: playbook, load: (context) => loadPlaybook(playbook, context), flags: all }, session);
      }),
    );
};

/** `--resume site.yaml`: the playbook was taken for the run. */
function apart(given: string | undefined, resume: string | true | undefined): { playbook: string; resume: string | true | undefined } {
  if (given !== undefined) return { playbook: given, resume };
  if (typeof resume === 'string' && /\.(ya?ml|json)$/.test(resume)) return { playbook: resume, resume: true };
  throw failure('cli/missing-argument', { name: 'playbook', command: 'chatsctl play' });
}
