# Prints two lines: `synchronised` or `unsynchronised`, and who says so. Asks the time service that runs; no service is no synchronisation.
active() { systemctl is-active --quiet "$1" 2>/dev/null; }
export LC_ALL=C

if active chrony || active chronyd; then
  tracking=$(chronyc -n tracking 2>&1)
  if printf '%s\n' "$tracking" | grep -qE '^Leap status +: (Normal|Insert second|Delete second)'; then
    echo synchronised
  else
    echo unsynchronised
  fi
  echo "chrony, $(printf '%s\n' "$tracking" | sed -nE 's/^(Reference ID|Stratum) +: /\1 /p' | tr '\n' ' ')"
elif active ntpsec || active ntp || active ntpd; then
  if ntpq -c rv 2>/dev/null | grep -qE 'leap_(none|add_sec|del_sec)'; then echo synchronised; else echo unsynchronised; fi
  echo "ntpd, $(ntpq -pn 2>/dev/null | sed -nE 's/^\*([^ ]+).*/\1/p')"
elif active openntpd; then
  if ntpctl -s status 2>/dev/null | grep -q 'clock synced'; then echo synchronised; else echo unsynchronised; fi
  echo "openntpd, $(ntpctl -s status 2>/dev/null | head -n1)"
elif active systemd-timesyncd; then
  if [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null)" = yes ]; then echo synchronised; else echo unsynchronised; fi
  echo "systemd-timesyncd, $(timedatectl show-timesync -p ServerName --value 2>/dev/null)"
else
  echo unsynchronised
  echo 'no time service runs'
fi
