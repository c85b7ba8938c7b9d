import { t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';
import { dial, dialProblem } from '../network/dial.js';

export const tcpCheck = defineAction({
  name: 'tcp_check',
  summary: 'Does a TCP port answer, as the host sees it',
  arguments: {
    host: t.string().required().describe('Name or address, resolved by the host.'),
    port: t.int().required(),
    timeout: t.duration().default(10),
  },
  examples: [{ title: 'a way between two servers', task: 'tcp_check: {host: app.example.org, port: 443}' }],
  checkMode: 'runs',
  async run({ host, port, timeout }, context) {
    const dialled = await dial(context, host, port, timeout * 1000);
    const result = { host, port, outcome: dialled.outcome, elapsed: dialled.ms / 1000 };
    if (dialled.outcome !== 'open') throw new ModuleFailure(dialProblem(host, port, dialled.outcome, dialled.reason), result);
    dialled.stream.destroy();
    return { changed: false, result };
  },
});
