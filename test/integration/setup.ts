import { ensureDocker } from '../lab/ensure-docker.js';
import { ensureImages } from '../lab/images.js';

/** Once before all integration tests: Docker and the laboratory's images, so that no test's time limit pays for them. */
export async function setup(): Promise<void> {
  await ensureDocker();
  await ensureImages();
}
