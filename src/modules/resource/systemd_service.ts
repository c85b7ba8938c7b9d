import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import type { Change, Effect, Operation } from '../../sdk/operation.js';
import type { UnitState } from '../../sdk/query.js';

const spec = {
  name: t.string().identifies().aliases('service', 'unit').describe('The unit; without a suffix a service.'),
  state: t.choice(['started', 'stopped', 'restarted', 'reloaded']).describe('`restarted` and `reloaded` are a change each time.'),
  enabled: t.bool().describe('Starts at boot.'),
  masked: t.bool().describe('Cannot be started at all.'),
  daemon_reload: t
    .bool()
    .default(false)
    .aliases('daemon-reload')
    .describe('systemd reads its files anew, before anything else, where it says that it has to, or where something else is changed.'),
  no_block: t.bool().default(false).describe('Does not wait until it is done.'),
};
type Args = ArgumentsOf<typeof spec>;

interface State {
  readonly unit: UnitState | undefined;
  readonly reloadNeeded: boolean;
}

/** Which units systemd would read anew: $1, or any. */
export const needsReloadScript = `# does systemd have to read its files anew
systemctl show -p NeedDaemonReload -- "\${1:-*}" | grep -qx NeedDaemonReload=yes && echo yes || echo no`;

export const systemdService = defineResource({
  name: 'systemd_service',
  summary: 'Units of systemd: running, enabled, masked',
  arguments: spec,
  rules: { oneOf: [['state', 'enabled', 'masked', 'daemon_reload']] },
  examples: [
    { title: 'runs, also after a reboot', task: 'systemd_service: {name: nginx, state: started, enabled: true}' },
    { title: 'reads its configuration', task: 'systemd_service: {name: nginx, state: reloaded}' },
    { title: 'after a unit file was written', task: 'systemd_service: {name: app, state: restarted, daemon_reload: true}' },
  ],
  async probe(args, read): Promise<State> {
    const [unit, reload] = await Promise.all([
      args.name === undefined ? undefined : read.unit(args.name),
      args.daemon_reload ? read.script(needsReloadScript, args.name === undefined ? [] : [args.name]) : undefined,
    ]);
    return { unit, reloadNeeded: reload?.stdout.trim() === 'yes' };
  },
  plan(args, { unit, reloadNeeded }): Plan {
    const reload: Operation = { kind: 'run', argv: ['systemctl', 'daemon-reload'], effects: [] };
    if (args.name === undefined || !unit) {
      if (args.state !== undefined || args.enabled !== undefined || args.masked !== undefined)
        throw new ModuleFailure('state, enabled and masked need name');
      return args.daemon_reload && reloadNeeded ? { changes: [reloaded], operations: [reload] } : { changes: [], operations: [] };
    }
    const steps = [mask(args, unit), enable(args, unit), run(args, unit)];
    const changes = [...(reloadNeeded ? [reloaded] : []), ...steps.flatMap((each) => each.changes)];
    const operations = steps.flatMap((each) => each.operations);
    const warnings = steps.flatMap((each) => each.warnings ?? []);
    return {
      changes,
      operations: args.daemon_reload && changes.length ? [reload, ...operations] : operations,
      result: {
        name: args.name,
        ...(args.state !== undefined && { state: args.state === 'stopped' ? 'stopped' : 'started' }),
        ...(args.enabled !== undefined && { enabled: args.enabled }),
        status: { ActiveState: unit.activeState, SubState: unit.subState, LoadState: unit.loadState, UnitFileState: unit.unitFileState },
      },
      ...(warnings.length && { warnings }),
    };
  },
});

const reloaded: Change = { subject: 'systemd', attribute: 'unit files', before: 'changed on disk', after: 'read anew' };

interface Step {
  readonly changes: readonly Change[];
  readonly operations: readonly Operation[];
  readonly warnings?: readonly string[];
}

const nothing: Step = { changes: [], operations: [] };

function step(
  args: Args,
  verb: string,
  change: Omit<Change, 'subject'>,
  effect: Omit<Extract<Effect, { kind: 'unit' }>, 'kind' | 'name'>,
): Step {
  const name = args.name ?? '';
  const waits = args.no_block && ['start', 'stop', 'restart', 'reload'].includes(verb) ? ['--no-block'] : [];
  return {
    changes: [{ subject: `unit ${name}`, ...change }],
    operations: [{ kind: 'run', argv: ['systemctl', ...waits, verb, '--', name], effects: [{ kind: 'unit', name, ...effect }] }],
  };
}

function mask(args: Args, unit: UnitState): Step {
  const masked = unit.loadState === 'masked' || unit.unitFileState.startsWith('masked');
  if (args.masked === undefined || args.masked === masked) return nothing;
  return step(
    args,
    args.masked ? 'mask' : 'unmask',
    { attribute: 'masked', before: masked, after: args.masked },
    { unitFileState: args.masked ? 'masked' : 'disabled' },
  );
}

/** States in which `systemctl is-enabled` says yes: what is static needs no enabling. */
const enabledStates: ReadonlySet<string> = new Set(['enabled', 'static', 'alias', 'indirect', 'generated']);

function enable(args: Args, unit: UnitState): Step {
  if (args.enabled === undefined) return nothing;
  requireUnit(args, unit);
  const enabled = enabledStates.has(unit.unitFileState);
  if (enabled === args.enabled) return nothing;
  if (args.enabled && unit.unitFileState.startsWith('masked') && args.masked !== false)
    throw new ModuleFailure(`unit ${args.name} is masked and cannot be enabled; masked: false takes that away`);
  if (!args.enabled && unit.unitFileState !== 'enabled') {
    return { ...nothing, warnings: [`unit ${args.name} is ${unit.unitFileState}: it cannot be disabled`] };
  }
  return step(
    args,
    args.enabled ? 'enable' : 'disable',
    { attribute: 'enabled', before: enabled, after: args.enabled },
    { unitFileState: args.enabled ? 'enabled' : 'disabled' },
  );
}

const runningStates: ReadonlySet<string> = new Set(['active', 'activating', 'reloading', 'refreshing']);

function run(args: Args, unit: UnitState): Step {
  if (args.state === undefined) return nothing;
  requireUnit(args, unit);
  const running = runningStates.has(unit.activeState);
  const stopped = !running && unit.activeState !== 'deactivating';
  const before = unit.unknownFrom === undefined ? unit.activeState : null;
  switch (args.state) {
    case 'started':
      return running ? nothing : step(args, 'start', { attribute: 'state', before, after: 'active' }, { activeState: 'active' });
    case 'stopped':
      return stopped ? nothing : step(args, 'stop', { attribute: 'state', before, after: 'inactive' }, { activeState: 'inactive' });
    case 'restarted':
      return step(args, 'restart', { attribute: 'state', before, after: 'restarted' }, { activeState: 'active' });
    case 'reloaded':
      return running
        ? step(args, 'reload', { attribute: 'state', before, after: 'reloaded' }, { activeState: 'active' })
        : step(args, 'start', { attribute: 'state', before, after: 'active' }, { activeState: 'active' });
  }
}

function requireUnit(args: Args, unit: UnitState): void {
  if (unit.unknownFrom !== undefined) return;
  if (unit.loadState === 'not-found' && unit.activeState === 'inactive')
    throw new ModuleFailure(`there is no unit "${args.name}" on the host`);
  if (unit.loadState === 'masked' && args.masked !== false && (args.state === 'started' || args.state === 'restarted')) {
    throw new ModuleFailure(`unit ${args.name} is masked and cannot be started; masked: false takes that away`);
  }
}
