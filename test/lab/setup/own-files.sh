# At each start Docker mounts its own hosts and resolv.conf: taken away, the files are the machine's own, and what it had written before a restart is there again.
set -eu
awk '$4 ~ "/containers/[0-9a-f]+/(hosts|resolv[.]conf)$" { print $5 }' /proc/self/mountinfo | while read -r mount; do
  cp "$mount" /tmp/docker-file
  umount "$mount"
  # Only at the first start there is nothing yet.
  [ ! -f "$mount" ] || [ -s "$mount" ] || cat /tmp/docker-file >"$mount"
  rm /tmp/docker-file
done
