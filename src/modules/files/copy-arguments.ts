import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { attributeArguments } from './attributes.js';
import { safetyArguments } from './write-plan.js';

export const copyArguments = {
  dest: t.path().required().describe('Where it goes. Ending with `/`, or a directory: into it, under its own name.'),
  src: t
    .controlFileUnless('files', 'remote_src')
    .describe('A file or directory on the control machine (in `files/`). A directory with `/` at its end: what is in it.'),
  content: t.any().describe('The content itself. A mapping or a list becomes JSON.'),
  remote_src: t.bool().default(false).describe('`src` is a path on the host.'),
  ...attributeArguments,
  directory_mode: t.mode().describe('Permission bits of directories that are made.'),
  force: t.bool().default(true).aliases('thirsty').describe('False: what is there already is left alone altogether.'),
  follow: t.bool().default(false).describe('A destination that is a link: its target is written. False: the link is replaced.'),
  checksum: t.string().describe('SHA-1 that the source must have.'),
  ...safetyArguments,
};
export type CopyArguments = ArgumentsOf<typeof copyArguments>;
