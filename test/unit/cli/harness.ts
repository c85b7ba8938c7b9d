import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { systemClock } from '../../../src/base/clock.js';
import type { Language } from '../../../src/base/messages/message.js';
import { Interrupt } from '../../../src/cli/interrupt.js';
import { cliSpeaker } from '../../../src/cli/messages.js';
import { findPackage } from '../../../src/cli/package-directory.js';
import { runCommand } from '../../../src/cli/run-command.js';
import type { Session } from '../../../src/cli/session.js';
import { type OutputStream, Terminal } from '../../../src/cli/terminal.js';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly language?: Language;
  /** Sees the session before the command begins. */
  readonly before?: (session: Session) => void;
}

/** A customer's folder, and commands run in it without a terminal. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'chatsctl-cli-'));

  write(files: Readonly<Record<string, string>>): this {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
    return this;
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  copyFrom(folder: string): this {
    cpSync(folder, this.path, { recursive: true });
    return this;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  async run(argv: readonly string[], { input = '', env = {}, language = 'en', before }: Start = {}): Promise<Outcome> {
    const stdout = new Recorder();
    const stderr = new Recorder();
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    stdin.end(input);
    const { directory, version } = findPackage();
    const terminal = new Terminal({ stdin, stdout, stderr }, env);
    const session: Session = {
      terminal,
      interrupt: new Interrupt(() => {}),
      language,
      env: { HOME: this.path, ...env },
      cwd: this.path,
      clock: systemClock,
      packageDirectory: directory,
      version,
      say: cliSpeaker(language),
    };
    before?.(session);
    const status = await runCommand(argv, session);
    await Promise.all([terminal.stdout.end(), terminal.stderr.end()]);
    return { status, stdout: stdout.text, stderr: stderr.text };
  }
}

class Recorder implements OutputStream {
  text = '';

  write(text: string, done?: () => void): boolean {
    this.text += text;
    done?.();
    return true;
  }
}
