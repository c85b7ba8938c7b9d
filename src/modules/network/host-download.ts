import type { ActionContext } from '../../sdk/action-context.js';
import { ModuleFailure } from '../../sdk/module.js';
import { anchorsOf, environmentRoots } from './trust.js';
import type { Credentials } from './web-address.js';

export interface Download {
  readonly url: URL;
  readonly credentials: Credentials | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: string;
  /** Seconds: to connect, and of silence. */
  readonly timeout: number;
  readonly validateCerts: boolean;
  readonly caPath: string | undefined;
  readonly useProxy: boolean;
  /** Where the temporary folder is made; undefined: as mktemp thinks. */
  readonly temporary: string | undefined;
}

/** What the host's own program did. The folder is there only with `complete`; whoever asked removes it. */
export interface HostDownload {
  readonly by: 'wget' | 'curl';
  readonly complete: boolean;
  /** The program's exit status. */
  readonly rc: number;
  /** Of HTTP; undefined where there was no answer. */
  readonly status: number | undefined;
  readonly folder: string;
  readonly size: number;
  readonly sha256: string;
  /** Of the algorithm that was asked for. */
  readonly digest: string;
  /** The first bytes. */
  readonly head: Buffer;
  /** The last that it said. */
  readonly said: string;
}

/**
 * Downloads with the host's wget or curl into a folder that only the task's user can enter. URL, headers and password reach the program on
 * standard input and in a file in that folder, gone before anything else happens: never in its arguments. Undefined: the host has neither.
 */
export async function downloadOnHost(context: ActionContext, download: Download, algorithm: string): Promise<HostDownload | undefined> {
  const { user = '', password = '' } = download.credentials ?? {};
  for (const text of [...Object.entries(download.headers).flat(), download.agent, user, password])
    if (/[\r\n\0]/.test(text)) throw new ModuleFailure('a header, the user or the password has a line break in it');
  const answer = await context.exec({ script: scriptOf(download, algorithm, context.local) });
  const said = new Map(
    answer.stdout.split('\n').map((line): [string, string] => [line.split('=', 1)[0] ?? '', line.replace(/^[^=]*=/, '')]),
  );
  const by = said.get('by');
  if (by === 'none') return undefined;
  if (by !== 'wget' && by !== 'curl')
    throw new ModuleFailure(`the download could not begin: ${answer.stderr.trim() || `exit status ${answer.rc}`}`);
  const status = Number(said.get('status'));
  return {
    by,
    complete: said.has('sha256'),
    rc: Number(said.get('rc')),
    status: status > 0 ? status : undefined,
    folder: said.get('folder') ?? '',
    size: Number(said.get('size')),
    sha256: said.get('sha256') ?? '',
    digest: said.get('digest') ?? '',
    head: Buffer.from(said.get('head') ?? '', 'hex'),
    said: answer.stderr.trim().split('\n').at(-1)?.trim() ?? '',
  };
}

function scriptOf(download: Download, algorithm: string, local: boolean): string {
  const authorities = [...(local ? environmentRoots() : []), ...(download.caPath === undefined ? [] : anchorsOf(download.caPath))];
  return `# download into a folder of its own
set -u; umask 077; LC_ALL=C; export LC_ALL
for by in wget curl none; do command -v "$by" >/dev/null 2>&1 && break; done
echo "by=$by"; [ "$by" != none ] || exit 0
folder=$(mktemp -d ${download.temporary === undefined ? '-t' : `-p ${quoted(download.temporary)}`} chatsctl-get_url.XXXXXXXXXX) || exit 1
trap 'rm -rf -- "$folder"; exit 1' HUP INT TERM
body=$folder/body; config=$folder/config; : >"$body"
${authorities.length ? authorityFile(authorities) : ''}
if [ "$by" = wget ]; then
  { [ ! -r "\${HOME:-/}/.wgetrc" ] || cat "$HOME/.wgetrc"; cat; } >"$config" <<${hereText(wgetConfig(download))}
  [ ! -e "$folder/authorities" ] || printf 'ca_certificate = %s\\n' "$folder/authorities" >>"$config"
  printf '%s\\n' ${quoted(download.url.href)} | wget --config="$config" -O "$body" -i - 2>"$folder/said"; rc=$?
  status=$(sed -n 's/^ *HTTP\\/[0-9.]* \\([0-9][0-9][0-9]\\).*/\\1/p' "$folder/said" | tail -n 1)
else
  cat >"$config" <<${hereText(curlConfig(download))}
  [ ! -e "$folder/authorities" ] || printf 'cacert = "%s"\\n' "$folder/authorities" >>"$config"
  status=$(curl --config "$config" --output "$body" 2>"$folder/said"); rc=$?
fi
rm -f -- "$config"
echo "rc=$rc"; echo "status=$status"
case $rc:$status in
  0:|0:2??)
    echo "folder=$folder"; echo "size=$(wc -c <"$body" | tr -d ' ')"; echo "sha256=$(sha256sum <"$body" | cut -d' ' -f1)"
    echo "digest=$(${algorithm}sum <"$body" | cut -d' ' -f1)"; echo "head=$(head -c 256 "$body" | od -An -v -tx1 | tr -d ' \\n')" ;;
  *)
    sed '/^  *[A-Za-z-]*: /d; /^ *HTTP\\//d; /^ *$/d' "$folder/said" | tail -n 3 >&2; rm -rf -- "$folder" ;;
esac
exit 0
`;
}

/** What the host trusts, and ours: the one file that curl reads. */
function authorityFile(authorities: readonly string[]): string {
  return `{ [ ! -r /etc/ssl/certs/ca-certificates.crt ] || cat /etc/ssl/certs/ca-certificates.crt; cat; } >"$folder/authorities" <<${hereText(authorities.map((each) => `${each.trim()}\n`).join(''))}`;
}

function wgetConfig({ credentials, headers, agent, timeout, validateCerts, useProxy }: Download): string {
  return lines([
    'tries = 1',
    `timeout = ${timeout}`,
    'max_redirect = 10',
    'server_response = on',
    'verbose = off',
    `user_agent = ${agent}`,
    ...Object.entries(headers).map(([name, value]) => `header = ${name}: ${value}`),
    ...(credentials ? [`user = ${credentials.user}`, `password = ${credentials.password}`] : []),
    ...(credentials?.first ? ['auth_no_challenge = on'] : []),
    ...(validateCerts ? [] : ['check_certificate = off']),
    ...(useProxy ? [] : ['use_proxy = off']),
  ]);
}

function curlConfig({ url, credentials, headers, agent, timeout, validateCerts, useProxy }: Download): string {
  const text = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return lines([
    `url = ${text(url.href)}`,
    'silent',
    'show-error',
    'location',
    'max-redirs = 10',
    'proto = "=http,https,ftp"',
    `connect-timeout = ${timeout}`,
    'speed-limit = 1',
    `speed-time = ${Math.max(1, Math.ceil(timeout))}`,
    'write-out = "%{http_code}"',
    `user-agent = ${text(agent)}`,
    ...Object.entries(headers).map(([name, value]) => `header = ${text(`${name}: ${value}`)}`),
    ...(credentials ? [`user = ${text(`${credentials.user}:${credentials.password}`)}`] : []),
    ...(validateCerts ? [] : ['insecure']),
    ...(useProxy ? [] : ['noproxy = "*"']),
  ]);
}

function lines(each: readonly string[]): string {
  return each.map((line) => `${line}\n`).join('');
}

function hereText(text: string): string {
  let end = 'END_OF_TEXT';
  while (text.includes(end)) end += '_';
  return `'${end}'\n${text}${end}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
