import type { Say } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { padTo, textWidth, wrapText } from '../base/text-width.js';
import type { Finding } from './finding-texts.js';
import { type Findings, type Row, remedyKey, rowsOf } from './findings.js';
import { summaryLines } from './findings-summary.js';
import type { Paint } from './paint.js';
import { remedyLines } from './remedy-lines.js';
import { type Cell, type Column, layOut, rowLines } from './table.js';

export interface FindingsStyle {
  readonly say: Say;
  readonly paint: Paint;
  readonly columns: number;
  /** What is met too, row by row. */
  readonly all: boolean;
  /** As `-i` named it, for commands. */
  readonly inventory: string;
}

/** Columns of text need this much; below it they are a pile of words. */
const LEAST_FOR_COLUMNS = 110;
const INDENT = '  ';

/**
 * The table at the end of a run: side by side where the terminal is wide enough for it, else one check below the other; remedies below the checks that
 * they mend. What is met, and always was, is only counted, unless `all` is asked for. Empty without findings.
 */
export function findingsTable(findings: Findings, style: FindingsStyle): string[] {
  if (findings.all.length === 0) return [];
  const groups = [...findings.byClause].map(([clause, group]) => ({ clause, group, rows: rowsOf(group, style.all) }));
  const rows = groups.flatMap((each) => each.rows);
  const widths = rows.length > 0 && style.columns >= LEAST_FOR_COLUMNS ? widthsFor(rows, style) : undefined;
  const body = groups.flatMap(({ clause, group, rows }) => [
    rows.length > 0
      ? style.paint('bold', clause)
      : `${style.paint('bold', clause)}  ${style.paint('green', style.say('findings.all-met', { count: group.length }))}`,
    ...rows.flatMap((row, at) => [
      ...(widths ? rowLines(cells(row, style), widths).map((line) => INDENT + line) : stacked(row, style)),
      ...remedyBelow(row, rows[at + 1], widths?.[0], style),
    ]),
  ]);
  const titles = widths ? rowLines(titleCells(style), widths).map((line) => INDENT + line) : [];
  return [...titles, ...body, '', ...summaryLines(findings, style)];
}

/** Once for all rows in a sequence that have it. */
function remedyBelow({ finding }: Row, next: Row | undefined, statusWidth: number | undefined, { say, columns }: FindingsStyle): string[] {
  const key = remedyKey(finding);
  if (key === '' || (next && remedyKey(next.finding) === key)) return [];
  return remedyLines(finding, say, { indent: ' '.repeat(statusWidth === undefined ? 4 : INDENT.length + statusWidth + 2), columns });
}

function widthsFor(rows: readonly Row[], style: FindingsStyle): number[] | undefined {
  return layOut(
    columnsOf(style.say),
    rows.map((each) => cells(each, style)),
    style.columns - INDENT.length,
  );
}

function columnsOf(say: Say): Column[] {
  return [
    { title: say('findings.status'), flexible: false },
    { title: say('findings.check'), flexible: true },
    { title: say('findings.found'), flexible: true },
    { title: say('findings.needed'), flexible: true },
    { title: say('findings.observer'), flexible: true },
  ];
}

function titleCells({ say, paint }: FindingsStyle): Cell[] {
  return columnsOf(say).map(({ title }) => ({ text: title, paint: (text) => paint('dim', text) }));
}

function cells({ finding, observers }: Row, { say, paint }: FindingsStyle): Cell[] {
  return [
    { text: status(finding, say), paint: (text) => paint(colour(finding), text) },
    { text: titleOf(finding, say) },
    { text: found(finding) },
    { text: printable(finding.needed) },
    { text: seenFrom(observers, say) },
  ];
}

function stacked({ finding, observers }: Row, style: FindingsStyle): string[] {
  const { say, columns } = style;
  const now = found(finding);
  if (finding.status === 'met') {
    const parts = [titleOf(finding, say), now, seenFrom(observers, say)];
    return heading(finding, parts.filter((each) => each !== '').join(' · '), style);
  }
  const fields = [
    [say('findings.found'), now],
    [say('findings.needed'), printable(finding.needed)],
    [say('findings.observer'), seenFrom(observers, say)],
  ] as const;
  const label = Math.max(...fields.map(([name]) => textWidth(name)));
  const lines = fields.flatMap(([name, text]) =>
    text === '' ? [] : wrapText(text, columns - label - 6).map((line, at) => `    ${padTo(at === 0 ? name : '', label)}  ${line}`),
  );
  return [...heading(finding, titleOf(finding, say), style), ...lines];
}

/** The status and a text, which goes on below itself. */
function heading(finding: Finding, text: string, { say, paint, columns }: FindingsStyle): string[] {
  const word = status(finding, say);
  const indent = textWidth(word) + INDENT.length + 2;
  return wrapText(text, Math.max(10, columns - indent)).map((line, at) =>
    at === 0 ? `${INDENT}${paint(colour(finding), word)}  ${line}` : ' '.repeat(indent) + line,
  );
}

function status({ status, severity }: Finding, say: Say): string {
  return status === 'unmet' ? say(`findings.${severity}`) : say(`findings.${status}`);
}

/** A title says what ought to be: without a word before it, it would read as what is. */
function titleOf({ status, title }: Finding, say: Say): string {
  return status === 'unmet' ? say('findings.not-met', { title: printable(title) }) : printable(title);
}

function colour({ status, severity }: Finding): 'green' | 'red' | 'yellow' | 'cyan' {
  if (status === 'met') return 'green';
  if (status === 'unknown') return 'cyan';
  return severity === 'fatal' ? 'red' : 'yellow';
}

function found(finding: Finding): string {
  const now = printable(finding.found);
  return finding.before === undefined ? now : `${printable(finding.before)} → ${now}`;
}

function seenFrom(observers: readonly string[], say: Say): string {
  return observers.map((each) => (each === 'control' ? say('findings.control') : each)).join(', ');
}
