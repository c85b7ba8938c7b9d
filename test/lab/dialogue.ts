import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { LabHost } from './host.js';

/** A prompt that is waited for, and the line to type when it stands at the end of the output. */
export type Turn = [prompt: RegExp, answer: string];

export interface Conversation {
  code: number;
  /** Everything that the terminal showed, with its control sequences. */
  transcript: string;
}

export interface ConverseOptions {
  cwd?: string;
  /** Rows and columns; default 50 × 200. */
  size?: [number, number];
  /** false: without a terminal, the turns' answers all at once on stdin. */
  terminal?: boolean;
  user?: string;
  /** Milliseconds; default 60 s. The code is 124 then. */
  timeout?: number;
}

// biome-ignore format: one expression
const CONTROL_SEQUENCES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');
/** A person does not type before the prompt has stood for a moment; a program may flush what comes earlier. */
const REACTION_MS = 150;

/** The text of a transcript without colours and cursor movements. */
export function plain(transcript: string): string {
  return transcript.replace(CONTROL_SEQUENCES, '');
}

/** Talks to an interactive program on a host as a person at a terminal does, turn by turn, without chatsctl. */
export function converse(host: LabHost, command: string, turns: Turn[], options: ConverseOptions = {}): Promise<Conversation> {
  const [rows, columns] = options.size ?? [50, 200];
  const terminal = options.terminal ?? true;
  const flags = ['exec', '-i', '-u', options.user ?? 'root', ...(options.cwd === undefined ? [] : ['-w', options.cwd]), host.id];
  const argv = terminal
    ? ['script', '-E', 'never', '-qefc', `stty rows ${rows} cols ${columns}; ${command}`, '/dev/null']
    : ['sh', '-c', command];
  const child = spawn('docker', [...flags, ...argv], { stdio: ['pipe', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    const remaining = [...turns];
    const decoder = new StringDecoder();
    let transcript = '';
    let answered = 0;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeout ?? 60_000);
    const answer = (): void => {
      const next = remaining[0];
      if (next === undefined || !next[0].test(plain(transcript.slice(answered)))) return;
      remaining.shift();
      answered = transcript.length;
      setTimeout(() => child.stdin.write(`${next[1]}\n`), REACTION_MS);
    };
    const collect = (chunk: Buffer): void => {
      transcript += decoder.write(chunk);
      if (terminal) answer();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined);
    if (!terminal) child.stdin.end(remaining.map(([, line]) => `${line}\n`).join(''));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? 124 : (code ?? 137), transcript });
    });
  });
}
