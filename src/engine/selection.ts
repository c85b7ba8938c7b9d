import { selectTags } from '../playbook/tags.js';
import { effectiveKeywords, type Include, type Item, type Task } from '../playbook/tree.js';
import type { RunOptions } from './options.js';

/** Which tasks the flags choose: --tags, --skip-tags (skip wins over only), --start-at-task. */
export class Selection {
  private readonly chosen: (tags: readonly string[]) => boolean;

  constructor(
    options: Pick<RunOptions, 'tags' | 'skipTags'>,
    /** Of --start-at-task: what comes before it is passed over. */
    private starting: Task | Include | undefined,
  ) {
    this.chosen = selectTags({ only: options.tags, skip: options.skipTags });
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

  private includes(item: Task | Include): boolean {
    if (this.starting !== undefined) {
      if (item !== this.starting) return false;
      this.starting = undefined;
    }
    return this.chosen(effectiveKeywords(item).tags);
  }
}
