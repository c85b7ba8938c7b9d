import { isMap } from '../base/value.js';
import type { RunEvent } from '../events/event.js';

/**
 * For commands that are played for their table of findings (preflight, verify): the tasks themselves are not worth a line. What could not be found out (a
 * failure, an unreachable host) is no finding, and is printed; that findings are unmet, the table says.
 */
export class TableOnly {
  /** Messages of judged findings: the same failure may be raised again. */
  private readonly judgements = new Set<string>();

  drops(event: RunEvent): boolean {
    switch (event.type) {
      case 'play_start':
      case 'task_start':
      case 'item_result':
      case 'retry':
      case 'finding':
        return true;
      case 'task_result': {
        const { status, message, result } = event;
        if (isMap(result) && result.code === 'task/findings-unmet') this.judgements.add(message ?? '');
        return (status !== 'failed' && status !== 'unreachable') || this.judgements.has(message ?? '');
      }
      default:
        return false;
    }
  }
}
