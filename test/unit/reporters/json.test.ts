import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jsonReporter } from '../../../src/reporters/json.js';
import { recordedRun } from './recorded-run.js';

it('writes each event as one line, as the journal has it', () => {
  let output = '';
  const reporter = jsonReporter((text) => {
    output += text;
  });
  for (const event of recordedRun('install')) reporter.handle(event);
  const recorded = readFileSync(new URL('runs/install.ndjson', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const written = output.trimEnd().split('\n');
  expect(written.map((line) => JSON.parse(line))).toEqual(recorded.map((line) => JSON.parse(line)));
  expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ type: 'recap', exit: 2, run: '20250102-030000-ab12cd' });
});
