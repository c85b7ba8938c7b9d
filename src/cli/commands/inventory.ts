import { type InventoryFlags, withInventory } from '../play-options.js';
import type { AddCommand } from './act.js';

interface ListFlags extends InventoryFlags {
  list?: boolean;
  graph?: boolean;
  host?: string;
}

export const addInventory: AddCommand = (program, act) => {
  withInventory(program.command('inventory'))
    .description('what the inventory says')
    .option('--list', 'groups, hosts and their variables as JSON, in the form of ansible-inventory')
    .option('--graph', 'groups and hosts as a tree (what is shown by default)')
    .option('--host <host>', 'the variables of one host as JSON')
    .action(
      act(async (session, flags: ListFlags) => {
        const { printInventory } = await import('../print-inventory.js');
        return printInventory(flags, session);
      }),
    );
};
