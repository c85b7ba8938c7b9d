import { afterAll, expect, test } from 'vitest';
import { Folder } from './harness.js';

const folder = new Folder();
afterAll(() => folder.remove());

test.each<[string, string[], string, string?]>([
  ['a misspelt command', ['plya', 'x.yaml'], 'unknown command "plya" of "chatsctl"', 'did you mean "play"?'],
  ['a command that is nothing like one', ['frobnicate'], 'unknown command "frobnicate" of "chatsctl"'],
  ['a misspelt subcommand', ['secrets', 'shwo'], 'unknown command "shwo" of "chatsctl secrets"', 'did you mean "show"?'],
  ['a misspelt flag', ['play', 'x.yaml', '--chekc'], 'unknown option --chekc of "chatsctl play"', 'did you mean "--check"?'],
  ['a flag of another command', ['facts', 'all', '--tags', 'x'], 'unknown option --tags of "chatsctl facts"'],
  ['a flag with a value that is not known', ['play', '--no-such=1', 'x'], 'unknown option --no-such of "chatsctl play"'],
  ['a flag before the command', ['--nope'], 'unknown option --nope of "chatsctl"'],
  ['no playbook', ['play'], '"chatsctl play" needs the argument <playbook>'],
  ['no pattern', ['exec'], '"chatsctl exec" needs the argument <pattern>'],
  ['a flag without its value', ['play', 'x.yaml', '-i'], 'the option --inventory needs a value'],
  ['one argument too many', ['play', 'x.yaml', 'y.yaml'], '"chatsctl play" does not know what to do with "y.yaml"'],
  [
    'a choice that is none',
    ['play', 'x.yaml', '--output', 'jsn'],
    'found "jsn", expected "pretty" or "plain" or "json"',
    'did you mean "json"?',
  ],
  ['a number that is none', ['play', 'x.yaml', '--forks', '0'], 'the option --forks: found "0", expected a number >= 1'],
  ['a language that is not spoken', ['play', 'x.yaml', '--lang', 'de'], 'the option --lang: found "de", expected "en" or "ru"'],
])('%s is one error with status 4', async (_name, argv, message, hint) => {
  const { status, stdout, stderr } = await folder.run(argv);
  expect(status).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  if (hint === undefined) expect(stderr).not.toContain('did you mean');
  else expect(stderr).toContain(hint);
  expect(stderr.match(/^error: /gm)).toHaveLength(1);
});

test('errors of the command line are said in Russian too', async () => {
  const { stderr } = await folder.run(['plya'], { language: 'ru' });
  expect(stderr).toContain('ошибка: у «chatsctl» нет команды «plya»');
  expect(stderr).toContain('возможно, имелось в виду «play»?');
});

test('help and version go to stdout with status 0, and name every command', async () => {
  const help = await folder.run(['--help']);
  expect(help.status).toBe(0);
  for (const name of ['play', 'preflight', 'verify', 'exec', 'facts', 'inventory', 'secrets', 'runs', 'jobs']) {
    expect(help.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
  expect(await folder.run(['--version'])).toMatchObject({ status: 0, stdout: '0.1.0\n' });
});

test('no command at all is an error with the help on stderr', async () => {
  expect(await folder.run([])).toMatchObject({ status: 4, stdout: '', stderr: expect.stringContaining('Commands:') });
});
