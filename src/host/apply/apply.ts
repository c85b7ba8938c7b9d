import { createHash } from 'node:crypto';
import { failure } from '../../base/errors.js';
import type { Operation, WriteOperation } from '../../sdk/operation.js';
import type { OperationOutcome } from '../port.js';
import { pack, unpack } from '../session/pack.js';
import { SessionFailure } from '../session/session.js';
import { type EncodeContext, encodeOperation, secondsFor, target } from './encode-operation.js';
import { operationFailure } from './operation-failure.js';

/** Over this, content goes raw through a channel of its own. */
const inlineLimit = 256 * 1024;

/** What applying needs of a host and identity. */
export interface Applier {
  /** Sends packed operations in one frame; answers with what each says. */
  send(operations: readonly Buffer[], timeoutMs: number): Promise<Buffer[]>;
  /** Streams content into a file of the host that is there already. */
  upload(operation: WriteOperation, temporary: string): Promise<void>;
  /** Runs `validate` as user text. */
  validate(command: string, temporary: string): Promise<{ readonly rc: number; readonly output: string }>;
}

interface Step {
  readonly operation: Operation;
  readonly packed: Buffer;
}

/**
 * One frame for all, where nothing is validated and nothing is large. Where something is, what precedes it goes with the making of its
 * temporary file, and what follows goes with the rename.
 */
export async function applyOperations(
  operations: readonly Operation[],
  context: EncodeContext,
  host: Applier,
): Promise<OperationOutcome[]> {
  const outcomes: OperationOutcome[] = [];
  let steps: Step[] = [];
  const flush = async (): Promise<Buffer[][]> => {
    const sending = steps;
    steps = [];
    const timeoutMs = sending.reduce((sum, step) => sum + secondsFor(step.operation), 0) * 1000;
    try {
      return (
        await host.send(
          sending.map((step) => step.packed),
          timeoutMs,
        )
      ).map(unpack);
    } catch (error) {
      if (!(error instanceof SessionFailure)) throw error;
      throw operationFailure(
        error,
        sending.map((step) => step.operation),
      );
    }
  };
  const settle = (said: readonly Buffer[][], of: readonly Step[]) => {
    outcomes.push(...of.map((step, index) => outcomeOf(step.operation, said[index] ?? [])));
  };

  for (const operation of operations) {
    if (
      operation.kind !== 'write' ||
      (operation.validate === undefined && Buffer.isBuffer(operation.content) && operation.content.length <= inlineLimit)
    ) {
      steps.push({ operation, packed: encodeOperation(operation, context) });
      continue;
    }
    const content = Buffer.isBuffer(operation.content) && operation.content.length <= inlineLimit ? operation.content : undefined;
    const before = steps.slice();
    steps.push({ operation, packed: pack('stage', ...target(operation.path, operation.attributes), content) });
    const said = await flush();
    settle(said, before);
    const temporary = said.at(-1)?.[0]?.toString() ?? '';
    try {
      if (!content) await host.upload(operation, temporary);
      await check(operation, temporary, host);
    } catch (error) {
      // On a host that is gone it stays, and the next write into that folder removes it.
      await host.send([pack('discard', temporary)], 60_000).catch(() => {});
      throw error;
    }
    const expected = Buffer.isBuffer(operation.content)
      ? { size: operation.content.length, sha256: sha256(operation.content) }
      : operation.content;
    steps.push({
      operation,
      packed: pack('commit', ...target(operation.path, operation.attributes), temporary, expected.size, expected.sha256),
    });
  }
  if (steps.length) {
    const last = steps.slice();
    settle(await flush(), last);
  }
  return outcomes;
}

async function check(operation: WriteOperation, temporary: string, host: Applier): Promise<void> {
  if (operation.validate === undefined) return;
  const { rc, output } = await host.validate(operation.validate, temporary);
  if (rc !== 0)
    throw failure('host/validate-failed', {
      path: operation.path,
      rc,
      output: output.trim().slice(-2000).replaceAll(temporary, operation.path),
    });
}

function outcomeOf(operation: Operation, said: readonly Buffer[]): OperationOutcome {
  const [first = '', second = '', third = ''] = said.map((field) => field.toString());
  if (operation.kind === 'backup') return first ? { backup: first } : {};
  if (operation.kind === 'run') return { rc: Number(first), stdout: second, stderr: third };
  return {};
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
