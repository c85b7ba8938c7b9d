import { serialiseEvent } from '../events/serialise.js';
import type { Reporter } from './reporter.js';

/** The contract's machine-readable output: one JSON object a line. */
export function jsonReporter(write: (text: string) => void): Reporter {
  return {
    name: 'json',
    handle: (event) => write(`${serialiseEvent(event)}\n`),
    close: async () => {},
  };
}
