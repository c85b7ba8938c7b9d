import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../../src/base/errors.js';
import { attachJob, listJobs, stopJob } from '../../../../src/host/jobs/jobs-by-hand.js';
import { runJob } from '../../../../src/host/jobs/run-job.js';
import { type Bench, bench, request, step } from './local-host.js';

let on: Bench;
beforeEach(() => {
  on = bench();
});
afterEach(async () => {
  await stopJob(on.host, 'test', on.folder).catch(() => {});
  on.dispose();
});

const counted = (text: string) => `echo started >>${on.work}/starts\n${text}`;
const starts = () => readFileSync(join(on.work, 'starts'), 'utf8').split('\n').length - 1;
const jobFile = (name: string) => join(on.folder, 'test', name);

/** Asks two questions, without and with echo; writes what it got. */
const twoQuestions = () =>
  counted(`printf 'Chat domain name: '; read -r a
stty -echo; printf 'Licence key: '; read -r b; stty echo; echo
echo "$a/$b" >>${on.work}/got
echo 'Integrational token: tok_9f8e7d6c5b4a'
echo 'Installation complete'`);

const answersTwo = () => ({
  dialogue: [
    step('domain', '(?i)domain[^\\n]*:\\s*\\z', 'chats.example.org'),
    step('key', '(?i)licence key:\\s*\\z', 'KEY-1234-SECRET', { secret: true }),
  ],
  success: ['complete'],
  captures: [{ name: 'token', pattern: 'token: (\\S+)', store: 'chat_token', secret: true }],
});
const got = () => readFileSync(join(on.work, 'got'), 'utf8');

