import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtures, load, shown } from './loading.js';

const mistakes = join(fixtures, 'mistakes');

/** Each folder has a playbook and, in `expected.txt`, every code with its place. */
describe('mistakes in playbooks and roles', () => {
  for (const situation of readdirSync(mistakes)) {
    it(situation.replaceAll('-', ' '), () => {
      const expected = readFileSync(join(mistakes, situation, 'expected.txt'), 'utf8')
        .trim()
        .split('\n');
      const { found } = load(`mistakes/${situation}`);
      expect(found.map(shown)).toEqual(expected);
    });
  }
});
