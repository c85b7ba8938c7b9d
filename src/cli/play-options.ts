import { type Command, Option } from 'commander';
import type { Language } from '../base/messages/message.js';
import { oneOf, positive } from './command-line.js';

export interface CommonFlags {
  lang?: Language;
  yes?: boolean;
  input: boolean;
}

export interface InventoryFlags extends CommonFlags {
  inventory: string[];
}

/** Of everything that connects to hosts. */
export interface ConnectionFlags extends InventoryFlags {
  limit?: string;
  extraVars: string[];
  forks: number;
  become?: boolean;
  becomeUser?: string;
  askBecomePass?: boolean;
  askPass?: boolean;
  user?: string;
  privateKey?: string;
  timeout?: number;
  acceptNewHostKeys?: boolean;
  identity?: string;
  verbose: number;
  output?: 'pretty' | 'plain' | 'json';
}

/** What the flags of a run say, before anything is read. Names and meaning are Ansible's where Ansible has them. */
export interface RunFlags extends ConnectionFlags {
  tags: string[];
  skipTags: string[];
  check?: boolean;
  diff?: boolean;
  forceHandlers?: boolean;
  forget: string[];
  wait?: number | true;
  rolesPath?: string;
  junit?: string;
  report?: string;
}

export interface PlayFlags extends RunFlags {
  startAtTask?: string;
  step?: boolean;
  listHosts?: boolean;
  listTasks?: boolean;
  listTags?: boolean;
  syntaxCheck?: boolean;
  resume?: string | true;
}

const gather = (value: string, before: string[]) => [...before, value];
const gatherCommas = (value: string, before: string[]) => [
  ...before,
  ...value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean),
];

/** Options that may be repeated. */
export function listOption(flags: string, description: string): Option {
  return new Option(flags, description).default([], '').argParser(gather);
}

export function rolesPathOption(): Option {
  return new Option('--roles-path <paths>', 'further folders of roles, separated by ":" (or CHATSCTL_ROLES_PATH)');
}

/** Looked for in the whole command line before it is read (language.ts). */
export function languageOption(): Option {
  return new Option('--lang <language>', 'language of messages: en or ru (else the locale)').argParser(oneOf('--lang', ['en', 'ru']));
}

export function withCommon(command: Command): Command {
  return command
    .addOption(languageOption())
    .option('-y, --yes', 'answer confirmations with yes')
    .option('--no-input', 'never ask: what is missing is an error');
}

export function withInventory(command: Command): Command {
  return withCommon(
    command.addOption(listOption('-i, --inventory <path>', 'inventory: a YAML file, a folder of them, or "host1,host2,"; may be repeated')),
  );
}

export function withIdentity(command: Command): Command {
  return command.option('--identity <file>', 'age identity that opens the secrets store (or CHATSCTL_IDENTITY)');
}

/** Flags of everything that connects to hosts. */
export function withConnection(command: Command): Command {
  return withIdentity(withInventory(command))
    .option('-l, --limit <pattern>', 'only these hosts')
    .addOption(listOption('-e, --extra-vars <vars>', 'k=v, YAML or JSON, or @file; may be repeated'))
    .addOption(new Option('-f, --forks <n>', 'hosts at once').default(5).argParser(positive('--forks')))
    .option('-b, --become', 'become another user (root)')
    .option('--become-user <user>', 'whom to become')
    .option('-K, --ask-become-pass', 'ask for the become password')
    .option('-k, --ask-pass', 'ask for the login password')
    .option('-u, --user <user>', 'log in as this user')
    .option('--private-key <file>', 'log in with this key')
    .addOption(new Option('-T, --timeout <seconds>', 'connection timeout').argParser(positive('--timeout')))
    .option('--accept-new-host-keys', 'record an unknown host key at first sight (a changed one is always refused)')
    .addOption(
      new Option('-v, --verbose', 'show more; may be repeated').default(0, '').argParser((_value: string, before: number) => before + 1),
    )
    .addOption(
      new Option('--output <form>', 'pretty on a terminal, plain elsewhere, or json').argParser(
        oneOf('--output', ['pretty', 'plain', 'json']),
      ),
    );
}

export function withRun(command: Command): Command {
  return withConnection(command)
    .addOption(new Option('-t, --tags <tags>', 'only what has these tags').default([], '').argParser(gatherCommas))
    .addOption(new Option('--skip-tags <tags>', 'all but what has these tags').default([], '').argParser(gatherCommas))
    .option('-C, --check', 'change nothing; say what would change')
    .option('-D, --diff', 'show differences of what changes')
    .option('--force-handlers', 'run notified handlers even on hosts that failed')
    .addOption(new Option('--wait [seconds]', 'wait for another run to end instead of giving up').argParser(positive('--wait')))
    .addOption(listOption('--forget <id>', "drop a one-way step's marker on the hosts, so that it runs again"))
    .addOption(rolesPathOption())
    .option('--junit <file>', 'write a JUnit report')
    .option('--report <file>', 'write a report to read in a browser (HTML)');
}

export function withPlay(command: Command): Command {
  return withRun(command)
    .option('--start-at-task <name>', 'begin with the task of this name')
    .option('--step', 'ask before each task')
    .option('--list-hosts', 'list the hosts of each play, contact none')
    .option('--list-tasks', 'list the tasks, contact no host')
    .option('--list-tags', 'list the tags, contact no host')
    .option('--syntax-check', 'read and check everything, contact no host')
    .option('--resume [run]', 'run again, and run the handlers that earlier runs (or this one) left pending');
}
