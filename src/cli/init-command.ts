import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { domainToASCII } from 'node:url';
import { ChatsctlError, diagnostic, failure } from '../base/errors.js';
import { withValues } from '../source/edit-yaml.js';
import { exitStatus } from './exit.js';
import type { CliSay } from './messages.js';
import type { CommonFlags } from './play-options.js';
import type { Prompter } from './prompter.js';
import { printDiagnostic } from './report-error.js';
import { prompterFor, type Session } from './session.js';

export interface InitFlags extends CommonFlags {
  chatDomain?: string;
  meetingsDomain?: string;
  chatsHost?: string;
  meetingsHost?: string;
  user?: string;
}

type Answers = Required<Omit<InitFlags, keyof CommonFlags>>;

interface Question {
  readonly flag: string;
  readonly ask: Parameters<CliSay>[0];
  readonly preset?: string;
  readonly mayBeEmpty?: true;
  /** What the answer has to be; undefined: it is that. */
  readonly wrong: (answer: string) => 'a domain name' | 'an address or a name' | 'a user' | undefined;
}

const isWord = (text: string) => /^[^\s'"{}[\],#&*!|>%@`]+$/.test(text);
const isDomain = (text: string) => isWord(text) && text.includes('.') && domainToASCII(text) !== '';

const QUESTIONS: Readonly<Record<keyof Answers, Question>> = {
  chatDomain: { flag: '--chat-domain', ask: 'ask.chat-domain', wrong: (text) => (isDomain(text) ? undefined : 'a domain name') },
  meetingsDomain: {
    flag: '--meetings-domain',
    ask: 'ask.meetings-domain',
    wrong: (text) => (isDomain(text) ? undefined : 'a domain name'),
  },
  chatsHost: { flag: '--chats-host', ask: 'ask.chats-host', wrong: (text) => (isWord(text) ? undefined : 'an address or a name') },
  meetingsHost: {
    flag: '--meetings-host',
    ask: 'ask.meetings-host',
    mayBeEmpty: true,
    wrong: (text) => (text === '' || isWord(text) ? undefined : 'an address or a name'),
  },
  user: { flag: '--user', ask: 'ask.user', preset: 'root', wrong: (text) => (isWord(text) ? undefined : 'a user') },
};

/** Makes the folder of a customer from the package's inventory.example.yaml. Errors: `cli/folder-taken`, `cli/option-missing`, `cli/option-value`. */
export async function init(dir: string, flags: InitFlags, session: Session): Promise<number> {
  const folder = resolve(session.cwd, dir);
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw failure('cli/folder-taken', { path: dir, found: there.slice(0, 3).join(', ') });
  const answers = await ask(flags, session);
  const example = await readFile(join(session.packageDirectory, 'inventory.example.yaml'), 'utf8');
  await mkdir(join(folder, 'files'), { recursive: true });
  await writeFile(join(folder, 'inventory.yaml'), filledIn(example, answers));
  await writeFile(join(folder, '.gitignore'), '.chatsctl/\nfiles/*.key\n');
  const inventory = relative(session.cwd, join(folder, 'inventory.yaml'));
  session.terminal.stdout.line(session.say('init.made', { folder: dir, domain: answers.chatDomain, inventory }));
  return exitStatus.done;
}

async function ask(flags: InitFlags, session: Session): Promise<Answers> {
  const prompter = prompterFor(session, flags);
  const names = Object.keys(QUESTIONS) as (keyof Answers)[];
  const given: Partial<Answers> = {};
  if (!prompter.canAsk) {
    const missing = names.filter((name) => flags[name] === undefined && QUESTIONS[name].preset === undefined);
    const [first, ...rest] = missing.map((name) =>
      diagnostic('cli/option-missing', { option: QUESTIONS[name].flag, command: 'chatsctl init' }),
    );
    if (first) throw new ChatsctlError([first, ...rest]);
  }
  for (const name of names) given[name] = await answerTo(QUESTIONS[name], flags[name], prompter, session);
  return given as Answers;
}

/** What was given, else what is typed: until it is what it has to be. */
async function answerTo(question: Question, flag: string | undefined, prompter: Prompter, session: Session): Promise<string> {
  const { ask, preset, mayBeEmpty, wrong } = question;
  const isAsked = flag === undefined && prompter.canAsk;
  for (;;) {
    const answer = isAsked ? await prompter.text(session.say(ask), preset ?? (mayBeEmpty ? '' : undefined)) : (flag ?? preset ?? '');
    const expected = wrong(answer.trim());
    if (expected === undefined) return answer.trim();
    const mistake = diagnostic('cli/option-value', { option: question.flag, found: answer, expected });
    if (!isAsked) throw new ChatsctlError([mistake]);
    printDiagnostic(mistake, session);
  }
}

/** The example's comments stay: they say what else may be there. */
function filledIn(example: string, { chatDomain, meetingsDomain, chatsHost, meetingsHost, user }: Answers): string {
  const vars = (name: string) => ['all', 'vars', name];
  const server = (group: string, ...path: string[]) => ['all', 'children', group, 'hosts', ...path];
  return withValues(example, [
    [vars('chat_domain'), chatDomain],
    [vars('meetings_domain'), meetingsDomain],
    [vars('chat_certificate_file'), `files/${chatDomain}.crt`],
    [vars('chat_certificate_key_file'), `files/${chatDomain}.key`],
    [server('chats', 'chat1', 'ansible_host'), chatsHost],
    [server('chats', 'chat1', 'ansible_user'), user],
    ...(meetingsHost === ''
      ? [[server('meetings'), {}] as const]
      : [
          [server('meetings', 'meet1', 'ansible_host'), meetingsHost] as const,
          [server('meetings', 'meet1', 'ansible_user'), user] as const,
        ]),
  ]);
}
