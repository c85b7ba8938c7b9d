import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Network, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers';
import { customerCertificate } from './certificates.js';
import { currentOwner, KEPT, LAB_LABEL, LabContainer, OWNER_LABEL, SystemdContainer, sweepLeftovers } from './containers.js';
import { ControlMachine } from './control.js';
import { createSshKey, randomLicenceKey, randomSecret, type SshKey } from './credentials.js';
import { ensureDocker } from './ensure-docker.js';
import { LabHost } from './host.js';
import { ensureImages, ensureResolverImage } from './images.js';
import { type InventoryInput, type WrittenInventory, writeInventory } from './inventory.js';
import { type LabNames, type LabSecrets, labNames, VENDOR_HOSTS } from './names.js';
import type { LabOptions } from './options.js';
import { type Authority, createAuthority } from './pki.js';
import { assembleProgram } from './vendor/programs.js';
import { sha256, type VendorState } from './vendor/state.js';
import type { Variant } from './vendor/variant.js';
import { VendorClient } from './vendor-client.js';

const HERE = fileURLToPath(new URL('./', import.meta.url));
/** What a machine does at each start before its init, where a setup script has put something there. */
const AT_BOOT = '/usr/local/lib/lab-at-boot.sh';
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
// Without it testcontainers wants an image from a registry before anything else; what it would clean up is swept by label.
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';

/** Two servers, the vendor and the operator's machine, in a network of their own. */
export interface Lab {
  names: LabNames;
  meetings: LabHost;
  chats: LabHost;
  control: ControlMachine;
  vendor: VendorClient;
  vendorHost: LabHost;
  authority: Authority;
  user: string;
  secrets: LabSecrets;
  clientKey: SshKey;
  /** A folder of this lab, under the same path here and on the control machine. Removed by `stop`. */
  folder: string;
  /** What `writeInventory` writes from; another certificate can be put in. */
  inventoryInput: InventoryInput;
  /** Writes a customer's folder (default: `customer` in the lab's folder). */
  writeInventory(folder?: string, vars?: Record<string, unknown>): Promise<WrittenInventory>;
  counters(): Promise<VendorState>;
  variant(change: Partial<Variant>): Promise<Variant>;
  snapshot(host: 'meetings' | 'chats'): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a laboratory: what is missing of Docker and of the images is made first, saying so on stderr. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  await ensureDocker();
  const images = await ensureImages();
  const bare = options.equipped === true ? images.equipped : images.host;
  const chatsImage = options.resolver === undefined ? bare : await ensureResolverImage(options.resolver);
  await sweepLeftovers();

  const owner = options.keep === true ? KEPT : await currentOwner();
  const id = `chatsctl-lab_${owner}_${randomBytes(4).toString('hex')}`;
  const names = labNames(options.chatDomain, options.meetingsDomain);
  const user = options.user ?? 'admin';
  const secrets: LabSecrets = { licenseKey: randomLicenceKey(), userPassword: randomSecret('pw-') };
  const clientKey = createSshKey();
  const hostKeys = { meetings: createSshKey(), chats: createSshKey() };
  const authority = await createAuthority('Acme Corp');
  const licence = { fileName: 'acme-corp.lic', content: `customer: Acme Corp\nserial: ${randomSecret('', 18)}\n` };
  const folder = await mkdtemp(join(tmpdir(), 'chatsctl-lab-'));
  const home = join(folder, 'home');
  await mkdir(home);

  const network = await new Network({ nextUuid: () => id }).start();
  const text = (name: string): Promise<string> => readFile(join(HERE, name), 'utf8');
  const common = { '/lab/common.sh': await text('setup/common.sh'), '/lab/root.pem': authority.root };
  const login = { '/lab/authorized_keys': `${clientKey.publicKey}\n`, '/lab/passwords': `${user}:${secrets.userPassword}\n` };
  const machine = (
    container: LabContainer,
    role: string,
    files: Record<string, string>,
    env: Record<string, string>,
    aliases: string[],
  ): LabContainer =>
    container
      .withName(`${id}_${role}`)
      .withLabels({ [LAB_LABEL]: id, [OWNER_LABEL]: owner })
      .joinNetwork(network, aliases)
      .withEnvironment(env)
      .withCopyContentToContainer(Object.entries(files).map(([target, content]) => ({ target, content, mode: 0o600 })));
  const boot = (script: string, then: string): string[] => [
    'sh',
    '-c',
    `[ ! -f /lab/${script} ] || sh /lab/${script} || exit 99; rm -rf /lab; [ ! -f ${AT_BOOT} ] || sh ${AT_BOOT} || exit 99; exec ${then}`,
  ];
  const serverEnv = { LAB_USER: user, LAB_SUDO: options.sudo ?? 'nopasswd', LAB_TIME: options.time ?? 'running', LAB_NTP: names.ntp };

