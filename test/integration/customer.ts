import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { CommandResult } from '../lab/docker.js';
import type { Lab } from '../lab/lab.js';

/** What a task or the end of a run says with `--output json` (the operator's contract), as far as the tests look at it. */
export interface TaskEvent {
  type: 'task_result';
  play: string;
  task: string;
  module: string;
  host: string;
  status: string;
  result?: unknown;
  diff?: { subject: string; text: string }[];
  message?: string;
}

export interface Recap {
  type: 'recap';
  exit: number;
  hosts: Record<string, { ok: number; changed: number; failed: number; unreachable: number; skipped: number }>;
}

export interface Played extends CommandResult {
  /** Wall clock of the whole command, seconds, as the control machine sees it. */
  seconds: number;
  tasks: TaskEvent[];
  recap: Recap | undefined;
}

/** Of every customer's store: like no other text, so that a leak of it can be searched for. */
export const PASSPHRASE = `a passphrase ${randomUUID()}`;

/** A customer's folder beside a lab, and the operator who plays there: no terminal, secrets in the encrypted store. */
export class Customer {
  private constructor(
    readonly lab: Lab,
    readonly inventory: string,
  ) {}

  get folder(): string {
    return dirname(this.inventory);
  }

  /** Writes the inventory and makes the store, with the licence key and, where sudo asks for one, the password. */
  static async of(lab: Lab, options: { sudoPassword?: boolean; vars?: Record<string, unknown> } = {}): Promise<Customer> {
    const { inventory } = await lab.writeInventory(undefined, options.vars);
    const customer = new Customer(lab, inventory);
    await customer.succeed(['secrets', 'init']);
    await customer.succeed(['secrets', 'set', 'chat_license_key'], lab.secrets.licenseKey);
    if (options.sudoPassword === true) await customer.succeed(['secrets', 'set', 'ansible_become_password'], lab.secrets.userPassword);
    return customer;
  }

  /** `chatsctl play playbooks/NAME.yaml --output json ARGS…`. */
  async play(name: string, args: string[] = []): Promise<Played> {
    const words = ['node', 'dist/cli.js', 'play', `playbooks/${name}.yaml`, ...this.flags, '--output', 'json', ...args];
    // The clock is read on the control machine: docker's own time is not the command's.
    const timed = `start=$(date +%s%N); "$@"; status=$?; echo "$(($(date +%s%N) - start))" >&2; exit $status`;
    const result = await this.lab.control.startProgram(['sh', '-c', timed, 'sh', ...words], { env: this.environment }).finished;
    const stderr = result.stderr.trimEnd().split('\n');
    const seconds = Number(stderr.pop()) / 1e9;
    const events = result.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as TaskEvent | Recap | { type: 'other' });
    return {
      ...result,
      stderr: stderr.join('\n'),
      seconds,
      tasks: events.filter((event) => event.type === 'task_result'),
      recap: events.find((event) => event.type === 'recap'),
    };
  }

  /** The same for people: plain text. */
  playPlain(name: string, args: string[] = []): Promise<CommandResult> {
    return this.run(['play', `playbooks/${name}.yaml`, '--output', 'plain', ...args]);
  }

  run(args: string[], input?: string): Promise<CommandResult> {
    return this.lab.control.run([...args, ...this.flags], { env: this.environment, ...(input === undefined ? {} : { input }) });
  }

  /** Status of a page of the chat domain, asked from the control machine by a program that is not chatsctl. */
  async page(path: string): Promise<number> {
    const address = `https://${this.lab.names.chats[0]}${path}`;
    const script = `fetch(${JSON.stringify(address)}).then((answer) => console.log(answer.status))`;
    const seen = await this.lab.control.startProgram(['node', '-e', script], { env: this.environment }).finished;
    return Number(seen.stdout);
  }

  private get flags(): string[] {
    return ['-i', this.inventory, '--no-input'];
  }

  get environment(): Record<string, string> {
    return { CHATSCTL_SECRETS_PASSPHRASE: PASSPHRASE, NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' };
  }

  private async succeed(args: string[], input?: string): Promise<void> {
    const { code, stdout, stderr } = await this.run(args, input);
    if (code !== 0) throw new Error(`chatsctl ${args.slice(0, 2).join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  }
}
