import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/events/event.js';
import { plainReporter } from '../../../src/reporters/plain.js';
import type { ReporterOptions } from '../../../src/reporters/reporter.js';
import { recordedRun, recorder } from './recorded-run.js';

async function play(run: readonly RunEvent[], overrides: Partial<ReporterOptions> = {}): Promise<string> {
  const { options, output } = recorder(overrides);
  const reporter = plainReporter(options);
  for (const event of run) reporter.handle(event);
  await reporter.close();
  return output();
}

describe('a recorded run through the plain reporter', () => {
  it('80 columns, English', async () => {
    await expect(await play(recordedRun('install'))).toMatchFileSnapshot('expected/install-80-en.txt');
  });

  it('160 columns, Russian', async () => {
    await expect(await play(recordedRun('install'), { columns: 160, language: 'ru' })).toMatchFileSnapshot('expected/install-160-ru.txt');
  });

  it.each([
    [80, 'en'],
    [80, 'ru'],
    [160, 'en'],
    [160, 'ru'],
  ] as const)('preflight prints its table, and what could not be found out: %i columns, %s', async (columns, language) => {
    await expect(await play(recordedRun('preflight'), { columns, language })).toMatchFileSnapshot(
      `expected/preflight-${columns}-${language}.txt`,
    );
  });

  it('preflight task by task with -v', async () => {
    const output = await play(recordedRun('preflight'), { verbosity: 1 });
    expect(output).toContain('TASK [preflight : OS-1 | Debian 12]');
    expect(output).toContain('failed: [chat1] =>');
  });

  it('-vv with colour', async () => {
    await expect(await play(recordedRun('install'), { columns: 120, verbosity: 2, colour: true })).toMatchFileSnapshot(
      'expected/install-120-vv-colour.txt',
    );
  });
});

describe('without events', () => {
  it('a running task gets a line a minute from the clock', async () => {
    const ticks: ((now: number) => void)[] = [];
    const { options, output } = recorder({
      every: (_ms, tick) => {
        ticks.push(tick);
        return () => ticks.splice(0);
      },
    });
    const reporter = plainReporter(options);
    const start = Date.parse('2025-01-01T00:00:00.000Z');
    reporter.handle({ type: 'host_start', time: new Date(start).toISOString(), task: 'install', host: 'chat1' });
    for (let seconds = 0; seconds <= 150; seconds += 5) for (const tick of ticks) tick(start + seconds * 1_000);
    expect(output()).toBe('running: [chat1] install: 1m00s, no output yet\nrunning: [chat1] install: 2m00s, no output yet\n');
    await reporter.close();
    expect(ticks).toEqual([]);
  });
});

describe('a result without a start', () => {
  it('has a header all the same: an include that is skipped', async () => {
    const skipped: RunEvent = { ...result, task: 'inc', status: 'skipped', message: 'Conditional result was False' };
    expect(await play([skipped], { columns: 20 })).toBe('\nTASK [inc] ********\nskipping: [a] => Conditional result was False\n');
  });
});

describe('check mode', () => {
  it('tells what is skipped from what only the real run can tell', async () => {
    const unknown: RunEvent = { ...result, status: 'skipped', result: '(known after apply)', message: 'wget may bring it' };
    expect(await play([unknown], { columns: 20 })).toContain('unknown: [a] => wget may bring it\n');
  });
});

const result = {
  type: 'task_result',
  time: new Date(0).toISOString(),
  play: 'p',
  task: 't',
  module: 'm',
  host: 'a',
  status: 'ok',
  handler: false,
  position: 'x:1:1',
  duration: 1,
  roundTrips: 1,
} as const;

describe('strategy free', () => {
  it('repeats the header of a task when another came between', async () => {
    const at = (ms: number) => new Date(ms).toISOString();
    const start = (task: string): RunEvent => ({
      type: 'task_start',
      time: at(0),
      play: 'p',
      task,
      module: 'm',
      position: 'x:1:1',
      handler: false,
      hosts: ['a', 'b'],
    });
    const done = (task: string, host: string): RunEvent => ({
      type: 'task_result',
      time: at(1),
      play: 'p',
      task,
      module: 'm',
      host,
      status: 'ok',
      handler: false,
      position: 'x:1:1',
      duration: 1,
      roundTrips: 1,
    });
    const output = await play([start('one'), done('one', 'a'), start('two'), done('two', 'a'), done('one', 'b')], { columns: 20 });
    expect(output).toBe('\nTASK [one] ********\nok: [a]\n\nTASK [two] ********\nok: [a]\n\nTASK [one] ********\nok: [b]\n');
  });
});

describe('strategy: free', () => {
  it('each host is at a task of its own: the header comes with the results, and again when the host is at another', async () => {
    const time = '2025-01-01T00:00:00.000Z';
    const start = (host: string, line: number): RunEvent => ({
      type: 'task_start',
      time,
      play: 'P',
      task: 'debug',
      module: 'debug',
      position: `p.yaml:${line}:1`,
      handler: false,
      hosts: [host],
    });
    const result = (host: string, line: number): RunEvent => ({
      type: 'task_result',
      time,
      play: 'P',
      task: 'debug',
      module: 'debug',
      position: `p.yaml:${line}:1`,
      handler: false,
      host,
      status: 'ok',
      result: { changed: false, msg: `line ${line}` },
      duration: 1,
      roundTrips: 0,
    });
    const begin: RunEvent = { type: 'play_start', time, play: 'P', number: 1, hosts: ['a', 'b', 'c'], batch: 1, free: true };
    const events = [
      ...[start('a', 1), start('b', 1), start('c', 1), result('a', 1), result('b', 1)],
      ...[start('a', 2), start('b', 2), result('c', 1), result('a', 2), result('b', 2)],
    ];
    const lines = (await play([begin, ...events])).split('\n').filter((line) => line !== '');
    expect(lines.map((line) => line.replace(/ \*+$/, ''))).toEqual([
      'PLAY [P]',
      'TASK [debug]',
      'ok: [a] => line 1',
      'ok: [b] => line 1',
      'ok: [c] => line 1',
      'TASK [debug]',
      'ok: [a] => line 2',
      'ok: [b] => line 2',
    ]);
  });
});
