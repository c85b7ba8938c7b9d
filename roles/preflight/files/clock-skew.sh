# Prints two lines: how far a server's clock $2 was from this machine's, which showed $1 before it was read (`0`, `3600`, `-4`: seconds); and that in words, in
# English, a tab, and in Russian.
after=$(date +%s)
if [ "$2" -lt "$1" ]; then
  printf '%s\n%s s behind the control machine\tотстают от управляющей машины на %s с\n' $(($2 - $1)) $(($1 - $2)) $(($1 - $2))
elif [ "$2" -gt "$after" ]; then
  printf '%s\n%s s ahead of the control machine\tопережают управляющую машину на %s с\n' $(($2 - after)) $(($2 - after)) $(($2 - after))
else
  printf '0\nno difference\tрасхождения нет\n'
fi
