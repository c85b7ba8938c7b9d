import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/events/event.js';
import { plainReporter } from '../../../src/reporters/plain.js';
import { prettyReporter } from '../../../src/reporters/pretty.js';
import type { ReporterOptions } from '../../../src/reporters/reporter.js';
import { recordedRun, recorder } from './recorded-run.js';

/** What stands on a terminal after the text was written to it. */
async function screenOf(text: string, cols = 80): Promise<string[]> {
  const terminal = new Terminal({ cols, rows: 24, scrollback: 5_000, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const lines = Array.from(
    { length: terminal.buffer.active.length },
    (_, at) => terminal.buffer.active.getLine(at)?.translateToString(true) ?? '',
  );
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

async function start(overrides: Partial<ReporterOptions> = {}) {
  const record = recorder(overrides);
  const ticks: ((now: number) => void)[] = [];
  const every = (_ms: number, tick: (now: number) => void) => {
    ticks.push(tick);
    return () => {};
  };
  const reporter = prettyReporter({ ...record.options, rows: 24, every });
  await new Promise((resolve) => setImmediate(resolve));
  const tick = (at: string) => {
    for (const each of ticks) each(Date.parse(at));
  };
  return { reporter, output: record.output, tick };
}

const runStart: RunEvent = { type: 'play_start', time: '2025-01-01T00:00:00.000Z', play: 'P', number: 1, hosts: ['a'], batch: 1 };
const hostStart = (host: string, time: string): RunEvent => ({ type: 'host_start', time, task: 'install', host });

describe('the pretty reporter', () => {
  it('ends with the same lines as plain', async () => {
    const { reporter, output } = await start();
    const plain = recorder();
    const other = plainReporter(plain.options);
    for (const event of recordedRun('install')) {
      reporter.handle(event);
      other.handle(event);
    }
    await reporter.close();
    const expected = plain
      .output()
      .split('\n')
      .filter((line) => !line.startsWith('running: '));
    expect((await screenOf(output(), 400)).join('\n')).toBe(expected.join('\n').trimEnd());
  });

  it('shows a row for each host that works, with the age of its last output', async () => {
    const { reporter, output, tick } = await start();
    reporter.handle(runStart);
    reporter.handle(hostStart('chat1', '2025-01-01T00:00:01.000Z'));
    reporter.handle({
      type: 'progress',
      time: '2025-01-01T00:00:20.000Z',
      task: 'install',
      host: 'chat1',
      text: 'Loading 42%',
      elapsed: 19_000,
      silent: 12_000,
    });
    tick('2025-01-01T00:00:21.400Z');
    expect((await screenOf(output())).at(-1)).toMatch(/^\S+ chat1: install 20s \(last output 13s ago\) │ Loading 42%$/);
  });

  it('shows at most twenty rows and says how many are left out', async () => {
    const { reporter, output, tick } = await start();
    for (let host = 1; host <= 50; host++) reporter.handle(hostStart(`h${host}`, '2025-01-01T00:00:00.000Z'));
    tick('2025-01-01T00:00:05.000Z');
    const screen = await screenOf(output());
    expect(screen).toHaveLength(20);
    expect(screen.at(-1)).toMatch(/… and 31 more hosts$/);
  });

  it('never wraps a row', async () => {
    const { reporter, output, tick } = await start({ columns: 40 });
    reporter.handle(hostStart('chat1', '2025-01-01T00:00:00.000Z'));
    reporter.handle({
      type: 'progress',
      time: '2025-01-01T00:00:01.000Z',
      task: 'install',
      host: 'chat1',
      text: 'я'.repeat(100),
      elapsed: 1_000,
      silent: 0,
    });
    tick('2025-01-01T00:00:05.000Z');
    expect(await screenOf(output(), 40)).toHaveLength(1);
  });

  it('writes at most twice a second', async () => {
    let writes = 0;
    const { reporter } = await start({ write: () => writes++ });
    reporter.handle(hostStart('chat1', '2025-01-01T00:00:00.000Z'));
    for (let ms = 0; ms < 1_000; ms++) {
      const time = new Date(Date.parse('2025-01-01T00:00:00.000Z') + ms).toISOString();
      reporter.handle({ type: 'progress', time, task: 'install', host: 'chat1', text: `${ms}`, elapsed: ms, silent: 0 });
    }
    expect(writes).toBe(2);
  });

  it('leaves the terminal to a prompt and comes back', async () => {
    const { reporter, output, tick } = await start();
    reporter.handle(hostStart('chat1', '2025-01-01T00:00:00.000Z'));
    const resume = reporter.suspend();
    tick('2025-01-01T00:00:05.000Z');
    expect(await screenOf(output())).toEqual([]);
    resume();
    tick('2025-01-01T00:00:06.000Z');
    expect((await screenOf(output())).at(-1)).toContain('chat1: install');
  });
});
