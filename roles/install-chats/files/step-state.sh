# Prints two lines: what became of a one-way step (`done`, `under way`, `failed`, `not begun`), by its marker $1 and its dialogue's folder $2; and whether
# the file $3 is there (`there`, `absent`). A dialogue that ended well is under way until its marker is written; one that failed will be started again.
if [ -e "$1" ]; then
  echo done
elif [ ! -d "$2" ]; then
  echo not begun
elif [ -e "$2/failed" ] || [ "$(cat "$2/rc" 2>/dev/null || echo 0)" != 0 ]; then
  echo failed
else
  echo under way
fi
if [ -e "$3" ]; then echo there; else echo absent; fi
