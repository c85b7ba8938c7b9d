/**
 * What is run on the host, by the session as root. `$1` is the folder of all jobs, `$2` the job's id. Nothing secret is in an argument:
 * the program's text and answers come on standard input.
 *
 * A job's folder (0700) holds: boot_id, started (uptime), date, mode (systemd|setsid), limit, program (what is run), run (what runs it), begun,
 * in (FIFO to the terminal), out (the transcript), answers, reserve (room for what is written at the end), rc (written by a rename when the
 * program has ended), failed, collected.
 */
const PRELUDE = `set -u
umask 077
d=$1/$2
unit=chatsctl-job-$2
began() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
uptime() { cut -d' ' -f1 /proc/uptime; }
size() { stat -c %s "$1" 2>/dev/null || echo 0; }
alive() {
  if [ "$(cat "$d/mode" 2>/dev/null)" = systemd ]; then
    case $(systemctl show -p ActiveState --value "$unit" 2>/dev/null) in active|activating|deactivating|reloading) return 0 ;; esac
    return 1
  fi
  read -r pid start 2>/dev/null <"$d/pid" && [ "$(began "$pid")" = "$start" ] && ! grep -q '^State:.Z' "/proc/$pid/status"
}
`;

/**
 * Facts of one job, a `key value` a line. `begun` is asked before `alive`: who has begun is alive until its end. `rc` after it: who is not
 * alive has written all that it ever will.
 */
const FACTS = `facts() {
  echo "job $2"
  [ -e "$d/begun" ] && echo "begun yes"
  a=no; alive && a=yes
  echo "alive $a"
  [ -e "$d/rc" ] && echo "rc $(cat "$d/rc")"
  [ -e "$d/failed" ] && echo "failed yes"
  [ -e "$d/collected" ] && echo "collected $(base64 -w0 <"$d/collected")"
  [ "$(cat "$d/boot_id" 2>/dev/null)" = "$(cat /proc/sys/kernel/random/boot_id)" ] && echo "boot same"
  echo "started $(cat "$d/started" 2>/dev/null || echo 0)"
  echo "uptime $(uptime)"
  [ -e "$d/ended" ] && echo "ended $(cat "$d/ended")"
  echo "date $(cat "$d/date" 2>/dev/null || echo 0)"
  echo "silent $(($(date +%s) - $(stat -c %Y "$d/out" 2>/dev/null || date +%s)))"
  echo "size $(size "$d/out")"
  echo "limit $(cat "$d/limit" 2>/dev/null)"
  echo "answers $(base64 -w0 <"$d/answers" 2>/dev/null)"
  [ "$(cat "$d/mode" 2>/dev/null)" = setsid ] && echo "mode setsid"
  return 0
}
`;

export const INSPECT = `${PRELUDE}${FACTS}[ -d "$d" ] || exit 0
facts "$@"
`;

/** All jobs of the host, their facts one after the other. */
export const LIST = `for each in "$1"/*/; do
  [ -d "$each" ] || continue
  set -- "$1" "$(basename "$each")"
  ${PRELUDE.replaceAll('\n', '\n  ')}
  ${FACTS.replaceAll('\n', '\n  ')}
  facts "$@"
done
`;

/**
 * The job's own process. The FIFO is opened for reading and writing, or opening would wait for a writer and the last writer's close would
 * be an end of file. \`-E never\`: script itself would echo answers into the transcript. Without stty the terminal is 0×0. \`-o\`: a program that
 * talks without end is ended before it fills the disk.
 */
const RUNNER = `umask 077
cd "$1" || exit 1
[ "$(cat mode)" = setsid ] && echo "$$ $(sed 's/.*) //' /proc/$$/stat | cut -d' ' -f20)" >pid
: >begun
LANG=$(sed -n 's/^LANG=//p' /etc/locale.conf /etc/default/locale 2>/dev/null | tr -d '"' | head -n 1)
case $LANG in ''|C|POSIX) LANG=C.UTF-8 ;; esac
export LANG SHELL=/bin/sh TERM=xterm HOME=/root USER=root LOGNAME=root
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
exec 0<>in
script -E never -qefc 'umask 022; stty rows 50 cols 400; exec /bin/sh ./program' -o "$(cat limit)" -O out >/dev/null 2>&1
rc=$?
rm -f reserve
cut -d' ' -f1 /proc/uptime >ended
echo $rc >rc.new && mv rc.new rc
`;

/**
 * The transcript may take a tenth of what is free, from 16 to 256 MiB: hours of progress bars.
 * \`$3\`: working directory or ''. \`$4\`: \`replace\` removes an ended job first. Standard input: the program. mkdir is the test-and-set.
 * Exit: 0 started, 10 there is one, 11 could not be started, 12 no such working directory, 13 the folder could not be made.
 */
