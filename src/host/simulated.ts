import { ChatsctlError } from '../base/errors.js';
import type { Operation } from '../sdk/operation.js';
import type { Query, ReadView } from '../sdk/query.js';
import type { Answer, HostPort, QuerySource } from './port.js';
import { readView } from './reads/read-view.js';
import { SimulatedFiles } from './simulated/files.js';
import { SimulatedSystem } from './simulated/system.js';

/**
 * The host as it would be after the operations of a check run: operations are data, so they are kept, and a read is the real answer with
 * what they would have done to it. A path that is absent after a planned package installation may be shipped by that package (`unknownFrom`).
 */
export class SimulatedHost implements QuerySource {
  readonly read: ReadView;
  private readonly files: SimulatedFiles;
  private readonly system: SimulatedSystem;

  constructor(
    port: Pick<HostPort, 'read' | 'host' | 'identity'>,
    /** What is planned so far, added to by `apply`: shared by all identities and connections that look at the same machine. */
    private readonly operations: Operation[] = [],
  ) {
    this.system = new SimulatedSystem(port.read, operations);
    this.files = new SimulatedFiles(port.read, operations, this.system, port.identity.becomeUser ?? port.host.user);
    this.read = readView((query) => this.answer(query));
  }

  /** What would be done; the real host is not touched. */
  apply(operations: readonly Operation[]): void {
    this.operations.push(...operations);
  }

  async ask(queries: readonly Query[]): Promise<readonly Answer[]> {
    return await Promise.all(queries.map((query) => this.answer(query)));
  }

  private async answer(query: Query): Promise<Answer> {
    try {
      return { value: await this.value(query) };
    } catch (error) {
      if (error instanceof ChatsctlError && error.code === 'host/read-failed') return { error };
      throw error;
    }
  }

  private async value(query: Query) {
    switch (query.kind) {
      case 'stat':
        return await this.files.stat(query.path, query.follow);
      case 'read':
        return await this.files.read(query.path);
      case 'checksum':
        return await this.files.checksum(query.path, query.algorithm);
      case 'list':
        return await this.files.list(query.path, query.recurse);
      case 'package':
        return await this.system.package(query.name, query.candidate === true);
      case 'unit':
        return await this.system.unit(query.name);
      case 'user':
        return await this.system.user(query.name);
      case 'group':
        return await this.system.group(query.name);
      case 'script':
        return await this.system.script(query);
    }
  }
}
