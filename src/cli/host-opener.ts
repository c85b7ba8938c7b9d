import { homedir } from 'node:os';
import type { Secret } from '../base/secret.js';
import type { SshTarget } from '../connection/connection.js';
import { connectLocal } from '../connection/local.js';
import { connectSsh } from '../connection/ssh.js';
import type { SshContext } from '../connection/ssh-context.js';
import { openHost } from '../host/host.js';
import type { Host, HostEvent } from '../host/port.js';
import type { Prompter } from './prompter.js';
import { childEnvironment } from './secret-environment.js';
import type { Session } from './session.js';

export type OpenHost = (name: string, target: SshTarget | 'local') => Promise<Host>;

/** Connects as the flags and the inventory say; passwords and passphrases that nothing gives are asked for where somebody is there. */
export function hostOpener(
  session: Session,
  { prompter, verbosity, onEvent }: { prompter: Prompter; verbosity: number; onEvent: (host: string, event: HostEvent) => void },
): OpenHost {
  const { terminal, env, clock, interrupt, say } = session;
  const asked = new Map<string, Promise<Secret>>();
  const once = (question: string): Promise<Secret> => {
    let answer = asked.get(question);
    if (!answer) {
      answer = prompter.secret(question);
      asked.set(question, answer);
    }
    return answer;
  };
  const context: SshContext = {
    homeDir: env['HOME'] || homedir(),
    env: childEnvironment(env),
    clock,
    signal: interrupt.signal,
    ...(prompter.canAsk && {
      askPassword: (description: string) => once(say('ask.password-of', { description })),
      askPassphrase: (path: string) => once(say('ask.passphrase-of', { path })),
    }),
    ...(verbosity >= 4 && { onDebug: (line: string) => terminal.stderr.line(line) }),
  };
  return (name, target) =>
    openHost({
      name,
      connect: async () => (target === 'local' ? connectLocal() : connectSsh(target, context)),
      clock,
      onEvent: (event) => onEvent(name, event),
    });
}
