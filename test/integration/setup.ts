import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureDocker } from '../lab/ensure-docker.js';
import { ensureImages } from '../lab/images.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Once before all integration tests: Docker, the laboratory's images and the command itself, so that no test's time limit pays for them. */
export async function setup(): Promise<void> {
  await ensureDocker();
  await ensureImages();
  await ensureBuilt();
}

/** The control machine runs dist/cli.js: it is made anew where a source is newer. */
async function ensureBuilt(): Promise<void> {
  const built = await stat(join(REPOSITORY, 'dist/cli.js')).then(
    (found) => found.mtimeMs,
    () => 0,
  );
  const sources = await readdir(join(REPOSITORY, 'src'), { recursive: true, withFileTypes: true });
  const times = sources.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  if (Math.max(...(await Promise.all(times))) > built) await promisify(execFile)('node', ['scripts/build.mjs'], { cwd: REPOSITORY });
}
