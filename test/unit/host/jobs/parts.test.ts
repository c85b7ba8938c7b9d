import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeName, parseAnswers, uncertain, unsendable } from '../../../../src/host/jobs/answers.js';
import { compileDialogue } from '../../../../src/host/jobs/dialogue.js';
import type { Inspection } from '../../../../src/host/jobs/inspection.js';
import { parseInspections } from '../../../../src/host/jobs/inspection.js';
import { jobState } from '../../../../src/host/jobs/job-state.js';
import { judge } from '../../../../src/host/jobs/judgement.js';
import { programText, quote } from '../../../../src/host/jobs/program.js';
import { dueSteps, findPrompt } from '../../../../src/host/jobs/prompt-match.js';
import { TailMask } from '../../../../src/host/jobs/tail.js';
import { ListMasking, request, step } from './local-host.js';

const record = (name: string, end = 1, sent = true) => ({ name, end, sent });

describe('answers', () => {
  it('are read as they were written, a torn last line too', () => {
    const name = encodeName('ключ лицензии');
    expect(parseAnswers(`5 sending ${name}\n5 sent ${name}\n9 sending ${name}\n9 se`)).toEqual([
      { end: 5, name: 'ключ лицензии', sent: true },
      { end: 9, name: 'ключ лицензии', sent: false },
      { end: 9, name: '', sent: false },
    ]);
  });

  it('are in doubt only while the program has not reacted', () => {
    expect(uncertain([record('a', 5), record('b', 9, false)], 9)?.name).toBe('b');
    expect(uncertain([record('b', 9, false)], 10)).toBeUndefined();
    expect(uncertain([record('a', 5, false), record('b', 9)], 9)).toBeUndefined();
    expect(uncertain([], 0)).toBeUndefined();
  });

  it('that a terminal would change are refused', () => {
    expect(unsendable('x'.repeat(4_000))).toBeUndefined();
    expect(unsendable('x'.repeat(4_001))).toBe('long');
    for (const each of ['a\n', 'a\tb', '\u0003', '\u007f', '\u009b']) expect(unsendable(each)).toBe('control');
    expect(unsendable('пароль ✓')).toBeUndefined();
  });
});

describe('which prompt is asked', () => {
  const dialogue = compileDialogue(
    request('true', {
      dialogue: [step('domain', '(?i)domain', 'd.example'), step('opt', 'Optional', 'o', { optional: true }), step('key', '(?i)key', 'k')],
      responses: [{ prompt: 'Continue', answer: 'y', secret: false }],
    }),
  );
  /** `answered`: names of steps, each answered at the prompt behind the sign: `key=Key:`. */
  const asked = (text: string, ...answered: string[]) => {
    const pairs = answered.map((each) => each.split('='));
    const records = pairs.map(([name = '']) => record(name));
    return findPrompt(
      text,
      dialogue,
      records,
      pairs.map(([, prompt = '']) => prompt),
    )?.prompt.name;
  };

  it('steps come in order, optional ones or not', () => {
    expect(asked('Key:')).toBeUndefined();
    expect(asked('Domain:')).toBe('domain');
    expect(asked('Optional:', 'domain')).toBe('opt');
    expect(asked('Key:', 'domain')).toBe('key');
    expect(asked('Key:', 'domain', 'opt')).toBe('key');
  });

  it('one that was passed over may still come', () => {
    expect(asked('Optional:', 'domain', 'key')).toBe('opt');
  });

  it('the last may come again, in other words too; one before it only as it was', () => {
    expect(asked('Domain again:', 'domain=Domain:')).toBe('domain');
    expect(asked('Domain:', 'domain=Domain:', 'key=Key:')).toBe('domain');
    expect(asked('Domain of the mail server:', 'domain=Domain:', 'key=Key:')).toBeUndefined();
    expect(asked('Key:', 'domain=Domain:', 'key=Key:', 'domain=Domain:')).toBe('key');
    expect(asked('Key lifetime:', 'domain=Domain:', 'key=Key:', 'domain=Domain:')).toBeUndefined();
  });

  it('the lowest line counts, in one line what the operator gave, then the order', () => {
    expect(asked('the key comes later\nDomain:', 'domain')).toBe('domain');
    expect(asked('Domain key:', 'domain')).toBe('key');
    expect(asked('Continue with the domain?')).toBe('Continue');
  });

  it('not by a line that says that something else is asked for', () => {
    const unless = compileDialogue(request('true', { dialogue: [step('key', '(?i)key[^\\n]*:', 'k', { unless: '(?i)path' })] }));
    expect(findPrompt('Path to the key:', unless, [])).toBeUndefined();
    expect(findPrompt('The path is known.\nKey:', unless, [])?.prompt.name).toBe('key');
  });

  it('in any order where none must be asked', () => {
    const free = compileDialogue(
      request('true', { dialogue: ['a', 'b', 'c'].map((name) => step(name, `${name}:`, name, { optional: true })) }),
    );
    expect(findPrompt('b:', free, [])?.prompt.name).toBe('b');
    expect(findPrompt('a:', free, [record('c')])?.prompt.name).toBe('a');
    expect(dueSteps(free, [record('b')]).map((each) => each.name)).toEqual(['c', 'a']);
  });

  it('far above the end nothing is a prompt', () => {
    expect(asked(`Domain:${'\nworking'.repeat(20)}`)).toBeUndefined();
  });

  it('knows whether the cursor still is on its line', () => {
    expect(findPrompt('Domain:', dialogue, [])?.onLastLine).toBe(true);
    expect(findPrompt('Domain:\n', dialogue, [])?.onLastLine).toBe(false);
    const greedy = compileDialogue(request('true', { dialogue: [step('d', 'Domain:\\s*\\z', 'x')] }));
    expect(findPrompt('Domain:\n', greedy, [])?.onLastLine).toBe(false);
  });

  it('does not take an echo for a prompt', () => {
    expect(asked('d.example', 'domain')).toBeUndefined();
    const echo = compileDialogue(request('true', { dialogue: [step('domain', 'domain', 'domain.example')] }));
    expect(findPrompt('domain.example\n', echo, [record('domain')])).toBeUndefined();
  });

  it('says what is due', () => {
    expect(dueSteps(dialogue, [record('domain')]).map((each) => each.name)).toEqual(['opt', 'key']);
  });
});