describe('a dialogue', () => {
  it('is answered, captured, stored and forgotten', async () => {
    const outcome = await runJob(request(twoQuestions(), answersTwo()), on.port);
    expect(outcome).toMatchObject({ answered: ['domain', 'key'], captured: ['token'], values: {}, rc: 0, adopted: false });
    expect(got()).toBe('chats.example.org/KEY-1234-SECRET\n');
    expect([...on.stored]).toEqual([['chat_token', 'tok_9f8e7d6c5b4a']]);
    expect(existsSync(join(on.folder, 'test'))).toBe(false);
    expect(starts()).toBe(1);
  });

  it('shows no secret: not in arguments, progress, tail', async () => {
    const outcome = await runJob(request(twoQuestions(), answersTwo()), on.port);
    for (const text of [JSON.stringify(on.host.calls), JSON.stringify(on.progress), JSON.stringify(outcome)]) {
      expect(text).not.toContain('KEY-1234-SECRET');
      expect(text).not.toContain('tok_9f8e7d6c5b4a');
    }
    expect(outcome.tail).toContain('Installation complete');
  });

  it('keeps folder and files for root alone while it runs', async () => {
    const stop = new AbortController();
    on.host.onCall((name) => name === 'answer' && stop.abort(new Error('stop')));
    await expect(runJob(request(twoQuestions(), answersTwo()), { ...on.port, signal: stop.signal })).rejects.toThrow('stop');
    expect(statSync(join(on.folder, 'test')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(on.folder, 'test'))) expect([name, statSync(jobFile(name)).mode & 0o077]).toEqual([name, 0]);
  });

  it('gives the program a terminal of 50×400, a shell, a path, UTF-8, its directory and environment', async () => {
    const command =
      'tty >/dev/null && stty size; echo "$SHELL $TERM $PATH"; pwd; umask; echo "$SPECIAL"; case $LANG in *UTF-8) echo utf8;; esac';
    const environment = { SPECIAL: `it's "quoted" $HOME` };
    const captures = [{ name: 'all', pattern: '(?s)(.*)', store: undefined, secret: false }];
    const { values } = await runJob(request(command, { chdir: on.work, environment, captures }), on.port);
    expect(values.all?.split('\n')).toEqual([
      '50 400',
      expect.stringMatching(/^\/bin\/sh xterm \/usr\/local\/sbin:/),
      on.work,
      '0022',
      `it's "quoted" $HOME`,
      'utf8',
    ]);
  });

  it('answers a prompt that is split over writes, coloured, and comes with a progress bar', async () => {
    const command = counted(`for i in 1 20 100; do printf '\\rLoading %d%%' $i; sleep 0.05; done; echo
printf '\\033[1;32mCli'; sleep 0.05; printf 'ent \\033[0mID'; sleep 0.05; printf ': '; read -r a; echo "got $a"`);
    const captures = [{ name: 'got', pattern: 'got (\\S+)', store: undefined, secret: false }];
    const outcome = await runJob(request(command, { dialogue: [step('id', 'Client ID:', 'abc')], captures }), on.port);
    expect(outcome.values).toEqual({ got: 'abc' });
  });

  it('is not hurt by a program that flushes its input when it switches echo off', async () => {
    const command = `printf 'Password: '; sleep 0.05; stty -echo; perl -e 'use POSIX; tcflush(0, TCIFLUSH)'; read -r a; stty echo; echo "<$a>"`;
    const captures = [{ name: 'got', pattern: '<(.*)>', store: undefined, secret: false }];
    const outcome = await runJob(request(command, { dialogue: [step('p', 'Password:', 'pass')], captures }), on.port);
    expect(outcome.values).toEqual({ got: 'pass' });
  });

  it('does not answer a banner that mentions a value, nor its own echo', async () => {
    const command = `echo 'You will need your licence key.'; sleep 0.3; printf 'Chat domain: '; read -r a; sleep 0.5; printf 'Licence: '; read -r b; echo "<$a|$b>"`;
    const dialogue = [step('domain', '(?i)domain|chats', 'chats.example.org'), step('key', '(?i)licence', 'KEY')];
    const captures = [{ name: 'got', pattern: '<(.*)>', store: undefined, secret: false }];
    expect((await runJob(request(command, { dialogue, captures }), on.port)).values).toEqual({ got: 'chats.example.org|KEY' });
  });

  it('answers in the program’s own order, and again from the start, but no other question in the same words', async () => {
    const command = `for q in Key Domain Key; do printf "$q: "; read -r a; echo; done; printf 'Key of the mail server: '; read -r b; echo "<$b>"`;
    const dialogue = [step('domain', 'Domain[^\\n]*:', 'd', { optional: true }), step('key', 'Key[^\\n]*:', 'k', { optional: true })];
    const captures = [{ name: 'got', pattern: '<(.*)>', store: undefined, secret: false }];
    const base = { dialogue: [...dialogue, step('last', 'Last:', 'l')], captures, silenceMs: 1_500 };
    await expect(runJob(request(command.replace('Key Domain Key', 'Key Domain Key Domain'), base), on.port)).rejects.toMatchObject({
      code: 'job/unmatched-prompt',
      diagnostics: [{ params: { expected: 'last' } }],
    });
    const responses = [{ prompt: 'mail', answer: 'm', secret: false }];
    const outcome = await runJob(request(command, { ...base, responses }), on.port);
    expect(outcome).toMatchObject({ answered: ['key', 'domain', 'key', 'domain', 'mail'], values: { got: 'm' } });
  });

  it('answers optional steps only when asked, and responses any number of times', async () => {
    const command = `for i in 1 2 3 4 5; do printf "Continue with $i? "; read -r a; done; printf 'Key: '; read -r b; echo "<$b>"`;
    const outcome = await runJob(
      request(command, {
        dialogue: [step('domain', 'Domain:', 'x', { optional: true }), step('key', 'Key:', 'K')],
        responses: [{ prompt: 'Continue with \\d\\?', answer: 'y', secret: false }],
      }),
      on.port,
    );
    expect(outcome.answered).toEqual([...Array(5).fill('Continue with \\d\\?'), 'key']);
  });
});

