import { failure } from '../base/errors.js';
import type { Emit } from '../events/event.js';
import type { FindingInput } from '../sdk/control-context.js';

/** The findings of a run: recorded by host and clause, judged when a role or a section of the play ends. */
export class Findings {
  /** Latest of each (host, clause, title): the same check again shows before → after. */
  private readonly latest = new Map<string, FindingInput>();
  private readonly unjudged = new Map<string, FindingInput[]>();

  constructor(private readonly emit: Emit) {}

  record(host: string, finding: FindingInput): void {
    const key = JSON.stringify([host, finding.clause, finding.title, finding.observer]);
    const before = this.latest.get(key);
    this.latest.set(key, finding);
    this.unjudged.set(host, [...(this.unjudged.get(host) ?? []), finding]);
    this.emit({
      type: 'finding',
      host,
      clause: finding.clause,
      title: finding.title,
      status: finding.status,
      severity: finding.severity,
      found: finding.found,
      needed: finding.needed,
      observer: finding.observer,
      ...(finding.mendedBy !== undefined && { mendedBy: finding.mendedBy }),
      ...(finding.remedy !== undefined && { remedy: finding.remedy }),
      ...(before && before.found !== finding.found && { before: before.found }),
    });
  }

  /** The unmet fatal findings since the last judgement of this host. A check repeated since then counts by its last outcome. */
  judge(host: string): FindingInput[] {
    const since = this.unjudged.get(host) ?? [];
    this.unjudged.delete(host);
    const last = new Map(since.map((each) => [JSON.stringify([each.clause, each.title, each.observer]), each]));
    return [...last.values()].filter((each) => each.status === 'unmet' && each.severity === 'fatal');
  }

  pending(host: string): boolean {
    return this.unjudged.has(host);
  }
}

export function findingText(finding: FindingInput): string {
  return `${finding.clause}: ${finding.title} (found ${finding.found}, needed ${finding.needed})`;
}

/** What judged findings fail a host with (`meta: judge_findings`). */
export function findingsFailure(unmet: readonly FindingInput[]): Error {
  return failure('task/findings-unmet', { count: unmet.length, names: unmet.map(findingText).join('; ') });
}
