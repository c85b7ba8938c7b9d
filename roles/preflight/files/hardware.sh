# Prints what HW-1 is judged by, a line each: bytes of the file system under $1 (or the nearest folder that exists; for /var/lib/docker: Docker's root); the same for a reader; `ssd`, `rotational` or
# `unknown`; the default route's link speed in Mbit/s, 0 when unknown; `virtual` or `physical`; memory, for a reader.
export LC_ALL=C
path=$1
if [ "$path" = /var/lib/docker ]; then
  root=$(sed -nE 's/.*"data-root"[[:space:]]*:[[:space:]]*"([^"]+)".*/\1/p' /etc/docker/daemon.json 2>/dev/null | head -n1)
  path=${root:-$path}
fi
while [ ! -d "$path" ]; do path=$(dirname "$path"); done
df -P -B1 "$path" | awk 'NR == 2 { print $2; printf "%.0f GB on %s\n", $2 / 1e9, $6 }'

device=$(df -P "$path" | awk 'NR == 2 { print $1 }')
disk=$(lsblk -ndso NAME,TYPE "$device" 2>/dev/null | awk '$2 == "disk" { print $1; exit }')
case $(cat "/sys/block/${disk:-none}/queue/rotational" 2>/dev/null) in
  0) echo ssd ;;
  1) echo rotational ;;
  *) echo unknown ;;
esac

# Over IPv6 where there is no route over IPv4; `lo` stands for "no route".
link=$(awk '$2 == "00000000" { print $1; exit }' /proc/net/route 2>/dev/null)
[ -n "$link" ] || link=$(awk '$1 ~ /^0+$/ && $2 == "00" && $NF != "lo" { print $NF; exit }' /proc/net/ipv6_route 2>/dev/null)
speed=$(cat "/sys/class/net/${link:-none}/speed" 2>/dev/null)
if [ "${speed:-0}" -gt 0 ] 2>/dev/null; then echo "$speed"; else echo 0; fi

if systemd-detect-virt -q 2>/dev/null; then echo virtual; else echo physical; fi

awk '/^MemTotal:/ { printf "%.1f GB\n", $2 * 1024 / 1e9 }' /proc/meminfo
