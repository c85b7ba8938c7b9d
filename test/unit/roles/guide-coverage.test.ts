import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from './shipped.js';

const text = readFileSync(`${root}/docs/guide-coverage.md`, 'utf8');
const testFiles = new Map([...text.matchAll(/^- ([\w-]+): `(.+?)`/gm)].map(([, name = '', path = '']) => [name, path]));
const rows = [...text.matchAll(/^\| ([A-Z]+-\d) \| .+? \| (.+?) \| (.+?) \|$/gm)].map(([, clause = '', places = '', tests = '']) => ({
  clause,
  files: [...places.matchAll(/`([\w-]+\/tasks\/[\w-]+\.yaml)`/g)].map(([, path = '']) => path),
  tests: tests.split(', '),
}));

const series: Readonly<Record<string, number>> = {
  ROLE: 1,
  OS: 2,
  HW: 2,
  DNS: 6,
  PORT: 3,
  NET: 2,
  TIME: 1,
  CERT: 5,
  INST: 6,
  LINK: 1,
  ACC: 2,
};
const clauses = Object.entries(series).flatMap(([name, count]) => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`));

describe('docs/guide-coverage.md', () => {
  it('has every clause of the guide', () => {
    expect(rows.map(({ clause }) => clause)).toEqual(clauses);
  });

  it.each(rows)('$clause: its files have tasks that cite it', ({ clause, files }) => {
    expect(files.length).toBeGreaterThan(0);
    const without = files.filter((each) => !new RegExp(`name: .*\\b${clause}\\b`).test(readFileSync(`${root}/roles/${each}`, 'utf8')));
    expect(without).toEqual([]);
  });

  it.each(rows)('$clause: its tests are there', ({ clause, tests }) => {
    for (const name of tests) {
      const path = testFiles.get(name) ?? '';
      expect(existsSync(`${root}/${path}`), name).toBe(true);
      if (name === 'findings') expect(readFileSync(`${root}/${path}`, 'utf8')).toContain(clause);
    }
  });
});
