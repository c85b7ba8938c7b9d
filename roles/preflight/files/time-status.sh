# Prints three lines: `synchronised` or `unsynchronised`; who says so, in English, a tab, and in Russian; the time service's unit, running or able to (`none`:
# there is none).
# Each service is asked itself. In a container a service cannot set the clock, so what it heard counts; without one the clock is that of the container's host.
export LC_ALL=C
active() { systemctl is-active --quiet "$1" 2>/dev/null; }
# There, not masked, and its conditions hold on this machine (systemd-timesyncd's do not in most containers).
startable() {
  case $(systemctl is-enabled "$1" 2>/dev/null) in '' | masked* | not-found) return 1 ;; esac
  systemd-analyze condition --unit="$1.service" >/dev/null 2>&1
}
first() { # TEST UNIT…
  test=$1
  shift
  for unit in "$@"; do if "$test" "$unit"; then echo "$unit" && return; fi; done
  echo none
}
in_container() { systemd-detect-virt -qc 2>/dev/null; }
kernel_says_so() { [ "$(timeout 5 timedatectl show -p NTPSynchronized --value 2>/dev/null)" = yes ]; }
say() { if "$@"; then echo synchronised; else echo unsynchronised; fi; }

units='chrony chronyd ntpsec ntp openntpd systemd-timesyncd'
unit=$(first active $units)
case $unit in
  chrony*)
    tracking=$(timeout 5 chronyc tracking 2>&1)
    follows() { printf '%s\n' "$tracking" | grep -qE '^Leap status *: *(Normal|Insert second|Delete second)'; }
    say follows
    echo "chrony, $(printf '%s\n' "$tracking" | sed -nE 's/^(Reference ID|Stratum|Leap status) *: */\1 /p' | paste -sd, - | sed 's/,/, /g')"
    ;;
  ntp*)
    follows() { timeout 5 ntpq -c rv 2>/dev/null | grep -qE 'leap_(none|add_sec|del_sec)'; }
    say follows
    echo "ntpd, $(timeout 5 ntpq -pn 2>/dev/null | sed -nE 's/^\*([^ ]+).*/\1/p' | grep . || echo '-')"
    ;;
  openntpd)
    follows() { ntpctl -s status 2>/dev/null | grep -q 'clock synced'; }
    say follows
    echo "openntpd, $(ntpctl -s status 2>/dev/null | head -n1)"
    ;;
  systemd-timesyncd)
    heard=$(timeout 5 timedatectl show-timesync -p NTPMessage --value 2>/dev/null)
    # Leap 3: the server is not synchronised itself. The kernel's word is lost some hours after the last answer.
    follows() { case $heard in *'Leap=3,'*) false ;; *Leap=*) in_container || kernel_says_so ;; *) false ;; esac; }
    say follows
    server=$(timeout 5 timedatectl show-timesync -p ServerName --value 2>/dev/null)
    case $heard in *Leap=*) echo "systemd-timesyncd, $server" ;; *) printf 'systemd-timesyncd, no answer from %s\tsystemd-timesyncd, нет ответа от %s\n' "${server:-any server}" "${server:-серверов}" ;; esac
    ;;
  none)
    unit=$(first startable $units)
    stands_in() { [ "$unit" = none ] && in_container && kernel_says_so; }
    say stands_in
    if [ "$unit" != none ]; then printf '%s does not run\t%s не запущен\n' "$unit" "$unit"; elif stands_in; then printf "the clock of the container's host\tчасы хоста контейнера\n"; else printf 'no time service runs\tслужба времени не работает\n'; fi
    ;;
esac
echo "$unit"
