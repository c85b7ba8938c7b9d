/** A task of a module that acts, asks or steers, and what it must say. Failing ones carry `ignore_errors`: their status is `ignored`. */
export interface ActionCase {
  readonly name: string;
  readonly task: Readonly<Record<string, unknown>>;
  readonly status: 'ok' | 'changed' | 'ignored' | 'skipped';
  /** Part of the result; see expect.toMatchObject. Texts in `{{…}}` are put in by the test. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** In the second run; left out: as in the first. */
  readonly again?: 'ok' | 'changed' | 'skipped';
  /** A shell command of root on the host, and all that it prints once the task is done. */
  readonly look?: string;
  readonly seen?: string;
}

const fails = { ignore_errors: true };
const DIALOGUE = `printf 'Name: '; read -r name; stty -echo; printf 'Key: '; read -r key; stty echo; echo; echo "got $name"; echo "$key" >/srv/x/key; echo Token: t-123`;

/** What the host needs for them. */
export const ACTION_PREPARATION = `mkdir -p /srv/x && echo present >/srv/x/present && printf 'a\\0b' >/srv/x/bytes && ln -s present /srv/x/link
printf '127.0.0.1 localhost\\n10.0.0.5 One.example # by hand\\n' >/srv/x/hosts
cat >/srv/x/ask.sh <<'EOF'
#!/bin/bash
${DIALOGUE}
EOF
chmod 700 /srv/x/ask.sh`;

