import { type AnswerRecord, parseAnswers } from './answers.js';

/** What is known of a job on its host. */
export interface Inspection {
  readonly id: string;
  readonly alive: boolean;
  /** The program's exit status; undefined while it runs, and when it never came to write it. */
  readonly rc: number | undefined;
  /** It ended with 0, but said that it failed. */
  readonly failed: boolean;
  /** The job's own process has begun to run. */
  readonly begun: boolean;
  /** Captures are stored; the outcome, as JSON. */
  readonly collected: string | undefined;
  readonly sameBoot: boolean;
  /** Milliseconds since the start; meaningless after a reboot. */
  readonly elapsed: number;
  /** The host's uptime at the start, in milliseconds. */
  readonly startedUptime: number;
  /** Milliseconds from start to end; 0 while it has not ended. */
  readonly duration: number;
  /** Start, seconds since the epoch by the host's clock. */
  readonly date: number;
  /** Milliseconds since the last output, by the host's clock. */
  readonly silent: number;
  /** Bytes of the transcript. */
  readonly size: number;
  /** Bytes of the transcript at which the program is ended. */
  readonly limit: number;
  readonly answers: readonly AnswerRecord[];
  /** Bytes of the answers file: what an answer compares with. */
  readonly answersSize: number;
  /** Without systemd: a logout that kills the user's processes would have ended it. */
  readonly supervised: boolean;
}

/** Reads what the INSPECT and LIST scripts print; one entry a job. */
export function parseInspections(text: string): Inspection[] {
  const jobs: Map<string, string>[] = [];
  for (const line of text.split('\n')) {
    const [key = '', value = ''] = line.split(' ');
    if (key === 'job') jobs.push(new Map());
    jobs.at(-1)?.set(key, value);
  }
  return jobs.map(toInspection);
}

function toInspection(facts: ReadonlyMap<string, string>): Inspection {
  const text = (key: string) => facts.get(key) ?? '';
  const rc = Number.parseInt(text('rc'), 10);
  const answers = Buffer.from(text('answers'), 'base64');
  const collected = facts.get('collected');
  return {
    id: text('job'),
    alive: text('alive') === 'yes',
    rc: Number.isNaN(rc) ? undefined : rc,
    failed: facts.has('failed'),
    begun: facts.has('begun'),
    collected: collected === undefined ? undefined : Buffer.from(collected, 'base64').toString(),
    sameBoot: text('boot') === 'same',
    elapsed: Math.round((Number(text('uptime')) - Number(text('started'))) * 1000),
    startedUptime: Math.round(Number(text('started')) * 1000),
    duration: facts.has('ended') ? Math.max(0, Math.round((Number(text('ended')) - Number(text('started'))) * 1000)) : 0,
    date: Number(text('date')),
    silent: Math.max(0, Number(text('silent')) * 1000),
    size: Number(text('size')),
    limit: Number(text('limit')) || Number.POSITIVE_INFINITY,
    answers: parseAnswers(answers.toString()),
    answersSize: answers.length,
    supervised: !facts.has('mode'),
  };
}
