import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Holder {
  readonly run: string;
  readonly operator: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601, by the holder's clock. */
  readonly since: string;
  /** Where its pid means something: this boot of this machine, or of this container. */
  readonly machine?: string;
  /** When the process began, as the kernel counts: a pid may have been given away again. */
  readonly processStart?: string;
}

export function describeHolder(run: string, operator: string, now: number): Holder {
  const [machine, processStart] = [machineOfThisProcess(), startOf(process.pid)];
  return {
    run,
    operator,
    host: hostname(),
    pid: process.pid,
    since: new Date(now).toISOString(),
    ...(machine !== undefined && { machine }),
    ...(processStart !== undefined && { processStart }),
  };
}

export function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' && value !== null && 'run' in value && 'pid' in value && typeof value.pid === 'number' && 'host' in value
  );
}

/** Whether its process has ended; undefined where that cannot be seen from here. */
export function isGone(holder: Holder): boolean | undefined {
  const machine = machineOfThisProcess();
  const isHere = holder.machine === undefined || machine === undefined ? holder.host === hostname() : holder.machine === machine;
  if (!isHere) return undefined;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  return holder.processStart !== undefined && startOf(holder.pid) !== holder.processStart;
}

/** Containers of one machine have a name and process ids of their own, and one boot id. Undefined where there is no /proc. */
function machineOfThisProcess(): string | undefined {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat; undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
