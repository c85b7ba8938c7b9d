import type { Secret } from '../base/secret.js';
import type { SecretStore } from '../secrets/store.js';
import { proveRoom } from '../secrets/store-file.js';
import { hostsOf } from './play-hosts.js';
import type { PlayFlags } from './play-options.js';
import type { Prepared } from './prepare.js';
import type { Prompter } from './prompter.js';
import { hasKey, makeForRun, openForRun, RunStore, storeExists, storePath } from './run-store.js';
import type { Session } from './session.js';
import { keepsValues, type StoreUse, storeUse } from './store-use.js';

export interface StoreForRun {
  /** What it holds already. */
  readonly names: readonly string[];
  /** Made where values are to be kept and there is none, proved writable; `keep` is kept. What a check run would write is not. */
  ready(keep: readonly (readonly [name: string, value: Secret])[], run: string): Promise<RunStore>;
}

export interface StoreRequestForRun {
  readonly prepared: Prepared;
  readonly flags: PlayFlags;
  readonly prompter: Prompter;
  readonly session: Session;
}

/**
 * The customer's store as far as the playbook has to do with it: opened where it is there and may be read (asking for the passphrase only
 * then), made where the run captures values. Errors: `secrets/*`, before any host is contacted.
 */
export async function storeForRun({ prepared, flags, prompter, session }: StoreRequestForRun): Promise<StoreForRun> {
  const path = storePath(prepared.customerDirectory);
  const request = { path, identity: flags.identity, prompter, session };
  const use = storeUse(prepared.playbook, prepared.context, givenNames(prepared));
  const opened = storeExists(path) && wanted(use, { prepared, flags, prompter, session }) ? await openForRun(request) : undefined;
  return {
    names: opened?.names() ?? [],
    async ready(keep, run) {
      const writes = !flags.check && (use.captures || keep.length > 0);
      const store: SecretStore | undefined = opened ?? (writes ? await makeForRun(request) : undefined);
      if (writes) await store?.verifyWritable();
      for (const [name, value] of keep) if (!flags.check) await store?.set(name, value, { by: run });
      return new RunStore(store, path, session.terminal.masker, run);
    },
  };
}

/** Of a run that keeps values, a folder that cannot be written to is the store's error (status 5), before it is the lock's or the record's. */
export async function demandRoom({ playbook, customerDirectory }: Prepared, { check }: PlayFlags): Promise<void> {
  if (!check && keepsValues(playbook)) await proveRoom(storePath(customerDirectory));
}

/** Where the key is at hand, or somebody can be asked, a host's passwords may be in it too. */
function wanted(use: StoreUse, { prepared, flags, prompter, session }: StoreRequestForRun): boolean {
  if (use.reads || hasKey(flags.identity, session.env)) return true;
  const { inventory, extraVars, playbook } = prepared;
  const choice = { inventory, limit: flags.limit, cwd: session.cwd, extraVars };
  return prompter.canAsk && playbook.plays.some((play) => hostsOf(play, choice)?.some((host) => host !== 'localhost') ?? true);
}

function givenNames({ inventory, extraVars }: Prepared): ReadonlySet<string> {
  const layers = inventory.hostNames().flatMap((host) => inventory.variablesOf(host));
  return new Set([...Object.keys(extraVars), ...layers.flatMap((layer) => Object.keys(layer.values))]);
}