describe('the state of a job', () => {
  const found = (more: Partial<Inspection> = {}): Inspection => ({
    id: 'x',
    alive: false,
    rc: undefined,
    failed: false,
    begun: true,
    collected: undefined,
    sameBoot: true,
    elapsed: 60_000,
    startedUptime: 0,
    duration: 0,
    date: 0,
    silent: 0,
    size: 10,
    limit: 1_000_000,
    answers: [],
    answersSize: 0,
    supervised: true,
    ...more,
  });

  it.each([
    ['nothing there', undefined, 'absent'],
    ['it runs: adopted', found({ alive: true }), 'running'],
    ['ended with failure: may start again', found({ rc: 1 }), 'failed'],
    ['ended with 0 and said that it failed', found({ rc: 0, failed: true }), 'failed'],
    ['ended well: its transcript is read', found({ rc: 0 }), 'succeeded'],
    ['ended well, before a restart of the host', found({ rc: 0, sameBoot: false }), 'succeeded'],
    ['another boot without a status', found({ sameBoot: false }), 'lost'],
    ['gone without a status', found(), 'lost'],
    ['made a moment ago', found({ begun: false, elapsed: 1_000 }), 'starting'],
    ['made and never begun', found({ begun: false }), 'failed'],
    ['an answer in doubt', found({ alive: true, answers: [record('k', 10, false)] }), 'uncertain'],
    ['an answer in doubt, ended well', found({ rc: 0, answers: [record('k', 10, false)] }), 'succeeded'],
    ['collected', found({ collected: '{}', rc: 0 }), 'collected'],
  ] as const)('%s', (_case, inspection, kind) => {
    expect(jobState(inspection).kind).toBe(kind);
  });

  it('is read from the lines that the host prints, for several jobs', () => {
    const answers = Buffer.from(`5 sent ${encodeName('key')}\n`).toString('base64');
    const [one, two] = parseInspections(
      `job a\nbegun yes\nalive yes\nboot same\nstarted 10.5\nuptime 12.0\ndate 1700000000\nsilent 3\nsize 42\nanswers ${answers}\njob b\nalive no\nrc 3\nended 20.25\nstarted 10.25\nanswers \n`,
    );
    expect(one).toMatchObject({
      id: 'a',
      alive: true,
      begun: true,
      sameBoot: true,
      elapsed: 1_500,
      silent: 3_000,
      size: 42,
      rc: undefined,
    });
    expect(one?.answers).toEqual([{ end: 5, name: 'key', sent: true }]);
    expect(two).toMatchObject({ id: 'b', alive: false, rc: 3, duration: 10_000, answers: [], sameBoot: false });
    expect(parseInspections('')).toEqual([]);
  });
});

