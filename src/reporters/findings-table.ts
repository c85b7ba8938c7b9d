import type { Say } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { padTo, textWidth, wrapText } from '../base/text-width.js';
import type { Finding } from './finding-texts.js';
import type { Paint } from './paint.js';
import { type Cell, type Column, layOut, rowLines } from './table.js';

export interface FindingsStyle {
  readonly say: Say;
  readonly paint: Paint;
  readonly columns: number;
  /** What is met too, row by row. */
  readonly all: boolean;
}

/** A run's findings, by clause: the latest outcome of each check, with what it was before. */
export class Findings {
  private readonly latest = new Map<string, Finding>();

  add(finding: Finding): void {
    const key = JSON.stringify([finding.clause, finding.title, finding.host, finding.observer]);
    const earlier = this.latest.get(key);
    const before = finding.before ?? (earlier && earlier.found !== finding.found ? earlier.found : earlier?.before);
    this.latest.set(key, { ...finding, ...(before !== undefined && { before }) });
  }

  /** In the order in which clauses were first seen. */
  get byClause(): ReadonlyMap<string, readonly Finding[]> {
    const groups = new Map<string, Finding[]>();
    for (const finding of this.latest.values()) groups.set(finding.clause, [...(groups.get(finding.clause) ?? []), finding]);
    return groups;
  }
}

/** One line of the table: a check, and everyone of whom it is true in the same words. */
interface Row {
  readonly finding: Finding;
  readonly observers: readonly string[];
}

/**
 * The table at the end of a run: side by side where the terminal is wide enough for it, else one check below the other. What is met, and always was, is
 * only counted, unless `all` is asked for. Empty without findings.
 */
export function findingsTable(findings: Findings, style: FindingsStyle): string[] {
  const groups = [...findings.byClause];
  const all = groups.flatMap(([, group]) => group);
  if (all.length === 0) return [];
  const shown = groups.map(([clause, group]) => ({ clause, group, rows: joined(group, style.all) }));
  const rows = shown.flatMap((each) => each.rows);
  const columns = head(style.say);
  const widths =
    style.columns < LEAST_FOR_COLUMNS
      ? undefined
      : layOut(
          columns,
          rows.map((each) => cells(each, style)),
          style.columns - 2,
        );
  const body = shown.flatMap(({ clause, group, rows }) => {
    if (rows.length === 0)
      return [`${style.paint('bold', clause)}  ${style.paint('green', style.say('findings.all-met', { count: group.length }))}`];
    const lines = rows.flatMap((each) => (widths ? rowLines(cells(each, style), widths).map((line) => `  ${line}`) : stacked(each, style)));
    return [style.paint('bold', clause), ...lines];
  });
  const titles =
    widths && rows.length > 0
      ? rowLines(
          columns.map(({ title }) => ({ text: title, paint: (text) => style.paint('dim', text) })),
          widths,
        )
      : [];
  return [...titles.map((line) => `  ${line}`), ...body, '', summary(all, style.say)];
}

/** Six columns of text need this much; below it they are a pile of words. */
const LEAST_FOR_COLUMNS = 120;

function joined(group: readonly Finding[], all: boolean): Row[] {
  const rows = new Map<string, { finding: Finding; observers: string[] }>();
  for (const finding of group) {
    if (finding.status === 'met' && finding.before === undefined && !all) continue;
    const { title, status, severity, found, before, needed, remedy, mendedBy } = finding;
    const key = JSON.stringify([title, status, severity, found, before, needed, remedy, mendedBy]);
    const row = rows.get(key);
    if (!row) rows.set(key, { finding, observers: [observer(finding)] });
    else if (!row.observers.includes(observer(finding))) row.observers.push(observer(finding));
  }
  return [...rows.values()];
}

/** Who saw it; of a host that it is said of by another, both. */
function observer({ host, observer }: Finding): string {
  return observer === host || host === 'localhost' ? observer : `${observer} (${host})`;
}

function head(say: Say): Column[] {
  return [
    { title: say('findings.status'), flexible: false },
    { title: say('findings.check'), flexible: true },
    { title: say('findings.found'), flexible: true },
    { title: say('findings.needed'), flexible: true },
    { title: say('findings.observer'), flexible: true },
    { title: say('findings.remedy'), flexible: true },
  ];
}

function cells({ finding, observers }: Row, { say, paint }: FindingsStyle): Cell[] {
  return [
    { text: status(finding, say), paint: (text) => paint(colour(finding), text) },
    { text: printable(finding.title) },
    { text: found(finding) },
    { text: printable(finding.needed) },
    { text: observers.join(', ') },
    { text: remedy(finding, say) },
  ];
}

function stacked({ finding, observers }: Row, style: FindingsStyle): string[] {
  const { say, paint, columns } = style;
  const fields = [
    [say('findings.found'), found(finding)],
    [say('findings.needed'), finding.status === 'met' ? '' : printable(finding.needed)],
    [say('findings.observer'), observers.join(', ')],
    [say('findings.remedy'), remedy(finding, say)],
  ] as const;
  const label = Math.max(...fields.map(([name]) => textWidth(name)));
  const lines = fields.flatMap(([name, text]) =>
    text === '' ? [] : wrapText(text, columns - label - 6).map((line, at) => `    ${padTo(at === 0 ? name : '', label)}  ${line}`),
  );
  const word = status(finding, say);
  const title = wrapText(printable(finding.title), Math.max(10, columns - textWidth(word) - 4));
  const indent = ' '.repeat(textWidth(word) + 4);
  return [`  ${paint(colour(finding), word)}  ${title[0] ?? ''}`, ...title.slice(1).map((line) => indent + line), ...lines];
}

function status({ status, severity }: Finding, say: Say): string {
  if (status === 'met') return say('findings.met');
  return status === 'unknown' ? say('findings.unknown') : say(`findings.${severity}`);
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

/** Nothing to mend where the clause is met. */
function remedy(finding: Finding, say: Say): string {
  if (finding.status === 'met') return '';
  const ways: string[] = [];
  if (finding.mendedBy !== undefined) ways.push(say('findings.mended-by', { playbook: finding.mendedBy }));
  if (finding.remedy !== undefined) ways.push(say('findings.by-you', { remedy: printable(finding.remedy) }));
  return ways.join('\n');
}

function summary(all: readonly Finding[], say: Say): string {
  const unmet = all.filter((each) => each.status === 'unmet');
  return say('findings.summary', {
    count: all.length,
    met: all.filter((each) => each.status === 'met').length,
    fatal: unmet.filter((each) => each.severity === 'fatal').length,
    warnings: unmet.filter((each) => each.severity !== 'fatal').length,
    unknown: all.filter((each) => each.status === 'unknown').length,
  });
}
