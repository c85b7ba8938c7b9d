import { failure } from '../../base/errors.js';
import type { CommandLine } from '../command-line.js';
import { type InventoryFlags, listOption, withIdentity, withInventory } from '../play-options.js';
import type { AddCommand } from './act.js';

interface StoreFlags extends InventoryFlags {
  identity?: string;
}

interface SetFlags extends StoreFlags {
  from?: string;
}

interface KeyFlags extends StoreFlags {
  recipient: string[];
}

const recipients = () => listOption('--recipient <age1…>', 'encrypt it to this age recipient; may be repeated');

export const addSecrets: AddCommand = (program, act) => {
  const secrets = program.command('secrets').description("the customer's encrypted store");
  const command = (name: string, description: string) => {
    const added = secrets.command(name) as CommandLine;
    withIdentity(withInventory(added)).description(description);
    return added;
  };
  const load = () => import('../secrets-commands.js');

  command('init', 'make the store: to recipients, or with a passphrase (CHATSCTL_SECRETS_PASSPHRASE, else asked for)')
    .addOption(recipients())
    .action(act(async (session, flags: KeyFlags) => (await load()).initStore(flags, session)));
  command('edit', 'edit all values in $EDITOR, in memory').action(
    act(async (session, flags: StoreFlags) => (await import('../edit-secrets.js')).editSecrets(flags, session)),
  );
  command('show', 'names, when and by whom they were set, from whom they came, and fingerprints; no values').action(
    act(async (session, flags: StoreFlags) => (await load()).showStore(flags, session)),
  );
  const set = command('set', 'keep a value: typed at a prompt, or from standard input');
  // A value written there is refused by the action, which does not repeat it.
  set.takesExtra = true;
  set.option('--from <who>', 'who supplied it: another team, the vendor; "secrets show" tells');
  set.argument('<name>', "the variable's name").action(
    act(async (session, name: string, flags: SetFlags, command: CommandLine) => {
      if (command.args.length > 1 || name.includes('=')) throw failure('cli/secret-argument', { name: name.split('=')[0] ?? name });
      return (await load()).setSecret(name, flags, session);
    }),
  );
  command('get', 'print one value, as it is')
    .argument('<name>', "the variable's name")
    .action(act(async (session, name: string, flags: StoreFlags) => (await load()).getSecret(name, flags, session)));
  command('rekey', 'change who can open the store: to recipients, or a new passphrase (CHATSCTL_SECRETS_NEW_PASSPHRASE, else asked for)')
    .addOption(recipients())
    .action(act(async (session, flags: KeyFlags) => (await load()).rekeyStore(flags, session)));
};
