import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { CustomerFiles } from './certificates.js';
import type { SshKey } from './credentials.js';
import type { LabNames } from './names.js';

export interface InventoryInput {
  names: LabNames;
  user: string;
  clientKey: SshKey;
  hosts: { meetings: InventoryHost; chats: InventoryHost };
  certificate: CustomerFiles;
  licence: { fileName: string; content: string };
}

interface InventoryHost {
  address: string;
  hostKey: string;
}

/** Files that were written, absolute paths. The folder is the same on this machine and on the control machine. */
export interface WrittenInventory {
  folder: string;
  inventory: string;
  knownHosts: string;
  privateKey: string;
}

/**
 * Writes a customer's folder: inventory.yaml in Ansible's format, the SSH key and known_hosts, the certificate, its key
 * and the licence file. `vars` are added to (or replace) the inventory's variables. Holds no licence key: that is a secret.
 */
export async function writeInventory(folder: string, input: InventoryInput, vars: Record<string, unknown> = {}): Promise<WrittenInventory> {
  await mkdir(join(folder, 'files'), { recursive: true });
  const written: WrittenInventory = {
    folder,
    inventory: join(folder, 'inventory.yaml'),
    knownHosts: join(folder, 'files', 'known_hosts'),
    privateKey: join(folder, 'files', 'id_ed25519'),
  };
  const { meetings, chats } = input.hosts;
  const certificate = join(folder, 'files', 'customer-fullchain.pem');
  const key = join(folder, 'files', 'customer-private.pem');
  const licence = join(folder, 'files', input.licence.fileName);
  await writeFile(written.privateKey, input.clientKey.privateKey, { mode: 0o600 });
  await writeFile(written.knownHosts, [meetings, chats].map((host) => `${host.address} ${host.hostKey}\n`).join(''));
  await writeFile(certificate, input.certificate.certificate);
  await writeFile(key, input.certificate.key, { mode: 0o600 });
  await writeFile(join(folder, 'files', 'customer-root.pem'), input.certificate.root);
  await writeFile(licence, input.licence.content);
  const inventory = {
    all: {
      vars: {
        ansible_user: input.user,
        ansible_ssh_private_key_file: written.privateKey,
        ansible_ssh_common_args: `-o UserKnownHostsFile=${written.knownHosts} -o IdentitiesOnly=yes`,
        chat_domain: input.names.chats[0],
        meetings_domain: input.names.meetings,
        chat_certificate_file: certificate,
        chat_certificate_key_file: key,
        chat_license_file: licence,
        // The lab's machines are smaller than HW-1.
        preflight_enforce: false,
        ...vars,
      },
      children: {
        meetings: { hosts: { meet1: { ansible_host: meetings.address } } },
        chats: { hosts: { chat1: { ansible_host: chats.address } } },
      },
    },
  };
  await writeFile(written.inventory, stringify(inventory));
  return written;
}
