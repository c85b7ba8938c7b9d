import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Language, speaker } from '../../../src/base/messages/message.js';
import { textWidth } from '../../../src/base/text-width.js';
import { type Finding, readIn } from '../../../src/reporters/finding-texts.js';
import { Findings } from '../../../src/reporters/findings.js';
import { findingsTable } from '../../../src/reporters/findings-table.js';

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

interface Look {
  readonly language?: Language;
  readonly all?: boolean;
}

function table(columns: number, findings: readonly Finding[], { language = 'en', all = true }: Look = {}): string[] {
  const collected = new Findings();
  for (const each of findings) collected.add(readIn(language, each));
  const style = { say: speaker(language), paint: (_format: unknown, text: string) => text, columns, all, inventory: 'inventory.yaml' };
  return findingsTable(collected, style);
}

const clauseLines = (lines: readonly string[]) => lines.slice(0, lines.indexOf('')).filter((line) => /^[A-Z]+-\d/.test(line));

describe('the findings table', () => {
  it('is empty without findings', () => {
    expect(table(80, [])).toEqual([]);
  });

  it('groups by clause: series as they come, each by its numbers', () => {
    const seen = ['DNS-10', 'OS-1', 'DNS-2', 'OS-1'].map((clause, at) => finding({ clause, title: String(at) }));
    expect(clauseLines(table(120, seen))).toEqual(['DNS-2', 'DNS-10', 'OS-1']);
  });

  it('reads a finding in Russian as far as it is translated', () => {
    const read = readIn('ru', finding({ ru: { title: 'система', before: 'было' } }));
    expect([read.title, read.before, read.found]).toEqual(['система', 'было', 'Debian 11']);
    expect(readIn('en', finding({ ru: { title: 'система' } })).title).toBe('Debian 12');
  });

  it('shows before → after of the same check', () => {
    const lines = table(120, [finding({}), finding({ status: 'met', found: 'Debian 12.7' })]);
    expect(lines.join('\n')).toContain('Debian 11 → Debian 12.7');
    expect(lines.at(-1)).toBe('1 finding: met 1, fatal 0, warnings 0, notes 0, unknown 0');
  });

  it('says of what is unmet alone what mends it, and by whom', () => {
    const ways = { mendedBy: 'prepare-host.yaml', remedy: 'reinstall', command: 'do it', by: 'you' } as const;
    expect(table(160, [finding(ways)]).filter((line) => /→|do it/.test(line))).toEqual([
      `${' '.repeat(10)}→ fixed by playbook prepare-host.yaml`,
      `${' '.repeat(10)}→ by you: reinstall:`,
      `${' '.repeat(14)}do it`,
    ]);
    expect(table(160, [finding({ remedy: 'send a patch', by: 'vendor' })]).join('\n')).toContain('→ by the vendor: send a patch');
    for (const status of ['met', 'unknown'] as const)
      expect(table(160, [finding({ ...ways, status })]).join('\n')).not.toContain('reinstall');
  });

  it('what is unmet comes first, the worst before the rest, and one remedy stands once below all that it mends', () => {
    const lines = table(160, [
      finding({ title: 'a', status: 'met' }),
      finding({ title: 'b', severity: 'warning', remedy: 'first' }),
      finding({ title: 'c', severity: 'warning', remedy: 'second' }),
      finding({ title: 'd', severity: 'warning', remedy: 'first' }),
      finding({ title: 'e', remedy: 'second' }),
    ]);
    const told = lines
      .slice(0, lines.indexOf(''))
      .flatMap((line) => /not met: (\w)|met +(\w)|: (first|second)/.exec(line)?.slice(1).find(Boolean) ?? []);
    expect(told).toEqual(['e', 'second', 'b', 'd', 'first', 'c', 'second', 'a']);
  });

  it('stacks where columns would be too narrow', () => {
    const host = 'a-rather-long-server-name.branch-office.example.org';
    const lines = table(80, [finding({ host, observer: host, found: 'x'.repeat(60), remedy: 'reinstall' })]);
    expect(lines).toContain('  FATAL  not met: Debian 12');
    expect(lines).toContain(`    seen from  ${host}`);
    expect(lines).toContain('    needed     Debian 12');
    expect(table(80, [finding({ status: 'met', found: 'Debian 12.7' })])).toContain('  met  Debian 12 · Debian 12.7 · chat1');
  });

  it('joins who saw the same, and counts what is met', () => {
    const unmet = [finding({}), finding({ host: 'meet1', observer: 'meet1' }), finding({ observer: 'control' })];
    expect(table(160, unmet).filter((line) => line.includes('not met'))).toEqual([
      expect.stringContaining('chat1, meet1, control machine'),
    ]);
    const met = [finding({ status: 'met' }), finding({ status: 'met', host: 'meet1', severity: 'warning' })];
    expect(table(80, met, { all: false })[0]).toBe('OS-1  met (2 checks)');
  });

  it('ends with which clauses are unmet, and the commands that mend them', () => {
    const lines = table(80, [
      finding({ clause: 'DNS-4', title: 'a', severity: 'warning', mendedBy: 'prepare-host.yaml' }),
      finding({ clause: 'DNS-4', title: 'b', severity: 'warning', mendedBy: 'prepare-host.yaml' }),
      finding({ clause: 'HW-1', severity: 'note' }),
      finding({}),
    ]);
    expect(lines.slice(lines.indexOf('') + 1)).toEqual([
      '4 findings: met 0, fatal 1, warnings 2, notes 1, unknown 0',
      'FATAL: OS-1',
      'warnings: DNS-4 (2)',
      'notes: HW-1',
      'fixed by playbook prepare-host.yaml: DNS-4 (2)',
      '    chatsctl play prepare-host.yaml -i inventory.yaml',
    ]);
  });

  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }).map((each) => each.replace(/\s+/g, ' '));

  it('never is wider than the terminal', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(80, 160),
        fc.constantFrom('en' as const, 'ru' as const),
        text,
        text,
        text,
        (columns, language, found, needed, remedy) => {
          for (const line of table(columns, [finding({ found, needed, remedy, title: found })], { language }))
            expect(textWidth(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it('never breaks a command, which can be copied whatever the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 200 }), fc.stringMatching(/^[a-z][a-z -]{0,300}[a-z]$/), (columns, command) => {
        expect(table(columns, [finding({ command })]).map((line) => line.trim())).toContain(command);
      }),
    );
  });

  it('tells fatal from warnings without colour', () => {
    const words = (severity: Finding['severity'], language: Language) =>
      table(80, [finding({ severity })], { language })[1]
        ?.trim()
        .split('  ')[0];
    for (const language of ['en', 'ru'] as const)
      expect(new Set((['fatal', 'warning', 'note'] as const).map((severity) => words(severity, language))).size).toBe(3);
  });
});