describe('the judgement', () => {
  const dialogue = compileDialogue(
    request('true', {
      success: ['complete', 'готово'],
      failure: ['(?m)^ERROR'],
      captures: [
        { name: 'id', pattern: 'ID: (?P<value>\\S+)', store: undefined, secret: false },
        { name: 'token', pattern: 'Token: (\\S+)', store: 't', secret: true },
      ],
    }),
  );

  it('failure beats success, success is required, captures count with it', () => {
    expect(judge('complete\nERROR: x\nID: 1\nToken: 2', dialogue)).toMatchObject({ kind: 'failed', line: 'ERROR: x' });
    expect(judge('ID: 1\nToken: 2', dialogue)).toEqual({ kind: 'no-success' });
    expect(judge('готово\nID: 1', dialogue)).toMatchObject({ kind: 'no-capture', captures: [{ name: 'token' }] });
  });

  const token = (text: string, pattern = '(?im)^token:?\\s+(\\S+)$') => {
    const captures = [{ name: 'token', pattern, store: 't', secret: true }];
    const judged = judge(text, compileDialogue(request('true', { captures })));
    return judged.kind === 'succeeded' ? [...judged.captures.values()][0] : judged.kind;
  };

  it('takes a value that is given once, or twice the same', () => {
    expect(token('Token: abc\nbye')).toBe('abc');
    expect(token('Token: abc\nToken: abc')).toBe('abc');
  });

  it('does not choose between two values', () => {
    expect(token('Token: abc\nToken: def')).toBe('ambiguous');
    expect(token('Token\nabc\nToken\ndef')).toBe('ambiguous');
  });

  it('takes a value below its words only where none is beside them', () => {
    expect(token('Token:\nabc')).toBe('abc');
    expect(token('Token: abc\nYou will be asked for\nToken\nBye')).toBe('abc');
    expect(token('You will be asked for\nToken\nToken: abc')).toBe('abc');
  });

  it('takes the group "value", else the first group that took part', () => {
    expect(token('b=2', 'a=(\\d)|b=(\\d)')).toBe('2');
    expect(token('x1', '(x)(?P<value>\\d)')).toBe('1');
  });

  it('hears a failure only in what came since the last answer', () => {
    const text = 'Token: wrong\nERROR: no\nToken: right\ncomplete\nID: 1';
    const only = compileDialogue(request('true', { failure: ['(?m)^ERROR'] }));
    expect(judge(text, only)).toMatchObject({ kind: 'failed' });
    expect(judge(text, only, text.indexOf('right'))).toMatchObject({ kind: 'succeeded' });
  });

  it('does not decide where success and every value come after the failure', () => {
    const judged = (text: string) => judge(text, dialogue).kind;
    expect(judged('ERROR: x\ncomplete\nID: 1\nToken: 2')).toBe('contradictory');
    expect(judged('ERROR: x\ncomplete\nID: 1')).toBe('failed');
    expect(judged('ID: 1\nERROR: x\ncomplete\nToken: 2')).toBe('failed');
    expect(judged('ERROR: x\ncomplete\nID: 1\nToken: 2\nERROR: y')).toBe('failed');
    const silent = compileDialogue(request('true', { failure: ['(?m)^ERROR'] }));
    expect(judge('ERROR: x\nbye', silent)).toMatchObject({ kind: 'failed' });
  });
});

describe('the shown tail', () => {
  const captures = compileDialogue(
    request('true', { captures: [{ name: 't', pattern: 'Token: (\\S+)', store: 't', secret: true }] }),
  ).captures;

  it('hides a capture as soon as it is there', () => {
    const masking = new ListMasking();
    expect(new TailMask(masking, captures).tail('Token: simple\nnext')).toBe('Token: ********\nnext');
    expect([...masking.secrets]).toEqual(['simple']);
  });

  it('hides what looks like a secret while one is awaited, and nothing else', () => {
    const mask = new TailMask(new ListMasking(), captures);
    for (const secret of ['a1b2c3d4e5f6', '6f1c2b1e-8d4f-4b6a-9a51-0d8f3a6b7c8d', 'AB12-CD34-EF56-GH78']) {
      expect(mask.tail(`Тoken is ${secret}`)).not.toContain(secret);
    }
    for (const plain of [
      '/opt/chats-installer/installer2.sh',
      'Loading.........42',
      'chats.example.org',
      'https://h2.example.org/chats/',
      'installation-complete',
    ]) {
      expect(mask.tail(plain)).toBe(plain);
    }
    expect(new TailMask(new ListMasking(), []).tail('a1b2c3d4e5f6')).toBe('a1b2c3d4e5f6');
  });

  it('is the last lines that say something', () => {
    const mask = new TailMask(new ListMasking(), []);
    expect(mask.tail(`${'x\n'.repeat(30)}\n\nlast\n\n`).split('\n')).toHaveLength(15);
    expect(mask.lastLine('one\ntwo\n\n')).toBe('two');
    expect(mask.lastLine('')).toBe('');
  });
});

describe('the program’s text', () => {
  it('carries any environment value and directory through the shell', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0')),
        (value) => execFileSync('/bin/sh', ['-c', `printf %s ${quote(value)}`], { encoding: 'utf8' }) === value,
      ),
      { numRuns: 25 },
    );
  });

  it('is environment, directory, command', () => {
    expect(programText({ command: './x --y', chdir: "/a'b", environment: { A: '1' } })).toBe(
      "export A='1'\ncd -- '/a'\\''b' || exit 127\n./x --y\n",
    );
    expect(programText({ command: 'x', chdir: undefined, environment: {} })).toBe('cd -- "$HOME" || exit 127\nx\n');
  });
});
