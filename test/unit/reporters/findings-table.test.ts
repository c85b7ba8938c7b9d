import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speaker } from '../../../src/base/messages/message.js';
import { textWidth } from '../../../src/base/text-width.js';
import { type Finding, readIn } from '../../../src/reporters/finding-texts.js';
import { Findings, findingsTable } from '../../../src/reporters/findings-table.js';

const finding = (more: Partial<Finding>): Finding => ({
  type: 'finding',
  time: '2025-01-01T00:00:00.000Z',
  host: 'chat1',
  clause: 'OS-1',
  title: 'Debian 12',
  status: 'unmet',
  severity: 'fatal',
  found: 'Debian 11',
  needed: 'Debian 12',
  observer: 'chat1',
  ...more,
});

function table(columns: number, ...all: Finding[]): string[] {
  const findings = new Findings();
  for (const each of all) findings.add(each);
  return findingsTable(findings, { say: speaker('en'), paint: (_format, text) => text, columns, all: true });
}

describe('the findings table', () => {
  it('is empty without findings', () => {
    expect(table(80)).toEqual([]);
  });

  it('groups by clause whatever the order', () => {
    const lines = table(120, finding({}), finding({ clause: 'DNS-1', title: 'names' }), finding({ host: 'meet1', observer: 'control' }));
    expect(lines.filter((line) => /^\w/.test(line))).toEqual(['OS-1', 'DNS-1', '3 findings: 0 met, 3 fatal, 0 warnings, 0 unknown']);
  });

  it('reads a finding in Russian as far as it is translated', () => {
    const read = readIn('ru', finding({ ru: { title: 'система', before: 'было' } }));
    expect([read.title, read.before, read.found]).toEqual(['система', 'было', 'Debian 11']);
    expect(readIn('en', finding({ ru: { title: 'система' } })).title).toBe('Debian 12');
  });

  it('shows before → after of the same check', () => {
    const lines = table(120, finding({}), finding({ status: 'met', found: 'Debian 12.7' }));
    expect(lines.join('\n')).toContain('Debian 11 → Debian 12.7');
    expect(lines.at(-1)).toBe('1 finding: 1 met, 0 fatal, 0 warnings, 0 unknown');
  });

  it('names the remedies of what is not met alone', () => {
    const both = { mendedBy: 'prepare-host.yaml', remedy: 'reinstall' };
    expect(table(160, finding(both)).join('\n')).toMatch(/fixed by playbook prepare-host\.yaml\n.*by you: reinstall/);
    expect(table(160, finding({ ...both, status: 'met' })).join('\n')).not.toContain('reinstall');
  });

  it('stacks where columns would be too narrow', () => {
    const host = 'a-rather-long-server-name.branch-office.example.org';
    const lines = table(80, finding({ host, observer: host, found: 'x'.repeat(60), needed: 'Debian 12', remedy: 'reinstall' }));
    expect(lines).toContain('  FATAL  Debian 12');
    expect(lines).toContain(`    seen from  ${host}`);
    expect(lines).toContain('    needed     Debian 12');
  });

  it('joins who saw the same, and counts what is met', () => {
    const unmet = [finding({}), finding({ host: 'meet1', observer: 'meet1' })];
    expect(table(160, ...unmet).filter((line) => line.includes('FATAL'))).toEqual([expect.stringContaining('chat1, meet1')]);
    const findings = new Findings();
    for (const each of [finding({ status: 'met' }), finding({ status: 'met', host: 'meet1' })]) findings.add(each);
    const lines = findingsTable(findings, { say: speaker('en'), paint: (_format, text) => text, columns: 80, all: false });
    expect(lines[0]).toBe('OS-1  met (2 checks)');
  });

  it('never is wider than the terminal', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }).map((each) => each.replace(/\s+/g, ' '));
    fc.assert(
      fc.property(fc.constantFrom(80, 160), text, text, text, (columns, found, needed, remedy) => {
        for (const line of table(columns, finding({ found, needed, remedy, title: found })))
          expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
