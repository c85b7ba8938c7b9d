import type { StartedTestContainer } from 'testcontainers';
import { type CommandOptions, type CommandResult, docker, dockerOrThrow } from './docker.js';

export interface ExecOptions extends CommandOptions {
  user?: string;
  cwd?: string;
  /** Variables for the command in the container. They are in the argv of docker's client: nothing secret. */
  variables?: Record<string, string>;
}

/** One machine of the lab, reached past SSH, as someone at its console would. */
export class LabHost {
  constructor(
    readonly name: string,
    readonly container: StartedTestContainer,
    /** Its address in the lab's network, reachable from the other machines and, on Linux, from this one. */
    readonly address: string,
    /** The host key's line for known_hosts without the name: `ssh-ed25519 AAAA…`. */
    readonly hostKey: string,
  ) {}

  get id(): string {
    return this.container.getId();
  }

  /** Runs a shell command as root (or `user`), without a terminal. */
  exec(command: string, options: ExecOptions = {}): Promise<CommandResult> {
    return docker(['exec', '-i', ...this.execFlags(options), this.id, 'sh', '-c', command], options);
  }

  /** As `exec`, but a failure is an error with the command's output; returns stdout. */
  async run(command: string, options: ExecOptions = {}): Promise<string> {
    const result = await this.exec(command, options);
    if (result.code !== 0) throw new Error(`${this.name}: ${command}\nended with ${result.code}: ${result.stderr}${result.stdout}`);
    return result.stdout;
  }

  readFile(path: string): Promise<string> {
    return this.run('cat -- "$LAB_PATH"', pathVariable(path));
  }

  async writeFile(path: string, content: string | Buffer, mode = '0644'): Promise<void> {
    await this.run(`umask 077; cat >"$LAB_PATH" && chmod ${mode} -- "$LAB_PATH"`, { input: content, ...pathVariable(path) });
  }

  async exists(path: string): Promise<boolean> {
    return (await this.exec('test -e "$LAB_PATH"', pathVariable(path))).code === 0;
  }

  /** Paths, kinds, modes, owners and checksums of all under the folders, one a line: equal texts mean that nothing changed. */
  snapshot(folders: string[] = ['/etc', '/opt', '/root']): Promise<string> {
    const list = folders.join(' ');
    return this.run(
      `find ${list} -xdev ! -type f -printf '%p %y %m %u:%g %l\\n' | sort; find ${list} -xdev -type f -printf '%p %m %u:%g\\n' | sort; find ${list} -xdev -type f -exec sha256sum {} + | sort -k2`,
    );
  }

  /** Stops the machine and starts it again: its processes, mounts and /run are gone, its disk is as it was. Waits for its sshd. */
  async reboot(): Promise<void> {
    await dockerOrThrow(['restart', '--time', '5', this.id]);
    await this.run('until systemctl is-active --quiet ssh; do sleep 0.1; done', { timeout: 60_000 });
  }

  /** Ends every SSH session on this host, as a cut line does; the daemon goes on listening. Returns how many were ended. */
  async killSshSessions(signal: 'KILL' | 'TERM' = 'KILL'): Promise<number> {
    const script = `n=0; main=$(systemctl show -p MainPID --value ssh)
for p in $(pgrep -x sshd); do [ "$p" = "$main" ] || { kill -${signal} "$p" && n=$((n+1)); }; done; echo $n`;
    return Number(await this.run(script));
  }

  private execFlags(options: ExecOptions): string[] {
    const flags: string[] = [];
    if (options.user !== undefined) flags.push('-u', options.user);
    if (options.cwd !== undefined) flags.push('-w', options.cwd);
    for (const [name, value] of Object.entries(options.variables ?? {})) flags.push('-e', `${name}=${value}`);
    return flags;
  }
}

function pathVariable(path: string): ExecOptions {
  return { variables: { LAB_PATH: path } };
}
