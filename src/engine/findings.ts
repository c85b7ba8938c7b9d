import { diagnostic, plainMessage } from '../base/errors.js';
import type { Language } from '../base/messages/message.js';
import type { Emit } from '../events/event.js';
import type { FindingInput, FindingTexts } from '../sdk/control-context.js';
import { ModuleFailure } from '../sdk/module.js';

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
      ...(finding.command !== undefined && { command: finding.command }),
      ...((finding.remedy ?? finding.command) !== undefined && { by: finding.by }),
      ...(before && before.found !== finding.found && { before: before.found }),
      ...russian(finding, before),
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

/** The finding's Russian texts, as far as there are any. */
function russian({ ru, found }: FindingInput, before: FindingInput | undefined): { ru?: FindingTexts & { before?: string } } {
  const earlier = before && before.found !== found ? before.ru?.found : undefined;
  if (ru === undefined && earlier === undefined) return {};
  return { ru: { ...ru, ...(earlier !== undefined && { before: earlier }) } };
}

/** What unmet findings fail a host with: all of them named, in both languages. */
export function judgement(unmet: readonly FindingInput[]): ModuleFailure {
  const names = (language: Language) => [...new Set(unmet.map((each) => `${each.clause} ${titleIn(each, language)}`))].join('; ');
  const say = (language: Language) =>
    plainMessage(diagnostic('task/findings-unmet', { count: unmet.length, names: names(language) }), language);
  return new ModuleFailure(
    { en: say('en'), ru: say('ru') },
    { code: 'task/findings-unmet', count: unmet.length, findings: [...new Set(unmet.map((each) => each.clause))] },
  );
}

function titleIn({ title, ru }: FindingInput, language: Language): string {
  return language === 'ru' ? (ru?.title ?? title) : title;
}
