import { describe, expect, it } from 'vitest';
import type { HostPending, PendingHandler } from '../../../src/events/pending-handler.js';
import { type PlayedRun, type PlayOptions, play } from './run-play.js';

const changes = 'debug: {msg: x}, changed_when: true';
const one = '- hosts: a\n  gather_facts: false\n';
const handlers = '  handlers: [{name: h, debug: {msg: x}}, {name: i, debug: {msg: x}}]\n';
const due = (handler: string, more: Partial<PendingHandler> = {}): PendingHandler => ({ handler, section: 'tasks', flush: 0, ...more });
const of = (host: string, number: number, ...left: PendingHandler[]): HostPending => ({ host, play: host, number, handlers: left });
const resume = (...pending: HostPending[]): PlayOptions => ({ pending, resume: true });

/** What each `handlers_pending` says, in order: `host play: handlers`. */
function told({ events }: PlayedRun): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'handlers_pending') return [];
    const names = event.handlers.map(({ handler, section, flush }) => `${handler} in ${section} ${flush}`);
    return [`${event.host} ${event.number}: ${names.join(', ')}`];
  });
}

const warnings = ({ events }: PlayedRun) => events.flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic.code] : []));

describe('handlers that a run leaves pending', () => {
  it('are told by play, section and flush when a host fails', async () => {
    const book = `${one}  tasks: [{name: t, ${changes}, notify: h}, {meta: flush_handlers}, {name: u, ${changes}, notify: i}, {name: f, fail: {}}]\n${handlers}`;
    expect(told(await play(book))).toEqual(['a 1: i in tasks 1']);
  });

  it('are one that failed, or whose host was lost, and those after it', async () => {
    const book = `${one}  pre_tasks: [{name: t, ${changes}, notify: [h, i]}]\n  handlers: [{name: h, fail: {}}, {name: i, debug: {msg: x}}]\n`;
    expect(told(await play(book))).toEqual(['a 1: h in pre_tasks 0, i in pre_tasks 0']);
  });

  it('are not one that failed and was rescued', async () => {
    const book = `${one}  tasks:
    - block: [{name: t, ${changes}, notify: h}, {meta: flush_handlers}]
      rescue: [{name: r, debug: {msg: x}}]
    - {name: f, fail: {}}
  handlers: [{name: h, fail: {}}]
`;
    expect(told(await play(book))).toEqual([]);
  });
});

describe('handlers that an earlier run left pending', () => {
  const twoPlays = `${one}  tasks: [{name: t, debug: {msg: x}}]\n${handlers}${one}  tasks: [{name: u, debug: {msg: x}}]\n${handlers}`;

  it('do not run without --resume, and stay pending', async () => {
    const again = await play(twoPlays, { pending: [of('a', 1, due('h')), of('b', 2, due('i'))] });
    expect(again.steps).toEqual(['t: a ok', 'u: a ok']);
    expect(told(again)).toEqual(['a 1: h in tasks 0', 'b 2: i in tasks 0', 'a 1: h in tasks 0']);
  });

  it('run in their own play alone, once, and are pending no more', async () => {
    const again = await play(twoPlays, resume(of('a', 2, due('h'))));
    expect(again.steps).toEqual(['t: a ok', 'u: a ok', 'h: a ok']);
    expect(told(again)).toEqual(['a 2: h in tasks 0', 'a 2: ']);
  });

  it('run at the flush at which they were due, with what is notified anew', async () => {
    const book = `${one}  pre_tasks: [{name: p, debug: {msg: x}}]
  tasks: [{name: t, debug: {msg: x}}, {meta: flush_handlers}, {name: u, ${changes}, notify: i}, {meta: flush_handlers}, {name: v, debug: {msg: x}}]
${handlers}`;
    const at = async (flush: number) => (await play(book, resume(of('a', 1, due('h', { flush }), due('i', { flush }))))).steps;
    expect(await at(0)).toEqual(['p: a ok', 't: a ok', 'h: a ok', 'i: a ok', 'u: a changed', 'i: a ok', 'v: a ok']);
    expect(await at(1)).toEqual(['p: a ok', 't: a ok', 'u: a changed', 'h: a ok', 'i: a ok', 'v: a ok']);
    // The flush of that number is not reached any more: the end of the section is the last.
    expect(await at(7)).toEqual(['p: a ok', 't: a ok', 'u: a changed', 'i: a ok', 'v: a ok', 'h: a ok']);
  });

  it('that a task notifies earlier than they were due run then, once', async () => {
    const book = `${one}  tasks: [{name: t, ${changes}, notify: h}, {meta: flush_handlers}, {name: u, debug: {msg: x}}]\n${handlers}`;
    const again = await play(book, resume(of('a', 1, due('h', { flush: 1 }))));
    expect(again.steps).toEqual(['t: a changed', 'h: a ok', 'u: a ok']);
    expect(told(again).at(-1)).toBe('a 1: ');
    expect(told(await play(book, { pending: [of('a', 1, due('h'))] })).at(-1)).toBe('a 1: ');
  });

  it('stay pending when the host fails before their flush', async () => {
    const book = `${one}  tasks: [{name: f, fail: {}}]\n${handlers}`;
    expect(told(await play(book, resume(of('a', 1, due('h'))))).at(-1)).toBe('a 1: h in tasks 0');
  });

  it('run by their exact name, not as a topic', async () => {
    const book = `${one}  tasks: [{name: t, debug: {msg: x}}]\n  handlers: [{name: h, debug: {msg: x}}, {name: other, debug: {msg: x}, listen: h}]\n`;
    expect((await play(book, resume(of('a', 1, due('h'))))).steps).toEqual(['t: a ok', 'h: a ok']);
  });

  it('follow their play when another was put before it; what is there no more is told and dropped', async () => {
    const named = (name: string) => `- {name: ${name}, hosts: a, gather_facts: false, handlers: [{name: h, debug: {msg: x}}]}\n`;
    const pending = [
      { ...of('a', 1, due('h')), play: 'old' },
      { ...of('a', 2, due('h')), play: 'gone' },
      { ...of('z', 2, due('h')), play: 'old' },
    ];
    const again = await play(named('new') + named('old'), resume(...pending));
    expect(again.steps).toEqual(['h: a ok']);
    expect(warnings(again)).toEqual(['journal/handler-gone', 'journal/handler-gone']);
    expect(told(again)).toEqual(['a 2: h in tasks 0', 'z 2: h in tasks 0', 'a 2: ', 'z 2: ']);
  });

  it('whose name is there no more are told and dropped; kept where tags may have left out what brings it', async () => {
    const book = `${one}  tasks: [{name: t, debug: {msg: x}}]\n${handlers}`;
    const again = await play(book, resume(of('a', 1, due('renamed'))));
    expect([warnings(again), told(again).at(-1)]).toEqual([['journal/handler-gone'], 'a 1: ']);
    const part = await play(book, { ...resume(of('a', 1, due('renamed'))), skipTags: ['x'] });
    expect([warnings(part), told(part).at(-1)]).toEqual([['journal/handler-gone'], 'a 1: renamed in tasks 0']);
  });
});
