import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importsOf, picture, readSources, type SourceFile, violations } from '../../scripts/layers.js';

const src = fileURLToPath(new URL('../../src', import.meta.url));

function files(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, imports: importsOf(path, text) }));
}

describe('the layers', () => {
  it('of src/ hold', () => {
    const read = readSources(src);
    expect(read.length).toBeGreaterThan(100);
    expect(violations(read)).toEqual([]);
  });

  it('every form of import is seen, and text that only looks like one is not', () => {
    const text = `
      import './a.js';
      import type { B } from './b.js';
      export * from './c.js';
      const d = await import('./d.js');
      type E = import('./e.js').E;
      // import './no.js';
      const f = "import './no.js'";
    `;
    expect(importsOf('base/x.ts', text).map((each) => `${each.line} ${each.specifier}`)).toEqual([
      '2 ./a.js',
      '3 ./b.js',
      '4 ./c.js',
      '5 ./d.js',
      '6 ./e.js',
    ]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['downward', { 'cli/a.ts': "import '../base/b.js'; import './c.js'; import 'node:fs'", 'base/b.ts': '', 'cli/c.ts': '' }, []],
    [
      'upward',
      { 'base/a.ts': "\nimport type { X } from '../cli/b.js'" },
      ['src/base/a.ts:2: imports ../cli/b.js, but cli (rank 1) stands above base (rank 6)'],
    ],
    [
      'sideways',
      { 'vars/a.ts': "import '../inventory/b.js'" },
      ['src/vars/a.ts:1: imports ../inventory/b.js, but inventory and vars are of one rank (4)'],
    ],
    ['out of src', { 'vars/a.ts': "import '../../scripts/b.js'" }, ['src/vars/a.ts:1: imports ../../scripts/b.js, which is outside src/']],
    ['from an unknown folder', { 'utils/a.ts': '' }, ['src/utils/a.ts: the folder "utils" has no rank']],
    [
      'of one package in two folders',
      { 'vars/a.ts': "import 'yaml'", 'source/b.ts': "import type { X } from 'yaml/util'", 'source/c.ts': "import 'yaml'" },
      ['the package "yaml" is imported by src/vars/a.ts:1 and src/source/b.ts:1'],
    ],
    [
      'in a ring',
      { 'base/a.ts': "import './b.js'", 'base/b.ts': "import { X } from './c.js'", 'base/c.ts': "import './a.js'" },
      ['import cycle src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts'],
    ],
    [
      'of types in a ring',
      { 'base/a.ts': "import './b.js'", 'base/b.ts': "import type { X } from './c.js'", 'base/c.ts': "import { type X } from './a.js'" },
      ['import cycle of types src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts'],
    ],
    ['of itself', { 'base/a.ts': "import './a.js'" }, ['import cycle src/base/a.ts → src/base/a.ts']],
  ])('an import %s', (_, texts, expected) => {
    const found = violations(files(texts));
    expect(found.map((each, index) => each.slice(0, expected[index]?.length))).toEqual(expected);
    for (const each of found) expect(each).toMatch(/: (move|let|take|give)[^:]*\.$|argument/);
  });

  it('has a picture', () => {
    expect(picture(files({ 'cli/a.ts': "import '../base/b.js'", 'base/b.ts': '' }))).toContain('  cli --> base');
  });
});
