import { args } from './args.js';
import { become } from './become.js';
import { certificateChain } from './certificate-chain.js';
import { certificateFile } from './certificate-file.js';
import { certificateKey } from './certificate-key.js';
import { certificateUse } from './certificate-use.js';
import { cli } from './cli.js';
import { connect } from './connect.js';
import type { ErrorDefinition, ParamsOf } from './define.js';
import { expression } from './expression.js';
import { host } from './host.js';
import { hostKey } from './host-key.js';
import { inventory } from './inventory.js';
import { job } from './job.js';
import { jobUndecided } from './job-undecided.js';
import { journal } from './journal.js';
import { login } from './login.js';
import { module } from './module.js';
import { play } from './play.js';
import { playKeyword } from './play-keyword.js';
import { role } from './role.js';
import { secrets } from './secrets.js';
import { secretsCommand } from './secrets-command.js';
import { task } from './task.js';
import { template } from './template.js';
import { vars } from './vars.js';
import { yaml } from './yaml.js';
import { yamlValue } from './yaml-value.js';

/** All errors of the tool, one file an area. `chatsctl doc <code>` is printed from it. */
const defined = {
  ...args,
  ...become,
  ...certificateChain,
  ...certificateFile,
  ...certificateKey,
  ...certificateUse,
  ...cli,
  ...connect,
  ...expression,
  ...host,
  ...hostKey,
  ...inventory,
  ...job,
  ...jobUndecided,
  ...journal,
  ...login,
  ...module,
  ...play,
  ...playKeyword,
  ...role,
  ...secrets,
  ...secretsCommand,
  ...task,
  ...template,
  ...vars,
  ...yaml,
  ...yamlValue,
};

export type ErrorCode = keyof typeof defined;
export type ErrorParams<C extends ErrorCode> = ParamsOf<(typeof defined)[C]>;
export const catalog: Readonly<Record<ErrorCode, ErrorDefinition>> = defined;
