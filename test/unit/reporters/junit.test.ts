import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnostic } from '../../../src/base/errors.js';
import type { RunEvent } from '../../../src/events/event.js';
import { junitReporter } from '../../../src/reporters/junit.js';
import { junitFaults } from './junit-schema.js';
import { recordedRun } from './recorded-run.js';

async function written(run: readonly RunEvent[]): Promise<string> {
  let file = '';
  const reporter = junitReporter('report.xml', {
    write: async (path, text) => {
      expect(path).toBe('report.xml');
      file = text;
    },
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

it('of preflight it has a case for each clause and observer, and what could not be found out', async () => {
  await expect(await written(recordedRun('preflight'))).toMatchFileSnapshot('expected/preflight.xml');
});

it.each(['install', 'preflight'])('%s: is what the usual schema allows', async (name) => {
  expect(junitFaults(await written(recordedRun(name)))).toEqual([]);
});

it('has the error of a run that never began', async () => {
  const refused = diagnostic('cli/no-hosts', { pattern: 'a<b' });
  const xml = await written([{ type: 'diagnostic', time: '2026-03-01T02:00:00.000Z', diagnostic: refused }]);
  expect(junitFaults(xml)).toEqual([]);
  expect(xml).toMatch(/<testcase name="cli\/no-hosts" .*>\n *<error message="[^"]*a&lt;b/);
});

it('replaces the report of before, and leaves nothing beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatsctl-junit-'));
  try {
    const path = join(folder, 'report.xml');
    writeFileSync(path, 'the report of before');
    const reporter = junitReporter(path);
    for (const event of recordedRun('preflight')) reporter.handle(event);
    expect(readFileSync(path, 'utf8')).toBe('the report of before');
    await reporter.close();
    expect(junitFaults(readFileSync(path, 'utf8'))).toEqual([]);
    expect(readdirSync(folder)).toEqual(['report.xml']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
