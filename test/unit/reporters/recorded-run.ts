import { readFileSync } from 'node:fs';
import { plainMessage } from '../../../src/base/errors.js';
import type { RunEvent } from '../../../src/events/event.js';
import { parseEvent } from '../../../src/events/serialise.js';
import type { ReporterOptions } from '../../../src/reporters/reporter.js';

/** A recorded run of test/unit/reporters/runs, one event a line. */
export function recordedRun(name: string): RunEvent[] {
  const text = readFileSync(new URL(`runs/${name}.ndjson`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const event = parseEvent(line);
      if (!event) throw new Error(`not an event: ${line}`);
      return event;
    });
}

export interface Recorder {
  readonly options: ReporterOptions;
  readonly output: () => string;
}

export function recorder(overrides: Partial<ReporterOptions> = {}): Recorder {
  let output = '';
  return {
    options: {
      write: (text) => {
        output += text;
      },
      columns: 80,
      colour: false,
      language: 'en',
      verbosity: 0,
      renderDiagnostic: (found) => `${found.severity}: ${plainMessage(found)}`,
      ...overrides,
    },
    output: () => output,
  };
}
