import { unifiedDiff } from '../base/diff.js';
import type { DiffPart } from '../events/event.js';
import type { Change } from '../sdk/operation.js';

/** Changes as an operator reads them: contents as unified diffs, attributes as lines `mode: 0644 → 0600`, grouped by subject. */
export function diffParts(changes: readonly Change[]): DiffPart[] {
  const bySubject = new Map<string, Change[]>();
  for (const change of changes) bySubject.set(change.subject, [...(bySubject.get(change.subject) ?? []), change]);
  return [...bySubject].map(([subject, each]) => ({ subject, text: each.map((change) => diffText(subject, change)).join('') }));
}

function diffText(subject: string, change: Change): string {
  if (change.text) return unifiedDiff(subject, change.text.before, change.text.after) ?? '  (too different to compare)\n';
  return `  ${change.attribute}: ${shown(change.before)} → ${shown(change.after)}\n`;
}

function shown(value: Change['before']): string {
  return value === null ? '(absent)' : String(value);
}

/** `diff` of a registered result: Ansible's before/after by subject. */
export function diffResult(changes: readonly Change[]): { before: string; after: string; before_header: string; after_header: string }[] {
  return changes.map((change) => ({
    before_header: change.subject,
    after_header: change.subject,
    before: change.text ? (change.text.before ?? '') : `${change.attribute}: ${shown(change.before)}\n`,
    after: change.text ? (change.text.after ?? '') : `${change.attribute}: ${shown(change.after)}\n`,
  }));
}
