import type { LabHost } from './host.js';

/** A program of a host that stands still at a chosen moment, as on a machine that is busy just then. */
export interface Gate {
  /** The program stands before the gate; what it would have done is not done. */
  readonly reached: string;
  /** Lets it go on, and everything after it. */
  open(): Promise<void>;
  /** Takes the gate away. */
  remove(): Promise<void>;
}

/**
 * Puts a gate before `/usr/bin/PROGRAM` on the host: while `condition` (sh, run by the program's own process) holds, it waits to be let on.
 * `reached` is a condition too: it holds once something waits there.
 */
export async function gateBefore(host: LabHost, program: string, condition: string): Promise<Gate> {
  const wrapper = `/usr/local/bin/${program}`;
  const [closed, waiting] = ['/run/lab-gate.closed', '/run/lab-gate.waiting'];
  await host.run(`: >${closed}; rm -f ${waiting}`);
  await host.writeFile(
    wrapper,
    `#!/bin/sh
if [ -e ${closed} ] && { ${condition}; }; then
  : >${waiting}
  while [ -e ${closed} ]; do sleep 0.05; done
fi
exec /usr/bin/${program} "$@"
`,
    '0755',
  );
  return {
    reached: `[ -e ${waiting} ]`,
    open: async () => void (await host.run(`rm -f ${closed}`)),
    remove: async () => void (await host.run(`rm -f ${closed} ${waiting} ${wrapper}`)),
  };
}
