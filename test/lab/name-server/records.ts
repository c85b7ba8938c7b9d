/** Name → who asks (an address, or `*` for all others) → addresses. None: there is no such name. */
export type NameRecords = Record<string, Record<string, string[]>>;
