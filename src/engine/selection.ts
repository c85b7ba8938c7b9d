import { effectiveKeywords, type Item } from '../playbook/tree.js';
import type { RunOptions } from './options.js';

/** Which tasks the flags choose: --tags, --skip-tags (skip wins over only), --start-at-task. */
export class Selection {
  private starting: string | undefined;

  constructor(private readonly options: Pick<RunOptions, 'tags' | 'skipTags' | 'startAtTask'>) {
    this.starting = options.startAtTask;
  }

  /** True while --start-at-task has not met its task. */
  get waiting(): boolean {
    return this.starting !== undefined;
  }

  items(items: readonly Item[]): readonly Item[] {
    return items.flatMap((item): Item[] => {
      if (item.kind !== 'block') return this.includes(item) ? [item] : [];
      const inner = this.items(item.items);
      // A block whose tasks were all passed over before the starting task has nothing to rescue.
      if (inner.length === 0 && item.items.length > 0 && !item.role) return [];
      return [{ ...item, items: inner, rescue: this.items(item.rescue), always: this.items(item.always) }];
    });
  }

  private includes(item: Exclude<Item, { kind: 'block' }>): boolean {
    if (this.starting !== undefined && !this.starts(item)) return false;
    return tagsSelect(effectiveKeywords(item).tags, this.options.tags, this.options.skipTags);
  }

  private starts(item: Exclude<Item, { kind: 'block' }>): boolean {
    const name = item.name === null ? (item.kind === 'task' ? item.module : '') : String(item.name);
    if (!matches(this.starting ?? '', name)) return false;
    this.starting = undefined;
    return true;
  }
}

/** A task's name, or a pattern with `*`, as Ansible takes it. */
function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return name === pattern || name.endsWith(` : ${pattern}`);
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Ansible's rule: always, never, tagged, untagged, all; what is skipped wins. */
export function tagsSelect(tags: readonly string[], only: readonly string[], skip: readonly string[]): boolean {
  const has = (tag: string) => tags.includes(tag);
  const chosen =
    only.length === 0 || only.includes('all')
      ? !has('never') || only.some((tag) => tag !== 'all' && has(tag))
      : has('always') ||
        only.some((tag) => tag !== 'tagged' && tag !== 'untagged' && has(tag)) ||
        (only.includes('tagged') && tags.length > 0 && !has('never')) ||
        (only.includes('untagged') && tags.length === 0);
  if (!chosen) return false;
  if (skip.length === 0) return true;
  if (skip.includes('all')) return has('always') && !skip.includes('always');
  if (skip.some((tag) => has(tag))) return false;
  if (skip.includes('tagged') && tags.length > 0) return false;
  return !(skip.includes('untagged') && tags.length === 0);
}
