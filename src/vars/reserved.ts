import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';

const MAGIC: ReadonlySet<string> = new Set(
  `inventory_hostname inventory_hostname_short groups group_names hostvars ansible_play_hosts ansible_play_hosts_all ansible_play_batch
  ansible_play_name ansible_check_mode ansible_diff_mode playbook_dir role_path role_name inventory_dir inventory_file ansible_facts ansible_loop
  ansible_failed_task ansible_failed_result omit vars environment`.split(/\s+/),
);

/** Connection variables that do not begin with ansible_ssh_ or ansible_become. */
const CONNECTION =
  /^(ansible_(host|port|user|password|connection|timeout|remote_(tmp|port|user)|shell_\w+|private_key_file|ssh_\w+|pipelining)|ansible_ssh)$/;
const BECOME = /^ansible_(become(_\w+)?|sudo_\w+|su_\w+)$/;

export type ReservedKind = 'connection' | 'become' | 'magic';

/** What a variable of this name steers, when it is more than a value. */
export function reservedKind(name: string): ReservedKind | undefined {
  if (MAGIC.has(name)) return 'magic';
  if (BECOME.test(name)) return 'become';
  return CONNECTION.test(name) ? 'connection' : undefined;
}

/** Refuses names that facts and results may not set: `vars/reserved`. `by` is what sets them, as the operator wrote it: `register`, "facts". */
export function refuseReserved(names: Iterable<string>, by: string, position?: Position): void {
  for (const name of names) {
    const kind = reservedKind(name);
    if (kind) throw failure('vars/reserved', { name, kind, by }, { position });
  }
}
