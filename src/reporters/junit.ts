import { writeFile } from 'node:fs/promises';
import { isMap } from '../base/value.js';
import type { RunEvent } from '../events/event.js';
import type { Reporter } from './reporter.js';

type TaskResult = Extract<RunEvent, { type: 'task_result' }>;

/** A JUnit file (testsuites → one testsuite a play → one testcase a task and host), written when the run ends. */
export function junitReporter(path: string, write: (path: string, text: string) => Promise<void> = writeFile): Reporter {
  const plays = new Map<string, TaskResult[]>();
  let started = '';
  return {
    name: 'junit',
    handle(event) {
      if (event.type === 'run_start') started = event.time;
      if (event.type === 'task_result') plays.set(event.play, [...(plays.get(event.play) ?? []), event]);
    },
    close: () => write(path, junitXml(plays, started)),
  };
}

function junitXml(plays: ReadonlyMap<string, readonly TaskResult[]>, started: string): string {
  const all = [...plays.values()].flat();
  const suites = [...plays].map(
    ([play, results]) =>
      `  <testsuite name="${attribute(play)}" ${totals(results)} timestamp="${started.replace(/\.\d+Z$/, '')}">\n${results.map(testCase).join('')}  </testsuite>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="chatsctl" ${totals(all)}>\n${suites.join('')}</testsuites>\n`;
}

function totals(results: readonly TaskResult[]): string {
  const number = (...statuses: string[]) => results.filter((each) => statuses.includes(each.status)).length;
  const time = results.reduce((sum, each) => sum + each.duration, 0) / 1000;
  return `tests="${results.length}" failures="${number('failed')}" errors="${number('unreachable')}" skipped="${number('skipped')}" time="${time.toFixed(3)}"`;
}

function testCase(event: TaskResult): string {
  const open = `    <testcase name="${attribute(`[${event.host}] ${event.task}`)}" classname="${attribute(event.position)}" time="${(event.duration / 1000).toFixed(3)}"`;
  const text = event.message ?? '';
  switch (event.status) {
    case 'failed':
      return `${open}>\n      <failure message="${attribute(text)}">${content(output(event))}</failure>\n    </testcase>\n`;
    case 'unreachable':
      return `${open}>\n      <error message="${attribute(text)}"/>\n    </testcase>\n`;
    case 'skipped':
      return `${open}>\n      <skipped message="${attribute(text)}"/>\n    </testcase>\n`;
    default:
      return `${open}/>\n`;
  }
}

function output(event: TaskResult): string {
  if (!isMap(event.result)) return '';
  const { stderr, stdout } = event.result;
  return typeof stderr === 'string' && stderr !== '' ? stderr : typeof stdout === 'string' ? stdout : '';
}

function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** XML 1.0 knows no control characters and no lone surrogates: they become U+FFFD. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
