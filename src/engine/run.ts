import { ChatsctlError, type Diagnostic, failure } from '../base/errors.js';
import { isList, type Value } from '../base/value.js';
import { Recap } from '../events/recap.js';
import type { Play, Playbook } from '../playbook/tree.js';
import { RunContext } from './context.js';
import type { HostState } from './host-state.js';
import { numberIn, wrongNumber } from './numbers.js';
import type { RunOptions } from './options.js';
import { PlayRun } from './play-run.js';
import type { RunPorts } from './ports.js';
import { playScope } from './scopes.js';
import { StopRun } from './stop.js';

/**
 * The order of a run: each play in turn on its hosts, batch by batch; hosts that failed take no part in what follows; a batch with no host
 * left, or a fatal failure, ends the run. Answers the contract's exit status: 0, 2 (a task failed), 3 (a host out of reach and none failed).
 */
export async function run(playbook: Playbook, ports: RunPorts, options: RunOptions): Promise<number> {
  const recap = new Recap();
  const context = new RunContext({ ...ports, emit: watched(ports.emit, recap) }, options, playbook);
  const started = ports.clock.now();
  let broken: readonly Diagnostic[] = [];
  try {
    context.carried.begin(options.pending);
    for (const play of playbook.plays) {
      if (context.fatal) break;
      await runPlay(context, play);
    }
    if (context.selection.isWaiting) throw failure('play/start-not-reached', { name: options.startAtTask ?? '' });
    context.carried.end((host) => ports.inventory.has(host));
  } catch (error) {
    if (!(error instanceof StopRun) && !isLate(error, context)) throw error;
    if (!(error instanceof StopRun)) broken = error.diagnostics;
  } finally {
    await context.hosts.close();
  }
  for (const diagnostic of broken) ports.emit({ type: 'diagnostic', diagnostic });
  const hosts = recap.hosts;
  const counts = Object.values(hosts);
  const exit = broken.length > 0 || counts.some((each) => each.failed > 0) ? 2 : counts.some((each) => each.unreachable > 0) ? 3 : 0;
  ports.emit({ type: 'recap', run: ports.run, exit, hosts, duration: ports.clock.now() - started });
  return exit;
}

/** An input that turned out to be invalid when hosts had been contacted already: it ends the run, but 4 would say that nothing was. */
function isLate(error: unknown, { hosts }: RunContext): error is ChatsctlError {
  return error instanceof ChatsctlError && error.exitStatus === 4 && hosts.contacted;
}

async function runPlay(context: RunContext, play: Play): Promise<void> {
  const scope = playScope(context, play);
  const pattern = scope.render(play.hosts);
  const patterns = isList(pattern) ? pattern.map(String) : [String(pattern)];
  const names = context.ports.inventory.match(patterns, {
    limit: context.options.limit,
    position: play.hostsPosition,
    warn: (diagnostic) => context.emit({ type: 'diagnostic', diagnostic }),
  });
  const hosts = ordered(names, play.order).map((name) => context.state(name));
  const name = play.name === null ? patterns.join(',') : String(scope.render(play.name));
  for (const host of hosts) host.startPlay();
  const batches = split(hosts, scope.render(play.serial), play);
  for (const [index, batch] of batches.entries()) {
    const active = batch.filter((host) => host.active);
    if (active.length === 0) continue;
    context.emit({
      type: 'play_start',
      play: name,
      number: context.carried.number(play),
      hosts: active.map((host) => host.name),
      batch: index + 1,
      ...(play.strategy === 'free' && { free: true }),
    });
    const running = new PlayRun(context, play, name, active, hosts);
    await running.run();
    if (context.fatal || active.every((host) => host.failed || host.unreachable)) throw new StopRun('no hosts left');
  }
}

function ordered(names: readonly string[], order: Play['order']): readonly string[] {
  switch (order) {
    case 'inventory':
      return names;
    case 'reverse_inventory':
      return [...names].reverse();
    case 'sorted':
      return [...names].sort();
    case 'reverse_sorted':
      return [...names].sort().reverse();
    case 'shuffle':
      return [...names].sort(() => Math.random() - 0.5);
  }
}

/** `serial`: a number, a percentage (one host at least), or a list of them whose last repeats. */
function split(hosts: readonly HostState[], serial: Value, play: Play): (readonly HostState[])[] {
  if (serial === null || hosts.length === 0) return [hosts];
  const sizes = (isList(serial) ? serial : [serial]).map((each) => sizeOf(each, hosts.length, play));
  const batches: (readonly HostState[])[] = [];
  for (let at = 0; at < hosts.length; ) {
    const size = sizes[Math.min(batches.length, sizes.length - 1)] ?? hosts.length;
    batches.push(hosts.slice(at, at + size));
    at += size;
  }
  return batches;
}

/** As in Ansible: 0 is all. Error: `play/keyword-value`. */
function sizeOf(value: Value, all: number, play: Play): number {
  const percentage = typeof value === 'string' && value.endsWith('%');
  const size = numberIn(percentage ? value.slice(0, -1) : value);
  if (size === undefined || (!percentage && !Number.isInteger(size))) throw wrongNumber('serial', value, play);
  if (percentage) return Math.max(1, Math.floor((size / 100) * all));
  return size > 0 ? size : all;
}

function watched(emit: RunPorts['emit'], recap: Recap): RunPorts['emit'] {
  return (event) => {
    recap.handle(event);
    emit(event);
  };
}
