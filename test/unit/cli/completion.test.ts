import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { Folder } from './harness.js';

const folder = new Folder();
afterAll(() => folder.remove());
const script = async (shell: string) => (await folder.run(['completion', shell])).stdout;

/** What bash offers for a line whose last word is being typed. */
async function offered(...line: readonly string[]): Promise<string[]> {
  const words = ['chatsctl', ...line];
  const ask = `${await script('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chatsctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', ask, 'bash', ...words], { cwd: folder.path, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
}

it('bash: commands, commands of commands, options, files', async () => {
  folder.write({ 'site.yaml': '[]\n', 'other.txt': '' });
  expect(await offered('pl')).toEqual(['play']);
  expect(await offered('secrets', 'ini')).toEqual(['init']);
  expect(await offered('play', '--list-')).toEqual(['--list-hosts', '--list-tasks', '--list-tags']);
  expect(await offered('play', 'si')).toEqual(['site.yaml']);
  expect(await offered('play', 'site.yaml', '--inventory', 'si')).toEqual(['site.yaml']);
  expect(await offered('jobs', 'stop', '--no-i')).toEqual(['--no-input']);
});

// Where the shell is there it reads the script itself.
it.each(['zsh', 'fish'])('%s: every command is in it', async (shell) => {
  const text = await script(shell);
  for (const command of ['play', 'preflight', 'lint', 'secrets', 'rekey', '--start-at-task'])
    expect(text).toContain(command.replace(/^--/, shell === 'fish' ? '' : '--'));
  folder.write({ [`completion.${shell}`]: text });
  const checked = spawnSync(shell, ['-n', `completion.${shell}`], { cwd: folder.path, encoding: 'utf8' });
  if (checked.error === undefined) expect(checked).toMatchObject({ status: 0, stderr: '' });
});

it('an unknown shell is an error that names the known', async () => {
  expect(await folder.run(['completion', 'tcsh'])).toMatchObject({
    status: 4,
    stderr: expect.stringContaining('"bash" or "zsh" or "fish"'),
  });
});
