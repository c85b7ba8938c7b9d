import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { docker } from '../docker.js';
import type { LabHost } from '../host.js';
import type { NameRecords } from './records.js';

/** DNS in the tests' hands: on one of the lab's machines that has Node, asked by those that are told to. */
export class NameServer {
  private constructor(private readonly host: LabHost) {}

  static async start(host: LabHost, records: NameRecords): Promise<NameServer> {
    const entry = fileURLToPath(new URL('./main.ts', import.meta.url));
    const built = await build({ entryPoints: [entry], bundle: true, write: false, platform: 'node', format: 'cjs', logLevel: 'silent' });
    await host.writeFile('/lab-names.cjs', built.outputFiles[0]?.text ?? '');
    const server = new NameServer(host);
    await server.records(records);
    await docker(['exec', '-d', host.id, 'node', '/lab-names.cjs']);
    return server;
  }

  get address(): string {
    return this.host.address;
  }

  /** From the next question on. */
  records(records: NameRecords): Promise<void> {
    return this.host.writeFile('/lab-names.json', JSON.stringify(records));
  }

  /** Makes it the only resolver of a machine, by hand. */
  async serve(host: LabHost): Promise<void> {
    await host.run(
      `echo 'nameserver ${this.address}' >/etc/resolv.conf; until getent ahosts rep-box.webinar.ru >/dev/null; do sleep 0.1; done`,
    );
  }
}
