import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Exit status; 128 + n when ended by a signal, 124 when the time limit ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  input?: string | Buffer;
  /** Milliseconds; the command is killed then and the code is 124. */
  timeout?: number;
  env?: Record<string, string>;
  /** Called with each piece of output as it comes, beside the collecting of it. */
  onOutput?: (chunk: string, stream: 'stdout' | 'stderr') => void;
}

/** Runs a program without a shell and collects its output; resolves with any exit status. */
export function runCommand(program: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    const timer =
      options.timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, options.timeout);
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk);
      options.onOutput?.(chunk.toString(), 'stdout');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err.push(chunk);
      options.onOutput?.(chunk.toString(), 'stderr');
    });
    // A program that ends without reading its input is no error of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const status = timedOut ? 124 : (code ?? (signal === null ? 1 : 128 + 9));
      resolve({ code: status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

export function docker(args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runCommand('docker', args, options);
}

/** As `docker`, but a failure is an error that shows what was run and what it said. */
export async function dockerOrThrow(args: string[], options: CommandOptions = {}): Promise<string> {
  const result = await docker(args, options);
  if (result.code !== 0) {
    throw new Error(`docker ${args.slice(0, 4).join(' ')} … ended with ${result.code}:\n${result.stderr}${result.stdout}`);
  }
  return result.stdout;
}
