// Nothing secret leaves the tool: a whole installation in its most talkative forms, then every place is searched where a value could have
// come to lie. Each search finds something that it is meant to find as well, so that an empty answer says something.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandResult } from '../lab/docker.js';
import type { LabHost } from '../lab/host.js';
import { type Lab, startLab } from '../lab/lab.js';
import { sampleArgv } from '../lab/sample-argv.js';
import { encoded } from './canaries.js';
import { Customer, PASSPHRASE } from './customer.js';

/** The echoing installer says what it was told: its text is shown, with something else in the value's place. */
const DIALOGUE = /License key: \*{8}\W.*Client secret: \*{8}\W/s;

describe.each(['plain', 'json'])('install.yaml with --output %s -vvv --diff', (form) => {
  let lab: Lab;
  let customer: Customer;
  /** The installer says first that it failed, and what the operator sees then is the end of its dialogue. */
  let failed: CommandResult;
  let played: CommandResult;
  /** Name → value. */
  let secrets: Record<string, string>;
  /** Machine → command lines that were seen while the run went on. */
  let commandLines: Record<string, string[]>;

  beforeAll(async () => {
    lab = await startLab({ sudo: 'password', faults: ['hosts-loopback'], variant: { echo: true, faults: ['failure-exit-0'] } });
    const sampler = sampleArgv([lab.control.host, lab.chats, lab.meetings]);
    customer = await Customer.of(lab, { sudoPassword: true });
    const play = () => customer.run(['play', 'playbooks/install.yaml', '--output', form, '-vvv', '--diff']);
    failed = await play();
    await lab.variant({ faults: [] });
    played = await play();
    commandLines = await sampler.stop();
    const { clientSecrets, tokens } = await lab.vendor.issued();
    secrets = {
      'client secret': clientSecrets[0] ?? '',
      token: tokens[0] ?? '',
      'licence key': lab.secrets.licenseKey,
      'sudo password': lab.secrets.userPassword,
      passphrase: PASSPHRASE,
    };
  });
  afterAll(() => lab?.stop());

  /** `name in place` for every secret that the text holds in some form. */
  function leaks(place: string, text: string): string[] {
    return Object.entries(secrets).flatMap(([name, value]) =>
      [value, ...encoded(value)].some((each) => text.includes(each)) ? [`${name} in ${place}`] : [],
    );
  }

  /** Paths below a folder of this machine, with what is in the files. */
  async function filesIn(folder: string): Promise<[path: string, content: string][]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    return Promise.all(files.map(async (path) => [path, await readFile(path, 'latin1')] as [string, string]));
  }

  /** Files of a host that hold a secret, wherever they are: `name in path`. */
  async function heldBy(host: LabHost): Promise<string[]> {
    const found = await Promise.all(
      Object.entries(secrets).map(async ([name, value]) => {
        // The patterns come by standard input: they are in no file and no command line of the host.
        const search = 'grep -rlaF -D skip --exclude-dir=proc --exclude-dir=sys -f - / 2>/dev/null; true';
        const paths = await host.run(search, { input: `${[value, ...encoded(value)].join('\n')}\n` });
        return paths
          .split('\n')
          .filter(Boolean)
          .map((path) => `${name} in ${path}`);
      }),
    );
    return found.flat();
  }

  test('it installs, and every secret is there to be found', async () => {
    expect(failed.code, failed.stdout + failed.stderr).toBe(2);
    expect(played.code, played.stdout + played.stderr).toBe(0);
    for (const [name, value] of Object.entries(secrets)) expect(value.length, name).toBeGreaterThanOrEqual(12);
    expect((await lab.counters()).successes).toEqual({ cfglink: 1, install: 1, token: 1 });
  });

  test('stdout and stderr', () => {
    for (const { stdout, stderr } of [failed, played]) expect([...leaks('stdout', stdout), ...leaks('stderr', stderr)]).toEqual([]);
    expect(failed.stdout).toMatch(DIALOGUE);
  });

  test('the journal, and whatever else is written on the control machine', async () => {
    const files = await filesIn(lab.folder);
    expect(files.flatMap(([path, text]) => leaks(relative(lab.folder, path), text))).toEqual([]);
    const journal = files.filter(([path]) => path.includes('/.chatsctl/runs/'));
    expect(journal.some(([, text]) => DIALOGUE.test(text))).toBe(true);
    expect(files.some(([path, text]) => path.endsWith('/secrets.age') && text.includes('AGE ENCRYPTED FILE'))).toBe(true);
    const elsewhere = await heldBy(lab.control.host);
    expect(elsewhere).toEqual([]);
  });

  test('command lines on all three machines', () => {
    for (const [machine, lines] of Object.entries(commandLines))
      expect(lines.flatMap((line) => leaks(`${machine}: ${line}`, line))).toEqual([]);
    const seen = (machine: string, pattern: RegExp) => commandLines[machine]?.some((line) => pattern.test(line));
    expect(seen('control', /cli\.js play .*install\.yaml/)).toBe(true);
    expect(seen('chats', /sudo -H -S/)).toBe(true);
    expect(seen('chats', /installer\.sh/)).toBe(true);
    expect(seen('meetings', /add_chats_token\.sh/)).toBe(true);
  });

  test('files on the servers', async () => {
    for (const host of [lab.chats, lab.meetings]) {
      const token = secrets.token ?? '';
      await host.writeFile('/root/planted', `see: ${Buffer.from(token).toString('base64')}\n`);
      await host.writeFile('/run/planted', `a ${secrets['licence key']} z`);
      expect((await heldBy(host)).sort(), host.name).toEqual(['licence key in /run/planted', 'token in /root/planted']);
      await host.run('rm /root/planted /run/planted');
    }
  });

  test('a playbook that says secrets aloud, plainly and encoded', async () => {
    const aloud = {
      plain: '<{{ chat_license_key }}>',
      list: '<{{ to_json chat_client_secret }}>',
      encoded: '<{{ b64encode chat_integration_token }}>',
    };
    const tasks = [
      { name: 'says <{{ chat_license_key }}>', debug: { msg: aloud } },
      { name: 'a command says it', command: { argv: ['tr', 'a', 'a'], stdin: '<{{ chat_integration_token }}>' } },
      { name: 'a file has it', copy: { dest: '/root/aloud', content: 'key = {{ chat_client_secret }}\n' }, become: true },
      { name: 'an error has it', fail: { msg: 'not <{{ ansible_become_password }}>' } },
    ];
    const playbook = join(customer.folder, 'aloud.yaml');
    await writeFile(playbook, JSON.stringify([{ hosts: 'chats', gather_facts: false, tasks }]));
    const said = await customer.run(['play', playbook, '--output', form, '-vvv', '--diff']);
    expect(said.code, said.stdout + said.stderr).toBe(2);
    expect([...leaks('stdout', said.stdout), ...leaks('stderr', said.stderr)]).toEqual([]);
    expect(said.stdout.split('<********>').length - 1).toBeGreaterThanOrEqual(5);
    expect(said.stdout).toContain('key = ********');
    expect((await filesIn(join(customer.folder, '.chatsctl'))).flatMap(([path, text]) => leaks(path, text))).toEqual([]);
    // And it is the value itself that was written.
    expect(await lab.chats.readFile('/root/aloud')).toBe(`key = ${secrets['client secret']}\n`);
  });
});
