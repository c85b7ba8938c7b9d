import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, realpath, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ChatsctlError, failure } from '../base/errors.js';
import { SourceText } from '../base/position.js';
import { Secret } from '../base/secret.js';
import type { SecretStore } from '../secrets/store.js';
import { parseYaml } from '../source/yaml.js';
import { exitStatus } from './exit.js';
import { operatorName } from './operator.js';
import { childEnvironment } from './secret-environment.js';
import { open, type StoreFlags } from './secrets-commands.js';
import type { Session } from './session.js';

/** Linux: statfs(2) of tmpfs and ramfs. */
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
const PRIVATE = 0o600;

/** All values as YAML in an editor; the file lives in memory, for its owner alone, and is gone afterwards. What cannot be read changes nothing. */
export async function editSecrets(flags: StoreFlags, session: Session): Promise<number> {
  const { env, terminal, say, interrupt } = session;
  const store = await open(flags, session);
  const folder = await mkdtemp(join(await memoryFolder(env), 'chatsctl-'));
  const file = join(folder, 'secrets.yaml');
  try {
    const before = new Map(store.names().map((name) => [name, store.get(name)?.reveal() ?? '']));
    const lines = [...before].map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
    await writeFile(file, `# ${say('store.edit-head')}\n${lines.join('')}`, { mode: PRIVATE, flag: 'wx' });
    // Ctrl-C is a key of editors; a second one must not end us before the file is wiped.
    await interrupt.hold(() => runEditor(file, env));
    const changed = await applyEdited(await readFile(file, 'utf8'), before, store, operatorName(env));
    for (const name of changed.set) terminal.stderr.line(say('store.kept', { name }));
    for (const name of changed.removed) terminal.stderr.line(say('store.removed', { name }));
    if (changed.set.length + changed.removed.length === 0) terminal.stderr.line(say('store.unchanged'));
  } finally {
    await wipe(file);
    await rm(folder, { recursive: true, force: true });
  }
  return exitStatus.done;
}

/** Sets what is new or other, deletes what is no longer there. Errors: `cli/edited`, without a word of the text. */
export async function applyEdited(
  text: string,
  before: ReadonlyMap<string, string>,
  store: Pick<SecretStore, 'set' | 'delete'>,
  by: string,
): Promise<{ set: string[]; removed: string[] }> {
  const after = parseSecrets(text);
  const set = [...after].filter(([name, value]) => before.get(name) !== value);
  const removed = [...before.keys()].filter((name) => !after.has(name));
  for (const [name, value] of set) await store.set(name, new Secret(value), { by });
  for (const name of removed) await store.delete(name);
  return { set: set.map(([name]) => name), removed };
}

function parseSecrets(text: string): Map<string, string> {
  const node = parse(text);
  if (node.kind === 'scalar' && node.value === null) return new Map();
  if (node.kind !== 'map') throw failure('cli/edited', { reason: 'it is no mapping' });
  return new Map(
    node.entries.map(({ key, value }) => {
      if (!/^[A-Za-z_]\w*$/.test(key)) throw failure('cli/edited', { reason: `"${key}" is no name of a variable` });
      if (value.kind !== 'scalar' || value.text === '') throw failure('cli/edited', { reason: `the value of "${key}" is no text` });
      return [key, value.text];
    }),
  );
}

/** Only the line is told: an excerpt would show a secret. */
function parse(text: string) {
  try {
    return parseYaml(new SourceText('secrets.yaml', text));
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    const { position } = error.diagnostics[0];
    const line = position?.source.lineColumn(position.offset).line;
    throw failure('cli/edited', { reason: `line ${line ?? '?'} is no YAML` });
  }
}

async function memoryFolder(env: Session['env']): Promise<string> {
  const folders = [env['XDG_RUNTIME_DIR'] || '/dev/shm', '/dev/shm', '/run'];
  for (const folder of folders) if (await isInMemory(folder)) return folder;
  throw failure('cli/no-ram-disk', { folders: folders.join(', ') });
}

async function isInMemory(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return IN_MEMORY.has((await statfs(folder)).type);
  } catch {
    return false;
  }
}

async function runEditor(file: string, env: Session['env']): Promise<void> {
  const editor = env['VISUAL'] || env['EDITOR'] || 'vi';
  // As git and sudoedit do: the variable may hold arguments.
  const child = spawn('/bin/sh', ['-c', `${editor} ${await privately(editor, env)} "$1"`, 'sh', file], {
    stdio: 'inherit',
    env: childEnvironment(env),
  });
  const [code, signal]: (number | string | null)[] = await once(child, 'exit');
  if (code !== 0) throw failure('cli/editor', { editor, reason: String(code ?? signal) });
}

/** Vim writes swap, undo, backup and history files wherever its user wants them: none of them this time. */
async function privately(editor: string, env: Session['env']): Promise<string> {
  const [program = ''] = editor.trim().split(/\s+/);
  const folders = program.includes('/') ? [''] : (env['PATH'] ?? '').split(':');
  const real = await Promise.any(folders.map((folder) => realpath(join(folder, program)))).catch(() => program);
  return /^(n?vim?|vim\.\w+|vimx|gvim)$/.test(basename(program)) && /vim/.test(basename(real))
    ? `-n -i NONE -c 'silent! set nobackup nowritebackup noundofile'`
    : '';
}

/** Its bytes go before its name does. */
async function wipe(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found) await writeFile(file, Buffer.alloc(found.size)).catch(() => {});
}