describe('a dialogue that fails', () => {
  it('says so with the masked tail, keeps a masked transcript, and may be started again', async () => {
    const command = counted(`printf 'Key: '; read -r a; echo "bad key $a"; exit 3`);
    const failing = request(command, { dialogue: [step('key', 'Key:', 'KEY-1234-SECRET', { secret: true })] });
    await expect(runJob(failing, on.port)).rejects.toMatchObject({ code: 'job/exit-status', diagnostics: [{ params: { rc: 3 } }] });
    expect(on.transcripts.join()).toContain('bad key ********');
    expect(on.transcripts.join()).not.toContain('KEY-1234-SECRET');
    await expect(runJob(failing, on.port)).rejects.toMatchObject({ code: 'job/exit-status' });
    expect(starts()).toBe(2);
  });

  it('by a failure pattern, whatever the exit status and success pattern', async () => {
    const failing = request(counted('echo "Installation complete"; echo "ERROR: no licence"'), {
      success: ['complete'],
      failure: ['(?m)^ERROR'],
    });
    await expect(runJob(failing, on.port)).rejects.toMatchObject({
      code: 'job/said-failure',
      diagnostics: [{ params: { line: 'ERROR: no licence', rc: 0 } }],
    });
    await expect(runJob(failing, on.port)).rejects.toMatchObject({ code: 'job/said-failure' });
    expect(starts()).toBe(2);
  });

  it('by a failure pattern that no tail shows any more, with what it means', async () => {
    const said = 'printf "daemon:  \\n  no\\n entry\\n"; seq 100 | sed s/^/cleaning/; exit 1';
    const hints = [{ pattern: 'no\\s+entry', text: 'the door is shut' }];
    const error = await runJob(request(said, { failure: ['no\\s+entry'], hints }), on.port).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'job/said-failure',
      diagnostics: [{ params: { rc: 1, line: 'no entry' }, hint: 'the door is shut' }],
    });
  });

  describe('after it gave a value', () => {
    const giving = (program: string) =>
      request(counted(program), {
        failure: ['(?m)^oops'],
        captures: [{ name: 'token', pattern: 'token: (\\S+)', store: 'chat_token', secret: true }],
      });
    const kept = { kept: 'chat_token_unconfirmed', names: 'chat_token' };

    it.each([
      ['by its exit status', 'echo bye; exit 3', { rc: 3, line: 'bye' }],
      ['by its words', 'echo oops', { rc: 0, line: 'oops' }],
    ])('%s: it does not count, and is not lost', async (_, end, params) => {
      const error = await runJob(giving(`echo 'token: tok_9f8e7d6c5b4a'; ${end}`), on.port).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'job/issued-and-failed', diagnostics: [{ params: { ...params, ...kept } }] });
      expect([...on.stored]).toEqual([['chat_token_unconfirmed', 'tok_9f8e7d6c5b4a']]);
      expect(JSON.stringify(error)).not.toContain('tok_9f8e7d6c5b4a');
    });

    it('while nobody was there: the next run keeps it before it starts the program again', async () => {
      const again = giving(`[ -e ${on.work}/ran ] && echo 'token: tok_second00' && exit 0
touch ${on.work}/ran; echo 'token: tok_9f8e7d6c5b4a'; sleep 0.3; exit 3`);
      const gone = new AbortController();
      on.host.onCall((name) => name === 'follow' && gone.abort());
      await expect(runJob(again, { ...on.port, signal: gone.signal })).rejects.toBeDefined();
      while (!existsSync(jobFile('rc'))) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await runJob(again, on.port)).toMatchObject({ captured: ['token'] });
      expect(Object.fromEntries(on.stored)).toEqual({ chat_token_unconfirmed: 'tok_9f8e7d6c5b4a', chat_token: 'tok_second00' });
      expect(starts()).toBe(2);
    });
  });

  it('for want of success: the program is not run again, a mended pattern reads its output', async () => {
    const command = counted('echo "All done"; echo "token: abc123def456"');
    const token = { name: 'token', pattern: 'TOKEN: (\\S+)', store: 'token', secret: true };
    const captures = [token];
    await expect(runJob(request(command, { success: ['complete'], captures }), on.port)).rejects.toMatchObject({ code: 'job/no-success' });
    const error = await runJob(request(command, { success: ['done'], captures }), on.port).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'job/no-capture', diagnostics: [{ params: { names: 'token' } }] });
    expect(JSON.stringify(error)).not.toContain('abc123def456');
    const outcome = await runJob(request(command, { success: ['done'], captures: [{ ...token, pattern: '(?i)token: (\\S+)' }] }), on.port);
    expect(outcome).toMatchObject({ adopted: true, captured: ['token'] });
    expect(on.stored.get('token')).toBe('abc123def456');
    expect(starts()).toBe(1);
  });

  it.each([
    ['two values', 'job/ambiguous-capture', 'echo token: abc123def456; echo token: def456abc123'],
    ['a failure, then success', 'job/contradictory', 'echo oops; echo token: abc123def456; echo complete'],
  ])('for %s: nothing counts, the program is not run again by itself', async (_, code, program) => {
    const saying = request(counted(program), {
      success: ['complete|token'],
      failure: ['(?m)^oops'],
      failureVariables: ['oops_pattern'],
      captures: [{ name: 'token', pattern: 'token: (\\S+)', variable: 'token_pattern', store: 'chat_token', secret: true }],
    });
    for (let run = 0; run < 2; run++) {
      const error = await runJob(saying, on.port).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code });
      expect(JSON.stringify(error)).toMatch(/token_pattern|oops_pattern/);
      expect(JSON.stringify(error)).not.toContain('abc123def456');
    }
    expect(on.stored.size).toBe(0);
    expect(starts()).toBe(1);
  });

  it('by nothing that it said before the answer that it then took', async () => {
    const command = `printf 'Token: '; read -r a; echo 'oops, try again'; printf 'Token: '; read -r a; echo "<$a>"`;
    const captures = [{ name: 'got', pattern: '<(.*)>', store: undefined, secret: false }];
    const asked = { dialogue: [step('token', 'Token:', 'abc')], failure: ['(?m)^oops'], captures };
    expect((await runJob(request(command, asked), on.port)).values).toEqual({ got: 'abc' });
    const refused = request(`${command}; echo oops`, asked);
    await expect(runJob(refused, on.port)).rejects.toMatchObject({ code: 'job/said-failure' });
  });

  it('with the variable and a line to paste, for want of success or of a value', async () => {
    const captures = [{ name: 'token', pattern: 'TOKEN (\\S+)', variable: 'token_pattern', store: 'token', secret: true }];
    const unheard = { success: ['complete'], successVariables: ['success_pattern'], captures };
    await expect(runJob(request('echo done', unheard), on.port)).rejects.toMatchObject({
      code: 'job/no-success',
      diagnostics: [{ params: { variables: 'success_pattern', lines: expect.stringContaining("success_pattern: '(?i)") } }],
    });
    await expect(runJob(request('echo complete', unheard), on.port)).rejects.toMatchObject({
      code: 'job/no-success',
    });
    await stopJob(on.host, 'test', on.folder);
    await expect(runJob(request('echo complete', unheard), on.port)).rejects.toMatchObject({
      code: 'job/no-capture',
      diagnostics: [{ params: { variables: 'token_pattern', lines: "token_pattern: '(?i)WORDS:\\s*(?P<value>\\S+)'" } }],
    });
  });

  it('when the same prompt comes more than three times; the program waits, and gets the right value from the next run', async () => {
    const asking = counted(`n=0; while :; do printf 'Key: '; read -r a; n=$((n + 1)); [ "$a" = right ] && break; done; echo "<$n>"`);
    const captures = [{ name: 'asked', pattern: '<(.*)>', store: undefined, secret: false }];
    const answering = (key: string) => runJob(request(asking, { dialogue: [step('key', 'Key:', key)], captures }), on.port);
    const error = await answering('wrong').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'job/refused', diagnostics: [{ params: { prompt: 'key', times: 3 } }] });
    expect(await answering('right')).toMatchObject({ values: { asked: '4' }, adopted: true });
    expect(starts()).toBe(1);
  });

  it('when it talks without end, faster than it can be read: by the clock of the whole run', async () => {
    const started = performance.now();
    const error = await runJob(request('yes waiting', { timeoutMs: 1_000 }), on.port).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'job/timeout' });
    expect(performance.now() - started).toBeLessThan(20_000);
    await stopJob(on.host, 'test', on.folder);
  });

  it('at an unknown prompt after silence; the program is left waiting, and a run with the response goes on', async () => {
    const command = counted(`printf 'Chat domain: '; read -r a; printf 'Favourite colour? '; read -r b; echo "<$a|$b>"`);
    const dialogue = [step('domain', 'domain:', 'd'), step('key', 'Key:', 'k', { optional: true })];
    const captures = [{ name: 'got', pattern: '<(.*)>', store: undefined, secret: false }];
    const base = { dialogue, captures, silenceMs: 1_500, extend: 'installer_responses' };
    await expect(runJob(request(command, base), on.port)).rejects.toMatchObject({
      code: 'job/unmatched-prompt',
      diagnostics: [{ params: { extend: 'installer_responses', expected: 'key', tail: expect.stringContaining('Favourite colour?') } }],
    });
    const outcome = await runJob(
      request(command, { ...base, responses: [{ prompt: 'colour\\?', answer: 'red', secret: false }] }),
      on.port,
    );
    expect(outcome).toMatchObject({ adopted: true, answered: ['domain', 'colour\\?'], values: { got: 'd|red' } });
    expect(starts()).toBe(1);
  });

  it('by the clock of the whole run, and by a prompt’s own; the program goes on', async () => {
    const command = counted('for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.3; done');
    await expect(runJob(request(command, { timeoutMs: 800 }), on.port)).rejects.toMatchObject({ code: 'job/timeout' });
    await expect(runJob(request(command, { dialogue: [step('key', 'Key:', 'x', { timeoutMs: 500 })] }), on.port)).rejects.toMatchObject({
      code: 'job/prompt-timeout',
    });
    expect((await runJob(request(command), on.port)).adopted).toBe(true);
    expect(starts()).toBe(1);
  });

  it('before anything is started when an answer cannot be typed or a pattern is none', async () => {
    for (const [answer, code] of [
      ['a\nb', 'job/answer-control'],
      ['я'.repeat(2_001), 'job/answer-too-long'],
    ] as const) {
      await expect(runJob(request('true', { dialogue: [step('key', 'Key:', answer)] }), on.port)).rejects.toMatchObject({ code });
    }
    await expect(runJob(request('true', { success: ['(?=x)'] }), on.port)).rejects.toMatchObject({ code: 'job/pattern' });
    await expect(runJob(request('true', { id: '../evil' }), on.port)).rejects.toMatchObject({ code: 'job/id' });
    expect(on.host.calls).toEqual([]);
    await expect(runJob(request('true', { chdir: '/nowhere' }), on.port)).rejects.toMatchObject({ code: 'job/no-directory' });
    expect(existsSync(join(on.folder, 'test'))).toBe(false);
  });
});

