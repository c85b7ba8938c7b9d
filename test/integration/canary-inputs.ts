import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import type { LabHost } from '../lab/host.js';
import type { Lab } from '../lab/lab.js';
import type { Canaries, CanaryName } from './canaries.js';

/** Of the role `said`, whose argument spec calls them secret. */
const OPTIONS: readonly CanaryName[] = [
  'inventory',
  'extra',
  'file',
  'loop',
  'diff',
  'error',
  'template',
  'environment',
  'stdin',
  'prompt',
  'response',
  'fact',
];
const GIVEN: readonly CanaryName[] = ['inventory', 'diff', 'error', 'template', 'environment', 'stdin', 'prompt', 'response'];

// Echoes what it is told in two pieces, as a slow line does; and says a token.
const ASKING = `printf 'Key: '; read -r key; head=$(printf %s "$key" | cut -c1-12)
printf 'prompt <%s' "$head"; sleep 0.7; printf '%s>\\n' "\${key#"$head"}"
printf 'Other: '; read -r other; echo "response <$other>"; echo "captured <$(cat /root/token)>"; echo Done
`;
const WAITING = `printf 'Key: '; read -r key; printf 'prompt <%s' "$key"; sleep 0.7; printf '>\\nwaiting\\n'; exec sleep 600\n`;

/** All that the operator writes, in one folder, which is the answer: the only place of the control machine where canaries may be. */
export async function writeInputs(lab: Lab, canaries: Canaries): Promise<string> {
  const written = await lab.writeInventory(join(lab.folder, 'inputs'));
  const { folder, privateKey } = written;
  const at = (name: string) => join(folder, name);
  await promisify(execFile)('ssh-keygen', ['-q', '-p', '-P', '', '-N', canaries.of('keypass'), '-f', privateKey]);
  const given = Object.fromEntries(GIVEN.map((name) => [`a_${name}`, canaries.of(name)]));
  const chat1 = {
    ansible_host: lab.chats.address,
    ansible_user: lab.user,
    ansible_ssh_private_key_file: privateKey,
    ansible_ssh_private_key_passphrase: canaries.of('keypass'),
    ansible_ssh_common_args: `-o UserKnownHostsFile=${written.knownHosts} -o IdentitiesOnly=yes`,
    servers: [{ host: 'a', login: { password: canaries.of('field') } }],
    a_loop: [canaries.of('loop')],
    ...given,
  };
  const option = { type: 'raw', no_log: true };
  const field = { type: 'list', elements: 'dict', options: { host: {}, login: { type: 'dict', options: { password: option } } } };
  const options = { ...Object.fromEntries(OPTIONS.map((name) => [`a_${name}`, option])), servers: field };
  const files: Record<string, unknown> = {
    'inventory.yaml': { all: { children: { chats: { hosts: { chat1 } } } } },
    'asked.yaml': { asked: canaries.of('asked') },
    'extra.yaml': { a_file: canaries.of('file') },
    'roles/said/meta/argument_specs.yaml': { argument_specs: { main: { options } } },
    'roles/said/tasks/main.yaml': aloud(canaries),
    'note.txt': 'template <{{ a_template }}> {{ lookup_file a_template }}\n',
    'pass.yaml': play(canaries, []),
    'fail.yaml': play(canaries, failing(at('note.txt'))),
    'wait.yaml': play(canaries, [
      { name: 'waits', expect: { command: '/root/wait.sh', id: 'canary-wait', dialogue: [KEY], silence: '5m' } },
    ]),
  };
  await lab.control.host.run(`mkdir -p ${at('roles/said/meta')} ${at('roles/said/tasks')} && chmod -R a+rwX ${at('roles')}`);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(at(name), typeof content === 'string' ? content : stringify(content, { lineWidth: 0 }), { mode: 0o600 });
  }
  return folder;
}

/** The programs that the playbooks run on the Chats server, and the token that one of them says. */
export async function writePrograms(host: LabHost, canaries: Canaries): Promise<void> {
  await host.writeFile('/root/ask.sh', ASKING, '0700');
  await host.writeFile('/root/wait.sh', WAITING, '0700');
  await host.writeFile('/root/token', canaries.of('captured'), '0600');
}

