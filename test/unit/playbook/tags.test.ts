import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectTags } from '../../../src/playbook/tags.js';

const tasks = { a: ['a'], b: ['b'], both: ['a', 'b'], none: [], always: ['always'], never: ['never', 'a'], alwaysB: ['always', 'b'] };

function chosen(only: readonly string[], skip: readonly string[] = []): string[] {
  const select = selectTags({ only, skip });
  return Object.entries(tasks).flatMap(([name, tags]) => (select(tags) ? [name] : []));
}

/** As ansible-core runs them with -t and --skip-tags. */
describe('tags', () => {
  it.each([
    [[], [], ['a', 'b', 'both', 'none', 'always', 'alwaysB']],
    [['all'], [], ['a', 'b', 'both', 'none', 'always', 'alwaysB']],
    [['a'], [], ['a', 'both', 'always', 'never', 'alwaysB']],
    [['tagged'], [], ['a', 'b', 'both', 'always', 'alwaysB']],
    [['untagged'], [], ['none', 'always', 'alwaysB']],
    [['never'], [], ['always', 'never', 'alwaysB']],
    [['all', 'never'], [], ['a', 'b', 'both', 'none', 'always', 'never', 'alwaysB']],
    [[], ['a'], ['b', 'none', 'always', 'alwaysB']],
    [['a'], ['b'], ['a', 'always', 'never']],
    [[], ['all'], ['always', 'alwaysB']],
    [[], ['always'], ['a', 'b', 'both', 'none']],
    [['a'], ['all', 'always'], []],
    [[], ['tagged'], ['none']],
    [[], ['untagged'], ['a', 'b', 'both', 'always', 'alwaysB']],
    [['nothing'], [], ['always', 'alwaysB']],
  ])('-t %j --skip-tags %j', (only, skip, expected) => {
    expect(chosen(only, skip)).toEqual(expected);
  });

  it('what is skipped by name never runs', () => {
    const tag = fc.constantFrom('a', 'b', 'always', 'never');
    fc.assert(
      fc.property(fc.array(tag), fc.array(tag), tag, (tags, only, skip) => {
        expect(selectTags({ only, skip: [skip] })([...tags, skip])).toBe(false);
      }),
    );
  });
});