describe('a lost connection', () => {
  const points = ['inspect', 'start', 'follow', 'answer', 'collected', 'forget'] as const;
  it.each(points.flatMap((name) => [[name, 'before'] as const, [name, 'after'] as const]))(
    '%s, %s it ran: one start, each question answered once',
    async (name, when) => {
      on.host.loseConnection(name, when);
      const outcome = await runJob(request(twoQuestions(), answersTwo()), on.port);
      expect(on.host.reconnects).toBe(1);
      expect(outcome).toMatchObject({ answered: ['domain', 'key'], captured: ['token'] });
      expect(got()).toBe('chats.example.org/KEY-1234-SECRET\n');
      expect(starts()).toBe(1);
      expect(on.stored.size).toBe(1);
    },
  );
});

describe('a host that restarts its sshd', () => {
  it.each(['follow', 'forget'])('is found away by %s, and waited for', async (name) => {
    let away = 1;
    on.host.onCall((called) => {
      if (called === name && away-- > 0) throw failure('connect/refused', { host: 'test', port: 22 });
    });
    const outcome = await runJob(request(twoQuestions(), answersTwo()), on.port);
    expect(on.host.reconnects).toBe(1);
    expect(outcome).toMatchObject({ answered: ['domain', 'key'], captured: ['token'] });
    expect(starts()).toBe(1);
  });
});