  const chatsContainer = machine(
    new SystemdContainer(chatsImage).withHostname('chats').withCommand(boot('chats.sh', '/sbin/init')),
    'chats',
    {
      ...common,
      ...login,
      ...hostKeyFiles(hostKeys.chats),
      '/lab/chats.sh': await text('setup/chats.sh'),
      '/lab/pending-update.sh': await text('setup/pending-update.sh'),
      '/lab/own-files.sh': await text('setup/own-files.sh'),
    },
    {
      ...serverEnv,
      LAB_FAULTS: [...(options.faults ?? []), ...(options.resolver === undefined ? [] : ['plain-etc-files'])].join(' '),
      LAB_CHAT_DOMAIN: names.chats[0],
      LAB_CHAT_GATEWAY: names.chats[1],
      LAB_ZONE: names.zone,
    },
    names.chats,
  );
  const meetingsCertificate = await authority.issue([names.meetings]);
  const meetingsContainer = machine(
    new SystemdContainer(options.meetingsWget === false ? images.host : images.meetings)
      .withHostname('meetings')
      .withCommand(boot('meetings.sh', '/sbin/init')),
    'meetings',
    {
      ...common,
      ...login,
      ...hostKeyFiles(hostKeys.meetings),
      '/lab/meetings.sh': await text('setup/meetings.sh'),
      '/lab/meetings.crt': meetingsCertificate.certificate + authority.intermediate,
      '/lab/meetings.key': meetingsCertificate.key,
      '/lab/add_chats_token.sh': await assembleProgram('add_chats_token.sh'),
    },
    { ...serverEnv, LAB_MEETINGS_DOMAIN: names.meetings, LAB_MEETINGS_INSTALLED: options.meetingsInstalled === false ? 'no' : 'yes' },
    [names.meetings],
  );
  const vendorCertificate = await authority.issue(Object.values(VENDOR_HOSTS));
  const vendorContainer = machine(
    new LabContainer(images.control)
      .withHostname('vendor')
      .withExposedPorts(8080)
      .withWaitStrategy(Wait.forListeningPorts())
      .withCommand(['sh', '-c', 'sh /lab/vendor.sh && exec node /lab/vendor.cjs']),
    'vendor',
    {
      ...common,
      '/lab/vendor.sh': await text('setup/vendor.sh'),
      '/lab/vendor.cjs': await bundleVendor(),
      '/lab/vendor.crt': vendorCertificate.certificate + authority.intermediate,
      '/lab/vendor.key': vendorCertificate.key,
      '/lab/installer.sh': await assembleProgram('installer.sh'),
      '/lab/vendor.json': JSON.stringify({
        licence: { fileName: licence.fileName, sha256: sha256(licence.content), key: secrets.licenseKey },
        variant: options.variant ?? {},
      }),
    },
    {},
    [...Object.values(VENDOR_HOSTS), names.ntp],
  );
  const controlContainer = machine(
    new LabContainer(images.control)
      .withHostname('control')
      .withBindMounts([
        { source: REPOSITORY, target: REPOSITORY, mode: 'ro' },
        { source: folder, target: folder, mode: 'rw' },
      ])
      .withCommand(boot('control.sh', 'sleep infinity')),
    'control',
    { ...common, '/lab/control.sh': await text('setup/control.sh') },
    { LAB_UID: String(process.getuid?.() ?? 0), LAB_GID: String(process.getgid?.() ?? 0), LAB_HOME: home },
    ['control'],
  );

  const started: StartedTestContainer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((container) => container.stop({ timeout: 0 }).catch(() => undefined)));
    await network.stop().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  const results = await Promise.allSettled(
    [vendorContainer, meetingsContainer, chatsContainer, controlContainer].map(async (container) => {
      const one = await container.start();
      started.push(one);
      return one;
    }),
  );
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  const [vendorStarted, meetingsStarted, chatsStarted, controlStarted] = results.map(
    (result) => (result as PromiseFulfilledResult<StartedTestContainer>).value,
  ) as [StartedTestContainer, StartedTestContainer, StartedTestContainer, StartedTestContainer];

  const host = (name: string, container: StartedTestContainer, key?: SshKey): LabHost =>
    new LabHost(name, container, addressOf(container, network), key?.publicKey ?? '');
  const chats = host('chats', chatsStarted, hostKeys.chats);
  const meetings = host('meetings', meetingsStarted, hostKeys.meetings);
  const vendor = new VendorClient(`http://${vendorStarted.getHost()}:${vendorStarted.getMappedPort(8080)}`);
  const inventoryInput: InventoryInput = {
    names,
    user,
    clientKey,
    hosts: { meetings, chats },
    certificate: await customerCertificate(options.certificate ?? 'full-chain', authority, names.chats, () => createAuthority('Strangers')),
    licence,
  };
  return {
    names,
    meetings,
    chats,
    control: new ControlMachine(host('control', controlStarted), REPOSITORY, home),
    vendor,
    vendorHost: host('vendor', vendorStarted),
    authority,
    user,
    secrets,
    clientKey,
    folder,
    inventoryInput,
    writeInventory: (target = join(folder, 'customer'), vars = {}) => writeInventory(target, inventoryInput, vars),
    counters: () => vendor.state(),
    variant: (change) => vendor.vary(change),
    snapshot: (name) => (name === 'chats' ? chats : meetings).snapshot(),
    stop,
  };
}

function hostKeyFiles(key: SshKey): Record<string, string> {
  return { '/lab/host_key': key.privateKey, '/lab/host_key.pub': `${key.publicKey}\n` };
}

function addressOf(container: StartedTestContainer, network: StartedNetwork): string {
  return container.getIpAddress(network.getName());
}

async function bundleVendor(): Promise<string> {
  const result = await build({
    entryPoints: [join(HERE, 'vendor', 'main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}
