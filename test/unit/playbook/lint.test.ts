import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../../src/inventory/load.js';
import { lintPlaybook } from '../../../src/playbook/lint.js';
import { latinOnly } from '../../../src/playbook/patterns.js';
import { fixtures, load, shown } from './loading.js';

describe('lint', () => {
  const { playbook, found, context } = load('lint');
  const cwd = join(fixtures, 'lint');
  const inventory = loadInventory(['inventory.yaml'], { cwd });

  it('unknown variables and hosts, with places; everything that something defines is known', () => {
    expect(found.map(shown)).toEqual([]);
    expect(lintPlaybook(playbook, context, { inventory, known: ['from_store'] }).map(shown)).toEqual([
      'warning inventory/no-match site.yaml:1:10 (web)',
      'warning play/letters-in-pattern site.yaml:15:31',
      'warning play/unknown-variable site.yaml:11:21 (chat_domain)',
      'warning play/unknown-variable templates/x.hbs:2:5',
      'warning play/unknown-variable site.yaml:14:13 (registered)',
    ]);
  });

  it('an include that only the run can name may define anything', () => {
    const dynamic = load('lint', 'dynamic.yaml');
    expect(lintPlaybook(dynamic.playbook, dynamic.context).map(shown)).toEqual([]);
  });

  it('so may what sets a variable of a name that only the run tells; the files of a folder are read', () => {
    const dynamic = load('lint', 'dynamic-facts.yaml');
    expect(dynamic.found.map(shown)).toEqual([]);
    expect(lintPlaybook(dynamic.playbook, dynamic.context).map(shown)).toEqual([]);
    const folder = load('lint', 'folder.yaml');
    expect(lintPlaybook(folder.playbook, folder.context).map(shown)).toEqual([
      'warning play/unknown-variable folder.yaml:4:41 (of_folder)',
    ]);
  });

  it.each([
    ['\\bпароль', '\\b'],
    ['ключ\\b', '\\b'],
    ['\\w+имя', '\\w'],
    ['\\bpassword\\b', undefined],
    ['(?i)пароль', undefined],
  ])('%s', (pattern, expected) => {
    expect(latinOnly(pattern)).toBe(expected);
  });
});
