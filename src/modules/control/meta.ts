import { t } from '../../sdk/arguments.js';
import { defineControl } from '../../sdk/module.js';

const actions = [
  'flush_handlers',
  'noop',
  'end_play',
  'end_host',
  'end_batch',
  'clear_facts',
  'clear_host_errors',
  'refresh_inventory',
  'reset_connection',
  'judge_findings',
  'end_role',
] as const;

export const meta = defineControl({
  name: 'meta',
  summary: 'Acts on the run itself: handlers, the play, the connection, findings',
  arguments: { action: t.choice(actions).required() },
  freeForm: 'action',
  examples: [
    { title: 'handlers now', task: 'meta: flush_handlers' },
    { title: 'stop here where a fatal finding is unmet', task: 'meta: judge_findings' },
  ],
  run: async ({ action }, context) => {
    await context.meta(action);
    return { changed: false, result: { msg: action } };
  },
});
