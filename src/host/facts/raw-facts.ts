/** What the host said of itself, by name: texts of files, outputs of programs, packed lists. */
export interface RawFacts {
  text(name: string): string;
  /** A packed list, each entry again packed or plain. */
  list(name: string): Buffer[];
}
