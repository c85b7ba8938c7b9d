import { t } from '../../sdk/arguments.js';
import { ModuleFailure, type Plan } from '../../sdk/module.js';
import type { ReadView } from '../../sdk/query.js';
import { attributeArguments, type Wanted } from './attributes.js';
import { probeTarget, type Target } from './target.js';
import { TextFile } from './text.js';
import { planWrite, safetyArguments } from './write-plan.js';

/** What modules that edit a text file have in common: a link's target is edited, the file's attributes stay or are set. */
export const editArguments = {
  path: t.path().required().aliases('dest', 'destfile', 'name').describe('The file.'),
  create: t.bool().default(false).describe('Makes the file, and the folders above it, when it is missing.'),
  ...attributeArguments,
  ...safetyArguments,
};

export interface EditArguments extends Wanted {
  readonly path: string;
  readonly create: boolean;
  readonly backup: boolean;
  readonly keep_original: boolean;
  readonly validate: string | undefined;
}

export async function probeEdit(args: EditArguments, read: ReadView): Promise<Target> {
  return await probeTarget(args.path, args, read, { follow: true });
}

/** `edit` answers the new text and what was done to it; undefined: nothing is to be done to a missing file. */
export function planEdit(args: EditArguments, target: Target, edit: (file: TextFile) => { file: TextFile; msg: string } | undefined): Plan {
  const { path, state, content } = target;
  if (state?.type === 'directory') throw new ModuleFailure(`${path} is a directory`, { rc: 256 });
  if (state && content === undefined)
    throw new ModuleFailure(`${path} cannot be edited: it is ${state.type === 'file' ? 'over 16 MiB' : `no regular file (${state.type})`}`);
  const edited = edit(TextFile.of(content ?? Buffer.alloc(0)));
  if (!edited) return { changes: [], operations: [], result: { path, msg: 'the file is not there' } };
  if (!state && !args.create) throw new ModuleFailure(`${path} is not there; create: true makes it`, { rc: 257 });
  const plan = planWrite(target, edited.file.content, args, { ...args, makeParents: true });
  return { ...plan, result: { ...plan.result, path, msg: edited.msg } };
}
