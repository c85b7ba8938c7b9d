import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { ValueMap } from '../base/value.js';
import type { StorePort } from '../engine/ports.js';
import type { Masker } from '../secrets/masker.js';
import { createStore, type NewKey, openStore, type SecretStore } from '../secrets/store.js';
import type { KeySources } from '../secrets/store-key.js';
import type { Prompter } from './prompter.js';
import type { Session } from './session.js';

export function storePath(customerDirectory: string): string {
  return join(customerDirectory, 'secrets.age');
}

/** How the key is found: identity file, passphrase in the environment, else by asking. */
function keySources(
  path: string,
  { identity, prompter, session }: { identity: string | undefined; prompter: Prompter; session: Session },
): KeySources {
  return {
    env: session.env,
    identityFile: identity,
    askPassphrase: async () => (prompter.canAsk ? prompter.secret(session.say('ask.store', { path })) : undefined),
  };
}

/** The key is at hand without asking. */
export function hasKey(identity: string | undefined, env: Session['env']): boolean {
  return Boolean(identity || env['CHATSCTL_IDENTITY'] || env['CHATSCTL_SECRETS_PASSPHRASE']);
}

/** For a store that is made: by the same means as one is opened; undefined where there is none and nobody can be asked. */
export async function newKey(
  path: string,
  identity: string | undefined,
  prompter: Prompter,
  session: Session,
): Promise<NewKey | undefined> {
  const identityFile = identity ?? session.env['CHATSCTL_IDENTITY'];
  if (identityFile) return { recipients: [], identityFile };
  const passphrase = session.env['CHATSCTL_SECRETS_PASSPHRASE'];
  if (passphrase) return { passphrase: new Secret(passphrase) };
  return prompter.canAsk ? { passphrase: await prompter.newSecret(session.say('ask.new-store', { path })) } : undefined;
}

export interface StoreRequest {
  readonly path: string;
  readonly identity: string | undefined;
  readonly prompter: Prompter;
  readonly session: Session;
}

/** Opens a store that is there; all that it holds is masked from then on. */
export async function openForRun(request: StoreRequest): Promise<SecretStore> {
  const store = await openStore({ path: request.path, clock: request.session.clock, ...keySources(request.path, request) });
  for (const secret of store.secrets()) request.session.terminal.masker.add(secret.reveal());
  return store;
}

export async function makeForRun({ path, identity, prompter, session }: StoreRequest): Promise<SecretStore> {
  const key = await newKey(path, identity, prompter, session);
  if (!key) throw failure('secrets/missing', { path });
  const store = await createStore({ ...key, path, clock: session.clock });
  session.terminal.stderr.line(session.say('store.made', { path }));
  return store;
}

export function storeExists(path: string): boolean {
  return existsSync(path);
}

/** The store as the engine sees it. Without one there is nothing to read, and keeping a value fails. */
export class RunStore implements StorePort {
  constructor(
    private readonly store: SecretStore | undefined,
    private readonly path: string,
    private readonly masker: Masker,
    /** Who sets values: the run. */
    private readonly by: string,
  ) {}

  get fingerprint(): ((text: string) => string) | undefined {
    const { store } = this;
    return store && ((text) => store.fingerprint(text));
  }

  get(name: string): Secret | undefined {
    return this.store?.get(name);
  }

  async set(name: string, value: Secret, from?: string): Promise<void> {
    this.masker.add(value.reveal());
    if (!this.store) throw failure('secrets/missing', { path: this.path });
    await this.store.set(name, value, { by: this.by, from });
  }

  async keepApart(name: string, value: Secret, from: string): Promise<string> {
    for (let count = 1; ; count++) {
      const apart = `${name}_unconfirmed${count > 1 ? count : ''}`;
      const there = this.get(apart);
      if (there?.reveal() === value.reveal()) return apart;
      if (there) continue;
      await this.set(apart, value, from);
      return apart;
    }
  }

  variables(): ValueMap {
    return this.store?.values() ?? {};
  }
}
