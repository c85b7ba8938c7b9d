import type { InitFlags } from '../init-command.js';
import { withCommon } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addInit: AddCommand = (program, act) => {
  withCommon(program.command('init'))
    .description("a new customer's folder: an inventory, and a place for the customer's files; what no flag says is asked")
    .argument('<dir>', 'the folder, which is not there yet or is empty')
    .option('--chat-domain <name>', "the main page's name")
    .option('--meetings-domain <name>', "the Meetings server's name")
    .option('--chats-host <address>', 'how the Chats server is reached: an address or a name')
    .option('--meetings-host <address>', 'how the Meetings server is reached; "" where it is another team\'s')
    .option('-u, --user <user>', 'whom to log in as on both')
    .action(
      act(async (session, dir: string, flags: InitFlags) => {
        const { init } = await import('../init-command.js');
        return init(dir, flags, session);
      }),
    );
};
