import { defineResource, type Plan } from '../../sdk/module.js';
import { copyArguments } from '../files/copy-arguments.js';
import { planFolderCopy, planRemoteCopy } from '../files/copy-plan.js';
import { type CopyState, probeCopy } from '../files/copy-probe.js';
import { planWrite } from '../files/write-plan.js';

export const copy = defineResource({
  name: 'copy',
  summary: 'Puts a file, a directory tree or a text on the host',
  arguments: copyArguments,
  rules: { exclusive: [['src', 'content']], oneOf: [['src', 'content']] },
  examples: [
    { title: 'a text', task: 'copy: {dest: /etc/app/token, content: "secret\\n", owner: root, group: root, mode: "0600"}' },
    { title: 'a file of the role', task: 'copy: {src: app.conf, dest: /etc/app/, mode: "0644", backup: true}' },
    {
      title: 'checked before it takes its place',
      task: 'copy: {src: sudoers, dest: /etc/sudoers.d/app, mode: "0440", validate: visudo -cf %s}',
    },
  ],
  probe: (args, read): Promise<CopyState> => probeCopy(args, read),
  plan(args, state): Plan {
    switch (state.kind) {
      case 'kept':
        return { changes: [], operations: [], result: { dest: state.path } };
      case 'file': {
        const plan = planWrite(state.target, state.content, { ...args, mode: state.mode }, { ...args, makeParents: state.makeParents });
        const result = { ...plan.result, dest: state.target.path, ...(state.source !== undefined && { src: state.source }) };
        return { ...plan, result, ...(state.warnings && { warnings: state.warnings }) };
      }
      case 'folder':
        return planFolderCopy(args, state);
      case 'remote':
        return planRemoteCopy(args, state);
    }
  },
});
