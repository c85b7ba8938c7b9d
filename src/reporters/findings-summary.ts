import type { Say } from '../base/messages/message.js';
import { wrapText } from '../base/text-width.js';
import type { Finding } from './finding-texts.js';
import type { Findings } from './findings.js';
import type { Paint } from './paint.js';

interface SummaryStyle {
  readonly say: Say;
  readonly paint: Paint;
  readonly columns: number;
  readonly inventory: string;
}

/** What stays on the screen when the table has scrolled away: how many of what, which clauses, and the commands that mend them. */
export function summaryLines(findings: Findings, style: SummaryStyle): string[] {
  const { say, paint, columns, inventory } = style;
  const { all } = findings;
  const unmet = [...findings.byClause.values()].flat().filter((each) => each.status === 'unmet');
  const fatal = unmet.filter((each) => each.severity === 'fatal');
  const warnings = unmet.filter((each) => each.severity === 'warning');
  const notes = unmet.filter((each) => each.severity === 'note');
  const count = (status: Finding['status']) => all.filter((each) => each.status === status).length;
  const counts = {
    count: all.length,
    met: count('met'),
    fatal: fatal.length,
    warnings: warnings.length,
    notes: notes.length,
    unknown: count('unknown'),
  };
  const named = (label: string, group: readonly Finding[]) => (group.length === 0 ? [] : wrapText(`${label}: ${clauses(group)}`, columns));
  const playbooks = [...new Set(unmet.flatMap((each) => each.mendedBy ?? []))];
  return [
    ...wrapText(say('findings.summary', counts), columns),
    ...named(say('findings.fatal'), fatal).map((line) => paint('red', line)),
    ...named(say('findings.warnings'), warnings).map((line) => paint('yellow', line)),
    ...named(say('findings.notes'), notes),
    ...playbooks.flatMap((playbook) => [
      ...wrapText(say('findings.play', { playbook, clauses: clauses(unmet.filter((each) => each.mendedBy === playbook)) }), columns),
      `    chatsctl play ${playbook} -i ${inventory}`,
    ]),
  ];
}

/** `DNS-3 (2), TIME-1`. */
function clauses(group: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { clause } of group) counts.set(clause, (counts.get(clause) ?? 0) + 1);
  return [...counts].map(([clause, count]) => (count === 1 ? clause : `${clause} (${count})`)).join(', ');
}
