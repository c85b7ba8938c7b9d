/** Ends the run in an orderly way: later tasks, plays and batches do not start. */
export class StopRun extends Error {
  override readonly name = 'StopRun';
}
