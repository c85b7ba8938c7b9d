import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/base/nearest.js';

describe('nearest', () => {
  it.each([
    ['onwer', ['owner', 'group'], 'owner'],
    ['Owner', ['owner'], 'owner'],
    ['stat', ['state', 'start'], 'state'],
    ['dst', ['dest', 'src'], 'dest'],
    ['modee', ['mode'], 'mode'],
    ['owner', ['owner'], undefined],
    ['zzz', ['path', 'src'], undefined],
    ['a', [], undefined],
  ])('%s of %j is %s', (name, known, meant) => expect(nearest(name, known)).toBe(meant));
});
