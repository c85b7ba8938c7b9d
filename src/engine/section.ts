/** Where a list of items stands: whether a failure there will be rescued. */
export interface Section {
  readonly rescuable: boolean;
}
