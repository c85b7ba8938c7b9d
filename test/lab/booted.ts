import type { WaitStrategy } from 'testcontainers';
import { docker } from './docker.js';

const UNTIL_UP = 'until systemctl is-active --quiet ssh; do sleep 0.1; done';

/** What tells why a machine does not come up: what its start said, what it waits for, what failed, what runs, its own log. */
const EVIDENCE = [
  'systemctl is-system-running',
  'systemctl --no-pager list-jobs',
  'systemctl --no-pager --failed',
  'systemctl --no-pager --lines=20 status ssh',
  'ps axf -o pid,stat,wchan:20,etime,args',
  'journalctl --no-pager --boot --lines=60',
];

/**
 * Waits until sshd of a machine with systemd is up. (testcontainers' own way removes the container of a machine that did
 * not come up, and all that could tell why with it.)
 */
export class Booted implements WaitStrategy {
  /** Milliseconds. */
  private timeout = 60_000;
  private timeoutIsSet = false;

  async waitUntilReady(container: { id: string }): Promise<void> {
    const { code } = await docker(['exec', container.id, 'sh', '-c', UNTIL_UP], { timeout: this.timeout });
    if (code !== 0) throw new Error(await whyNot(container.id, this.timeout));
  }

  withStartupTimeout(startupTimeoutMs: number): this {
    this.timeout = startupTimeoutMs;
    this.timeoutIsSet = true;
    return this;
  }

  isStartupTimeoutSet(): boolean {
    return this.timeoutIsSet;
  }

  getStartupTimeout(): number {
    return this.timeout;
  }
}

async function whyNot(id: string, timeout: number): Promise<string> {
  const shown = [['logs', '--tail=40', id], ...EVIDENCE.map((command) => ['exec', id, 'sh', '-c', command])];
  const lines = [`sshd of ${id.slice(0, 12)} did not come up (time limit ${timeout / 1000} s).`];
  for (const args of shown) {
    const { stdout, stderr } = await docker(args, { timeout: 10_000 });
    lines.push(`--- docker ${args.join(' ')}`, stdout.trimEnd(), stderr.trimEnd());
  }
  return lines.filter(Boolean).join('\n');
}
