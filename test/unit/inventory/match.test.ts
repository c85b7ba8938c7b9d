import { describe, expect, it } from 'vitest';
import { plainMessage } from '../../../src/base/errors.js';
import { folder, inventoryOf, problems } from './folder.js';

const inventory = inventoryOf(`
all:
  hosts: { lone: , "10.0.0.1": }
  children:
    web: { hosts: { "web[1:4]": } }
    stage: { hosts: { web2: , db1: } }
    db: { hosts: { "db[1:2].ex": , db1: } }
`);

describe('match', () => {
  it.each<[string, string[]]>([
    ['web', ['web1', 'web2', 'web3', 'web4']],
    ['web:!web2', ['web1', 'web3', 'web4']],
    ['!web2:web', ['web1', 'web3', 'web4']],
    ['web:&stage', ['web2']],
    ['web:&stage:!web2', []],
    ['web,lone', ['web1', 'web2', 'web3', 'web4', 'lone']],
    ['lone:web1:lone', ['lone', 'web1']],
    ['web[0]', ['web1']],
    ['web[-1]', ['web4']],
    ['web[-2]', ['web3']],
    ['web[1:2]', ['web2', 'web3']],
    ['web[2:]', ['web3', 'web4']],
    ['web[0:1]:lone', ['web1', 'web2', 'lone']],
    ['web[9]', []],
    ['web[12]', []],
    ['web?', ['web1', 'web2', 'web3', 'web4']],
    ['*.ex', ['db1.ex', 'db2.ex']],
    ['db[!2]*', ['db1', 'db1.ex']],
    ['~web[13]$', ['web1', 'web3']],
    ['~b', []],
    ['~(?i)LONE|10', ['lone', '10.0.0.1']],
    ['10.0.0.1', ['10.0.0.1']],
    ['all:!web:!db', ['lone', '10.0.0.1']],
    ['!all', []],
    ['localhost', ['localhost']],
    ['nobody', []],
  ])('%s', (pattern, hosts) => expect([...inventory.match([pattern])].sort()).toEqual([...hosts].sort()));

  it('keeps the order of the patterns, and takes a list of them', () => {
    expect(inventory.match(['web2', 'web'])).toEqual(['web2', 'web1', 'web3', 'web4']);
    expect(inventory.match(['lone,web1'])).toEqual(['lone', 'web1']);
  });

  it('a limit narrows, and does not reorder', () => {
    expect(inventory.match(['web'], { limit: 'stage,web1' })).toEqual(['web1', 'web2']);
    expect(inventory.match(['web'], 'web3:web2')).toEqual(['web2', 'web3']);
    expect(inventory.match(['web'], { limit: '!web1' })).toEqual(['web2', 'web3', 'web4']);
    expect(inventory.match(['localhost'], { limit: 'web' })).toEqual([]);
    const cwd = folder({ 'retry.txt': 'web3\n# not web1\n\nweb4\n' });
    expect(inventory.match(['web'], { limit: '@retry.txt', cwd })).toEqual(['web3', 'web4']);
  });

  it('warns of a name that is nobody’s in a pattern, refuses it in a limit', () => {
    const warnings: string[] = [];
    expect(
      inventory.match(['wbe:web1:x*'], { warn: (each) => warnings.push(`${each.severity} ${plainMessage(each)} ${each.nearest}`) }),
    ).toEqual(['web1']);
    expect(warnings).toEqual(['warning no host or group matches "wbe" web', 'warning no host or group matches "x*" undefined']);
    expect(problems(() => inventory.match(['all'], { limit: 'stagee' }))).toEqual([
      '- inventory/no-match: no host or group matches "stagee" (did you mean "stage"?)',
    ]);
    expect(problems(() => inventory.match(['all'], { limit: '@no-such', cwd: '/' }))).toEqual([
      '- inventory/limit-file: the file no-such of --limit cannot be read (ENOENT)',
    ]);
    expect(problems(() => inventory.checkLimit('web:!web', '/'))).toEqual(['- inventory/limit-empty: --limit web:!web leaves no host']);
    expect(problems(() => inventory.checkLimit('web', '/'))).toEqual([]);
  });

  it('patterns that cannot be read', () => {
    expect(problems(() => inventory.match(['web:!']))).toEqual(['- inventory/pattern: the host pattern "!" cannot be read: ""']);
    expect(problems(() => inventory.match(['~(a'])).map((each) => each.split(':')[0])).toEqual(['- expression/regex']);
  });
});