export const START = `${PRELUDE}
if [ -n "$3" ] && ! [ -d "$3" ]; then exit 12; fi
mkdir -p "$1" || exit 13
chmod 700 "$1"
if [ "$4" = replace ] && [ -d "$d" ] && ! alive; then mv "$d" "$d.old.$$" && rm -rf "$d.old.$$"; fi
said=$(mkdir "$d" 2>&1) || { [ -d "$d" ] && exit 10; echo "$said" >&2; exit 13; }
free=$(df -Pk "$d" | tail -n 1 | tr -s ' ' | cut -d' ' -f4)
case $free in '' | *[!0-9]*) free=0 ;; esac
limit=$((free / 10))
[ "$limit" -gt 16384 ] || limit=16384
[ "$limit" -lt 262144 ] || limit=262144
fail() { echo "$2" >&2; rm -rf "$d"; exit "$1"; }
cat >"$d/program" && cat /proc/sys/kernel/random/boot_id >"$d/boot_id" && uptime >"$d/started" && date +%s >"$d/date" && echo $((limit * 1024)) >"$d/limit" || fail 13 "$d"
head -c 1048576 /dev/zero >"$d/reserve" && mkfifo "$d/in" && true >"$d/out" && true >"$d/answers" && cat >"$d/run" <<'CHATSCTL_RUNNER' || fail 13 "$d"
${RUNNER}CHATSCTL_RUNNER
if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null; then
  echo systemd >"$d/mode" || fail 13 "$d"
  said=$(systemd-run --quiet --collect --unit="$unit" -p WorkingDirectory="\${3:-/}" -p IgnoreSIGPIPE=no -p TimeoutStopSec=10 /bin/sh "$d/run" "$d" 2>&1) || fail 11 "$said"
else
  echo setsid >"$d/mode" || fail 13 "$d"
  setsid /bin/sh "$d/run" "$d" </dev/null >/dev/null 2>&1 3<&- 9<&- &
fi
exit 0
`;

/**
 * Waits up to \`$4\` tenths of a second for output after byte \`$3\`. Answers "rc-or-dash alive size uptime" and, on the next line, the new bytes
 * (base64, up to 256 KiB). \`rc\` is read before the size: with it the transcript is whole. Exit 10: there is no job.
 */
export const FOLLOW = `${PRELUDE}
[ -d "$d" ] || exit 10
n=0
while [ "$(size "$d/out")" -le "$3" ] && ! [ -e "$d/rc" ] && [ "$n" -lt "$4" ]; do sleep 0.1; n=$((n + 1)); done
a=yes
if [ "$n" -ge "$4" ] && ! alive; then a=no; fi
rc=$(cat "$d/rc" 2>/dev/null) || rc=-
echo "$rc $a $(size "$d/out") $(uptime)"
tail -c "+$(($3 + 1))" "$d/out" | head -c 262144 | base64 -w0
`;

/**
 * \`$3\`: the transcript's length at which the prompt ended. \`$4\`: the known length of \`answers\`. \`$5\`: the prompt's name (base64).
 * \`$6\`: \`force\` where the program never falls silent. Standard input: the answer with its line feed. All under a lock, and in one go: once
 * it has begun it also ends, whatever becomes of the connection.
 * An answer within 10 ms of a prompt is flushed by a program that switches echo off then: hence the quiet time.
 * Exit: 0 sent (the new length of \`answers\` on stdout), 11 somebody else has answered, 12 the program has ended, 13 more output came, 14 busy.
 */
export const ANSWER = `trap '' HUP INT PIPE TERM
${PRELUDE}
exec 8>"$d/lock" || exit 12
flock -w 10 8 || exit 14
[ "$(size "$d/answers")" = "$4" ] || exit 11
if [ "$6" != force ]; then
  sleep 0.1
  [ "$(size "$d/out")" = "$3" ] || exit 13
fi
[ -e "$d/rc" ] && exit 12
exec 7<>"$d/in" || exit 12
echo "$3 sending $5" >>"$d/answers" || exit 15
cat >&7 || exit 15
echo "$3 sent $5" >>"$d/answers" || exit 15
size "$d/answers"
`;

/** The judgement over a program that ended well and said that it failed: it may be started again. */
export const MARK_FAILED = `${PRELUDE}: >"$d/failed"
`;

/** Captures are stored: the transcript goes, the outcome (no secret in it, on standard input) stays until the job is forgotten. */
export const COLLECTED = `${PRELUDE}
cat >"$d/collected.new" && mv "$d/collected.new" "$d/collected" || exit 13
rm -f "$d/out" "$d/program" "$d/answers" "$d/in" "$d/run" "$d/lock" "$d/pid"
`;

export const FORGET = `${PRELUDE}rm -rf "$d"
`;

/**
 * Ends the program if it runs, and forgets the job. Without systemd: the program, in its terminal's session, is told to end; script(1),
 * told so itself, would not. dash's kill knows no \`--\`.
 */
export const STOP = `${PRELUDE}
[ -d "$d" ] || exit 10
processes() { cat /proc/[0-9]*/stat 2>/dev/null | sed 's/ (.*) / /' | while read -r p state parent group session rest; do echo "$p $parent $session"; done; }
if alive; then
  if [ "$(cat "$d/mode")" = systemd ]; then systemctl stop "$unit"
  else
    read -r leader start <"$d/pid"
    mates=$(processes | while read -r p parent session; do [ "$session" = "$leader" ] && echo "$p"; done)
    sessions=$(processes | while read -r p parent session; do
      for mate in $mates; do [ "$parent" = "$mate" ] && [ "$session" != "$leader" ] && echo "$session"; done
    done)
    program=$(processes | while read -r p parent session; do for each in $sessions; do [ "$session" = "$each" ] && echo "$p"; done; done)
    [ -n "$program" ] && kill -TERM $program
    n=0
    while alive && [ "$n" -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
    kill -KILL $mates $program 2>/dev/null
  fi
fi
rm -rf "$d"
`;
