import type { Secret } from '../base/secret.js';
import type { SourceValue } from '../base/template-text.js';
import type { RunOptions } from '../engine/options.js';
import type { CliSay } from './messages.js';
import type { ConnectionFlags, PlayFlags, RunFlags } from './play-options.js';
import type { Prompter } from './prompter.js';

export interface Passwords {
  readonly login: Secret | undefined;
  readonly become: Secret | undefined;
}

const CONNECT_TIMEOUT_S = 10;
const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;

/** `-k` and `-K`, each asked once for all hosts. */
export async function askPasswords(flags: ConnectionFlags, prompter: Prompter, say: CliSay): Promise<Passwords> {
  const login = flags.askPass ? await prompter.secret(say('ask.login-password')) : undefined;
  const asked = flags.askBecomePass ? await prompter.secret(say('ask.become-password')) : undefined;
  return { login, become: asked?.reveal() === '' ? login : asked };
}

export function lockWaitMs({ wait }: Pick<RunFlags, 'wait'>): number {
  if (wait === undefined) return 0;
  return wait === true ? FOR_EVER_MS : wait * 1000;
}

export function connectTimeoutMs(flags: ConnectionFlags): number {
  return (flags.timeout ?? CONNECT_TIMEOUT_S) * 1000;
}

export interface RunValues {
  readonly extraVars: Readonly<Record<string, SourceValue>>;
  readonly passwords: Passwords;
  readonly pending: RunOptions['pending'];
  readonly locksHosts: boolean;
}

export function runOptions(flags: PlayFlags, { extraVars, passwords, pending, locksHosts }: RunValues): RunOptions {
  return {
    check: flags.check === true,
    diff: flags.diff === true,
    forks: flags.forks,
    limit: flags.limit,
    tags: flags.tags,
    skipTags: flags.skipTags,
    verbosity: flags.verbose,
    extraVars,
    become: flags.become === true || flags.becomeUser !== undefined,
    becomeUser: flags.becomeUser,
    becomePassword: passwords.become,
    loginPassword: passwords.login,
    remoteUser: flags.user,
    privateKeyFile: flags.privateKey,
    connectTimeoutMs: connectTimeoutMs(flags),
    acceptNewHostKeys: flags.acceptNewHostKeys === true,
    startAtTask: flags.startAtTask,
    step: flags.step === true,
    forceHandlers: flags.forceHandlers === true,
    forget: flags.forget,
    pending,
    resume: flags.resume !== undefined,
    locksHosts,
    lockWaitMs: lockWaitMs(flags),
  };
}
