/** Our own POSIX sh around apt. */

/** Seconds since the package lists were refreshed, or `never` (a repository without a Release file has lists too); and when their folder was changed last, in seconds since the epoch. */
export const listsAgeScript = `# age of apt's package lists
newest=0
for file in /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists; do
  time=$(stat -c %Y "$file" 2>/dev/null) && [ "$time" -gt "$newest" ] && newest=$time
done
for list in /var/lib/apt/lists/*Release /var/lib/apt/lists/*Packages*; do
  [ -e "$list" ] && { echo "$(($(date +%s) - newest)) $newest"; exit 0; }
done
echo "never $newest"`;

/** What apt would do: $@ is the command (dist-upgrade, autoremove …). Nothing is locked, nothing is changed. */
export const simulateScript = 'LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -s -q -o Debug::NoLocking=true "$@" </dev/null';

/**
 * Runs apt-get with its arguments ($2…), and again while another program holds one of apt's locks, for $1 seconds. apt itself waits for
 * dpkg's lock alone, not for those of its lists and archives. What a killed dpkg left half done is brought to its end first, with the same
 * options of dpkg.
 */
export const aptGetScript = String.raw`end=$(($(date +%s) + $1)); shift
force=; for each in "$@"; do case $each in Dpkg::Options::=*) force="$force ${'${each#*::=}'}" ;; esac; done
configured=
while :; do
  said=$(apt-get "$@" 2>&1 </dev/null); rc=$?
  [ "$rc" -eq 0 ] && { printf '%s\n' "$said"; exit 0; }
  case $said in
    *'Could not get lock'* | *'Unable to lock'* | *'Unable to acquire the dpkg'*)
      [ "$(date +%s)" -lt "$end" ] && { sleep 3; continue; } ;;
    *'dpkg was interrupted'*)
      if [ -z "$configured" ]; then
        configured=yes
        said=$(dpkg $force --configure -a 2>&1 </dev/null); rc=$?
        [ "$rc" -eq 0 ] && continue
      fi ;;
  esac
  printf '%s\n' "$said" >&2; exit "$rc"
done`;

export interface Simulated {
  readonly installed: readonly { readonly name: string; readonly from: string | undefined; readonly to: string }[];
  readonly removed: readonly { readonly name: string; readonly version: string | undefined }[];
}

/**
 * `Inst wget [1.21.3-1] (1.21.3-2 Debian:12.1/stable [amd64])` and `Remv old [1.0]`. `Conf wget (1.21.3-2 …)` alone: it was unpacked and its
 * configuration cut short.
 */
export function parseSimulation(output: string): Simulated {
  const lines = output.split('\n');
  const unpacked = lines.flatMap((line) => {
    const [, name, from, to] = /^Inst (\S+)(?: \[([^\]]*)\])? \((\S+)/.exec(line) ?? [];
    return name !== undefined && to !== undefined ? [{ name, from, to }] : [];
  });
  const configured = lines.flatMap((line) => {
    const [, name, to] = /^Conf (\S+) \((\S+)/.exec(line) ?? [];
    return name !== undefined && to !== undefined && !unpacked.some((each) => each.name === name) ? [{ name, from: undefined, to }] : [];
  });
  return {
    installed: [...unpacked, ...configured],
    removed: lines.flatMap((line) => {
      const [, name, version] = /^(?:Remv|Purg) (\S+)(?: \[([^\]]*)\])?/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, version }];
    }),
  };
}
