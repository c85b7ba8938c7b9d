import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { VENDOR_HOSTS } from '../names.js';

const HOST_LINES = `LICENCE_HOST=${VENDOR_HOSTS.licence}\nREGISTRY_HOST=${VENDOR_HOSTS.registry}\nDOWNLOADS_HOST=${VENDOR_HOSTS.downloads}`;

/** One of the vendor's programs as a single file: shared parts put in where they are named, and the vendor's hosts. */
export async function assembleProgram(name: 'installer.sh' | 'add_chats_token.sh'): Promise<string> {
  const lines = (await readPart(name)).split('\n');
  const parts = lines.map(async (line) => {
    if (line === '#@names') return HOST_LINES;
    const included = /^#@include (\S+)$/.exec(line)?.[1];
    return included === undefined ? line : readPart(included);
  });
  return (await Promise.all(parts)).join('\n');
}

function readPart(file: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`./programs/${file}`, import.meta.url)), 'utf8');
}
