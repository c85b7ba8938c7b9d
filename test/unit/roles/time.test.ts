import { describe, expect, it } from 'vitest';
import type { SourceValue } from '../../../src/base/template-text.js';
import { compileCondition } from '../../../src/vars/condition.js';
import { scopeOf, shippedTask } from './shipped.js';

const TASKS = [
  'NTP servers for systemd-timesyncd',
  'NTP servers for chrony',
  'NTP servers for ntpsec',
  'ntpsec keeps to them, whatever a lease brings',
  'NTP servers for openntpd',
];

/** What is written for `prepare_ntp_servers` where this unit is the host's time service: path → text. */
function written(unit: string, servers: string[] = ['ntp1.example.ru', '10.0.0.3']): Record<string, unknown> {
  const given = { prepare_ntp_servers: servers, prepare_time: { stdout_lines: ['unsynchronised', 'x', unit] } };
  return Object.fromEntries(
    TASKS.flatMap((name) => {
      const task = shippedTask('prepare-host/tasks/time', `TIME-1 | ${name}`);
      const scope = scopeOf(task, given);
      if (!(task.keywords.when ?? []).every(({ text, position }) => compileCondition(text, position).evaluate(scope) === true)) return [];
      const { dest, path, content, block, line } = task.args;
      return [[scope.render((dest ?? path) as SourceValue), scope.render((content ?? block ?? line) as SourceValue)]];
    }),
  );
}

describe('prepare_ntp_servers reach the time service that is there', () => {
  it.each([
    ['systemd-timesyncd', { '/etc/systemd/timesyncd.conf.d/chatsctl.conf': '[Time]\nNTP=ntp1.example.ru 10.0.0.3\n' }],
    ['chrony', { '/etc/chrony/sources.d/chatsctl.sources': 'server ntp1.example.ru iburst\nserver 10.0.0.3 iburst\n' }],
    [
      'ntpsec',
      {
        '/etc/ntpsec/ntp.conf': 'server ntp1.example.ru iburst\nserver 10.0.0.3 iburst\ntos minclock 1 minsane 1\n',
        '/etc/default/ntpsec': 'IGNORE_DHCP="yes"',
      },
    ],
    ['ntp', { '/etc/ntp.conf': 'server ntp1.example.ru iburst\nserver 10.0.0.3 iburst\ntos minclock 1 minsane 1\n' }],
    ['openntpd', { '/etc/openntpd/ntpd.conf': 'servers ntp1.example.ru\nservers 10.0.0.3\n' }],
  ])('%s', (unit, files) => {
    expect(written(unit)).toEqual(files);
    expect(written(unit, [])).toEqual({});
  });
});
