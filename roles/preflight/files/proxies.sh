# Prints a line for each place where a proxy is set (NET-2). Credentials in its address are left out.
export LC_ALL=C
hide() { sed -E 's#(://)[^/@[:space:]]*@#\1…@#g'; }
show() { # LABEL FILE PATTERN
  [ -f "$2" ] && grep -iE "$3" "$2" 2>/dev/null | hide | sed "s#^[[:space:]]*#$1: #"
}
env | grep -iE '^(https?|ftp|all)_proxy=.' | hide | sed 's/^/environment: /'
show /etc/environment /etc/environment '^[[:space:]]*(export[[:space:]]+)?(https?|ftp|all)_proxy=.'
for file in /etc/profile.d/*.sh; do show "$file" "$file" '^[[:space:]]*(export[[:space:]]+)?(https?|ftp|all)_proxy=.'; done
for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do show "$file" "$file" '^[[:space:]]*Acquire::https?::Proxy[[:space:]]'; done
for file in /etc/wgetrc /root/.wgetrc; do show "$file" "$file" '^[[:space:]]*(https?_proxy|use_proxy)[[:space:]]*='; done
for file in /etc/systemd/system/docker.service.d/*.conf; do show "$file" "$file" '_proxy='; done
for file in /etc/docker/daemon.json /root/.docker/config.json; do show "$file" "$file" '"https?-?proxy"'; done
exit 0
