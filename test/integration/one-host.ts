import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Diagnostic } from '../../src/base/errors.js';
import type { ControlMachine, ControlProcess, RunOptions } from '../lab/control.js';
import type { Lab } from '../lab/lab.js';
import { JsonRun } from './json-run.js';

export const PASSPHRASE = 'a passphrase of the faults';

/** A customer with one server, `chat1`, and an operator who plays small playbooks there. */
export class OneHost {
  private constructor(
    private readonly lab: Lab,
    readonly folder: string,
    private readonly machine: ControlMachine,
  ) {}

  /** A folder of its own; `at`: elsewhere than in the lab's folder, where it is copied to by the machine itself. */
  static async of(lab: Lab, name: string, machine: ControlMachine = lab.control, hosts: Record<string, string> = {}): Promise<OneHost> {
    const folder = join(lab.folder, name);
    await mkdir(folder);
    const { privateKey, knownHosts } = await lab.writeInventory(join(lab.folder, 'keys'));
    const reached = Object.entries({ chat1: lab.chats.address, ...hosts }).map(([host, address]) => [host, { ansible_host: address }]);
    const vars = {
      ansible_user: lab.user,
      ansible_become: true,
      ansible_ssh_private_key_file: privateKey,
      ansible_ssh_common_args: `-o UserKnownHostsFile=${knownHosts} -o IdentitiesOnly=yes`,
    };
    await writeFile(join(folder, 'inventory.yaml'), stringify({ all: { vars, hosts: Object.fromEntries(reached) } }));
    return new OneHost(lab, folder, machine);
  }

  /** The same customer's folder under another path, or played from another machine. */
  from(machine: ControlMachine, folder = this.folder): OneHost {
    return new OneHost(this.lab, folder, machine);
  }

  /** Writes a playbook of these tasks into the lab's folder; answers its path. */
  async book(name: string, tasks: readonly object[], play: object = {}): Promise<string> {
    const path = join(this.lab.folder, `${name}.yaml`);
    await writeFile(path, stringify([{ name: 'a play', hosts: 'all', gather_facts: false, ...play, tasks }]));
    return path;
  }

  start(book: string, args: readonly string[] = [], options: RunOptions = {}): ControlProcess {
    return this.command(['play', book, '--output', 'json', ...args], options);
  }

  async play(book: string, args: readonly string[] = [], options: RunOptions = {}): Promise<JsonRun> {
    return new JsonRun(await this.start(book, args, options).finished);
  }

  /** Any command of the tool on this customer's inventory. */
  command(args: readonly string[], options: RunOptions = {}): ControlProcess {
    const env = { CHATSCTL_SECRETS_PASSPHRASE: PASSPHRASE, ...options.env };
    return this.machine.start([...args, '-i', join(this.folder, 'inventory.yaml'), '--no-input'], { timeout: 120_000, ...options, env });
  }

  /** Plays as a person who reads Russian does; all that is said. */
  async inRussian(book: string): Promise<string> {
    const { stdout, stderr } = await this.command(['play', book, '--output', 'plain', '--lang', 'ru']).finished;
    return stdout + stderr;
  }
}

export function diagnostics(run: JsonRun): Diagnostic[] {
  return run.events.flatMap((each) => (each.type === 'diagnostic' ? [each.diagnostic] : []));
}
