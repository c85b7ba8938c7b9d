/** What --tags and --skip-tags say. Nothing in `only` means all. */
export interface TagChoice {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/**
 * Ansible's rule for a task's tags (lib/ansible/playbook/taggable.py): `always` and `never` on tasks; `tagged`, `untagged`, `all` (and
 * `never`, by name) as choices; what is skipped wins over what is chosen.
 */
export function selectTags({ only, skip }: TagChoice): (tags: readonly string[]) => boolean {
  return (tags) => isChosen(tags, only.length === 0 ? ['all'] : only) && !isSkipped(tags, skip);
}

function isChosen(tags: readonly string[], only: readonly string[]): boolean {
  const named = (words: readonly string[]) => words.some((word) => tags.includes(word));
  if (tags.includes('always')) return true;
  if (only.includes('all') && !tags.includes('never')) return true;
  if (named(only)) return true;
  if (only.includes('tagged') && tags.length > 0 && !tags.includes('never')) return true;
  return only.includes('untagged') && tags.length === 0;
}

function isSkipped(tags: readonly string[], skip: readonly string[]): boolean {
  if (skip.includes('all')) return !(tags.includes('always') && !skip.includes('always'));
  if (skip.some((word) => tags.includes(word))) return true;
  if (skip.includes('tagged') && tags.length > 0) return true;
  return skip.includes('untagged') && tags.length === 0;
}
