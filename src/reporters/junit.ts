import { plainMessage } from '../base/errors.js';
import { type Language, speaker } from '../base/messages/message.js';
import { isMap } from '../base/value.js';
import { writeWhole } from '../base/write-whole.js';
import type { RunEvent } from '../events/event.js';
import { readIn } from './finding-texts.js';
import { Findings } from './findings.js';
import { findingCases } from './junit-findings.js';
import { junitXml, type TestCase, type TestSuite } from './junit-xml.js';
import type { Reporter } from './reporter.js';
import { TableOnly } from './table-only.js';

type TaskResult = Extract<RunEvent, { type: 'task_result' }>;

interface JunitOptions {
  readonly language?: Language;
  readonly write?: (path: string, text: string) => Promise<void>;
}

/**
 * A JUnit file, written when the run ends, however it ends: a suite a play with a case for each task and host, as Ansible's junit callback has them; a suite
 * of findings with a case for each clause and observer; errors that ended the run. Of preflight and verify it has the findings, and tasks that failed.
 */
export function junitReporter(path: string, { language = 'en', write = writeWhole }: JunitOptions = {}): Reporter {
  const plays = new Map<string, TestCase[]>();
  const findings = new Findings();
  const errors: TestCase[] = [];
  let tableOnly: TableOnly | undefined;
  let started = '';
  return {
    name: 'junit',
    handle(event) {
      if (event.type === 'run_start') {
        started = event.time;
        if (/^(preflight|verify)\b/.test(event.command)) tableOnly = new TableOnly();
      }
      if (event.type === 'finding') findings.add(readIn(language, event));
      if (event.type === 'task_result' && !tableOnly?.drops(event))
        plays.set(event.play, [...(plays.get(event.play) ?? []), caseOf(event)]);
      if (event.type === 'diagnostic' && event.diagnostic.severity === 'error') {
        const { code } = event.diagnostic;
        errors.push({ name: code, classname: 'chatsctl', seconds: 0, outcome: 'error', message: plainMessage(event.diagnostic, language) });
      }
    },
    close: async () => {
      if (errors.some(({ name }) => name === 'cli/report-unwritable')) return;
      const suites: TestSuite[] = [
        { name: 'findings', started, cases: findingCases([...findings.byClause.values()].flat(), speaker(language)) },
        ...[...plays].map(([name, cases]) => ({ name, started, cases })),
        { name: 'chatsctl', started, cases: errors },
      ];
      await write(path, junitXml(suites.filter(({ cases }) => cases.length > 0)));
    },
  };
}

function caseOf(event: TaskResult): TestCase {
  const base = { name: `[${event.host}] ${event.task}`, classname: event.position, seconds: event.duration / 1000 };
  const message = event.message ?? '';
  switch (event.status) {
    case 'failed':
      return { ...base, outcome: 'failed', message, output: output(event) };
    case 'unreachable':
      return { ...base, outcome: 'error', message };
    case 'skipped':
      return { ...base, outcome: 'skipped', message };
    default:
      return { ...base, outcome: 'passed' };
  }
}

function output(event: TaskResult): string {
  if (!isMap(event.result)) return '';
  const { stderr, stdout } = event.result;
  return typeof stderr === 'string' && stderr !== '' ? stderr : typeof stdout === 'string' ? stdout : '';
}
