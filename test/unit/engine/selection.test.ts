import { describe, expect, it } from 'vitest';
import { type PlayOptions, play } from './run-play.js';

// What is expected is what ansible-core 2.14 did with the same playbook.
const one = '- hosts: a\n  gather_facts: false\n';
const say = (name: string, more = '') => `{name: ${name}, debug: {msg: x}${more}}`;
const block = `${one}  tasks:
    - block: [${say('inner')}]
      rescue: [${say('mends', ', tags: r')}]
      always: [${say('cleanup', ', tags: always')}]
    - ${say('foo', ', tags: foo')}
`;
const start = (startAtTask: string, more: Partial<PlayOptions> = {}): PlayOptions => ({ startAtTask, ...more });

interface Case {
  readonly book: string;
  readonly options: PlayOptions;
  readonly steps: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'a block of which only always is chosen runs that': {
    book: block,
    options: { tags: ['foo'] },
    steps: ['cleanup: a ok', 'foo: a ok'],
  },
  'a block of which nothing is chosen is left out': {
    book: block.replace('tags: always', 'tags: x'),
    options: { tags: ['foo'] },
    steps: ['foo: a ok'],
  },
  'rescue is chosen on its own': {
    book: `${one}  tasks: [{block: [{name: f, fail: {}, tags: foo}, ${say('no')}], rescue: [${say('mends')}, ${say('foo', ', tags: foo')}]}]\n`,
    options: { tags: ['foo'] },
    steps: ['f: a rescued', 'foo: a ok'],
  },
  'to start at a task in always': {
    book: `${one}  tasks:\n    - ${say('one')}\n    - {block: [${say('inner')}], always: [${say('start here')}, ${say('then')}]}\n    - ${say('after')}\n`,
    options: start('start here'),
    steps: ['start here: a ok', 'then: a ok', 'after: a ok'],
  },
  'to start in a block: its rescue and always are there': {
    book: `${one}  tasks:\n    - {block: [${say('one')}, {name: f, fail: {}}], rescue: [${say('r')}], always: [${say('al')}]}\n`,
    options: start('f'),
    steps: ['f: a rescued', 'r: a ok', 'al: a ok'],
  },
  'a rescue, which nothing leads to, is no start: the next of that name is': {
    book: `${one}  tasks:\n    - {block: [${say('one')}], rescue: [${say('s')}, ${say('r')}], always: [${say('al')}]}\n    - ${say('two')}\n    - ${say('s')}\n`,
    options: start('s'),
    steps: ['s: a ok'],
  },
  'of several of the name the first that the tags choose is the start': {
    book: `${one}  tasks: [${say('s')}, ${say('one', ', tags: t')}, ${say('s', ', tags: t')}, ${say('two', ', tags: t')}]\n`,
    options: start('s', { tags: ['t'] }),
    steps: ['s: a ok', 'two: a ok'],
  },
  'plays before it are passed over, those after it run whole': {
    book: `${one}  tasks: [${say('one')}]\n${one}  tasks: [${say('two')}, ${say('three')}]\n${one}  tasks: [${say('four')}]\n`,
    options: start('three'),
    steps: ['three: a ok', 'four: a ok'],
  },
};

describe('what the flags choose', () => {
  it.each(Object.entries(cases))('%s', async (_, { book, options, steps }) => {
    expect((await play(book, options)).steps).toEqual(steps);
  });

  it('plays that are passed over gather no facts', async () => {
    const book = `- {hosts: a, tasks: [${say('one')}]}\n${one}  tasks: [${say('two')}]\n`;
    const { events } = await play(book, start('two'));
    expect(events.flatMap((event) => (event.type === 'task_result' ? [event.task] : []))).toEqual(['two']);
  });

  it.each([
    ['the tags leave it out', one, { tags: ['other'] }],
    ['its play has no hosts', one, { limit: 'b' }],
  ] as const)('a start that is not reached is an error: %s', async (_, head, options) => {
    await expect(play(`${head}  tasks: [${say('s')}]\n`, start('s', options))).rejects.toMatchObject({ code: 'play/start-not-reached' });
  });
});