const KEY = { name: 'key', prompt: 'Key: $', answer: '{{ a_prompt }}', secret: true };

function play(canaries: Canaries, tasks: readonly object[]): object[] {
  const asks = [{ name: 'asked', prompt: 'Tell the canary' }];
  return [
    {
      name: 'canaries',
      hosts: 'chats',
      become: true,
      gather_facts: false,
      vars_prompt: asks,
      pre_tasks: [{ set_fact: { a_fact: `{{ regex_replace '-${canaries.of('fact')}-' '-' '' }}` } }],
      roles: ['said'],
      tasks,
    },
  ];
}

function aloud(canaries: Canaries): object[] {
  const texts = ['inventory', 'extra', 'file', 'fact'].map((name) => `${name} <{{ a_${name} }}>`);
  const others = [
    'store <{{ kept }}>',
    'field <{{ servers.[0].login.password }}>',
    'asked <{{ asked }}>',
    'become <{{ ansible_become_password }}>',
  ];
  const url = (path: string) => `http://me:${canaries.of('url')}@127.0.0.1:9/${path}`;
  return [
    { name: 'variables', debug: { msg: [...texts, ...others, 'keypass <{{ ansible_ssh_private_key_passphrase }}>'] } },
    { name: 'encoded', debug: { msg: '{{ b64encode a_inventory }} {{ to_json servers }}' } },
    { name: 'item', debug: { msg: 'loop <{{ item }}>' }, loop: '{{ a_loop }}' },
    { name: 'file', copy: { dest: '/root/aloud', content: 'diff <{{ a_diff }}>\nother = 1\n', mode: '0600' } },
    { name: 'input', command: { cmd: 'cat', stdin: 'stdin <{{ a_stdin }}>' } },
    { name: 'wrapped', shell: { cmd: 'base64 -w 20 | tee /dev/stderr', stdin: '{{ a_stdin }}' } },
    { name: 'environment', shell: 'echo "environment <$TOKEN>"', environment: { TOKEN: '{{ a_environment }}' } },
    { name: 'address', uri: { url: url('uri') }, ignore_errors: true },
    { name: 'download', get_url: { url: url('get_url'), dest: '/root/none' }, ignore_errors: true },
    { name: 'the password of it', debug: { msg: `url <${canaries.of('url')}>` } },
    { name: 'hidden', command: { cmd: 'cat', stdin: `hidden <${canaries.of('hidden')}>` }, no_log: true },
    { name: 'hidden dialogue', expect: hiddenDialogue(canaries), no_log: true },
    {
      name: 'dialogue',
      expect: {
        command: '/root/ask.sh',
        id: 'canary-ask',
        dialogue: [KEY],
        responses: { 'Other: $': '{{ a_response }}' },
        success: ['Done'],
        captures: { token: { pattern: 'captured <(\\S+)>', store: 'captured' } },
      },
    },
    { name: 'its token', debug: { msg: 'captured <{{ captured }}>' } },
  ];
}

function hiddenDialogue(canaries: Canaries): object {
  const command = `sh -c 'printf "Key: "; read -r key; echo "hidden <$key>"; sleep 1.5; echo Done'`;
  return { command, id: 'canary-hidden', dialogue: [{ name: 'key', prompt: 'Key: $', answer: canaries.of('hidden') }], success: ['Done'] };
}

function failing(note: string): object[] {
  return [
    { name: 'error', fail: { msg: 'error <{{ a_error }}>' }, ignore_errors: true },
    { name: 'no number', wait_for: { port: '{{ a_error }}{{ a_error }}{{ a_error }}' }, ignore_errors: true },
    { name: 'note', template: { src: note, dest: '/root/note' }, ignore_errors: true },
    { name: 'said', shell: { cmd: 'read -r said; echo "error <$said>" >&2; exit 3', stdin: '{{ a_error }}' } },
  ];
}
