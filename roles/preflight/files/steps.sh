# Prints a line each: of every one-way step $4… what became of it, by its marker in $1 and its dialogue's folder in $2 (`done`, `under way`, `failed`, `not begun`);
# whether installer.sh is in $3 (`there`, `absent`); what keeps it from being run from there, in English, a tab, and in Russian (`nothing`).
once=$1 jobs=$2 place=$3
shift 3
for step; do
  if [ -e "$once/$step" ]; then
    echo done
  elif [ ! -d "$jobs/$step" ]; then
    echo 'not begun'
  elif [ -e "$jobs/$step/failed" ] || [ "$(cat "$jobs/$step/rc" 2>/dev/null || echo 0)" != 0 ]; then
    echo failed
  else
    echo 'under way'
  fi
done
if [ -e "$place/installer.sh" ]; then echo there; else echo absent; fi

while [ ! -e "$place" ]; do place=$(dirname "$place"); done
mount=$(findmnt -nro TARGET,OPTIONS -T "$place" 2>/dev/null)
options=",${mount#* },"
if [ ! -d "$place" ]; then
  printf '%s is no folder\t%s — не каталог\n' "$place" "$place"
elif [ "${options#*,ro,}" != "$options" ]; then
  printf '%s is mounted read-only\t%s смонтирован только для чтения\n' "${mount%% *}" "${mount%% *}"
elif [ "${options#*,noexec,}" != "$options" ]; then
  printf '%s is mounted noexec: no program can be run from it\t%s смонтирован с noexec: программы оттуда не запускаются\n' "${mount%% *}" "${mount%% *}"
else
  echo nothing
fi
