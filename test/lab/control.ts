import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import { type CommandResult, docker } from './docker.js';
import type { LabHost } from './host.js';

export interface RunOptions {
  env?: Record<string, string>;
  /** Milliseconds; default 5 minutes. The program is killed then and the code is 124. */
  timeout?: number;
  input?: string;
  cwd?: string;
  /** With a pseudo-terminal (stdout and stderr then come as one). */
  terminal?: boolean;
}

/** The operator's machine. The repository is mounted there under its own path; names resolve as on the lab's servers. */
export class ControlMachine {
  constructor(
    readonly host: LabHost,
    private readonly repository: string,
    private readonly home: string,
  ) {}

  /** Runs `chatsctl ARGS…` (dist/cli.js: build it before) to its end. */
  run(args: string[], options: RunOptions = {}): Promise<CommandResult> {
    return this.start(args, options).finished;
  }

  /** Starts `chatsctl ARGS…`; the handle can be followed and killed. */
  start(args: string[], options: RunOptions = {}): ControlProcess {
    return this.startProgram(['node', `${this.repository}/dist/cli.js`, ...args], options);
  }

  /** Starts any program on the control machine. */
  startProgram(argv: string[], options: RunOptions = {}): ControlProcess {
    const variables = { HOME: this.home, LANG: 'C.UTF-8', ...options.env };
    const names = Object.keys(variables).flatMap((name) => ['-e', name]);
    const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
    const marker = `/tmp/control-${randomUUID()}`;
    const flags = ['exec', '-i', '-u', user, '-w', options.cwd ?? this.repository, ...names];
    // docker gives a terminal only to who has one: script does to anybody.
    const program = options.terminal ? ['script', '-qefc', argv.map(quoted).join(' '), '/dev/null'] : argv;
    // exec: the process that is killed later is the program itself, not a shell around it.
    const child = spawn('docker', [...flags, this.host.id, 'sh', '-c', `echo $$ >${marker}; exec "$@"`, 'sh', ...program], {
      env: { ...process.env, ...variables },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (options.input !== undefined) child.stdin?.end(options.input);
    else if (!options.terminal) child.stdin?.end();
    return new ControlProcess(child, this.host.id, marker, options.timeout ?? 300_000);
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export class ControlProcess {
  readonly finished: Promise<CommandResult>;
  private stdout = '';
  private stderr = '';
  private timedOut = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly child: ChildProcess,
    private readonly container: string,
    private readonly marker: string,
    timeout: number,
  ) {
    const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
    child.stdout?.on('data', (chunk: Buffer) => this.collect('stdout', decoders.stdout.write(chunk)));
    child.stderr?.on('data', (chunk: Buffer) => this.collect('stderr', decoders.stderr.write(chunk)));
    child.stdin?.on('error', () => undefined);
    const timer = setTimeout(() => {
      this.timedOut = true;
      this.kill('SIGKILL').catch(() => undefined);
    }, timeout);
    this.finished = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(timer);
        this.wake();
        resolve({ code: this.timedOut ? 124 : (code ?? 137), stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** What came so far, stdout and then stderr. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  onOutput(listener: (chunk: string) => void): void {
    this.child.stdout?.on('data', (chunk: Buffer) => listener(chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => listener(chunk.toString()));
  }

  write(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Sends a signal to the program inside the container. */
  async kill(signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM' | 'SIGHUP'): Promise<void> {
    await docker(['exec', this.container, 'sh', '-c', `kill -${signal.slice(3)} "$(cat ${this.marker})"`]);
  }

  /** Resolves once the output matches; fails when the program ends or `timeout` milliseconds pass before. */
  async waitForOutput(pattern: RegExp, timeout = 60_000): Promise<void> {
    const limit = Date.now() + timeout;
    let ended = false;
    this.finished.finally(() => {
      ended = true;
    });
    while (!pattern.test(this.output)) {
      if (ended || Date.now() > limit)
        throw new Error(`${ended ? 'the program ended' : 'timed out'} before ${pattern} was seen in:\n${this.output.slice(-4000)}`);
      await this.nextOutput(250);
    }
  }

  private nextOutput(atMost: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.listeners.delete(done);
        resolve();
      };
      const timer = setTimeout(done, atMost);
      this.listeners.add(done);
    });
  }

  private collect(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    this.wake();
  }

  private wake(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
