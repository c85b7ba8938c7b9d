import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatsctlError, diagnostic } from '../../../src/base/errors.js';
import { formatPosition, SourceText } from '../../../src/base/position.js';
import type { RunEvent } from '../../../src/events/event.js';
import { openJournal } from '../../../src/journal/journal.js';
import { isRunId, newRunId } from '../../../src/journal/run-id.js';
import { findRun, listRuns, readRun } from '../../../src/journal/runs.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const time = '2025-01-02T03:04:05.678Z';
const first = '20250102-030405-aaaaaa';
const second = '20250102-030406-aaaaaa';
const notified: RunEvent = {
  type: 'handler_notified',
  time,
  host: 'chat1',
  handler: 'restart',
  section: 'tasks',
  flush: 0,
  task: 'write',
};

async function record(run: string, ...events: RunEvent[]): Promise<string> {
  const journal = await openJournal(dir, run);
  for (const event of events) journal.handle(event);
  await journal.close();
  return join(journal.folder, 'events.ndjson');
}

describe('a run id', () => {
  it('sorts by time', () => {
    expect(newRunId(Date.parse(time), () => Buffer.from([0xf2, 0xcd]))).toBe('20250102-030405-ad92cd');
    expect(isRunId(newRunId(0))).toBe(true);
    expect(newRunId(1_000) < newRunId(2_000)).toBe(true);
    // Of runs in one second, too.
    const ids = Array.from({ length: 1000 }, (_, ms) => newRunId(1_000 + ms));
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('the journal', () => {
  it('is for its owner alone', async () => {
    const path = await record(first, notified);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const folder of ['.chatsctl', '.chatsctl/runs', `.chatsctl/runs/${first}`])
      expect(statSync(join(dir, folder)).mode & 0o777).toBe(0o700);
  });

  it('has an event on disk as soon as it was handled', async () => {
    const journal = await openJournal(dir, first);
    journal.handle(notified);
    expect(readFileSync(join(journal.folder, 'events.ndjson'), 'utf8')).toBe(
      `{"type":"handler_notified","time":"${time}","host":"chat1","handler":"restart","section":"tasks","flush":0,"task":"write"}\n`,
    );
    await journal.close();
  });

  it('gives back what it took, in order', async () => {
    const events: RunEvent[] = Array.from({ length: 50 }, (_, at) => ({ ...notified, handler: `h${at}` }));
    await record(first, ...events);
    expect(await readRun(dir, first)).toEqual(events);
  });

  it('keeps the position of a finding with the lines around it', async () => {
    const source = new SourceText('play.yaml', 'one\ntwo\nthree\nfour: onwer\nfive\nsix\nseven\n');
    const found = diagnostic(
      'args/unknown',
      { name: 'onwer', owner: 'file' },
      { position: { source, offset: source.text.indexOf('onwer'), length: 5 } },
    );
    await record(first, { type: 'diagnostic', time, diagnostic: found });
    const [event] = await readRun(dir);
    if (event?.type !== 'diagnostic' || !event.diagnostic.position) throw new Error('no position');
    const { position } = event.diagnostic;
    expect(formatPosition(position)).toBe('play.yaml:4:7');
    expect(position.source.line(4)).toBe('four: onwer');
    expect(position.source.line(3)).toBe('three');
    expect(position.source.text.slice(position.offset, position.offset + position.length)).toBe('onwer');
    expect(position.source.line(1)).toBe('');
  });

  it('thins out progress', async () => {
    const at = (ms: number): RunEvent => ({
      type: 'progress',
      time: new Date(ms).toISOString(),
      task: 't',
      host: 'h',
      text: '',
      elapsed: ms,
      silent: 0,
    });
    await record(first, at(0), at(500), at(9_999), at(10_000));
    expect((await readRun(dir)).map((event) => event.time)).toEqual([at(0).time, at(10_000).time]);
  });

  it('does not start twice under one id', async () => {
    await record(first);
    await expect(openJournal(dir, first)).rejects.toMatchObject({ code: 'journal/unwritable' });
  });

  it('is refused where nothing can be written', async () => {
    writeFileSync(join(dir, '.chatsctl'), 'a file');
    const error = await openJournal(dir, first).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ChatsctlError);
    expect(error).toMatchObject({ code: 'journal/unwritable', exitStatus: 4 });
  });

  it('keeps further files for the owner alone, inside the folder', async () => {
    const journal = await openJournal(dir, first);
    const path = await journal.keep('../../evil.txt', 'text');
    expect(path).toBe(join(journal.folder, 'evil.txt'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await journal.close();
  });
});

describe('reading runs', () => {
  it('tolerates the torn last line of a killed run', async () => {
    const path = await record(first, notified);
    appendFileSync(path, '{"type":"task_result","time":"2025');
    expect(await readRun(dir)).toEqual([notified]);
  });

  it('lists them newest first, with start and end', async () => {
    const start: RunEvent = {
      type: 'run_start',
      time,
      run: first,
      command: 'play',
      playbook: 'p.yaml',
      inventory: 'i.yaml',
      check: false,
      operator: 'anna',
      version: '1',
    };
    await record(first, start);
    const recap: RunEvent = { type: 'recap', time, run: second, exit: 0, hosts: {}, duration: 1 };
    await record(second, { ...start, run: second }, recap);
    mkdirSync(join(dir, '.chatsctl/runs/not-a-run'));
    expect((await listRuns(dir)).map(({ run, start, recap }) => [run, start?.operator, recap?.exit])).toEqual([
      [second, 'anna', 0],
      [first, 'anna', undefined],
    ]);
  });

  it('finds a run by the beginning of its id', async () => {
    await record(first);
    await record(second);
    expect(await findRun(dir)).toBe(second);
    expect(await findRun(dir, '20250102-030405')).toBe(first);
    await expect(findRun(dir, '20250102')).rejects.toMatchObject({ code: 'journal/no-run' });
    await expect(findRun(dir, 'x')).rejects.toMatchObject({ code: 'journal/no-run' });
    await expect(findRun(join(dir, 'elsewhere'))).rejects.toMatchObject({ code: 'journal/no-runs' });
  });
});
