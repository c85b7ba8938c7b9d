import { dirname } from 'node:path';
import type { RunPorts } from '../engine/ports.js';
import { hostJobs } from '../host/jobs/host-jobs.js';
import type { Journal } from '../journal/journal.js';
import { isRecorded } from '../journal/runs.js';
import { modules } from '../modules/registry.js';
import { IncludeReader } from '../playbook/includes.js';
import { hostOpener } from './host-opener.js';
import { controlName, operatorName } from './operator.js';
import type { Prepared } from './prepare.js';
import type { Prompter } from './prompter.js';
import type { Reporting } from './reporting.js';
import type { RunStore } from './run-store.js';
import type { Session } from './session.js';

export interface RunParts {
  readonly run: string;
  readonly prepared: Prepared;
  readonly store: RunStore;
  readonly prompter: Prompter;
  readonly reporting: Reporting;
  readonly journal: Journal;
  readonly prompted: RunPorts['prompted'];
  readonly verbosity: number;
  readonly jobs: RunningJobs;
}

/** The composition root of a run: every layer's port to the engine is put together here and nowhere else. */
export function runPorts(parts: RunParts, session: Session): RunPorts {
  const { prepared, prompter, reporting, journal, verbosity } = parts;
  const { emit } = reporting;
  const { terminal, clock, interrupt } = session;
  prompter.aside = () => reporting.suspend();
  return {
    run: parts.run,
    operator: operatorName(session.env),
    controlName: controlName(),
    controlPid: process.pid,
    isOver: (run) => run !== parts.run && isRecorded(prepared.customerDirectory, run),
    modules,
    inventory: prepared.inventory,
    openHost: hostOpener(session, {
      prompter,
      verbosity,
      onEvent: (host, { state, detail }) => emit({ type: 'connect', host, state, ...(detail !== undefined && { detail }) }),
    }),
    store: parts.store,
    prompts: prompter,
    includes: includeReader(prepared),
    playbookVariables: prepared.playbookVariables,
    jobs: parts.jobs,
    masking: terminal.masker,
    emit,
    clock,
    signal: interrupt.signal,
    prompted: parts.prompted,
    keepTranscript: (host, id, text) => journal.keep(`${fileName(host)}-${fileName(id)}.txt`, terminal.masker.mask(text)),
  };
}

export function includeReader({ context, playbook }: Pick<Prepared, 'context' | 'playbook'>): IncludeReader {
  return new IncludeReader(context, dirname(playbook.path));
}

function fileName(text: string): string {
  return text.replace(/[^\w.-]/g, '_');
}

type RunJob = RunPorts['jobs']['run'];

/** Dialogues with the hosts, and which of them are under way: an interrupt leaves those running, and says so. */
export class RunningJobs {
  private readonly running = new Set<{ readonly host: string; readonly id: string }>();

  readonly run: RunJob = async (request, options) => {
    const job = { host: (await options.port()).host.name, id: request.id };
    this.running.add(job);
    try {
      const outcome = await hostJobs.run(request, options);
      this.running.delete(job);
      return outcome;
    } catch (error) {
      // Stopped by a signal it goes on there; ended in any other way it does not count.
      if (!options.signal.aborted) this.running.delete(job);
      throw error;
    }
  };

  get list(): readonly { readonly host: string; readonly id: string }[] {
    return [...this.running];
  }
}
