import type { Clock } from '../base/clock.js';
import type { Language } from '../base/messages/message.js';
import type { Interrupt } from './interrupt.js';
import type { CliSay } from './messages.js';
import type { CommonFlags } from './play-options.js';
import { Prompter } from './prompter.js';
import type { Terminal } from './terminal.js';

/** What one start of the program works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  readonly language: Language;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /** The package's own folder. */
  readonly packageDirectory: string;
  readonly version: string;
  readonly say: CliSay;
}

export function prompterFor({ terminal, interrupt, say }: Session, flags: CommonFlags): Prompter {
  return new Prompter(terminal, interrupt, say, { ask: flags.input, yes: flags.yes === true });
}
