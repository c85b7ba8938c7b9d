import { fileURLToPath } from 'node:url';
import { runCommand } from './docker.js';

const BOOTSTRAP = fileURLToPath(new URL('../../scripts/bootstrap.sh', import.meta.url));

/**
 * Makes sure that a Docker engine answers, by `scripts/bootstrap.sh`: a running one is used; as root on Debian a missing one is
 * installed and started (it says so on stderr); elsewhere an error says what to install.
 */
export async function ensureDocker(): Promise<void> {
  const result = await runCommand('sh', [BOOTSTRAP], { onOutput: (chunk, stream) => stream === 'stderr' && process.stderr.write(chunk) });
  if (result.code !== 0) throw new Error(result.stderr.trim() || 'no Docker engine is available');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureDocker();
