import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../../src/base/compile-regex.js';
import { ChatsctlError } from '../../../src/base/errors.js';
import { nearest } from '../../../src/base/nearest.js';
import { formatPosition, SourceText } from '../../../src/base/position.js';

describe('compileRegex', () => {
  it('points at the part that is wrong', () => {
    const source = new SourceText('p.yaml', "prompt: 'ab[z-a]c'\n");
    let found: ChatsctlError | undefined;
    try {
      compileRegex('ab[z-a]c', { source, offset: 8, length: 10 });
    } catch (error) {
      if (error instanceof ChatsctlError) found = error;
    }
    const [first] = found?.diagnostics ?? [];
    expect(first).toMatchObject({ code: 'expression/regex', params: { pattern: 'ab[z-a]c' } });
    expect(first?.position && formatPosition(first.position)).toBe('p.yaml:1:13');
  });

  it('compiles a text once', () => {
    expect(compileRegex('(?i)license')).toBe(compileRegex('(?i)license'));
    expect(compileRegex('(?i)license').test('LICENSE key')).toBe(true);
  });
});

describe('nearest', () => {
  it.each([
    ['onwer', 'owner'],
    ['moed', 'mode'],
    ['chat_domian', 'chat_domain'],
    ['xyz', undefined],
    ['owner', undefined],
  ])('%s → %s', (name, expected) => {
    expect(nearest(name, ['owner', 'group', 'mode', 'chat_domain'])).toBe(expected);
  });
});
