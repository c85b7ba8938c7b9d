/** How true and false are written: Ansible's boolean(). */
export const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'on', 'true', '1', 'y', 't'].map((each) => [each, true] as const),
  ...['no', 'off', 'false', '0', 'n', 'f'].map((each) => [each, false] as const),
]);

/** The truth of a boolean, of a text or of 1 and 0; undefined: the value is of another form. */
export function truthFrom(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' || typeof value === 'number' ? TRUTHS.get(String(value).trim().toLowerCase()) : undefined;
}
