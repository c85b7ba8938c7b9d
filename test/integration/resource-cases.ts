/** A task of a resource module on a prepared host, and how somebody else sees that it was done. */
export interface ResourceCase {
  /** Unique: the task's name. */
  readonly name: string;
  /** The module and its arguments, as in a playbook. */
  readonly task: Readonly<Record<string, unknown>>;
  /** A shell command of root; `seen` is all that it prints once the task is done. */
  readonly look: string;
  readonly seen: string;
}

/** Password "correct horse", SHA-512. */
const HASH = '$6$saltsalt$hRM5XZ86KXEw9UOmjigeVqFgULtFB2sgpC9lXQDfMib3Zgw7mEiUvBJI2EplzfAqxL5Vvwp2scFtv/uamSo5z0';

/** What is there before the first task, made by hand. */
export const PREPARATION = `set -e
mkdir -p /srv/m/old/deep /srv/m/loose /srv/m/remote
echo content >/srv/m/file; chmod 600 /srv/m/file
echo keep >/srv/m/kept; chown admin /srv/m/kept; echo same >/srv/m/same
echo x >/srv/m/old/deep/x
touch /srv/m/loose/a /srv/m/loose/b; chmod 777 /srv/m/loose; chmod 666 /srv/m/loose/*
printf 'one\\n#Port 22\\nthree\\nthree\\n' >/srv/m/lines; chmod 640 /srv/m/lines
printf 'head\\n# BEGIN old\\ngone\\n# END old\\ntail\\n' >/srv/m/blocks
echo source >/srv/m/remote/source
ln -s /nowhere /srv/m/dangling
echo '127.0.1.1 one.test two.test # by hand' >>/etc/hosts
printf '10.9.8.7 old.test\\n10.9.8.6 gone.test stays.test\\n' >>/etc/hosts
groupadd was; useradd -m leaver; useradd -m mover; groupadd -g 4001 four; groupadd extra
mkdir -p /etc/systemd/system
printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' | tee /etc/systemd/system/m-off.service /etc/systemd/system/m-on.service /lib/systemd/system/m-masked.service >/dev/null
systemctl daemon-reload; systemctl -q enable m-on; systemctl start m-on`;

