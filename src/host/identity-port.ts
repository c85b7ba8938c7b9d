import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.js';
import { ChatsctlError } from '../base/errors.js';
import type { ValueMap } from '../base/value.js';
import type { ExecAnswer, ExecRequest } from '../sdk/action-context.js';
import type { Operation, WriteOperation } from '../sdk/operation.js';
import type { Query, ReadView, ScriptAnswer } from '../sdk/query.js';
import { applyOperations } from './apply/apply.js';
import { upload } from './apply/upload.js';
import type { ChannelRoom } from './channel-room.js';
import { exec } from './exec/exec.js';
import { gatherFacts } from './facts/gather.js';
import { isLost, type Link } from './link.js';
import { takeLock } from './lock.js';
import type { Answer, ExecOptions, Host, HostEvent, HostPort, Identity, LockClaim, OperationOutcome, ScriptRequest } from './port.js';
import { decodeAnswer } from './reads/decode-answer.js';
import { encodeQuery } from './reads/encode-query.js';
import { type Generation, Reads } from './reads/reads.js';
import { relay } from './relay.js';
import type { Place } from './session/launch.js';
import { pack } from './session/pack.js';
import { Session, type Tally } from './session/session.js';

/** What all identities of a host share. */
export interface Shared {
  readonly host: Host;
  readonly link: Link;
  readonly room: ChannelRoom;
  readonly clock: Clock;
  readonly generation: Generation;
  readonly tally: Tally;
  readonly onEvent: (event: HostEvent) => void;
}

/** Where the host keeps what outlives a run. */
const stateDirectory = '/var/lib/chatsctl';

export class IdentityPort implements HostPort {
  readonly host: Host;
  readonly read: ReadView;
  readonly freshRead: ReadView;
  private opened: Promise<Session> | undefined;
  private live: Session | undefined;
  private claim: LockClaim | undefined;

  constructor(
    readonly identity: Identity,
    private readonly shared: Shared,
  ) {
    this.host = shared.host;
    const reads = new Reads(this, shared.clock, shared.generation);
    this.read = reads.cached;
    this.freshRead = reads.fresh;
  }

  async ask(queries: readonly Query[]): Promise<readonly Answer[]> {
    const scripts = queries.filter((query) => query.kind === 'script').length;
    const packed = queries.map(encodeQuery);
    const fields = await this.again(async (session) => session.request(['ask', ...packed], { timeoutMs: 60_000 + scripts * 50_000 }));
    return queries.map((query, index) => decodeAnswer(query, fields[index] ?? pack('e', '', '', 'no answer')));
  }

  async apply(operations: readonly Operation[]): Promise<readonly OperationOutcome[]> {
    if (!operations.length) return [];
    const stamp = new Date(this.shared.clock.now()).toISOString().slice(0, 19).replace('T', '@');
    return await this.changing(async () =>
      applyOperations(
        operations,
        { stamp, stateDirectory },
        {
          send: async (packed, timeoutMs) => (await this.session()).request(['apply', ...packed], { timeoutMs }),
          upload: async (operation: WriteOperation, temporary) => upload(await this.place(), operation, temporary),
          validate: async (command, temporary) => {
            const script = command.replaceAll('%s', `'${temporary.replaceAll("'", `'\\''`)}'`);
            const answer = await this.run({ script });
            return { rc: answer.rc, output: `${answer.stdout}${answer.stderr}` };
          },
        },
      ),
    );
  }

  async exec(request: ExecRequest, options?: ExecOptions): Promise<ExecAnswer> {
    this.shared.tally.roundTrips += 1;
    return await this.changing(async () => this.run(request, options));
  }

  async script(request: ScriptRequest): Promise<ScriptAnswer> {
    const timeoutMs = request.timeoutMs ?? 60_000;
    const session = await this.session();
    const fields: Parameters<Session['request']>[0] = [
      'script',
      request.script,
      pack(...(request.args ?? [])),
      pack(...Object.entries(request.environment ?? {}).flat()),
      request.stdin !== undefined,
      request.stdin,
      Math.ceil(timeoutMs / 1000),
    ];
    const [rc, stdout = '', stderr = ''] = (await session.request(fields, { timeoutMs: timeoutMs + 15_000 })).map((field) =>
      field.toString(),
    );
    return { rc: Number(rc), stdout, stderr };
  }

  async connect(host: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    const place = await this.place();
    try {
      return await place.connection.forward(host, port, signal);
    } catch (error) {
      if (!(error instanceof ChatsctlError && error.code === 'connect/forward-refused')) throw error;
      return await relay(place, host, port, signal);
    }
  }

  async facts(subset: readonly string[] = ['all']): Promise<ValueMap> {
    return await this.again((session) => gatherFacts(session, subset));
  }

  async lock(claim: LockClaim): Promise<void> {
    await this.takeLock(await this.session(), claim);
    // A session that takes this one's place takes the lock too.
    this.claim = claim;
  }

  /** Gives its channel to another; a session that holds the lock stays. */
  closeIfIdle(): void {
    if (!this.claim && this.live?.idle) this.live.close();
  }

  close(): void {
    this.claim = undefined;
    this.live?.close();
    this.opened = undefined;
  }

  /** A read is repeated once when what it was asked over is gone. */
  private async again<T>(read: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await read(await this.session());
    } catch (error) {
      if (!isLost(error)) throw error;
      return await read(await this.session());
    }
  }

  private async run(request: ExecRequest, options?: ExecOptions): Promise<ExecAnswer> {
    // The session is what finds out whether sudo records what is sent: before anything is.
    if (this.identity.becomeUser !== undefined && !this.live) await this.session();
    return await exec(await this.place(), request, options);
  }

  private async changing<T>(work: () => Promise<T>): Promise<T> {
    this.shared.generation.current += 1;
    try {
      return await work();
    } finally {
      // What another session read in the meantime may be of either side.
      this.shared.generation.current += 1;
    }
  }

  private async place(): Promise<Place> {
    const { link, room } = this.shared;
    return { host: this.host.name, identity: this.identity, connection: await link.connection(), room };
  }

  private session(): Promise<Session> {
    if (this.live?.over) this.opened = undefined;
    this.opened ??= this.openSession().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async openSession(): Promise<Session> {
    const { tally } = this.shared;
    const session = await Session.open(await this.place(), tally);
    this.live = session;
    if (this.claim) await this.takeLock(session, this.claim);
    return session;
  }

  private async takeLock(session: Session, claim: LockClaim): Promise<void> {
    const { clock, onEvent } = this.shared;
    await takeLock(session, claim, this.host.name, clock, undefined, (detail) => onEvent({ state: 'waiting', detail }));
  }
}
