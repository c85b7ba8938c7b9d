import { formatPosition, type Position } from '../base/position.js';
import type { Value } from '../base/value.js';
import type { TaskStatus } from '../events/event.js';
import type { HostState } from './host-state.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';

export interface Report {
  readonly task: string;
  readonly module: string;
  readonly position: Position;
  readonly status: TaskStatus;
  readonly result: Value;
  readonly message?: string | undefined;
}

/** A result that no module made: judged findings, role arguments, an include that failed or was skipped, facts. */
export function reportResult(play: RunningPlay, host: HostState, { position, message, ...report }: Report): void {
  play.context.emit({
    type: 'task_result',
    play: play.name,
    host: host.name,
    handler: false,
    position: formatPosition(position),
    duration: 0,
    roundTrips: 0,
    ...report,
    ...(message !== undefined && { message }),
  });
}

/** A failure of that kind, remembered for a rescue. */
export function reportFailure(play: RunningPlay, host: HostState, failure: Omit<Report, 'status'>, section: Section): void {
  host.setFacts.ansible_failed_task = { name: failure.task.split(' : ').at(-1) ?? failure.task, action: failure.module };
  host.setFacts.ansible_failed_result = failure.result;
  reportResult(play, host, { ...failure, status: section.rescuable ? 'rescued' : 'failed' });
}
