import { Writable } from 'node:stream';
import { failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { Interrupt } from './interrupt.js';
import { Interrupted } from './interrupt.js';
import type { CliSay } from './messages.js';
import type { MaskedOutput, Terminal } from './terminal.js';

export interface PrompterOptions {
  /** Not `--no-input`. */
  readonly ask: boolean;
  /** `--yes`. */
  readonly yes: boolean;
}

interface Context {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * Asks the operator, one question at a time, on stderr and stdin. Ctrl-C at a question is an interrupt like any other. Answers that were typed
 * without echo are masked from then on.
 */
export class Prompter {
  /** Clears the screen for a question and brings back what was there (the pretty reporter's window). */
  aside: () => () => void = () => () => {};
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly terminal: Terminal,
    private readonly interrupt: Interrupt,
    private readonly say: CliSay,
    private readonly options: PrompterOptions,
  ) {}

  get isAgreed(): boolean {
    return this.options.yes;
  }

  get canAsk(): boolean {
    return this.options.ask && this.terminal.canAsk;
  }

  /** `--yes` answers it; with nobody to ask: `cli/cannot-ask`. */
  async confirm(question: string): Promise<boolean> {
    if (this.options.yes) return true;
    this.demand(question);
    return this.ask(async ({ confirm }, context) => confirm({ message: question, default: false }, context));
  }

  /** Yes unless the operator says no; no where nobody can be asked. */
  async offer(question: string): Promise<boolean> {
    if (this.options.yes) return true;
    if (!this.canAsk) return false;
    return this.ask(async ({ confirm }, context) => confirm({ message: question, default: true }, context));
  }

  async text(question: string, preset?: string): Promise<string> {
    this.demand(question);
    return this.ask(async ({ input }, context) =>
      input({ message: question, ...(preset === undefined ? { required: true } : { default: preset }) }, context),
    );
  }

  /** Without echo. May be empty. */
  async secret(question: string): Promise<Secret> {
    this.demand(question);
    const answer = await this.ask(async ({ password }, context) => password({ message: question }, context));
    this.terminal.masker.add(answer);
    return new Secret(answer);
  }

  /** Asked twice: `cli/answers-differ`. */
  async newSecret(question: string): Promise<Secret> {
    const [first, second] = [await this.secret(question), await this.secret(this.say('ask.again'))];
    if (first.reveal() !== second.reveal()) throw failure('cli/answers-differ', { question });
    return first;
  }

  /** `pause` and `--step`: undefined where nobody can be asked. */
  async line(question: string, { echo, signal }: { echo: boolean; signal: AbortSignal }): Promise<string | undefined> {
    if (!this.canAsk) return undefined;
    if (!echo) return (await this.secret(question)).reveal();
    return this.ask(async ({ input }, context) => input({ message: question }, context), signal);
  }

  private demand(question: string): void {
    if (!this.canAsk) throw failure('cli/cannot-ask', { question });
  }

  private ask<T>(
    question: (prompts: typeof import('@inquirer/prompts'), context: Context) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const answer = this.last.then(() => this.askNow(question, signal));
    this.last = answer.catch(() => {});
    return answer;
  }

  private async askNow<T>(
    question: (prompts: typeof import('@inquirer/prompts'), context: Context) => Promise<T>,
    ending: AbortSignal = this.interrupt.signal,
  ): Promise<T> {
    const prompts = await import('@inquirer/prompts');
    const back = this.aside();
    const signal = AbortSignal.any([this.interrupt.signal, ending]);
    try {
      return await question(prompts, { input: this.terminal.stdin, output: new PromptOutput(this.terminal.stderr), signal });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
      this.interrupt.take('SIGINT');
      throw new Interrupted('SIGINT');
    } finally {
      back();
    }
  }
}

/** What a question writes: through the mask, at once. */
class PromptOutput extends Writable {
  readonly isTTY = true;

  constructor(private readonly output: MaskedOutput) {
    super({ decodeStrings: false });
  }

  get columns(): number {
    return this.output.columns;
  }

  get rows(): number {
    return this.output.rows;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.output.write(chunk.toString());
    this.output.flush();
    done();
  }
}
