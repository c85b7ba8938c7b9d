import { type StartedTestContainer, Wait } from 'testcontainers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JOBS_FOLDER } from '../../src/host/jobs/job-host.js';
import { listJobs, stopJob } from '../../src/host/jobs/jobs-by-hand.js';
import { runJob } from '../../src/host/jobs/run-job.js';
import type { JobRequest } from '../../src/sdk/job.js';
import { currentOwner, LAB_LABEL, OWNER_LABEL, SystemdContainer } from '../lab/containers.js';
import { runCommand } from '../lab/docker.js';
import { ensureImages } from '../lab/images.js';
import { type Bench, bench, request, shell, step } from '../unit/host/jobs/local-host.js';

// The afterAll below removes the container; the reaper's image would have to be pulled.
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';

let container: StartedTestContainer;
let on: Bench;
let work = '';
let count = 0;

beforeAll(async () => {
  const images = await ensureImages();
  container = await new SystemdContainer(images.host)
    .withLabels({ [LAB_LABEL]: 'true', [OWNER_LABEL]: await currentOwner() })
    .withWaitStrategy(Wait.forSuccessfulCommand('systemctl is-system-running | grep -Eq "running|degraded"'))
    .start();
});
afterAll(async () => {
  await container?.stop({ timeout: 0 });
});
beforeEach(async () => {
  work = `/srv/work-${++count}`;
  await inHost(`mkdir -p ${work}`);
  on = bench({ folder: JOBS_FOLDER }, shell('docker', 'exec', '-i', container.getId(), 'sh'), { folder: JOBS_FOLDER, work });
});

async function inHost(command: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand('docker', ['exec', container.getId(), 'sh', '-c', command]);
  if (code !== 0) throw new Error(`${command}: ${code} ${stderr}`);
  return stdout;
}

/** Two questions, the second without echo; a long silence; a token. */
function installer(more: Partial<JobRequest> = {}): JobRequest {
  const command = `echo started >>${work}/starts
printf 'Chat domain name: '; read -r a
stty -echo; printf 'Licence key: '; read -r b; stty echo; echo
echo "$a/$b" >>${work}/got; sleep 2
echo 'Integrational token: tok_9f8e7d6c5b4a'`;
  return request(command, {
    id: `installer-${count}`,
    chdir: work,
    dialogue: [step('domain', 'domain name:\\s*\\z', 'chats.example.org'), step('key', 'key:\\s*\\z', 'KEY-1234-SECRET', { secret: true })],
    captures: [{ name: 'token', pattern: 'token: (\\S+)', store: 'chat_token', secret: true }],
    ...more,
  });
}

async function expectOneRun(): Promise<void> {
  expect(await inHost(`cat ${work}/starts`)).toBe('started\n');
  expect(await inHost(`cat ${work}/got`)).toBe('chats.example.org/KEY-1234-SECRET\n');
  expect(on.stored.get('chat_token')).toBe('tok_9f8e7d6c5b4a');
  expect(await inHost(`ls -A ${JOBS_FOLDER}`)).toBe('');
}

describe('a job under systemd', () => {
  it('is a transient unit of its own, and leaves nothing', async () => {
    const units: Promise<string>[] = [];
    on.host.onCall(
      (name) =>
        name === 'answer' && units.push(inHost(`systemctl is-active chatsctl-job-installer-${count}; stat -c '%a %n' ${JOBS_FOLDER}/*/*`)),
    );
    const outcome = await runJob(installer(), on.port);
    expect(outcome).toMatchObject({ answered: ['domain', 'key'], captured: ['token'], adopted: false });
    expect(outcome.duration).toBeGreaterThanOrEqual(2);
    const [first = ''] = await Promise.all(units);
    expect(first).toMatch(/^active\n/);
    for (const line of first.trim().split('\n').slice(1)) expect(line).toMatch(/^[0-6]00 /);
    await expectOneRun();
    expect(await inHost('systemctl list-units --all --no-legend "chatsctl-job-*"')).toBe('');
  });

  it('shows no secret in any argument list', async () => {
    let stop = false;
    const seen = (async () => {
      let all = '';
      while (!stop) all += await inHost("cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
      return all;
    })();
    await runJob(installer({ environment: { HIDDEN: 'ENV-5678-SECRET' } }), on.port);
    stop = true;
    const sampled = await seen;
    expect(sampled).toContain('script -E never');
    for (const secret of ['KEY-1234-SECRET', 'ENV-5678-SECRET', 'tok_9f8e7d6c5b4a']) expect(sampled).not.toContain(secret);
    await expectOneRun();
  });

  it.each(['inspect', 'start', 'follow', 'answer', 'collected', 'forget'])('a connection lost after %s hurts nothing', async (name) => {
    on.host.loseConnection(name, 'after');
    await runJob(installer(), on.port);
    expect(on.host.reconnects).toBe(1);
    await expectOneRun();
  });

  it('goes on without its control process, and is adopted', async () => {
    const stop = new AbortController();
    on.host.onCall((name) => name === 'answer' && stop.abort(new Error('killed')));
    await runJob(installer(), { ...on.port, signal: stop.signal }).catch(() => {});
    expect((await listJobs(on.host)).map(({ id, state, answered }) => [id, state, answered])).toEqual([
      [`installer-${count}`, 'running', ['domain']],
    ]);
    expect((await runJob(installer(), on.port)).adopted).toBe(true);
    await expectOneRun();
  });

  it('that is stopped by systemd is lost, and starts again only when told', async () => {
    const stop = new AbortController();
    on.host.onCall((name) => name === 'answer' && stop.abort(new Error('killed')));
    await runJob(installer(), { ...on.port, signal: stop.signal }).catch(() => {});
    await inHost(`systemctl kill -s KILL chatsctl-job-installer-${count}`);
    await expect(runJob(installer(), on.port)).rejects.toMatchObject({ code: 'job/lost' });
    await stopJob(on.host, `installer-${count}`);
    await inHost(`rm ${work}/starts`);
    await runJob(installer(), on.port);
    await expectOneRun();
  });

  it('is stopped by hand, at once', async () => {
    const stop = new AbortController();
    on.host.onCall((name) => name === 'answer' && stop.abort(new Error('killed')));
    await runJob(installer(), { ...on.port, signal: stop.signal }).catch(() => {});
    const before = Date.now();
    await stopJob(on.host, `installer-${count}`);
    expect(Date.now() - before).toBeLessThan(15_000);
    expect(await inHost(`ls -A ${JOBS_FOLDER}`)).toBe('');
    expect(await inHost('pgrep -x script || true')).toBe('');
  });

  it('of a restarted host is lost', async () => {
    const stop = new AbortController();
    on.host.onCall((name) => name === 'answer' && stop.abort(new Error('killed')));
    await runJob(installer(), { ...on.port, signal: stop.signal }).catch(() => {});
    await container.restart({ timeout: 5 });
    await expect(runJob(installer(), on.port)).rejects.toMatchObject({ code: 'job/lost' });
    expect(await inHost(`cat ${work}/starts`)).toBe('started\n');
    await stopJob(on.host, `installer-${count}`);
  });
});
