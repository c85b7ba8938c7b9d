# Prints two lines: `synchronised` or `unsynchronised`, and who says so. Asks the time service that runs; no service is no synchronisation, but in a container,
# which has its host's clock and cannot set it.
active() { systemctl is-active --quiet "$1" 2>/dev/null; }
kernel_says_so() { [ "$(timeout 5 timedatectl show -p NTPSynchronized --value 2>/dev/null)" = yes ]; }
export LC_ALL=C

if active chrony || active chronyd; then
  tracking=$(timeout 5 chronyc tracking 2>&1)
  if printf '%s\n' "$tracking" | grep -qE '^Leap status *: *(Normal|Insert second|Delete second)'; then
    echo synchronised
  else
    echo unsynchronised
  fi
  echo "chrony, $(printf '%s\n' "$tracking" | sed -nE 's/^(Reference ID|Stratum) *: */\1 /p' | tr '\n' ' ')"
elif active ntpsec || active ntp || active ntpd; then
  if timeout 5 ntpq -c rv 2>/dev/null | grep -qE 'leap_(none|add_sec|del_sec)'; then echo synchronised; else echo unsynchronised; fi
  echo "ntpd, $(timeout 5 ntpq -pn 2>/dev/null | sed -nE 's/^\*([^ ]+).*/\1/p')"
elif active openntpd; then
  if ntpctl -s status 2>/dev/null | grep -q 'clock synced'; then echo synchronised; else echo unsynchronised; fi
  echo "openntpd, $(ntpctl -s status 2>/dev/null | head -n1)"
elif active systemd-timesyncd; then
  if kernel_says_so; then echo synchronised; else echo unsynchronised; fi
  echo "systemd-timesyncd, $(timeout 5 timedatectl show-timesync -p ServerName --value 2>/dev/null)"
elif systemd-detect-virt -qc 2>/dev/null && kernel_says_so; then
  echo synchronised
  echo "the clock of the container's host"
else
  echo unsynchronised
  echo 'no time service runs'
fi
