/** Where a keyword may stand. `role`: an entry of `roles:` or of a role's dependencies. */
export type Where = 'play' | 'block' | 'task' | 'handler' | 'import' | 'include' | 'role' | 'import_playbook';

const EVERYWHERE = words(`name vars connection port remote_user module_defaults environment no_log run_once ignore_errors ignore_unreachable
  check_mode diff any_errors_fatal throttle timeout become become_user become_method become_flags tags`);
const DELEGATION = words('when notify delegate_to delegate_facts');
const TASK = words(
  'action args loop loop_control with_items with_dict with_fileglob with_first_found register until retries delay changed_when failed_when once',
);

/** Keywords by place, as in Ansible. An include takes few: the others belong under its `apply`. */
export const KEYWORDS: Readonly<Record<Where, readonly string[]>> = {
  play: [
    ...EVERYWHERE,
    ...words(`hosts gather_facts gather_subset vars_files vars_prompt roles handlers pre_tasks tasks post_tasks force_handlers
      max_fail_percentage serial strategy order`),
  ],
  block: [...EVERYWHERE, ...DELEGATION, ...words('block rescue always')],
  task: [...EVERYWHERE, ...DELEGATION, ...TASK],
  handler: [...EVERYWHERE, ...DELEGATION, ...TASK, 'listen'],
  import: [...EVERYWHERE, ...DELEGATION, 'args', 'action'],
  include:
    words(`name vars when tags args loop loop_control with_items with_dict with_fileglob with_first_found ignore_errors no_log register run_once
    timeout action listen`),
  role: [...EVERYWHERE, ...words('role when delegate_to delegate_facts')],
  import_playbook: words('name vars when tags import_playbook'),
};

/** Names that any place knows, for "did you mean". */
export const ALL_KEYWORDS: ReadonlySet<string> = new Set(Object.values(KEYWORDS).flat());

const NO_ASYNC =
  'leave it out: every task is waited for as long as it runs (a limit: "timeout: 600"), a long dialogue is a job of "expect" and survives a lost connection';

/** Ansible's keywords that are not here, and what to write instead. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  async: NO_ASYNC,
  poll: NO_ASYNC,
  debugger: 'run with --step, or add a task: debug: { var: NAME }',
  local_action: 'delegate_to: localhost',
  collections: 'leave it out: modules are named as "copy" or "ansible.builtin.copy"',
  become_exe: 'leave it out: become uses sudo; flags for it are become_flags',
  gather_timeout: 'timeout: SECONDS',
  fact_path: 'a task that reads the file: slurp',
  include: 'include_tasks (when reached) or import_tasks (when read); for a playbook: import_playbook',
  accelerate: 'leave it out',
  sudo: 'become: true',
  sudo_user: 'become_user: NAME',
  su: 'become: true',
  su_user: 'become_user: NAME',
  user: 'remote_user: NAME',
  gather_facts_timeout: 'timeout: SECONDS',
  with_list: 'loop: LIST',
  with_flattened: 'with_items: LIST',
  with_sequence: 'loop: [1, 2, 3]',
  with_indexed_items: 'loop: LIST with loop_control: { index_var: index }',
  with_nested: 'loop over the outer list with include_tasks, whose task loops over the inner one (loop_control: { loop_var: outer })',
  with_cartesian: 'loop over the outer list with include_tasks, whose task loops over the inner one (loop_control: { loop_var: outer })',
  with_together: 'loop over a list of mappings: loop: [{ a: 1, b: 2 }]',
  with_subelements: 'loop over the outer list with include_tasks, whose task loops over the inner one (loop_control: { loop_var: outer })',
  with_filetree: 'with_fileglob: PATTERN, or copy with a folder as src',
  with_lines: 'a command task with register, then loop: "{{ NAME.stdout_lines }}"',
  with_random_choice: 'loop: LIST',
  with_inventory_hostnames: 'loop: "{{ groups.NAME }}"',
  with_file: 'loop: LIST with {{ lookup_file item }}',
  with_env: 'loop: LIST with {{ lookup_env item }}',
};

/** Statements that take the place of a module. */
export const STATEMENTS = ['import_tasks', 'import_role', 'include_tasks', 'include_role'] as const;
export type Statement = (typeof STATEMENTS)[number];

/** `ansible.builtin.copy` is `copy`. */
export function shortName(name: string): string {
  return name.replace(/^ansible\.(builtin|legacy)\./, '');
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
