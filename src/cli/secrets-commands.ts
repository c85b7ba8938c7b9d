import { buffer } from 'node:stream/consumers';
import { failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import { createStore, type NewKey, type SecretStore } from '../secrets/store.js';
import { customerDirectory } from './customer-directory.js';
import { exitStatus } from './exit.js';
import { operatorName } from './operator.js';
import type { InventoryFlags } from './play-options.js';
import { newKey, openForRun, storePath } from './run-store.js';
import { prompterFor, type Session } from './session.js';
import { table } from './table.js';
import type { InputStream } from './terminal.js';

export interface StoreFlags extends InventoryFlags {
  identity?: string;
}

export async function initStore(flags: StoreFlags & { recipient: string[] }, session: Session): Promise<number> {
  const path = pathOf(flags, session);
  const identityFile = flags.identity ?? session.env['CHATSCTL_IDENTITY'];
  const key: NewKey | undefined =
    flags.recipient.length > 0
      ? { recipients: flags.recipient, identityFile }
      : await newKey(path, flags.identity, prompterFor(session, flags), session);
  if (!key) throw failure('cli/cannot-ask', { question: session.say('ask.new-store', { path }) });
  await createStore({ ...key, path, clock: session.clock });
  session.terminal.stderr.line(session.say('store.made', { path }));
  return exitStatus.done;
}

export async function showStore(flags: StoreFlags, session: Session): Promise<number> {
  const store = await open(flags, session);
  const { say, terminal } = session;
  const rows = store.names().map((name) => {
    const { at = '', by = '', from = '', fingerprint = '' } = store.describe(name) ?? {};
    return [name, at, by, from, fingerprint];
  });
  if (rows.length === 0) terminal.stderr.line(say('store.empty'));
  else
    terminal.stdout.write(
      table([say('table.name'), say('table.changed'), say('table.by'), say('table.from'), say('table.fingerprint')], rows),
    );
  return exitStatus.done;
}

/** The value comes from a prompt, or from standard input without its last line feed; never from the command line. */
export async function setSecret(name: string, flags: StoreFlags & { from?: string }, session: Session): Promise<number> {
  checkName(name);
  const { terminal, say } = session;
  const store = await open(flags, session);
  const prompter = prompterFor(session, flags);
  const value = terminal.stdin.isTTY ? await prompter.secret(say('ask.secret', { name })) : await piped(terminal.stdin);
  if (value.reveal() === '') throw failure('cli/secret-empty', { name });
  terminal.masker.add(value.reveal());
  await store.set(name, value, { by: operatorName(session.env), from: flags.from });
  terminal.stderr.line(say('store.kept', { name }));
  return exitStatus.done;
}

/** The only place where a secret is printed: it is what was asked for. */
export async function getSecret(name: string, flags: StoreFlags, session: Session): Promise<number> {
  const store = await open(flags, session);
  const value = store.get(name);
  if (!value) throw failure('cli/no-secret', { name, path: store.path });
  await session.terminal.stdout.reveal(`${value.reveal()}${session.terminal.stdout.isTerminal ? '\n' : ''}`);
  return exitStatus.done;
}

export async function rekeyStore(flags: StoreFlags & { recipient: string[] }, session: Session): Promise<number> {
  const store = await open(flags, session);
  await store.rekey(await nextKey(flags.recipient, store.path, flags, session));
  session.terminal.stderr.line(session.say('store.rekeyed', { path: store.path }));
  return exitStatus.done;
}

async function nextKey(recipients: readonly string[], path: string, flags: StoreFlags, session: Session): Promise<NewKey> {
  if (recipients.length > 0) return { recipients, identityFile: flags.identity ?? session.env['CHATSCTL_IDENTITY'] };
  const given = session.env['CHATSCTL_SECRETS_NEW_PASSPHRASE'];
  if (given) return { passphrase: new Secret(given) };
  return { passphrase: await prompterFor(session, flags).newSecret(session.say('ask.new-store', { path })) };
}

export function checkName(name: string): void {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw failure('cli/secret-name', { name });
}

/** The store beside the inventory; what it holds is masked from here on. */
export function open(flags: StoreFlags, session: Session): Promise<SecretStore> {
  return openForRun({ path: pathOf(flags, session), identity: flags.identity, prompter: prompterFor(session, flags), session });
}

function pathOf(flags: StoreFlags, { cwd }: Session): string {
  return storePath(customerDirectory(flags, 'secrets', cwd));
}

async function piped(stdin: InputStream): Promise<Secret> {
  return new Secret((await buffer(stdin)).toString('utf8').replace(/\r?\n$/, ''));
}
