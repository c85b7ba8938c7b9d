import type { Say } from '../base/messages/message.js';
import type { Finding } from './finding-texts.js';
import type { TestCase } from './junit-xml.js';

/**
 * A case for each clause and observer. It fails by what is unmet and fatal; it is skipped where nothing could be told; warnings and notes that are unmet,
 * and what was mended, stand in its output.
 */
export function findingCases(findings: readonly Finding[], say: Say): TestCase[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.clause, finding.observer]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const { clause, observer } = group[0] ?? { clause: '', observer: '' };
    const fatal = group.filter((each) => each.status === 'unmet' && each.severity === 'fatal');
    const told = group.filter((each) => each.status === 'unmet' || each.before !== undefined);
    const unknown = group.filter((each) => each.status === 'unknown');
    const base = { name: `${clause} [${observer}]`, classname: `findings.${clause}`, seconds: 0 };
    const note = told
      .filter((each) => !fatal.includes(each))
      .map((each) => described(each, say))
      .join('\n');
    if (fatal.length > 0)
      return {
        ...base,
        outcome: 'failed',
        message: fatal.map((each) => titled(each, say)).join('; '),
        output: fatal.map((each) => described(each, say)).join('\n'),
        note,
      };
    if (unknown.length === group.length)
      return { ...base, outcome: 'skipped', message: unknown.map((each) => each.found).join('; '), note };
    return { ...base, outcome: 'passed', note };
  });
}

/** `warning: not met: TITLE`, and below it what the table says. */
function described(finding: Finding, say: Say): string {
  const { status, severity, found, before, needed, mendedBy, remedy, command, by } = finding;
  const lines = [
    `${status === 'unmet' ? say(`findings.${severity}`) : say(`findings.${status}`)}: ${titled(finding, say)}`,
    `  ${say('findings.found')}: ${before === undefined ? found : `${before} → ${found}`}`,
    `  ${say('findings.needed')}: ${needed}`,
  ];
  if (status !== 'unmet') return lines.join('\n');
  if (mendedBy !== undefined) lines.push(`  ${say('findings.mended-by', { playbook: mendedBy })}`);
  const who = say(by === 'vendor' ? 'findings.by-vendor' : 'findings.by-you');
  for (const each of [remedy, command]) if (each !== undefined) lines.push(`  ${who}: ${each}`);
  return lines.join('\n');
}

function titled({ status, title }: Finding, say: Say): string {
  return status === 'unmet' ? say('findings.not-met', { title }) : title;
}
