import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { failure } from '../base/errors.js';
import { reasonOf } from '../base/system-reason.js';
import type { RunEvent } from '../events/event.js';
import { serialiseEvent } from '../events/serialise.js';
import { makePrivate, runsFolder, unwritable } from './folder.js';

/** A running task says something twice a second; the record needs less. */
const PROGRESS_MS = 10_000;

export interface Journal {
  readonly name: 'journal';
  readonly run: string;
  readonly folder: string;
  /** Appends the event, else `journal/incomplete`; it is with the operating system when this returns (a killed process loses nothing), and on the disk soon after. */
  handle(event: RunEvent): void;
  /** Keeps a file in the run's folder, for its owner alone: a masked transcript. Its path is the answer. */
  keep(name: string, text: string): Promise<string>;
  /** Everything is on the disk. */
  close(): Promise<void>;
}

/** Starts the record of a run in `.chatsctl/runs/<run>/events.ndjson` (0600 in a folder 0700). Fails with `journal/unwritable`. */
export async function openJournal(inventoryDir: string, run: string): Promise<Journal> {
  const folder = join(runsFolder(inventoryDir), run);
  await makePrivate(folder);
  const path = join(folder, 'events.ndjson');
  const file = open(path);
  const lines = new Lines(file, path);
  const disk = new Flusher(file);
  const progress = new Map<string, number>();
  return {
    name: 'journal',
    run,
    folder,
    handle(event) {
      if (event.type === 'progress' && !isDue(progress, event.host, Date.parse(event.time))) return;
      lines.append(serialiseEvent(event));
      disk.flush();
    },
    async keep(name, text) {
      const kept = join(folder, basename(name));
      await writeFile(kept, text, { mode: 0o600 });
      return kept;
    },
    async close() {
      await disk.settled();
      closeSync(file);
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'ax', 0o600);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Lines of a file. One that a full disk cut off does not spoil the next. */
class Lines {
  private torn = false;

  constructor(
    private readonly file: number,
    private readonly path: string,
  ) {}

  append(line: string): void {
    const bytes = Buffer.from(`${this.torn ? '\n' : ''}${line}\n`);
    let at = 0;
    try {
      while (at < bytes.length) at += writeSync(this.file, bytes, at);
      this.torn = false;
    } catch (cause) {
      this.torn ||= at > 0;
      throw failure('journal/incomplete', { path: this.path, reason: reasonOf(cause) }, { cause });
    }
  }
}

function isDue(last: Map<string, number>, host: string, now: number): boolean {
  if (now - (last.get(host) ?? Number.NEGATIVE_INFINITY) < PROGRESS_MS) return false;
  last.set(host, now);
  return true;
}

/** Flushes to the disk one at a time; what was written during a flush is flushed by the next. */
class Flusher {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly file: number) {}

  flush(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.loop().finally(() => {
      this.running = undefined;
    });
  }

  async settled(): Promise<void> {
    await this.running;
  }

  private async loop(): Promise<void> {
    do {
      this.again = false;
      // A file system without fdatasync still has what was written.
      await promisify(fdatasync)(this.file).catch(() => {});
    } while (this.again);
  }
}
