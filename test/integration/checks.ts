import type { RunEvent } from '../../src/events/event.js';
import type { Customer } from './customer.js';
import { JsonRun } from './json-run.js';

type Finding = Extract<RunEvent, { type: 'finding' }>;

/** What the checks of a run found; notes decide nothing. */
export class Checked extends JsonRun {
  /** Unmet or unknown at the run's end, of those that matter. */
  get red(): Finding[] {
    return this.findings.filter(({ status, severity }) => status !== 'met' && severity !== 'note');
  }

  /** The clauses that are red, each once, and what was found of them. */
  clauses(besides: readonly Finding[] = []): Record<string, string[]> {
    const known = new Set(besides.map(keyOf));
    const clauses: Record<string, string[]> = {};
    for (const each of this.red) if (!known.has(keyOf(each))) clauses[each.clause] = [...(clauses[each.clause] ?? []), each.found];
    return clauses;
  }

  /** Tasks that failed, but for the judging of findings and what repeats it at preflight's end: no check may fail itself. */
  get broken(): string[] {
    return this.results
      .filter(({ status, result, module }) => {
        const judged = module === 'fail' || JSON.stringify(result ?? '').includes('task/findings-unmet');
        return status === 'unreachable' || (status === 'failed' && !judged);
      })
      .map(({ host, task, message }) => `${host}: ${task}: ${message ?? ''}`);
  }

  get changed(): number {
    return Object.values(this.recap?.hosts ?? {}).reduce((sum, counts) => sum + counts.changed, 0);
  }
}

function keyOf({ host, clause, title, observer }: Finding): string {
  return JSON.stringify([host, clause, title, observer]);
}

/** `chatsctl preflight`, `verify` or `play playbooks/NAME.yaml`, as JSON. */
export async function check(customer: Customer, command: readonly string[], flags: readonly string[] = []): Promise<Checked> {
  return new Checked(await customer.run([...command, '--output', 'json', ...flags]));
}
