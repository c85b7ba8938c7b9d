import type { Clock } from '../../base/clock.js';
import { ChatsctlError } from '../../base/errors.js';
import { type Masking, Secret } from '../../base/secret.js';
import type { JobOutcome, JobRequest } from '../../sdk/job.js';
import { isAway, isLost } from '../link.js';
import type { HostPort } from '../port.js';
import type { JobHost } from './job-host.js';
import { runJob } from './run-job.js';

/** What a run gives to a dialogue. */
export interface JobRunOptions {
  /** The host, as root. Called again after a lost connection. */
  readonly port: () => Promise<HostPort>;
  readonly store: (name: string, value: Secret) => Promise<void>;
  /** Under another name, of a step that failed; resolves with that name. */
  readonly keepIssued: (name: string, value: Secret) => Promise<string>;
  readonly masking: Masking;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (text: string, silentMs: number) => void;
  readonly keepTranscript?: (text: string) => Promise<string>;
  readonly defer?: (forget: () => Promise<void>) => void;
}

/** A connection that does not come back within this time gives the host up; the job goes on there, the next run adopts it. */
const GIVE_UP_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 15_000;
const SCRIPT_MS = 60_000;

export const hostJobs = {
  async run(request: JobRequest, options: JobRunOptions): Promise<JobOutcome> {
    const { store, masking, clock, signal, keepTranscript, defer } = options;
    return await runJob(request, {
      host: jobHost(options.port, clock, signal),
      store: (name, value) => store(name, new Secret(value)),
      keepIssued: (name, value) => options.keepIssued(name, new Secret(value)),
      progress: ({ text, silent }) => options.progress(text, silent),
      masking,
      clock,
      signal,
      ...(keepTranscript && {
        keepTranscript: async (text) => {
          await keepTranscript(text);
        },
      }),
      ...(defer && { defer }),
    });
  },
};

/** A host's scripts, and patience when its connection is lost. */
export function jobHost(port: () => Promise<HostPort>, clock: Clock, signal: AbortSignal): JobHost {
  return {
    async script(script, args, stdin) {
      const host = await port();
      return await host.script({ script, args, timeoutMs: SCRIPT_MS, ...(stdin !== undefined && { stdin }) });
    },
    async reconnect() {
      const since = clock.now();
      for (let pause = 500; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
        try {
          await (await port()).script({ script: ':', timeoutMs: SCRIPT_MS });
          return;
        } catch (error) {
          if (!(isLost(error) || isAway(error) || isHung(error)) || clock.now() - since > GIVE_UP_MS) throw error;
        }
        await clock.sleep(pause, signal);
      }
    },
  };
}

function isHung(error: unknown): boolean {
  return error instanceof ChatsctlError && error.code === 'host/session-timeout';
}
