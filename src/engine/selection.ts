import { startMatcher } from '../playbook/outline.js';
import { selectTags } from '../playbook/tags.js';
import { effectiveKeywords, type Include, type Item, type Task } from '../playbook/tree.js';
import type { RunOptions } from './options.js';

/** Which tasks the flags choose: --tags, --skip-tags (skip wins over only), --start-at-task. */
export class Selection {
  private readonly chosen: (tags: readonly string[]) => boolean;
  /** Until the task to start at was met: all before it is passed over. */
  private isStart: ((task: Task | Include) => boolean) | undefined;

  constructor({ tags, skipTags, startAtTask }: Pick<RunOptions, 'tags' | 'skipTags' | 'startAtTask'>) {
    this.chosen = selectTags({ only: tags, skip: skipTags });
    this.isStart = startAtTask === undefined ? undefined : startMatcher(startAtTask);
  }

  /** The task to start at was not met yet. */
  get isWaiting(): boolean {
    return this.isStart !== undefined;
  }

  items(items: readonly Item[]): readonly Item[] {
    return items.flatMap((item): Item[] => {
      if (item.kind !== 'block') return this.includes(item) ? [item] : [];
      const inner = this.items(item.items);
      // Before the start nothing runs that could lead to a rescue.
      const rescue = this.isWaiting ? [] : this.items(item.rescue);
      const always = this.items(item.always);
      const isEmpty = inner.length === 0 && rescue.length === 0 && always.length === 0;
      // A role's arguments are checked whatever the tags choose of it.
      if (isEmpty && (!item.role || this.isWaiting)) return [];
      return [{ ...item, items: inner, rescue, always }];
    });
  }

  private includes(item: Task | Include): boolean {
    if (!this.chosen(effectiveKeywords(item).tags)) return false;
    if (this.isStart && !this.isStart(item)) return false;
    this.isStart = undefined;
    return true;
  }
}
