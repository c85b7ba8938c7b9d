import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../../src/base/position.js';
import { expandHosts } from '../../../src/inventory/host-range.js';

const position = { source: new SourceText('f', ''), offset: 0, length: 0 };
const expand = (name: string) =>
  expandHosts(name, position).map((each) => (each.port === undefined ? each.name : `${each.name} ${each.port}`));

describe('expandHosts', () => {
  it.each<[string, string[]]>([
    ['web1', ['web1']],
    ['web[01:03]', ['web01', 'web02', 'web03']],
    ['web[8:11].ex', ['web8.ex', 'web9.ex', 'web10.ex', 'web11.ex']],
    ['web[0:10:5]', ['web0', 'web5', 'web10']],
    ['web[:2]', ['web0', 'web1', 'web2']],
    ['db-[a:c]', ['db-a', 'db-b', 'db-c']],
    ['[a:b][1:2]', ['a1', 'a2', 'b1', 'b2']],
    ['[a:e:2]', ['a', 'c', 'e']],
    ['web1:2222', ['web1 2222']],
    ['web[1:2]:2222', ['web1 2222', 'web2 2222']],
    ['fe80::1', ['fe80::1']],
    ['[fe80::1]:2222', ['fe80::1 2222']],
    ['10.0.0.1', ['10.0.0.1']],
  ])('%s', (name, hosts) => expect(expand(name)).toEqual(hosts));

  it.each(['w[3:1]', 'w[c:a]', 'w[1:]', 'w[01:100]', 'w[a:3]', 'w[1:3:0]', 'w[1:99999999]', 'w[1:999][1:999]'])('refuses %s', (name) => {
    expect(() => expand(name)).toThrow(/^the range in ".*" cannot be expanded/);
  });

  it('a range of n numbers is n names, in order, equally long when padded', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(60), fc.integer({ min: 1, max: 7 }), (begin, more, step) => {
        const pad = (number: number) => String(number).padStart(4, '0');
        const names = expand(`h[${pad(begin)}:${pad(begin + more)}:${step}]x`);
        expect(names).toHaveLength(Math.floor(more / step) + 1);
        expect(names.every((each) => each.length === 6)).toBe(true);
        expect(names.map((each) => Number(each.slice(1, -1)))).toEqual(names.map((_, index) => begin + index * step));
      }),
    );
  });
});
