import { randomUUID } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generateIdentity } from 'age-encryption';
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

/** A check's result. */
export interface FindingEvent {
  type: 'finding';
  host: string;
  clause: string;
  title: string;
  status: string;
  severity: string;
  found: string;
  needed: string;
  remedy?: string;
  command?: string;
  ru?: { remedy?: string };
}

export interface Played extends CommandResult {
  /** Wall clock of the whole command, seconds, as the control machine sees it. */
  seconds: number;
  /** Of the command's process, MiB. */
  peakMemory: number;
  tasks: TaskEvent[];
  findings: FindingEvent[];
  recap: Recap | undefined;
}

/** Of every customer's store: like no other text, so that a leak of it can be searched for. */
export const PASSPHRASE = `a passphrase ${randomUUID()}`;

export interface CustomerOptions {
  sudoPassword?: boolean;
  folder?: string;
  vars?: Record<string, unknown>;
  identity?: boolean;
}

/** A customer's folder beside a lab, and the operator who plays there: no terminal, secrets in the encrypted store. */
export class Customer {
  private successors = 0;

  private constructor(
    readonly lab: Lab,
    readonly inventory: string,
    /** A file with an age identity that opens the store; without it a passphrase does. */
    private readonly identity?: string,
  ) {}

  get folder(): string {
    return dirname(this.inventory);
  }

  /**
   * Writes the inventory and makes the store, with the licence key and, where sudo asks for one, the password. With `identity` the store opens by a
   * key instead of a passphrase, whose derivation costs half a second of each command.
   */
  static async of(lab: Lab, options: CustomerOptions = {}): Promise<Customer> {
    const { inventory } = await lab.writeInventory(options.folder, options.vars);
    const identity = options.identity === true ? join(lab.folder, 'identity.txt') : undefined;
    if (identity !== undefined) await writeFile(identity, `${await generateIdentity()}\n`, { mode: 0o600 });
    const customer = new Customer(lab, inventory, identity);
    await customer.succeed(['secrets', 'init']);
    await customer.succeed(['secrets', 'set', 'chat_license_key'], lab.secrets.licenseKey);
    if (options.sudoPassword === true) await customer.succeed(['secrets', 'set', 'ansible_become_password'], lab.secrets.userPassword);
    return customer;
  }

  /**
   * A customer who has nothing yet, on the same machines: the servers as before the first one-way step (what prepares a host stays), the vendor
   * without records, a folder of its own with the same licence key in its store.
   */
  async next(vars: Record<string, unknown> = {}): Promise<Customer> {
    const { lab } = this;
    const forget = `for unit in $(systemctl list-units --plain --no-legend 'chatsctl-job-*' | cut -d' ' -f1); do systemctl stop "$unit"; done
      rm -rf /var/lib/chatsctl/once /var/lib/chatsctl/jobs /opt/chats-installer/installer.sh`;
    await Promise.all([
      lab.chats.run(`systemctl stop nginx; ${forget} /opt/chats /etc/nginx/sites-enabled/chats`),
      lab.meetings.run(`${forget} /opt/webinar/etc/chats`),
      lab.vendor.reset(),
    ]);
    const folder = join(lab.folder, `customer-${++this.successors}`);
    await mkdir(folder);
    await cp(join(this.folder, 'secrets.age'), join(folder, 'secrets.age'));
    return new Customer(lab, (await lab.writeInventory(folder, vars)).inventory, this.identity);
  }

  /** `chatsctl play playbooks/NAME.yaml --output json ARGS…`; a path is a playbook of the test's own. */
  async play(name: string, args: string[] = []): Promise<Played> {
    // The clock is read on the control machine: docker's own time is not the command's.
    const timed = `start=$(date +%s%N); "$@"; status=$?; echo "$(($(date +%s%N) - start))" >&2; exit $status`;
    const peak = 'data:text/javascript,process.on("exit",()=>process.stderr.write(`\\n${process.resourceUsage().maxRSS}\\n`))';
    const playbook = name.includes('/') ? name : `playbooks/${name}.yaml`;
    const words = ['node', '--import', peak, 'dist/cli.js', 'play', playbook, ...this.flags, '--output', 'json', ...args];
    const result = await this.lab.control.startProgram(['sh', '-c', timed, 'sh', ...words], { env: this.environment }).finished;
    const stderr = result.stderr.trimEnd().split('\n');
    const seconds = Number(stderr.pop()) / 1e9;
    const peakMemory = Number(stderr.pop()) / 1024;
    const events = result.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as TaskEvent | FindingEvent | Recap | { type: 'other' });
    return {
      ...result,
      stderr: stderr.join('\n').trimEnd(),
      seconds,
      peakMemory,
      tasks: events.filter((event) => event.type === 'task_result'),
      findings: events.filter((event) => event.type === 'finding'),
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

  /** What `secrets show` tells of each name: the cells after it. */
  async stored(): Promise<Record<string, string>> {
    const { stdout } = await this.run(['secrets', 'show']);
    const rows = stdout.trimEnd().split('\n').slice(1);
    return Object.fromEntries(rows.map((row) => [row.split(/\s+/)[0], row]));
  }

  /** A value of the store; undefined where it has none. */
  async value(name: string): Promise<string | undefined> {
    const { code, stdout } = await this.run(['secrets', 'get', name]);
    return code === 0 ? stdout : undefined;
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
    const key = this.identity === undefined ? { CHATSCTL_SECRETS_PASSPHRASE: PASSPHRASE } : { CHATSCTL_IDENTITY: this.identity };
    return { ...key, NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' };
  }

  private async succeed(args: string[], input?: string): Promise<void> {
    const { code, stdout, stderr } = await this.run(args, input);
    if (code !== 0) throw new Error(`chatsctl ${args.slice(0, 2).join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  }
}
