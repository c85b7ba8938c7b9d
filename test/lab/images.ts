import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docker, dockerOrThrow, runCommand } from './docker.js';
import { readAptSetup } from './image/apt.js';

const IMAGE_FOLDER = fileURLToPath(new URL('./image/', import.meta.url));
const STAGES = ['host', 'equipped', 'meetings', 'control'] as const;
/** Raise it to have the base made anew (for newer packages, say). */
const BASE_REVISION = '1';
const PULL_PATIENCE_MS = 90_000;

export type LabImages = Record<(typeof STAGES)[number], string>;

/**
 * Builds what is missing of the lab's images and returns their tags. Tags carry a hash of the inputs, so that an image is
 * built again exactly when its inputs change.
 */
export async function ensureImages(say: (line: string) => void = (line) => process.stderr.write(`lab: ${line}\n`)): Promise<LabImages> {
  const base = await ensureBase(say);
  const inputs = await hashInputs(base);
  const tags: LabImages = {
    host: `chatsctl-lab-host:${inputs}`,
    equipped: `chatsctl-lab-equipped:${inputs}`,
    meetings: `chatsctl-lab-meetings:${inputs}`,
    control: `chatsctl-lab-control:${inputs}`,
  };
  const missing: (typeof STAGES)[number][] = [];
  for (const stage of STAGES) if (!(await imageExists(tags[stage]))) missing.push(stage);
  if (missing.length > 0) await buildStages(base, tags, missing, say);
  return tags;
}

async function imageExists(tag: string): Promise<boolean> {
  return (await docker(['image', 'inspect', '--format', '{{.Id}}', tag])).code === 0;
}

async function ensureBase(say: (line: string) => void): Promise<string> {
  const apt = await readAptSetup();
  const hash = createHash('sha256').update(BASE_REVISION).update(apt.settings.join('\n'));
  for (const file of apt.sources) hash.update(await readFile(file));
  const tag = `chatsctl-lab-base:${hash.digest('hex').slice(0, 12)}`;
  if (await imageExists(tag)) return tag;
  const pulled = await docker(['pull', '--quiet', 'debian:12'], { timeout: PULL_PATIENCE_MS });
  if (pulled.code === 0) {
    say('base image: debian:12 from the registry');
    await dockerOrThrow(['tag', 'debian:12', tag]);
    return tag;
  }
  say('base image: no registry answers, making Debian 12 with mmdebstrap (about 20 s)');
  await makeBaseFromPackages(tag, apt.sources, apt.settings);
  return tag;
}

async function makeBaseFromPackages(tag: string, sources: string[], settings: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'chatsctl-lab-'));
  try {
    const archive = join(folder, 'base.tar');
    const options = settings.map((line) => `--aptopt=${line}`);
    // ca-certificates beside the minimum: sources may be https.
    const args = ['--variant=minbase', '--include=ca-certificates', ...options, 'bookworm', archive, ...sources];
    const made = await runCommand('mmdebstrap', args).catch(() => ({
      code: 127,
      stdout: '',
      stderr: 'mmdebstrap is not installed (apt-get install mmdebstrap)',
    }));
    if (made.code !== 0) throw new Error(`mmdebstrap could not make the base image:\n${made.stderr}`);
    await dockerOrThrow(['import', archive, tag]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hashInputs(base: string): Promise<string> {
  const hash = createHash('sha256').update(base).update(process.version);
  for (const name of (await readdir(IMAGE_FOLDER)).sort()) {
    if (!name.endsWith('.ts')) hash.update(name).update(await readFile(join(IMAGE_FOLDER, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function buildStages(base: string, tags: LabImages, stages: (typeof STAGES)[number][], say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux') throw new Error('the control machine of the lab runs the Node of this machine: the lab needs Linux');
  const context = await mkdtemp(join(tmpdir(), 'chatsctl-lab-'));
  try {
    await mkdir(context, { recursive: true });
    for (const name of await readdir(IMAGE_FOLDER)) await copyFile(join(IMAGE_FOLDER, name), join(context, name));
    await copyFile(process.execPath, join(context, 'node'));
    await writeFile(join(context, '.dockerignore'), '*.ts\n');
    for (const stage of stages) {
      say(`building ${tags[stage]}`);
      // The classic builder is there in every engine; buildx is a separate package in Debian.
      await dockerOrThrow(['build', '--quiet', '--build-arg', `BASE=${base}`, '--target', stage, '--tag', tags[stage], context], {
        env: { DOCKER_BUILDKIT: '0' },
      });
    }
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** Packages beside the Chats server's, by what makes /etc/resolv.conf or /etc/hosts there. dnsmasq gives leases in a network of the server's own. */
const RESOLVER_PACKAGES = {
  dhclient: ['ifupdown', 'isc-dhcp-client'],
  resolvconf: ['ifupdown', 'isc-dhcp-client', 'resolvconf'],
  'systemd-resolved': ['systemd-resolved', 'ifupdown'],
  NetworkManager: ['network-manager'],
  'cloud-init': ['cloud-init', 'ifupdown'],
} as const;

export type Resolver = keyof typeof RESOLVER_PACKAGES;

/**
 * The Chats server with the real packages of a resolver. Their installation replaces /etc/resolv.conf, which a build cannot have done to Docker's
 * mount: so it is made in a container that takes the mount away, and kept.
 */
export async function ensureResolverImage(resolver: Resolver): Promise<string> {
  const { host } = await ensureImages();
  const packages = RESOLVER_PACKAGES[resolver].join(' ');
  const tag = `chatsctl-lab-${resolver.toLowerCase()}:${createHash('sha256').update(host).update(packages).digest('hex').slice(0, 12)}`;
  if (await imageExists(tag)) return tag;
  process.stderr.write(`lab: building ${tag}\n`);
  const name = `chatsctl-lab-build-${randomUUID()}`;
  const install = `apt-get update -q && apt-get install -qy --no-install-recommends --download-only ${packages} dnsmasq-base &&
    umount /etc/resolv.conf && : >/etc/resolv.conf && apt-get install -qy --no-install-recommends ${packages} dnsmasq-base && apt-get clean`;
  const flags = ['--name', name, '--cap-add', 'SYS_ADMIN', '--security-opt', 'apparmor=unconfined', '-e', 'DEBIAN_FRONTEND=noninteractive'];
  try {
    await dockerOrThrow(['run', ...flags, host, 'sh', '-c', install]);
    await dockerOrThrow(['commit', '--change', 'CMD ["/sbin/init"]', name, tag]);
  } finally {
    await docker(['rm', '-f', name]);
  }
  return tag;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${JSON.stringify(await ensureImages(), null, 2)}\n`);
