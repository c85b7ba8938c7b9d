import type { Say } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { padTo, textWidth, wrapText } from '../base/text-width.js';
import type { RunEvent } from '../events/event.js';
import type { Paint } from './paint.js';
import { type Cell, type Column, layOut, rowLines } from './table.js';

export type Finding = Extract<RunEvent, { type: 'finding' }>;

export interface FindingsStyle {
  readonly say: Say;
  readonly paint: Paint;
  readonly columns: number;
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

/** The table at the end of a run: side by side where the terminal is wide enough for it, else one finding below the other. Empty without findings. */
export function findingsTable(findings: Findings, style: FindingsStyle): string[] {
  const groups = [...findings.byClause];
  const all = groups.flatMap(([, group]) => group);
  if (all.length === 0) return [];
  const columns = head(style.say);
  const widths = layOut(
    columns,
    all.map((each) => row(each, style)),
    style.columns - 2,
  );
  const body = groups.flatMap(([clause, group]) => [
    ...clauseTitle(clause, group, style),
    ...group.flatMap((each) => (widths ? rowLines(row(each, style), widths).map((line) => `  ${line}`) : stacked(each, style))),
  ]);
  const titles = widths
    ? rowLines(
        columns.map((column) => ({ text: column.title, paint: (text) => style.paint('dim', text) })),
        widths,
      )
    : [];
  return [...titles.map((line) => `  ${line}`), ...body, '', summary(all, style.say)];
}

function head(say: Say): Column[] {
  return [
    { title: say('findings.status'), flexible: false },
    { title: say('findings.host'), flexible: false },
    { title: say('findings.found'), flexible: true },
    { title: say('findings.needed'), flexible: true },
    { title: say('findings.observer'), flexible: false },
    { title: say('findings.remedy'), flexible: true },
  ];
}

function clauseTitle(clause: string, group: readonly Finding[], { paint, columns }: FindingsStyle): string[] {
  const titles = [...new Set(group.map((each) => each.title))].join('; ');
  return wrapText(`${clause}  ${printable(titles)}`, columns).map((line) => paint('bold', line));
}

function row(finding: Finding, { say, paint }: FindingsStyle): Cell[] {
  return [
    { text: status(finding, say), paint: (text) => paint(colour(finding), text) },
    { text: finding.host },
    { text: found(finding) },
    { text: printable(finding.needed) },
    { text: finding.observer },
    { text: remedy(finding, say) },
  ];
}

function stacked(finding: Finding, style: FindingsStyle): string[] {
  const { say, paint, columns } = style;
  const fields = [
    [say('findings.found'), found(finding)],
    [say('findings.needed'), printable(finding.needed)],
    [say('findings.observer'), finding.observer],
    [say('findings.remedy'), remedy(finding, say)],
  ] as const;
  const label = Math.max(...fields.map(([name]) => textWidth(name)));
  const lines = fields.flatMap(([name, text]) =>
    text === '' ? [] : wrapText(text, columns - label - 6).map((line, at) => `    ${padTo(at === 0 ? name : '', label)}  ${line}`),
  );
  return [`  ${paint(colour(finding), status(finding, say))}  ${finding.host}`, ...lines];
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
