/** Check mode cannot tell what a task would do, and this is why: caught where the task's result is made. */
export class NotKnown extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}