export const ACTIONS: readonly ActionCase[] = [
  {
    name: 'command: creates',
    task: { command: { argv: ['touch', '/srv/x/a file'], creates: '/srv/x/a file' } },
    status: 'changed',
    again: 'ok',
    look: 'ls -d /srv/x/a?file',
    seen: '/srv/x/a file\n',
  },
  {
    name: 'command: removes',
    task: { command: { cmd: 'mv present "now away"', chdir: '/srv/x', removes: 'present' } },
    status: 'changed',
    again: 'ok',
    look: 'cat "/srv/x/now away"',
    seen: 'present\n',
  },
  {
    name: 'command: input, no shell',
    task: { command: { cmd: 'cat - ; "$(id)"', stdin: 'over' }, ...fails },
    status: 'ignored',
    result: { rc: 1, stdout: 'over', msg: 'non-zero return code' },
  },
  {
    name: 'command: its own environment and user',
    task: {
      command: { cmd: 'sh -c "id -un; echo $GREETING; pwd"', chdir: '/tmp', expand_argument_vars: false },
      environment: { GREETING: "it's" },
      become_user: 'nobody',
      changed_when: false,
    },
    status: 'ok',
    result: { rc: 0, stdout_lines: ['nobody', "it's", '/tmp'] },
  },
  {
    name: 'shell',
    task: { shell: `printf '%s\\n' "pipes $((1+1))" | tr a-z A-Z | tee /srv/x/shell; echo oops >&2` },
    status: 'changed',
    result: { rc: 0, stdout: 'PIPES 2', stderr: 'oops' },
    look: 'cat /srv/x/shell',
    seen: 'PIPES 2\n',
  },
  {
    name: 'shell: fails',
    task: { shell: { cmd: 'set -o pipefail; false | true', executable: '/bin/bash' }, ...fails },
    status: 'ignored',
    result: { rc: 1 },
  },
  {
    name: 'script',
    task: { script: { cmd: 'report.sh "two words" last', creates: '/srv/x/report' } },
    status: 'changed',
    again: 'skipped',
    result: { rc: 0, stdout: '2 arguments\n' },
    look: 'cat /srv/x/report',
    seen: 'two words|last\n',
  },
  {
    name: 'get_url',
    task: {
      get_url: { url: 'https://rep-box.webinar.ru/chats/latest/installer.sh', dest: '/srv/x/got.sh', mode: '0700', expect_prefix: '#!' },
    },
    status: 'changed',
    again: 'ok',
    look: 'sha256sum </srv/x/got.sh; stat -c %a /srv/x/got.sh',
    seen: '{{installer}}700\n',
  },
  {
    name: 'get_url: another checksum',
    task: {
      get_url: { url: 'https://rep-box.webinar.ru/chats/latest/installer.sh', dest: '/srv/x/not', checksum: `sha256:${'0'.repeat(64)}` },
      ...fails,
    },
    status: 'ignored',
    result: { outcome: 'content' },
    look: 'test -e /srv/x/not || echo none',
    seen: 'none\n',
  },
  {
    name: 'uri',
    task: { uri: { url: 'https://{{ meetings_domain }}/', return_content: true } },
    status: 'ok',
    result: { status: 200, content: '<h1>Meetings</h1>', redirected: false },
  },
  {
    name: 'uri: to a file',
    task: { uri: { url: 'https://{{ meetings_domain }}/', dest: '/srv/x/page', mode: '0604' } },
    status: 'changed',
    again: 'ok',
    look: 'cat /srv/x/page; stat -c %a /srv/x/page',
    seen: '<h1>Meetings</h1>604\n',
  },
  {
    name: 'uri: another status',
    task: { uri: { url: 'https://rep-box.webinar.ru/nowhere' }, ...fails },
    status: 'ignored',
    result: { status: 404, outcome: 'status', msg: 'status was 404, expected 200' },
  },
  {
    name: 'uri: nobody there',
    task: { uri: { url: 'https://{{ meetings_domain }}:81/' }, ...fails },
    status: 'ignored',
    result: { status: -1, outcome: 'refused' },
  },
  {
    name: 'dns_lookup',
    task: { dns_lookup: { name: '{{ chat_domain }}' } },
    status: 'ok',
    result: { outcome: 'ok', addresses: ['{{chats}}'], agree: true },
  },
  {
    name: 'dns_lookup: no such name',
    task: { dns_lookup: { name: 'nobody.{{ chat_domain }}' }, ...fails },
    status: 'ignored',
    result: { outcome: 'dns', addresses: [] },
  },
  { name: 'tcp_check', task: { tcp_check: { host: '{{ meetings_domain }}', port: 443 } }, status: 'ok', result: { outcome: 'open' } },
  {
    name: 'tcp_check: refused',
    task: { tcp_check: { host: '{{ meetings_domain }}', port: 81 }, ...fails },
    status: 'ignored',
    result: { outcome: 'refused' },
  },
  {
    name: 'tls_check',
    task: { tls_check: { host: '{{ meetings_domain }}' } },
    status: 'ok',
    result: { outcome: 'ok', authorized: true, names: ['{{meetings}}'] },
  },
  {
    name: 'tls_check: a name that the certificate does not have',
    task: { tls_check: { host: '{{ hostvars.meet1.ansible_host }}' }, ...fails },
    status: 'ignored',
    result: { outcome: 'certificate', authorized: false, tcp: 'open', tls: 'untrusted' },
  },
  {
    name: 'tls_check: no TLS',
    task: { tls_check: { host: '{{ meetings_domain }}', port: 22 }, ...fails },
    status: 'ignored',
    result: { outcome: 'tls' },
  },
  {
    name: 'wait_for: a port that says something',
    task: { wait_for: { port: 22, search_regex: 'SSH-2', timeout: 5 } },
    status: 'ok',
    result: { port: 22 },
  },
  {
    name: 'wait_for: a file that is still to come',
    task: { wait_for: { path: '/srv/x/later', search_regex: 'ready (?P<what>\\w+)', sleep: 0.2, timeout: 20 } },
    status: 'ok',
    result: { path: '/srv/x/later', match_groupdict: { what: 'now' } },
  },
  {
    name: 'wait_for: in vain',
    task: { wait_for: { path: '/srv/x/never', timeout: 1, msg: 'it did not come' }, ...fails },
    status: 'ignored',
    result: { msg: 'it did not come' },
  },
  {
    name: 'expect',
    task: {
      expect: {
        command: './ask.sh',
        chdir: '/srv/x',
        dialogue: [
          { name: 'the name', prompt: 'Name: $', answer: 'Ann' },
          { name: 'the key', prompt: 'Key: $', answer: 'k-456', secret: true },
        ],
        success: ['(?m)^got Ann'],
        captures: { token: { pattern: 'Token: (?P<value>\\S+)' } },
        timeout: '1m',
      },
    },
    status: 'changed',
    result: { rc: 0, values: { token: 't-123' } },
    look: 'cat /srv/x/key; ls -A /var/lib/chatsctl/jobs',
    seen: 'k-456\n',
  },
  {
    name: 'stat',
    task: { stat: { path: '/srv/x/bytes', checksum_algorithm: 'sha256' } },
    status: 'ok',
    result: { stat: { exists: true, isreg: true, mode: '0644', pw_name: 'root', size: 3, checksum: '{{bytes}}' } },
  },
  { name: 'stat: a link', task: { stat: { path: '/srv/x/link' } }, status: 'ok', result: { stat: { islnk: true, lnk_target: 'present' } } },
  { name: 'stat: nothing', task: { stat: { path: '/srv/x/nothing' } }, status: 'ok', result: { stat: { exists: false } } },
  { name: 'slurp', task: { slurp: { src: '/srv/x/bytes' } }, status: 'ok', result: { content: 'YQBi', encoding: 'base64' } },
  { name: 'slurp: nothing', task: { slurp: { src: '/srv/x/nothing' }, ...fails }, status: 'ignored' },
  {
    name: 'getent',
    task: { getent: { database: 'passwd', key: 'nobody' } },
    status: 'ok',
    result: { ansible_facts: { getent_passwd: { nobody: ['x', '65534', '65534', 'nobody', '/nonexistent', '/usr/sbin/nologin'] } } },
  },
  {
    name: 'getent: no entry',
    task: { getent: { database: 'passwd', key: 'no-one' }, ...fails },
    status: 'ignored',
    result: { msg: 'passwd has no entry "no-one"' },
  },
  {
    name: 'hosts_info',
    task: { hosts_info: { path: '/srv/x/hosts', names: ['one.example', 'two.example'], address: '10.0.0.5' } },
    status: 'ok',
    result: {
      path: '/srv/x/hosts',
      entries: [{ line: '10.0.0.5 One.example # by hand', address: '10.0.0.5', names: ['one.example'], loopback: false, same: true }],
    },
  },
  {
    name: 'certificate_info',
    task: {
      certificate_info: {
        certificate: '{{ chat_certificate_file }}',
        key: '{{ chat_certificate_key_file }}',
        names: ['{{ chat_domain }}'],
      },
    },
    status: 'ok',
    result: { valid: true },
  },
  {
    name: 'set_fact',
    task: { set_fact: { sum: '{{ add 1 2 }}', where: '{{ inventory_hostname }}' } },
    status: 'ok',
    result: { ansible_facts: { sum: 3, where: 'chat1' } },
  },
  { name: 'include_vars', task: { include_vars: 'more.yaml' }, status: 'ok', result: { ansible_facts: { colour: 'green' } } },
  { name: 'debug', task: { debug: { msg: '{{ sum }} {{ where }} {{ colour }}' } }, status: 'ok', result: { msg: '3 chat1 green' } },
  { name: 'debug: a variable', task: { debug: { var: 'ansible_facts.getent_passwd.nobody' } }, status: 'ok' },
  {
    name: 'assert',
    task: { assert: { that: ['sum == 3', 'colour == "green"'], success_msg: 'as it should be' } },
    status: 'ok',
    result: { msg: 'as it should be' },
  },
  {
    name: 'assert: does not hold',
    task: { assert: { that: ['sum == 3', 'sum > 3'], fail_msg: 'too few' }, ...fails },
    status: 'ignored',
    result: { msg: 'too few', assertion: 'sum > 3' },
  },
  { name: 'fail', task: { fail: { msg: 'not {{ where }}' }, ...fails }, status: 'ignored', result: { msg: 'not chat1' } },
  { name: 'fail: not reached', task: { fail: { msg: 'x' }, when: 'sum != 3' }, status: 'skipped' },
  { name: 'pause', task: { pause: { seconds: 1 } }, status: 'ok' },
  { name: 'finding: met', task: { finding: { clause: 'T-1', title: 'three', that: 'sum == 3', found: '{{ sum }}' } }, status: 'ok' },
  {
    name: 'finding: unmet',
    task: {
      finding: { clause: 'T-2', title: 'four', that: 'sum == 4', found: '{{ sum }}', needed: '4', severity: 'warning', remedy: 'add one' },
    },
    status: 'ok',
  },
];
