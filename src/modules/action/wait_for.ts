import { isIP } from 'node:net';
import type { ActionContext } from '../../sdk/action-context.js';
import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure, type Result } from '../../sdk/module.js';
import { dial } from '../network/dial.js';
import { resolverScript } from '../network/dns-script.js';
import { parseTcpTable, tcpTableScript } from '../network/tcp-table.js';

const spec = {
  host: t.string().default('127.0.0.1').describe('Name or address, as the host sees it.'),
  port: t.int(),
  path: t.path(),
  state: t
    .choice(['started', 'present', 'stopped', 'absent', 'drained'])
    .default('started')
    .describe('`drained`: nobody is connected to the port any more.'),
  search_regex: t.regex().describe('What a file holds, or what a port says.'),
  delay: t.duration().default(0).describe('Before the first look.'),
  sleep: t.duration().default(1).describe('Between two looks.'),
  timeout: t.duration().default(300).describe('Without port and path: how long it sleeps.'),
  connect_timeout: t.duration().default(5),
  exclude_hosts: t.list(t.string()).default([]).describe('With `drained`: addresses whose connections do not count.'),
  active_connection_states: t
    .list(t.string())
    .default(['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'SYN_RECV', 'SYN_SENT', 'TIME_WAIT'])
    .describe('With `drained`: states of connections that count.'),
  msg: t.string().describe('What the failure says.'),
};
type Args = ArgumentsOf<typeof spec>;

export const waitFor = defineAction({
  name: 'wait_for',
  summary: 'Waits for a port or a file',
  arguments: spec,
  rules: { exclusive: [['port', 'path']] },
  examples: [
    { title: 'a port', task: 'wait_for: {port: 8080, timeout: 60}' },
    { title: 'a line in a file', task: 'wait_for: {path: /var/log/app.log, search_regex: "^ready"}' },
  ],
  // In check mode nothing has been started that could be waited for.
  checkMode: 'unknown',
  async run(args, context) {
    if (args.state === 'drained' && args.port === undefined) throw new ModuleFailure('state: drained needs port');
    if (args.state !== 'drained' && args.exclude_hosts.length) throw new ModuleFailure('exclude_hosts goes with state: drained alone');
    const started = context.now();
    const elapsed = () => Math.floor((context.now() - started) / 1000);
    if (args.delay > 0) await context.sleep(args.delay * 1000);
    if (args.port === undefined && args.path === undefined) {
      await context.sleep(args.timeout * 1000);
      return { changed: false, result: { elapsed: elapsed(), state: args.state } };
    }
    for (;;) {
      const found = await look(args, context);
      if (found) return { changed: false, result: { ...found, state: args.state, elapsed: elapsed(), ...place(args) } };
      const left = started + args.timeout * 1000 - context.now();
      if (left <= 0) throw new ModuleFailure(args.msg ?? timedOut(args), { elapsed: elapsed(), ...place(args) });
      context.progress(`waiting for ${described(args)}`);
      // The last look is when the time is up.
      await context.sleep(Math.min(args.sleep * 1000, left));
    }
  },
});

const place = (args: Args): Result => (args.path === undefined ? { port: args.port ?? 0 } : { path: args.path });
const described = (args: Args): string => args.path ?? `${args.host} port ${args.port}`;

function timedOut(args: Args): string {
  const wanted =
    args.state === 'drained'
      ? 'to have no connections'
      : args.state === 'stopped' || args.state === 'absent'
        ? 'to go'
        : args.search_regex
          ? `to say ${args.search_regex.source}`
          : 'to be there';
  return `waited ${args.timeout} s in vain for ${described(args)} ${wanted}`;
}

/** Undefined: not yet. */
async function look(args: Args, context: ActionContext): Promise<Result | undefined> {
  if (args.state === 'drained') return (await connectionsTo(args, context)) === 0 ? {} : undefined;
  const gone = args.state === 'stopped' || args.state === 'absent';
  return args.path === undefined ? await lookAtPort(args, context, gone) : await lookAtPath(args, args.path, context, gone);
}

/** On any of the host's addresses for 0.0.0.0 and ::, else on those that `host` stands for there. */
async function connectionsTo({ host, port, exclude_hosts, active_connection_states }: Args, context: ActionContext): Promise<number> {
  const [table, addresses, excluded] = await Promise.all([
    context.read.script(tcpTableScript),
    addressesOf([host], context),
    addressesOf(exclude_hosts, context),
  ]);
  const any = host === '0.0.0.0' || host === '::';
  return parseTcpTable(table.stdout).filter(
    ({ local, localPort, remote, state }) =>
      localPort === port && active_connection_states.includes(state) && !excluded.has(remote) && (any || addresses.has(local)),
  ).length;
}

async function addressesOf(names: readonly string[], context: ActionContext): Promise<ReadonlySet<string>> {
  const answers = await Promise.all(names.map((name) => (isIP(name) ? { stdout: name } : context.read.script(resolverScript, [name]))));
  return new Set(answers.flatMap(({ stdout }) => stdout.split('\n').filter((each) => each !== '')));
}

async function lookAtPath(
  { search_regex: pattern }: Args,
  path: string,
  context: ActionContext,
  gone: boolean,
): Promise<Result | undefined> {
  if (!pattern) return ((await context.read.stat(path, { follow: true })) === undefined) === gone ? {} : undefined;
  const match = pattern.first((await context.read.readFile(path))?.toString() ?? '');
  if (gone) return match ? undefined : {};
  return (
    match && {
      match_groups: match.groups.map((each) => each ?? null),
      match_groupdict: Object.fromEntries(Object.entries(match.named).map(([name, value]) => [name, value ?? null])),
    }
  );
}

async function lookAtPort(args: Args, context: ActionContext, gone: boolean): Promise<Result | undefined> {
  const dialled = await dial(context, args.host, args.port ?? 0, args.connect_timeout * 1000);
  if (dialled.outcome === 'forbidden') throw new ModuleFailure(dialled.reason);
  if (dialled.outcome !== 'open') return gone ? {} : undefined;
  const { stream } = dialled;
  stream.on('error', () => {});
  try {
    if (gone) return undefined;
    const pattern = args.search_regex;
    if (!pattern) return {};
    // Said within the time that connecting may take; groups stay empty for a port, as with Ansible.
    let said = '';
    const timer = setTimeout(() => stream.destroy(), args.connect_timeout * 1000);
    try {
      for await (const chunk of stream) {
        said += String(chunk);
        if (pattern.test(said)) return { match_groups: [], match_groupdict: {} };
      }
    } catch {
      // It ended, or its time was up: what it said did not match.
    } finally {
      clearTimeout(timer);
    }
    return undefined;
  } finally {
    stream.destroy();
  }
}
