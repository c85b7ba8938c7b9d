import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

const head = '- hosts: pair\n  gather_facts: false\n';
const truths = ['yes', 'Yes', '1', 'true', 'True', 'on', 'y', 't', ' yes '].map((each) => JSON.stringify(each));
const falsehoods = ['no', '0', 'False', 'off', 'n', 'f'].map((each) => JSON.stringify(each));

describe('a keyword whose template gives', () => {
  it.each([...truths, '1', 'true'])('%s is on', async (value) => {
    const folder = mkdtempSync(join(tmpdir(), 'chatsctl-engine-'));
    const run = await play(
      `${head}  vars: {s: ${value}}
  tasks:
    - {name: hides, command: echo secret-thing, no_log: '{{ s }}'}
    - {name: copies, copy: {dest: ${folder}/f, content: x, mode: '0644'}, check_mode: '{{ s }}'}
    - {name: once, debug: {msg: x}, run_once: '{{ s }}'}
    - {name: fails, fail: {msg: x}, ignore_errors: '{{ s }}', when: inventory_hostname == "a"}
    - {name: inc, include_tasks: more.yaml, run_once: '{{ s }}'}
    - {name: fatal, fail: {msg: x}, any_errors_fatal: '{{ s }}', when: inventory_hostname == "a"}
    - {name: not reached, debug: {msg: x}}
`,
      { files: { 'more.yaml': '[]\n' } },
    );
    expect(JSON.stringify(run.events)).not.toContain('secret-thing');
    expect(existsSync(join(folder, 'f'))).toBe(false);
    expect(run.steps.slice(2)).toEqual(['once: a ok', 'fails: a ignored, b skipped', 'inc: a ok', 'fatal: a failed, b skipped']);
  });

  it.each([...falsehoods, '0', 'false', 'null'])('%s is off', async (value) => {
    const run = await play(`${head}  vars: {s: ${value}}
  tasks:
    - {name: shows, command: echo thing, no_log: '{{ s }}', become: '{{ s }}'}
    - {name: each, debug: {msg: x}, run_once: '{{ s }}'}
    - {name: fails, fail: {msg: x}, ignore_errors: '{{ s }}'}
`);
    expect(run.steps).toEqual(['shows: a changed, b changed', 'each: a ok, b ok', 'fails: a failed, b failed']);
    expect(run.result('shows').stdout).toBe('thing');
  });

  it.each(['no_log', 'check_mode', 'run_once', 'any_errors_fatal', 'become', 'diff', 'delegate_facts', 'throttle', 'timeout'])(
    'no such value fails the task: %s',
    async (keyword) => {
      const run = await play(`${head}  vars: {s: maybe}
  tasks: [{name: t, command: 'true', ${keyword}: '{{ s }}'}]
- hosts: c
  gather_facts: false
  tasks: [{name: next, debug: {msg: x}}]
`);
      expect(run.steps).toEqual(['t: a failed, b failed']);
      const code = keyword === 'throttle' || keyword === 'timeout' ? 'task/keyword-number' : 'task/keyword-truth';
      expect(run.result('t')).toMatchObject({ code, keyword, found: '"maybe"' });
      expect(run.exit).toBe(2);
    },
  );

  it('no value at all fails the task on every host', async () => {
    for (const keyword of ['throttle', 'run_once', 'no_log']) {
      const run = await play(`${head}  tasks: [{name: t, command: 'true', ${keyword}: '{{ nope }}', ignore_errors: true}]\n`);
      expect(run.steps, keyword).toHaveLength(1);
      expect(run.result('t', 'b'), keyword).toMatchObject({ code: 'template/undefined' });
    }
  });

  it('nothing that ignore_errors knows leaves the failure, and says so', async () => {
    const run = await play(`${head}  tasks: [{name: t, command: 'false', ignore_errors: 'maybe{{ 1 }}'}]\n`);
    expect(run.steps).toEqual(['t: a failed, b failed']);
    expect(run.events.find((each) => each.type === 'task_result')).toMatchObject({
      warnings: ['ignore_errors rendered to "maybe1", expected true or false'],
    });
  });
});
