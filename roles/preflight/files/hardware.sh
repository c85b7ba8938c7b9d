# Prints what HW-1 is judged by, a line each: bytes of the file system under $1 (or the nearest folder that exists), its mount point,
# 1 or 0 for a rotational disk (empty when unknown), the default route's link speed in Mbit/s (empty when unknown).
export LC_ALL=C
path=$1
while [ ! -d "$path" ]; do path=$(dirname "$path"); done
df -P -B1 "$path" | awk 'NR == 2 { print $2; print $6 }'

device=$(df -P "$path" | awk 'NR == 2 { print $1 }')
disk=$(lsblk -ndso NAME,TYPE "$device" 2>/dev/null | awk '$2 == "disk" { print $1; exit }')
cat "/sys/block/$disk/queue/rotational" 2>/dev/null || echo

link=$(awk '$2 == "00000000" { print $1; exit }' /proc/net/route)
speed=$(cat "/sys/class/net/$link/speed" 2>/dev/null)
[ "${speed:--1}" -gt 0 ] 2>/dev/null && echo "$speed" || echo