describe('a control process that goes', () => {
  it.each([1, 2, 3])('at answer %i or later is followed by one that adopts', async (nth) => {
    const stop = new AbortController();
    let answers = 0;
    on.host.onCall((name) => {
      if (name === (nth === 3 ? 'collected' : 'answer') && (nth === 3 || ++answers === nth)) stop.abort(new Error('killed'));
    });
    // Stands for the killed process: whatever it does after this is not waited for.
    const killed = runJob(request(twoQuestions(), answersTwo()), { ...on.port, signal: stop.signal, store: () => new Promise(() => {}) });
    await Promise.race([killed.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2_500))]);
    const outcome = await runJob(request(twoQuestions(), answersTwo()), on.port);
    expect(outcome).toMatchObject({ answered: ['domain', 'key'], adopted: true });
    expect(got()).toBe('chats.example.org/KEY-1234-SECRET\n');
    expect(starts()).toBe(1);
  });
});

describe('a job whose state is in doubt', () => {
  const waiting = async () => {
    const stop = new AbortController();
    const running = runJob(request(counted(`printf 'Key: '; read -r a; echo "<$a>"`), {}), { ...on.port, signal: stop.signal });
    while (!existsSync(jobFile('out')) || !readFileSync(jobFile('out'), 'utf8').includes('Key: '))
      await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort(new Error('killed'));
    await running.catch(() => {});
  };
  const keyed = () => request(counted('true'), { dialogue: [step('key', 'Key:', 'k')] });

  it('stops at "sending" without "sent", and goes on after an answer by hand', async () => {
    await waiting();
    const size = statSync(jobFile('out')).size;
    writeFileSync(jobFile('answers'), `${size} sending ${Buffer.from('key').toString('base64')}\n`);
    await expect(runJob(keyed(), on.port)).rejects.toMatchObject({
      code: 'job/answer-uncertain',
      diagnostics: [{ params: { prompt: 'key' } }],
    });
    expect(on.host.count('answer')).toBe(0);
    let shown = '';
    const options = { masking: on.masking, clock: on.port.clock, signal: on.port.signal, folder: on.folder };
    const rc = await attachJob(on.host, 'test', {
      ...options,
      write: (text) => {
        shown += text;
      },
      input: (async function* () {
        yield 'typed';
      })(),
    });
    expect(rc).toBe(0);
    expect(shown).toContain('<typed>');
    expect((await runJob(keyed(), on.port)).answered).toEqual(['key', 'by hand']);
    expect(starts()).toBe(1);
  });

  it('takes a reaction of the program for the answer’s arrival', async () => {
    await waiting();
    const size = statSync(jobFile('out')).size;
    writeFileSync(jobFile('answers'), `${size - 3} sending ${Buffer.from('key').toString('base64')}\n`);
    await expect(runJob({ ...keyed(), silenceMs: 500 }, on.port)).rejects.toMatchObject({ code: 'job/unmatched-prompt' });
    expect(on.host.count('answer')).toBe(0);
  });

  it('never answers a prompt that ends at or before a recorded offset', async () => {
    await waiting();
    const size = statSync(jobFile('out')).size;
    const name = Buffer.from('key').toString('base64');
    writeFileSync(jobFile('answers'), `${size} sending ${name}\n${size} sent ${name}\n`);
    await expect(runJob({ ...keyed(), silenceMs: 500 }, on.port)).rejects.toMatchObject({ code: 'job/unmatched-prompt' });
    expect(on.host.count('answer')).toBe(0);
  });

  it('is lost when the process is gone without an exit status, and after a restart of the host', async () => {
    await waiting();
    const [pid] = readFileSync(jobFile('pid'), 'utf8').split(' ');
    process.kill(-Number(pid), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(runJob(keyed(), on.port)).rejects.toMatchObject({
      code: 'job/lost',
      diagnostics: [{ params: { cause: 'its process is gone' } }],
    });
    writeFileSync(jobFile('boot_id'), 'another\n');
    await expect(runJob(keyed(), on.port)).rejects.toMatchObject({
      code: 'job/lost',
      diagnostics: [{ params: { cause: 'the host was restarted' } }],
    });
    await stopJob(on.host, 'test', on.folder);
    expect((await runJob(request(counted('echo ok')), on.port)).adopted).toBe(false);
    expect(starts()).toBe(2);
  });
});

describe('deferred forgetting', () => {
  it('answers again with the same outcome, runs nothing, and keeps no transcript', async () => {
    const forgets: (() => Promise<void>)[] = [];
    const port = { ...on.port, defer: (forget: () => Promise<void>) => forgets.push(forget) };
    const first = await runJob(request(twoQuestions(), answersTwo()), port);
    expect(readdirSync(join(on.folder, 'test')).sort()).not.toContain('out');
    for (const name of readdirSync(join(on.folder, 'test')))
      expect(readFileSync(jobFile(name), 'utf8')).not.toMatch(/tok_9f8e7d6c5b4a|KEY-1234/);
    const second = await runJob(request(twoQuestions(), answersTwo()), port);
    expect(second).toEqual({ ...first, adopted: true, tail: '' });
    expect(starts()).toBe(1);
    await forgets[0]?.();
    expect(existsSync(join(on.folder, 'test'))).toBe(false);
  });
});

describe('jobs by hand', () => {
  it('are listed and stopped', async () => {
    const stop = new AbortController();
    const running = runJob(request('printf "Key: "; read -r a'), { ...on.port, signal: stop.signal });
    while (!existsSync(jobFile('begun'))) await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort(new Error('enough'));
    await running.catch(() => {});
    const [job] = await listJobs(on.host, on.folder);
    expect(job).toMatchObject({ id: 'test', state: 'running', answered: [] });
    expect(Math.abs(Date.parse(job?.started ?? '') - Date.now())).toBeLessThan(10_000);
    await stopJob(on.host, 'test', on.folder);
    expect(await listJobs(on.host, on.folder)).toEqual([]);
    await expect(stopJob(on.host, 'test', on.folder)).rejects.toMatchObject({ code: 'job/no-job' });
  });
});
