import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabContainer } from './containers.js';
import { ControlMachine } from './control.js';
import { dockerOrThrow } from './docker.js';
import { LabHost } from './host.js';
import type { Lab } from './lab.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

export interface AnotherControl {
  readonly machine: ControlMachine;
  readonly host: LabHost;
  stop(): Promise<void>;
}

export interface AnotherControlOptions {
  /** Its host name. */
  readonly name: string;
  /** Small disks: folder → options of tmpfs (`size=1m`). */
  readonly disks?: Record<string, string>;
  /** Folders of this machine that it sees under the same path and cannot write to. */
  readonly readOnly?: readonly string[];
}

/** One more operator's machine in a lab's network, as the lab's own; with small disks, where they are wanted. Stop it before the lab. */
export async function anotherControl(lab: Lab, { name, disks = {}, readOnly = [] }: AnotherControlOptions): Promise<AnotherControl> {
  const inspected: unknown = JSON.parse(await dockerOrThrow(['inspect', lab.control.host.id]));
  const { image, labels, network } = like(inspected);
  const container = await new LabContainer(image)
    .withName(`${network}_${name}`)
    .withHostname(name)
    .withLabels(labels)
    .withNetworkMode(network)
    .withTmpFs(disks)
    .withBindMounts([
      { source: REPOSITORY, target: REPOSITORY, mode: 'ro' },
      { source: lab.folder, target: lab.folder, mode: 'rw' },
      ...readOnly.map((folder) => ({ source: folder, target: folder, mode: 'ro' as const })),
    ])
    .withCommand(['sleep', 'infinity'])
    .start();
  const host = new LabHost(name, container, '', '');
  return {
    host,
    machine: new ControlMachine(host, REPOSITORY, join(lab.folder, 'home')),
    stop: async () => void (await container.stop({ timeout: 0 }).catch(() => undefined)),
  };
}

function like(inspected: unknown): { image: string; labels: Record<string, string>; network: string } {
  const [container] = inspected as [
    { Config: { Image: string; Labels: Record<string, string> }; NetworkSettings: { Networks: Record<string, unknown> } },
  ];
  const { Image: image, Labels: labels } = container.Config;
  const [network = ''] = Object.keys(container.NetworkSettings.Networks);
  const ours = Object.entries(labels).filter(([key]) => key.startsWith('chatsctl.'));
  return { image, network, labels: Object.fromEntries(ours) };
}
