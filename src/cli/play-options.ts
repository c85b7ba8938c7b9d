import { type Command, InvalidArgumentError, Option } from 'commander';

/** What the flags of a run say, before anything is read. Names and meaning are Ansible's where Ansible has them. */
export interface RunFlags {
  inventory: string[];
  limit?: string;
  tags: string[];
  skipTags: string[];
  extraVars: string[];
  check?: boolean;
  diff?: boolean;
  forks: number;
  become?: boolean;
  becomeUser?: string;
  askBecomePass?: boolean;
  askPass?: boolean;
  user?: string;
  privateKey?: string;
  timeout?: number;
  startAtTask?: string;
  step?: boolean;
  listHosts?: boolean;
  listTasks?: boolean;
  listTags?: boolean;
  syntaxCheck?: boolean;
  forceHandlers?: boolean;
  flushCache?: boolean;
  forget: string[];
  resume?: string | true;
  wait?: number | true;
  output?: 'pretty' | 'plain' | 'json';
  junit?: string;
  lang?: 'en' | 'ru';
  yes?: boolean;
  input: boolean;
  verbose: number;
  identity?: string;
  rolesPath?: string;
  acceptNewHostKeys?: boolean;
}

const gather = (value: string, before: string[]) => [...before, value];
const gatherCommas = (value: string, before: string[]) => [
  ...before,
  ...value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean),
];

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number of 1 or more.');
  return number;
}

export function withInventory(command: Command): Command {
  return command.addOption(
    new Option('-i, --inventory <path>', 'inventory: a YAML file, a folder of them, or "host1,host2,"; may be repeated')
      .default([], '')
      .argParser(gather),
  );
}

/** Flags of everything that connects to hosts. */
export function withConnection(command: Command): Command {
  return withInventory(command)
    .option('-l, --limit <pattern>', 'only these hosts')
    .addOption(new Option('-e, --extra-vars <vars>', 'k=v, YAML or JSON, or @file; may be repeated').default([], '').argParser(gather))
    .addOption(new Option('-f, --forks <n>', 'hosts at once').default(5).argParser(positive))
    .option('-b, --become', 'become another user (root)')
    .option('--become-user <user>', 'whom to become')
    .option('-K, --ask-become-pass', 'ask for the become password')
    .option('-k, --ask-pass', 'ask for the login password')
    .option('-u, --user <user>', 'log in as this user')
    .option('--private-key <file>', 'log in with this key')
    .addOption(new Option('-T, --timeout <seconds>', 'connection timeout').argParser(positive))
    .option('--accept-new-host-keys', 'record an unknown host key at first sight (a changed one is always refused)')
    .option('--identity <file>', 'age identity that opens the secrets store (or CHATSCTL_IDENTITY)')
    .addOption(
      new Option('-v, --verbose', 'show more; may be repeated').default(0, '').argParser((_value: string, before: number) => before + 1),
    )
    .addOption(new Option('--output <form>', 'pretty on a terminal, plain elsewhere, or json').choices(['pretty', 'plain', 'json']))
    .addOption(new Option('--lang <language>', 'language of messages').choices(['en', 'ru']))
    .option('-y, --yes', 'answer confirmations with yes')
    .option('--no-input', 'never ask: what is missing is an error');
}

export function withRun(command: Command): Command {
  return withConnection(command)
    .addOption(new Option('-t, --tags <tags>', 'only what has these tags').default([], '').argParser(gatherCommas))
    .addOption(new Option('--skip-tags <tags>', 'all but what has these tags').default([], '').argParser(gatherCommas))
    .option('-C, --check', 'change nothing; say what would change')
    .option('-D, --diff', 'show differences of what changes')
    .option('--force-handlers', 'run notified handlers even on hosts that failed')
    .addOption(new Option('--wait [seconds]', 'wait for another run to end instead of giving up').argParser(positive))
    .addOption(
      new Option('--forget <id>', "drop a one-way step's marker on the hosts, so that it runs again").default([], '').argParser(gather),
    )
    .option('--roles-path <paths>', 'further folders of roles, separated by ":"')
    .option('--junit <file>', 'write a JUnit report');
}

export function withPlay(command: Command): Command {
  return withRun(command)
    .option('--start-at-task <name>', 'begin with the task of this name')
    .option('--step', 'ask before each task')
    .option('--list-hosts', 'list the hosts of each play, contact none')
    .option('--list-tasks', 'list the tasks, contact no host')
    .option('--list-tags', 'list the tags, contact no host')
    .option('--syntax-check', 'read and check everything, contact no host')
    .option('--resume [run]', 'run again and run the handlers that the last (or this) run left pending');
}
