import type { Finding } from './finding-texts.js';

/** A run's findings, by clause: the latest outcome of each check, with what it was before. */
export class Findings {
  private readonly latest = new Map<string, Finding>();

  add(finding: Finding): void {
    const key = JSON.stringify([finding.clause, finding.title, finding.host, finding.observer]);
    const earlier = this.latest.get(key);
    const before = finding.before ?? (earlier && earlier.found !== finding.found ? earlier.found : earlier?.before);
    this.latest.set(key, { ...finding, ...(before !== undefined && { before }) });
  }

  get all(): readonly Finding[] {
    return [...this.latest.values()];
  }

  /** Series of clauses (DNS-…) in the order in which they were first seen, the clauses of each by their number. */
  get byClause(): ReadonlyMap<string, readonly Finding[]> {
    const groups = new Map<string, Finding[]>();
    for (const finding of this.latest.values()) groups.set(finding.clause, [...(groups.get(finding.clause) ?? []), finding]);
    const clauses = [...groups.keys()];
    const series = [...new Set(clauses.map(seriesOf))];
    const place = (clause: string) => series.indexOf(seriesOf(clause));
    clauses.sort((a, b) => place(a) - place(b) || a.localeCompare(b, 'en', { numeric: true }));
    return new Map(clauses.map((clause) => [clause, groups.get(clause) ?? []]));
  }
}

function seriesOf(clause: string): string {
  return clause.replace(/-?\d+$/, '');
}

/** A line of the table: a check, and everyone of whom it is true in the same words. */
export interface Row {
  readonly finding: Finding;
  readonly observers: readonly string[];
}

/** What is not met first, the worst before the rest; checks with one remedy stand together. What is met, and always was, is left out unless `all` is asked for. */
export function rowsOf(group: readonly Finding[], all: boolean): Row[] {
  const rows = new Map<string, { finding: Finding; observers: string[] }>();
  for (const finding of group) {
    if (finding.status === 'met' && finding.before === undefined && !all) continue;
    const { title, status, severity, found, before, needed } = finding;
    const key = JSON.stringify([title, status, found, before, needed, status === 'met' || [severity, remedyKey(finding)]]);
    const row = rows.get(key);
    if (!row) rows.set(key, { finding, observers: [finding.observer] });
    else if (!row.observers.includes(finding.observer)) row.observers.push(finding.observer);
  }
  const found = [...rows.values()];
  const remedies = [...new Set(found.map((each) => remedyKey(each.finding)))];
  const place = ({ finding }: Row) => rank(finding) * remedies.length + remedies.indexOf(remedyKey(finding));
  return found.sort((a, b) => place(a) - place(b));
}

/** Equal for checks that are mended in the same way; '' for what needs no mending. */
export function remedyKey({ status, remedy, command, mendedBy, by }: Finding): string {
  if (status !== 'unmet' || (remedy ?? command ?? mendedBy) === undefined) return '';
  return JSON.stringify([remedy, command, mendedBy, by]);
}

function rank({ status, severity }: Finding): number {
  if (status === 'met') return 4;
  return status === 'unknown' ? 3 : ['fatal', 'warning', 'note'].indexOf(severity);
}
