import { readFile } from 'node:fs/promises';
import { GenericContainer, type StartedNetwork } from 'testcontainers';
import { Booted } from './booted.js';
import { docker } from './docker.js';

export const LAB_LABEL = 'chatsctl.lab';
export const OWNER_LABEL = 'chatsctl.lab.owner';
/** The owner of a lab that is to outlive the process that started it. */
export const KEPT = 'kept';

/** A container with one network: the lab's. (testcontainers' own way leaves it in the default bridge too, with a second address.) */
export class LabContainer extends GenericContainer {
  joinNetwork(network: StartedNetwork, aliases: string[]): this {
    this.withNetworkMode(network.getName());
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [network.getName()]: { Aliases: aliases } } };
    return this;
  }
}

/** A container whose PID 1 is systemd, on hosts with cgroup v1 and v2. */
export class SystemdContainer extends LabContainer {
  constructor(image: string) {
    super(image);
    this.withAddedCapabilities('SYS_ADMIN', 'NET_ADMIN')
      .withSecurityOpt('seccomp=unconfined', 'apparmor=unconfined')
      .withTmpFs({ '/run': '', '/run/lock': '', '/tmp': '' })
      .withBindMounts([{ source: '/sys/fs/cgroup', target: '/sys/fs/cgroup', mode: 'rw' }])
      .withExposedPorts(22)
      .withWaitStrategy(new Booted());
    // With a private namespace (the default under cgroup v2) the mounted tree and systemd's view of itself would not agree.
    Object.assign(this.hostConfig, { CgroupnsMode: 'host' });
  }
}

/** This process, told apart from a later one with the same id by its start time. */
export async function currentOwner(): Promise<string> {
  return `${process.pid}-${(await startTime(process.pid)) ?? '0'}`;
}

async function startTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field, the name, may hold blanks and brackets: fields are counted from its end.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

async function isAlive(owner: string): Promise<boolean> {
  if (owner === KEPT) return true;
  const [pid, started] = owner.split('-');
  return (await startTime(Number(pid))) === started;
}

/** Removes what dead runs left: containers by label, then their networks, which carry the owner in their name. */
export async function sweepLeftovers(): Promise<void> {
  const listed = await docker(['ps', '-a', '--filter', `label=${LAB_LABEL}`, '--format', `{{.ID}} {{.Label "${OWNER_LABEL}"}}`]);
  const dead: string[] = [];
  for (const line of listed.stdout.split('\n').filter(Boolean)) {
    const [id, owner] = line.split(' ');
    if (id !== undefined && owner !== undefined && !(await isAlive(owner))) dead.push(id);
  }
  if (dead.length > 0) await docker(['rm', '-f', '-v', ...dead]);
  const networks = await docker(['network', 'ls', '--filter', 'name=^chatsctl-lab_', '--format', '{{.Name}}']);
  for (const name of networks.stdout.split('\n').filter(Boolean)) {
    const owner = name.split('_')[1];
    if (owner !== undefined && !(await isAlive(owner))) await docker(['network', 'rm', name]);
  }
}

/** Removes the labs that were started with `keep`. */
export async function removeKeptLabs(): Promise<void> {
  const listed = await docker(['ps', '-aq', '--filter', `label=${OWNER_LABEL}=${KEPT}`]);
  const ids = listed.stdout.split('\n').filter(Boolean);
  if (ids.length > 0) await docker(['rm', '-f', '-v', ...ids]);
  const networks = await docker(['network', 'ls', '--filter', `name=^chatsctl-lab_${KEPT}_`, '--format', '{{.Name}}']);
  for (const name of networks.stdout.split('\n').filter(Boolean)) await docker(['network', 'rm', name]);
}
