import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/events/event.js';
import { junitReporter } from '../../../src/reporters/junit.js';
import { recordedRun } from './recorded-run.js';

async function written(run: readonly RunEvent[]): Promise<string> {
  let file = '';
  const reporter = junitReporter('report.xml', async (path, text) => {
    expect(path).toBe('report.xml');
    file = text;
  });
  for (const event of run) reporter.handle(event);
  await reporter.close();
  return file;
}

it('writes a suite a play and a case a task and host', async () => {
  await expect(await written(recordedRun('install'))).toMatchFileSnapshot('expected/install.xml');
});

it('escapes what XML cannot hold', async () => {
  const run = recordedRun('install').map((event) =>
    event.type === 'task_result' && event.status === 'failed' ? { ...event, message: 'a<b & "c"\u0000\ud800\n' } : event,
  );
  expect(await written(run)).toContain('<failure message="a&lt;b &amp; &quot;c&quot;\ufffd\ufffd&#10;">');
});
