import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Interrupt, Interrupted } from '../../../src/cli/interrupt.js';
import { cliSpeaker } from '../../../src/cli/messages.js';
import { Prompter } from '../../../src/cli/prompter.js';
import { Terminal } from '../../../src/cli/terminal.js';

/** A terminal at which somebody types each answer once its question is seen. */
function seated(answers: readonly (readonly [question: string, keys: string])[], options = { ask: true, yes: false }) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const left = [...answers];
  let text = '';
  const stream = {
    isTTY: true,
    write(chunk: string, done?: () => void) {
      text += chunk;
      const [next] = left;
      if (next && text.includes(next[0])) {
        left.shift();
        setTimeout(() => stdin.write(next[1]), 20);
      }
      done?.();
      return true;
    },
  };
  const stdout = { isTTY: true, write: () => true };
  const terminal = new Terminal({ stdin, stdout, stderr: stream }, { TERM: 'xterm' });
  const interrupt = new Interrupt(() => {});
  return { terminal, interrupt, prompter: new Prompter(terminal, interrupt, cliSpeaker('en'), options), shown: () => text };
}

test('a secret is asked without echo and masked from then on', async () => {
  const { terminal, prompter, shown } = seated([['Value?', 'typed-secret-1\r']]);
  expect((await prompter.secret('Value?')).reveal()).toBe('typed-secret-1');
  terminal.stderr.line('it is typed-secret-1');
  expect(shown()).toContain('it is ********');
  expect(shown()).not.toContain('typed-secret-1');
});

test('a new secret is asked twice, and both answers must be the same', async () => {
  const same = seated([
    ['New?', 'first-one\r'],
    ['The same again:', 'first-one\r'],
  ]);
  expect((await same.prompter.newSecret('New?')).reveal()).toBe('first-one');
  const other = seated([
    ['New?', 'first-one\r'],
    ['The same again:', 'other-one\r'],
  ]);
  await expect(other.prompter.newSecret('New?')).rejects.toMatchObject({ code: 'cli/answers-differ' });
});

test('questions that come at once are asked one after the other', async () => {
  const { prompter } = seated([
    ['One?', '1\r'],
    ['Two?', '2\r'],
  ]);
  expect(await Promise.all([prompter.text('One?'), prompter.text('Two?')])).toEqual(['1', '2']);
});

test('ctrl-C at a question is an interrupt', async () => {
  const { prompter, interrupt } = seated([['Value?', '\u0003']]);
  await expect(prompter.secret('Value?')).rejects.toBeInstanceOf(Interrupted);
  expect(interrupt.exitStatus).toBe(130);
});

test('an interrupt takes a question away', async () => {
  const { prompter, interrupt } = seated([]);
  const asked = prompter.text('Value?');
  setTimeout(() => interrupt.take('SIGTERM'), 50);
  await expect(asked).rejects.toMatchObject({ signal: 'SIGTERM' });
});

test('the window is put aside while a question stands', async () => {
  const { prompter } = seated([['Value?', 'x\r']]);
  const order: string[] = [];
  prompter.aside = () => {
    order.push('away');
    return () => order.push('back');
  };
  await prompter.text('Value?');
  expect(order).toEqual(['away', 'back']);
});

test('--no-input asks nothing: confirmations and values are errors, lines are not there', async () => {
  const { prompter, interrupt } = seated([], { ask: false, yes: false });
  await expect(prompter.confirm('Sure?')).rejects.toMatchObject({ code: 'cli/cannot-ask' });
  await expect(prompter.secret('Value?')).rejects.toMatchObject({ code: 'cli/cannot-ask' });
  expect(await prompter.line('Enter?', { echo: true, signal: interrupt.signal })).toBeUndefined();
  expect(await prompter.offer('Keep?')).toBe(false);
});

test('--yes answers confirmations, and those alone', async () => {
  const { prompter } = seated([], { ask: false, yes: true });
  expect(await prompter.confirm('Sure?')).toBe(true);
  await expect(prompter.text('Value?')).rejects.toMatchObject({ code: 'cli/cannot-ask' });
});