/** In an order in which later ones stand on earlier ones. */
export const RESOURCES: readonly ResourceCase[] = [
  {
    name: 'file: a directory and those above it',
    task: { file: { path: '/srv/m/a/b/c', state: 'directory', owner: 'admin', group: 'admin', mode: '0750' } },
    look: 'stat -c "%n %F %U:%G %a" /srv/m/a /srv/m/a/b /srv/m/a/b/c',
    seen: ['/srv/m/a', '/srv/m/a/b', '/srv/m/a/b/c'].map((path) => `${path} directory admin:admin 750\n`).join(''),
  },
  {
    name: 'file: attributes of what is there',
    task: { file: { path: '/srv/m/file', mode: 'u=rw,g=r,o=r', owner: 'nobody' } },
    look: 'stat -c "%U %a" /srv/m/file; cat /srv/m/file',
    seen: 'nobody 644\ncontent\n',
  },
  {
    name: 'file: recurse',
    task: { file: { path: '/srv/m/loose', state: 'directory', recurse: true, mode: 'u=rwX,go=' } },
    look: 'stat -c "%a" /srv/m/loose /srv/m/loose/*',
    seen: '700\n600\n600\n',
  },
  {
    name: 'file: a symbolic link',
    task: { file: { path: '/srv/m/a/link', src: 'b/c', state: 'link' } },
    look: 'readlink /srv/m/a/link',
    seen: 'b/c\n',
  },
  {
    name: 'file: a link that points elsewhere',
    task: { file: { path: '/srv/m/dangling', src: '/srv/m/file', state: 'link' } },
    look: 'readlink /srv/m/dangling',
    seen: '/srv/m/file\n',
  },
  {
    name: 'file: a hard link',
    task: { file: { path: '/srv/m/hard', src: '/srv/m/same', state: 'hard' } },
    look: 'test /srv/m/hard -ef /srv/m/same && cat /srv/m/hard',
    seen: 'same\n',
  },
  {
    name: 'file: touch',
    task: { file: { path: '/srv/m/touched', state: 'touch', mode: '0600', modification_time: 'preserve', access_time: 'preserve' } },
    look: 'stat -c "%F %a %s" /srv/m/touched',
    seen: 'regular empty file 600 0\n',
  },
  {
    name: 'file: absent',
    task: { file: { path: '/srv/m/old', state: 'absent' } },
    look: 'test -e /srv/m/old || echo gone',
    seen: 'gone\n',
  },
  {
    name: 'copy: content',
    task: { copy: { dest: '/srv/m/a/b/content', content: 'two\nlines, "quoted" $HOME `id`\n', mode: '0640', group: 'admin' } },
    look: 'cat /srv/m/a/b/content; stat -c "%U:%G %a" /srv/m/a/b/content',
    seen: 'two\nlines, "quoted" $HOME `id`\nroot:admin 640\n',
  },
  {
    name: 'copy: a mapping becomes JSON',
    task: { copy: { dest: '/srv/m/a/settings.json', content: { port: 8080, names: ['a', 'б'] } } },
    look: 'cat /srv/m/a/settings.json',
    seen: '{"port": 8080, "names": ["a", "\\u0431"]}',
  },
  {
    name: 'copy: a file of the control machine',
    task: { copy: { src: 'binary', dest: '/srv/m/a/', mode: 'preserve' } },
    look: 'sha256sum </srv/m/a/binary; stat -c %a /srv/m/a/binary',
    seen: '{{binary}}  -\n755\n',
  },
  {
    name: 'copy: a directory tree',
    task: { copy: { src: 'tree/', dest: '/srv/m/tree', directory_mode: '0711', mode: '0644' } },
    look: "cd /srv/m/tree && find . -printf '%P %y %m\\n' | sort; cat deep/er/leaf",
    seen: ' d 711\ndeep d 711\ndeep/er d 711\ndeep/er/leaf f 644\ntop f 644\nleaf\n',
  },
  {
    name: 'copy: on the host',
    task: { copy: { src: '/srv/m/remote/source', dest: '/srv/m/remote/copy', remote_src: true } },
    look: 'cat /srv/m/remote/copy',
    seen: 'source\n',
  },
  {
    name: 'copy: validated, with a backup',
    task: { copy: { dest: '/srv/m/kept', content: 'new\n', validate: 'grep -q new %s', backup: true } },
    look: 'cat /srv/m/kept; stat -c %U /srv/m/kept; cat /srv/m/kept.*',
    seen: 'new\nadmin\nkeep\n',
  },
  {
    name: 'template',
    task: { template: { src: 'page.conf.hbs', dest: '/srv/m/a/page.conf', mode: '0644' }, vars: { names: ['x', 'y'], port: 80 } },
    look: 'cat /srv/m/a/page.conf',
    seen: 'port 80;\nname x;\nname y;\nhost chat1 & <co>\n',
  },
  {
    name: 'lineinfile: replaces the line',
    task: { lineinfile: { path: '/srv/m/lines', regexp: '^#?Port ', line: 'Port 2222' } },
    look: 'cat /srv/m/lines; stat -c %a /srv/m/lines',
    seen: 'one\nPort 2222\nthree\nthree\nend\nafter\n640\n',
  },
  {
    name: 'lineinfile: adds a line, and one after another',
    task: {
      lineinfile: { path: '/srv/m/lines', line: '{{ item.line }}', insertafter: '{{ item.after }}' },
      loop: [
        { line: 'end', after: 'EOF' },
        { line: 'after', after: '^end$' },
      ],
    },
    look: 'tail -n 2 /srv/m/lines',
    seen: 'end\nafter\n',
  },
  {
    name: 'lineinfile: absent',
    task: { lineinfile: { path: '/etc/hosts', regexp: '^10\\.9\\.8\\.7 ', state: 'absent' } },
    look: 'grep -c 10.9.8.7 /etc/hosts',
    seen: '0\n',
  },
  {
    name: 'blockinfile',
    task: { blockinfile: { path: '/srv/m/blocks', block: 'in\nside\n', insertafter: '^head', marker: '# {mark} new' } },
    look: 'cat /srv/m/blocks',
    seen: 'head\n# BEGIN new\nin\nside\n# END new\ntail\n',
  },
  {
    name: 'blockinfile: absent',
    task: { blockinfile: { path: '/srv/m/blocks', marker: '# {mark} old', state: 'absent' } },
    look: 'grep -c old /srv/m/blocks',
    seen: '0\n',
  },
  {
    // A bind mount, as containers have it: a rename over it is refused.
    name: 'hosts_entry',
    task: { hosts_entry: { address: '10.0.0.5', names: ['one.test', 'three.test'] } },
    look: 'getent hosts one.test three.test; grep 127.0.1.1 /etc/hosts; findmnt -n -o TARGET /etc/hosts',
    seen: '10.0.0.5        one.test three.test\n10.0.0.5        one.test three.test\n127.0.1.1 two.test # by hand\n/etc/hosts\n',
  },
  {
    name: 'hosts_entry: absent',
    task: { hosts_entry: { names: ['gone.test'], state: 'absent' } },
    look: 'grep 10.9.8.6 /etc/hosts',
    seen: '10.9.8.6 stays.test\n',
  },
  { name: 'group', task: { group: { name: 'm-staff', gid: 4100 } }, look: 'getent group m-staff', seen: 'm-staff:x:4100:mover\n' },
  { name: 'group: another number', task: { group: { name: 'four', gid: 4004 } }, look: 'getent group four', seen: 'four:x:4004:\n' },
  { name: 'group: absent', task: { group: { name: 'was', state: 'absent' } }, look: 'getent group was || echo none', seen: 'none\n' },
  {
    name: 'user',
    task: { user: { name: 'm-app', uid: 4200, group: 'm-staff', groups: ['extra'], comment: 'An app', shell: '/bin/sh', password: HASH } },
    look: 'getent passwd m-app; id -nG m-app; stat -c %U /home/m-app; getent shadow m-app | cut -d: -f2',
    seen: `m-app:x:4200:4100:An app:/home/m-app:/bin/sh\nm-staff extra\nm-app\n${HASH}\n`,
  },
  {
    name: 'user: what is there changes',
    task: {
      user: {
        name: 'mover',
        shell: '/usr/sbin/nologin',
        groups: ['extra', 'm-staff'],
        append: true,
        home: '/srv/m/mover',
        move_home: true,
        expires: 1924992000,
        password_expire_max: 90,
      },
    },
    look: 'getent passwd mover | cut -d: -f6,7; id -nG mover; test -d /home/mover || ls -A /srv/m/mover/.profile; getent shadow mover | cut -d: -f5,8',
    seen: '/srv/m/mover:/usr/sbin/nologin\nmover extra m-staff\n/srv/m/mover/.profile\n90:22280\n',
  },
  {
    name: 'user: absent',
    task: { user: { name: 'leaver', state: 'absent', remove: true } },
    look: 'getent passwd leaver || test -d /home/leaver || echo none',
    seen: 'none\n',
  },
  {
    name: 'apt: installs, the lists refreshed',
    task: { apt: { name: ['m-tool', 'm-old=1.0'], update_cache: true } },
    look: "dpkg-query -W -f '${Package} ${Version} ${Status}\\n' m-tool m-old; cat /usr/share/m-tool/version",
    seen: 'm-old 1.0 install ok installed\nm-tool 1.1 install ok installed\n1.1\n',
  },
  {
    name: 'apt: latest',
    task: { apt: { name: 'lab-update', state: 'latest' } },
    look: "dpkg-query -W -f '${Version}' lab-update",
    seen: '1.1',
  },
  {
    name: 'apt: absent',
    task: { apt: { name: 'm-gone', state: 'absent', purge: true } },
    look: 'dpkg-query -W m-gone 2>/dev/null || test -e /usr/share/m-gone || echo none',
    seen: 'none\n',
  },
  {
    name: 'systemd_service: started, at boot too',
    task: { systemd_service: { name: 'm-off', state: 'started', enabled: true } },
    look: 'systemctl is-active m-off; systemctl is-enabled m-off',
    seen: 'active\nenabled\n',
  },
  {
    name: 'systemd_service: stopped, not at boot',
    task: { systemd_service: { name: 'm-on.service', state: 'stopped', enabled: false } },
    look: 'systemctl is-active m-on; systemctl is-enabled m-on; true',
    seen: 'inactive\ndisabled\n',
  },
  {
    name: 'systemd_service: masked',
    task: { systemd_service: { name: 'm-masked', masked: true } },
    look: 'systemctl is-enabled m-masked; true',
    seen: 'masked\n',
  },
  {
    name: 'copy: a unit',
    task: { copy: { dest: '/etc/systemd/system/m-new.service', content: '[Service]\nExecStart=/bin/sleep infinity\n', mode: '0644' } },
    look: 'stat -c %a /etc/systemd/system/m-new.service',
    seen: '644\n',
  },
  {
    name: 'systemd_service: a unit that an earlier task wrote',
    task: { systemd_service: { name: 'm-new', state: 'started', daemon_reload: true } },
    look: 'systemctl is-active m-new',
    seen: 'active\n',
  },
  {
    name: 'file: a directory of root alone',
    task: { file: { path: '/srv/m/certs', state: 'directory', mode: '0700' } },
    look: 'stat -c %a /srv/m/certs',
    seen: '700\n',
  },
  {
    name: 'certificate_bundle',
    task: {
      certificate_bundle: {
        certificate: '{{ chat_certificate_file }}',
        key: '{{ chat_certificate_key_file }}',
        domain: '{{ chat_domain }}',
        dest: '/srv/m/certs',
      },
    },
    look: `cd /srv/m/certs && stat -c '%n %U %a' * && openssl verify -CApath /etc/ssl/certs -untrusted *.crt *.crt &&
      test "$(openssl x509 -in *.crt -noout -pubkey)" = "$(openssl pkey -in *.key -pubout)" && echo pair`,
    seen: '{{domain}}.crt root 644\n{{domain}}.key root 600\n{{domain}}.crt: OK\npair\n',
  },
];
