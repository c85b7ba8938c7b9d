import type { FakeScript } from './fake-host.js';

/** Our own read-only scripts as the fake host runs them, by a part of their text. */
export const knownScripts: ReadonlyMap<string, FakeScript> = new Map<string, FakeScript>([
  ['getent passwd "$(id -u)"', () => ({ rc: 0, stdout: '/root\n', stderr: '' })],
]);
