import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '../../../src/base/clock.js';
import { Diagnostics, failure } from '../../../src/base/errors.js';
import type { Secret } from '../../../src/base/secret.js';
import { isMap, type ValueMap } from '../../../src/base/value.js';
import { connectLocal } from '../../../src/connection/local.js';
import type { RunOptions } from '../../../src/engine/options.js';
import type { RunPorts } from '../../../src/engine/ports.js';
import { run } from '../../../src/engine/run.js';
import type { NewEvent } from '../../../src/events/event.js';
import { openHost } from '../../../src/host/host.js';
import { hostJobs } from '../../../src/host/jobs/host-jobs.js';
import { loadInventory } from '../../../src/inventory/load.js';
import { modules } from '../../../src/modules/registry.js';
import { diskFiles } from '../../../src/playbook/files.js';
import { IncludeReader } from '../../../src/playbook/includes.js';
import { loadPlaybook } from '../../../src/playbook/load-playbook.js';
import { Masker } from '../../../src/secrets/masker.js';

export interface PlayedRun {
  readonly exit: number;
  readonly events: readonly NewEvent[];
  /** `host task status` of every result, in order. */
  readonly results: readonly string[];
  /**
   * A line a task, its hosts in order: `f: a failed, b skipped`. What debug says stands in place of `ok`, unless it is just `x`:
   * `d: a says hello`. Facts are left out.
   */
  readonly steps: readonly string[];
  /** By host, what is not 0: `a ok=2 failed=1`. */
  readonly recap: readonly string[];
  readonly folder: string;
  /** The connections that were made, in order: `a local`, `a deploy@10.0.0.1:22`. */
  readonly connections: readonly string[];
  /** The result of the last task of that name on the host. */
  result(task: string, host?: string): ValueMap;
}

const defaults: RunOptions = {
  check: false,
  diff: false,
  forks: 5,
  limit: undefined,
  tags: [],
  skipTags: [],
  extraVars: {},
  become: false,
  becomeUser: undefined,
  becomePassword: undefined,
  loginPassword: undefined,
  remoteUser: undefined,
  privateKeyFile: undefined,
  connectTimeoutMs: 5000,
  acceptNewHostKeys: false,
  startAtTask: undefined,
  step: false,
  forceHandlers: false,
  forget: [],
  pending: [],
  resume: false,
  locksHosts: true,
  lockWaitMs: 0,
  verbosity: 0,
};

const inventoryText = `all:
  vars: {ansible_connection: local}
  hosts: {a: , b: , c: }
  children: {pair: {hosts: {a: , b: }}}
`;

export interface PlayOptions extends Partial<RunOptions> {
  readonly files?: Readonly<Record<string, string>>;
  readonly inventory?: string;
  readonly stored?: Map<string, Secret>;
  /** Hosts that cannot be reached. */
  readonly down?: readonly string[];
  /** `--yes`. Nobody can be asked. */
  readonly yes?: boolean;
}

/** Plays a playbook for real: hosts a, b, c are this machine, and every connection, of whatever kind, leads to it. */
export async function play(playbook: string, options: PlayOptions = {}): Promise<PlayedRun> {
  const { files = {}, inventory = inventoryText, stored = new Map<string, Secret>(), down = [], yes = false, ...flags } = options;
  const folder = mkdtempSync(join(tmpdir(), 'chatsctl-engine-'));
  for (const [name, text] of Object.entries({ 'inventory.yaml': inventory, 'playbook.yaml': playbook, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const collect = new Diagnostics();
  const context = { cwd: folder, files: diskFiles(folder), modules, rolesPaths: [], packageDirectory: folder, collect };
  const loaded = loadPlaybook('playbook.yaml', context);
  collect.throwIfAny();
  const events: NewEvent[] = [];
  const connections: string[] = [];
  const ports: RunPorts = {
    run: 'test',
    operator: 'tester',
    controlName: 'control',
    controlPid: 1,
    modules,
    inventory: loadInventory([join(folder, 'inventory.yaml')], { cwd: folder }),
    openHost: (name, target) => {
      connections.push(`${name} ${target === 'local' ? target : `${target.user}@${target.host}:${target.port ?? 22}`}`);
      const connect = async () => {
        if (down.includes(name)) throw failure('connect/refused', { host: name, port: 22 });
        return connectLocal();
      };
      return openHost({ name, connect, clock: systemClock });
    },
    store: {
      get: (name) => stored.get(name),
      set: async (name, value) => {
        stored.set(name, value);
      },
      keepApart: async (name, value) => {
        stored.set(`${name}_unconfirmed`, value);
        return `${name}_unconfirmed`;
      },
      variables: () => Object.fromEntries([...stored].map(([name, value]) => [name, value.reveal()])),
      fingerprint: undefined,
    },
    prompts: { confirm: async () => true, isAgreed: yes, line: async () => undefined },
    includes: new IncludeReader(context, folder),
    playbookVariables: () => undefined,
    jobs: hostJobs,
    masking: new Masker(),
    emit: (event) => events.push(event),
    clock: systemClock,
    signal: new AbortController().signal,
    prompted: () => ({}),
    keepTranscript: async () => '',
  };
  const exit = await run(loaded, ports, { ...defaults, ...flags });
  const finished = events.flatMap((event) => (event.type === 'task_result' ? [event] : []));
  return {
    exit,
    events,
    folder,
    connections,
    steps: stepsOf(events),
    recap: recapOf(events),
    results: finished.filter((each) => each.module !== 'setup').map((each) => `${each.host} ${each.task} ${each.status}`),
    result(task, host = 'a') {
      const found = finished.findLast((each) => each.task === task && each.host === host);
      if (!found) throw new Error(`no result of ${task} on ${host}: ${finished.map((each) => each.task).join(', ')}`);
      // As it is written to a pipe.
      return JSON.parse(JSON.stringify(found.result)) as ValueMap;
    },
  };
}

type TaskResult = Extract<NewEvent, { type: 'task_result' }>;

function stepsOf(events: readonly NewEvent[]): string[] {
  const steps: { task: string; hosts: string[] }[] = [];
  let begins = true;
  for (const event of events) {
    if (event.type === 'task_start') begins = true;
    if (event.type !== 'task_result' || event.module === 'setup') continue;
    if (begins || steps.at(-1)?.task !== event.task) steps.push({ task: event.task, hosts: [] });
    begins = false;
    steps.at(-1)?.hosts.push(outcomeOf(event));
  }
  return steps.map(({ task, hosts }) => `${task}: ${hosts.sort().join(', ')}`);
}

function outcomeOf({ host, module, status, result }: TaskResult): string {
  const msg = module === 'debug' && status === 'ok' && isMap(result) ? result.msg : 'x';
  return msg === 'x' || msg === undefined ? `${host} ${status}` : `${host} says ${typeof msg === 'string' ? msg : JSON.stringify(msg)}`;
}

function recapOf(events: readonly NewEvent[]): string[] {
  const last = events.at(-1);
  if (last?.type !== 'recap') return [];
  const shown = Object.entries(last.hosts).map(([host, counts]) =>
    [host, ...Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${name}=${count}`] : []))].join(' '),
  );
  return shown.filter((each) => each.includes('='));
}
