import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { RenderContext } from '../variables.js';
import { type EagerHelper, HelperError, text } from './helper.js';

export const files: readonly EagerHelper[] = [
  {
    name: 'lookup_file',
    signature: 'lookup_file path [keep_newline=true]',
    summary:
      'A text file of the control machine, without its last line feeds. A relative path is looked for in the role’s and the playbook’s files/ and beside the playbook.',
    example: { template: '{{ lookup_file "motd.txt" }}', result: 'Welcome' },
    arity: [1, 1],
    volatile: true,
    run: ([path], { variables, hash }) => {
      const content = readText(text(path, 'the path'), variables.context);
      return hash['keep_newline'] === true ? content : content.replace(/[\r\n]+$/, '');
    },
  },
  {
    name: 'lookup_env',
    signature: 'lookup_env name',
    summary: 'A variable of the control machine’s environment.',
    example: { template: '{{ lookup_env "LANG" }}', result: 'C.UTF-8' },
    arity: [1, 1],
    volatile: true,
    run: ([name], { variables }) => {
      const value = variables.context.env[text(name, 'the name')];
      if (value === undefined) throw new HelperError(`the environment has no ${text(name)}`);
      return value;
    },
  },
  {
    name: 'expanduser',
    signature: 'expanduser path',
    summary: 'A path of the control machine whose leading ~ is the operator’s home folder.',
    example: { template: '{{ expanduser "~/chats.crt" }}', result: '/home/admin/chats.crt' },
    arity: [1, 1],
    run: ([path], { variables }) => expandUser(text(path, 'the path'), variables.context),
  },
  {
    name: 'path_join',
    signature: 'path_join folder path…',
    summary: 'Paths as one; an absolute one drops what stands before it.',
    example: { template: '{{ path_join "/customers/acme" "files/chats.crt" }}', result: '/customers/acme/files/chats.crt' },
    arity: [1, 20],
    run: (paths) => paths.map((path) => text(path, 'the path')).reduce(joinPath),
  },
];

/** As Python's os.path.expanduser for the operator; other users' homes are not looked up. */
function expandUser(path: string, { env }: RenderContext): string {
  if (!path.startsWith('~')) return path;
  if (!/^~(?:\/|$)/.test(path)) throw new HelperError(`${path} is in the home folder of another user: write the path in full`);
  return `${(env['HOME'] ?? homedir()).replace(/\/+$/, '')}${path.slice(1)}`;
}

/** As Python's os.path.join. */
function joinPath(before: string, path: string): string {
  if (path.startsWith('/') || before === '') return path;
  return before.endsWith('/') ? `${before}${path}` : `${before}/${path}`;
}

function readText(path: string, { searchPaths }: RenderContext): string {
  const candidates = isAbsolute(path) ? [path] : searchPaths.map((folder) => join(folder, path));
  for (const candidate of candidates) {
    try {
      return readFileSync(candidate, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) continue;
      throw new HelperError(error instanceof Error ? error.message : String(error));
    }
  }
  throw new HelperError(`there is no file ${candidates.join(', nor ') || path}`);
}
