import type { Say } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { isMap, knownAfterApply, type Value, type ValueMap } from '../base/value.js';
import type { DiffPart, RunEvent, TaskStatus } from '../events/event.js';
import { failureHint, failureMessage } from './failure-hint.js';
import { type Paint, paintDiff, statusColour } from './paint.js';

type TaskResult = Extract<RunEvent, { type: 'task_result' }>;
type ItemResult = Extract<RunEvent, { type: 'item_result' }>;

export interface ResultStyle {
  readonly say: Say;
  readonly paint: Paint;
  readonly language: 'en' | 'ru';
  readonly verbosity: number;
}

/** Lines of output shown of a failed command; all of it with -v. */
const TAIL_LINES = 10;
const INDENT = '    ';

const labels: Readonly<Record<TaskStatus, string>> = {
  ok: 'ok',
  changed: 'changed',
  failed: 'failed',
  unreachable: 'unreachable',
  skipped: 'skipping',
  rescued: 'rescued',
  ignored: 'ignored',
};

/** A finished task on a host, in lines without a trailing line feed. */
export function taskLines(event: TaskResult, style: ResultStyle): string[] {
  const { say, paint } = style;
  const lines = [
    ...diffLines(event.diff, paint),
    paint(statusColour[event.status], withMessage(`${label(event)}: [${hostOf(event, style)}]`, summary(event, style))),
    ...details(event.status, event.result, event.message, style),
  ];
  lines.push(...placeLines(event, style));
  if (style.verbosity > 0 && event.result === undefined) lines.push(INDENT + paint('dim', say('result.hidden')));
  for (const text of event.warnings ?? []) lines.push(paint('magenta', INDENT + say('result.warning', { text: printable(text) })));
  return lines;
}

/** One item of a loop. */
export function itemLines(event: ItemResult, style: ResultStyle): string[] {
  const head = `${labels[event.status]}: [${hostOf(event, style)}] => ${style.say('result.item', { item: oneLine(event.item) })}`;
  return [
    ...diffLines(event.diff, style.paint),
    style.paint(statusColour[event.status], withMessage(head, summary(event, style))),
    ...details(event.status, event.result, event.message, style),
    ...placeLines(event, style),
  ];
}

function hostOf({ host, delegatedTo }: TaskResult | ItemResult, { say }: ResultStyle): string {
  return delegatedTo === undefined ? host : say('result.delegated', { host, delegate: delegatedTo });
}

function placeLines({ status, position }: TaskResult | ItemResult, { say, paint }: ResultStyle): string[] {
  return isBad(status) ? [INDENT + paint('dim', say('result.position', { position }))] : [];
}

/** Skipped for want of knowledge is not the same as skipped: only the real run can tell. */
function label({ status, result }: TaskResult): string {
  return status === 'skipped' && result === knownAfterApply ? 'unknown' : labels[status];
}

/** What stands on the status line itself: why it failed or was skipped, what debug has to say. */
function summary(event: TaskResult | ItemResult, style: ResultStyle): string | undefined {
  if (isBad(event.status) || event.status === 'skipped') return reason(event, style);
  if (event.module !== 'debug' || !isMap(event.result)) return undefined;
  if (typeof event.result.msg === 'string') return event.result.msg;
  const { changed, failed, ...said } = event.result;
  return JSON.stringify('msg' in said ? said.msg : said, null, 2);
}

function reason({ message, result }: TaskResult | ItemResult, { language }: ResultStyle): string | undefined {
  if (message === undefined || !isMap(result)) return message;
  const text = failureMessage(message, result, language);
  // Ansible's words for a failed program leave its exit status out.
  return typeof result.rc === 'number' && result.rc !== 0 && message === result.msg ? `${text} (rc=${result.rc})` : text;
}

function withMessage(head: string, text: string | undefined): string {
  if (text === undefined || text === '') return head;
  const [first = '', ...rest] = printable(text).trimEnd().split('\n');
  return [`${head} => ${first}`, ...rest.map((line) => INDENT + line)].join('\n');
}

function details(status: TaskStatus, result: Value | undefined, text: string | undefined, style: ResultStyle): string[] {
  const lines: string[] = [];
  if (isMap(result) && isBad(status)) {
    if (style.verbosity === 0) lines.push(...outputTail(result, text ?? '', style));
    const hint = failureHint(result, style.language);
    // What to think of comes before the command to type.
    if (hint?.remedy !== undefined) lines.push(...indented(style.say('error.fix', { remedy: printable(hint.remedy) })));
    if (hint?.hint !== undefined) lines.push(...indented(style.say('result.hint', { hint: printable(hint.hint) })));
    if (hint?.code !== undefined) lines.push(...indented(style.say('result.doc', { code: hint.code })));
  }
  if (style.verbosity > 0 && isMap(result) && status !== 'skipped')
    lines.push(...indented(printable(JSON.stringify(withoutLines(result), null, 2))));
  return lines;
}

/** The end of stderr, else of stdout, unless the message tells it already. */
function outputTail(result: ValueMap, text: string, { say, paint }: ResultStyle): string[] {
  for (const name of ['stderr', 'stdout']) {
    const output = result[name];
    if (typeof output !== 'string' || output.trim() === '') continue;
    if (text.includes(output.trim())) return [];
    const lines = printable(output).trimEnd().split('\n');
    const hidden = lines.length - TAIL_LINES;
    const shown = lines.slice(-TAIL_LINES).map((line) => `${INDENT}  ${line}`);
    const more = hidden > 0 ? [paint('dim', `${INDENT}  ${say('result.more-lines', { count: hidden })}`)] : [];
    return [`${INDENT}${name}:`, ...more, ...shown];
  }
  return [];
}

function diffLines(parts: readonly DiffPart[] | undefined, paint: Paint): string[] {
  return (parts ?? []).flatMap(({ subject, text }) => {
    const body = printable(text).trimEnd();
    return body.startsWith('---') ? [paintDiff(body, paint)] : [paint('bold', subject), ...(body === '' ? [] : [paintDiff(body, paint)])];
  });
}

/** `stdout_lines` says nothing that `stdout` does not. */
function withoutLines(result: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(result).filter(([name]) => !(name.endsWith('_lines') && name.slice(0, -6) in result)));
}

function isBad(status: TaskStatus): boolean {
  return status === 'failed' || status === 'unreachable' || status === 'rescued' || status === 'ignored';
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => INDENT + line);
}

function oneLine(text: string): string {
  return printable(text.replaceAll('\n', '\\n'));
}
