import type { Diagnostic } from '../base/errors.js';
import type { Value, ValueMap } from '../base/value.js';

export type ItemStatus = 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable';

/** One run of a module for one item, as `register` would hold it. */
export interface ItemResult {
  readonly status: ItemStatus;
  readonly result: ValueMap;
  /** Why, for the operator: failure's message, the condition that was false, the unknown's reason. */
  readonly message?: string;
  /** Check mode could not tell: register holds this reason. */
  readonly unknown?: string;
}

export function skipped(reason: string, condition?: string): ItemResult {
  return {
    status: 'skipped',
    message: condition ?? reason,
    result: {
      changed: false,
      failed: false,
      skipped: true,
      skip_reason: reason,
      ...(condition !== undefined && { false_condition: condition }),
    },
  };
}

export function unknown(reason: string): ItemResult {
  return {
    status: 'skipped',
    message: reason,
    unknown: reason,
    result: { changed: false, failed: false, skipped: true, skip_reason: reason },
  };
}

export function failed(message: string, result: ValueMap = {}): ItemResult {
  return { status: 'failed', message, result: { changed: false, ...result, failed: true, msg: message } };
}

/** What a result says of an error of the catalog: its code, what fills the code's texts, and what mends just this case. */
export function errorFields({ code, params, hint, ru }: Diagnostic): ValueMap {
  return { ...params, code, ...(hint !== undefined && { hint }), ...(ru?.hint !== undefined && { ru: { hint: ru.hint } }) };
}

/** The result of a loop: changed if any, failed if any, skipped if all (Ansible's shape). */
export function gather(items: readonly ItemResult[]): ItemResult {
  const results = items.map((each) => each.result);
  const some = (status: ItemStatus) => items.some((each) => each.status === status);
  const allSkipped = items.every((each) => each.status === 'skipped');
  const base = { results, changed: items.some((each) => each.result.changed === true), failed: false, skipped: allSkipped };
  const unknownItem = items.find((each) => each.unknown !== undefined);
  const extra = unknownItem?.unknown !== undefined ? { unknown: unknownItem.unknown } : {};
  if (some('unreachable'))
    return { status: 'unreachable', message: firstMessage(items, 'unreachable'), result: { ...base, unreachable: true } };
  if (some('failed')) {
    return { status: 'failed', message: firstMessage(items, 'failed'), result: { ...base, failed: true, msg: 'One or more items failed' } };
  }
  if (items.length === 0) {
    return {
      status: 'skipped',
      message: 'No items in the list',
      result: { ...base, skipped_reason: 'No items in the list' },
    };
  }
  if (allSkipped) return { status: 'skipped', message: 'All items skipped', result: { ...base, msg: 'All items skipped' }, ...extra };
  return { status: base.changed ? 'changed' : 'ok', result: { ...base, msg: 'All items completed' }, ...extra };
}

function firstMessage(items: readonly ItemResult[], status: ItemStatus): string {
  return items.find((each) => each.status === status)?.message ?? status;
}

/** A text with its lines, as Ansible adds them to what has stdout or stderr. */
export function withLines(result: ValueMap): ValueMap {
  const lines: Record<string, Value> = {};
  for (const name of ['stdout', 'stderr']) {
    const text = result[name];
    if (typeof text === 'string' && result[`${name}_lines`] === undefined) lines[`${name}_lines`] = splitLines(text);
  }
  return { ...result, ...lines };
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
