import { type InventoryFlags, withInventory } from '../play-options.js';
import type { AddCommand } from './act.js';

interface ShowFlags extends InventoryFlags {
  verbose: number;
}

interface ReportFlags extends InventoryFlags {
  out?: string;
}

export const addRuns: AddCommand = (program, act) => {
  const runs = program.command('runs').description('past runs');
  const load = () => import('../runs-commands.js');
  withInventory(runs.command('list', { isDefault: true }))
    .description('the runs that are recorded beside the inventory, newest first')
    .action(act(async (session, flags: InventoryFlags) => (await load()).listRecorded(flags, session)));
  withInventory(runs.command('show'))
    .description('a run again, as it was shown')
    .argument('[run]', 'its id, or the beginning of it (else the last one)')
    .option('-v, --verbose', 'show more; may be repeated', (_value, before: number) => before + 1, 0)
    .action(act(async (session, run: string | undefined, flags: ShowFlags) => (await load()).showRecorded(run, flags, session)));
  withInventory(runs.command('report'))
    .description('a run as a page to read in a browser (HTML)')
    .argument('[run]', 'its id, or the beginning of it (else the last one)')
    .option('--out <file>', 'where to write it (else to standard output)')
    .action(act(async (session, run: string | undefined, flags: ReportFlags) => (await load()).reportRecorded(run, flags, session)));
};
