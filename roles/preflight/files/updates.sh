# Prints three lines for OS-2: how many updates apt would install (`unknown`: apt fails); when the package lists were refreshed (`never`: there are none), not how long
# ago, which is another text each time; the first line by which apt says why it fails.
export LC_ALL=C
said=$(apt-get -s -q -o Debug::NoLocking=true dist-upgrade 2>&1 </dev/null)
rc=$?
if [ $rc -eq 0 ]; then
  pending=$(printf '%s\n' "$said" | grep -c '^Inst ')
  error=
else
  pending=unknown
  error=$(printf '%s\n' "$said" | grep '^E: ' || printf '%s\n' "${said:-exit status $rc}" | tail -n 1)
fi

refreshed=never
for list in /var/lib/apt/lists/*Release /var/lib/apt/lists/*Packages*; do
  [ -e "$list" ] || continue
  newest=0
  for stamp in /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists; do
    time=$(stat -c %Y "$stamp" 2>/dev/null) && [ "$time" -gt "$newest" ] && newest=$time
  done
  refreshed=$(date -u -d "@$newest" +%Y-%m-%dT%H:%MZ)
  break
done
printf '%s\n%s\n%s\n' "$pending" "$refreshed" "$(printf '%s\n' "$error" | head -n 1 | sed 's/^E: //')"
