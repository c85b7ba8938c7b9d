# Prints a line for each place where a proxy is set (NET-2): FILE:LINE: what it says, or where no file is behind it, whose setting it is. Credentials in its
# address are left out.
export LC_ALL=C
hide() { sed -E 's#(://)[^/@[:space:]]*@#\1…@#g'; }
show() { # PATTERN FILE…
  pattern=$1
  shift
  for file in "$@"; do
    [ -f "$file" ] && grep -niE "$pattern" "$file" 2>/dev/null | hide | sed -E "s|^([0-9]+):[[:space:]]*|$file:\1: |"
  done
}
variable='^[[:space:]]*((export|declare -x|setenv|(Default)?Environment=.*)[[:space:]"]*)?(https?|ftp|all)_proxy[= ].'
unit='^[[:space:]]*(Default)?Environment=.*_proxy=.'

env | grep -iE '^(https?|ftp|all)_proxy=.' | hide | sed 's/^/environment: /'
show "$variable" /etc/environment /etc/environment.d/*.conf /etc/profile /etc/profile.d/*.sh /etc/bash.bashrc /root/.profile /root/.bashrc /root/.bash_profile
show "$unit" /etc/systemd/system.conf /etc/systemd/system.conf.d/*.conf
# Effective ones alone: "DIRECT" and "false" are none, and a later file may take an earlier one's setting back.
apt-config dump 2>/dev/null | grep -iE '^Acquire::(https?|ftp)::(Proxy|ProxyAutoDetect|Proxy-Auto-Detect)(::[^ ]+)? "[^"]' | grep -ivE '"(DIRECT|false)";' | while read -r name value; do
  shown=$(show "^[^#/]*Proxy(-?Auto-?Detect)?[^\"]*$(printf '%s' "$value" | sed 's/[][\.*^$+?(){}|]/\\&/g')" /etc/apt/apt.conf /etc/apt/apt.conf.d/*)
  if [ -n "$shown" ]; then printf '%s\n' "$shown"; else printf 'apt: %s %s\n' "$name" "$value" | hide; fi
done
show '^[[:space:]]*(https?|ftp)_proxy[[:space:]]*=[[:space:]]*.' /etc/wgetrc /root/.wgetrc
show '^[[:space:]]*-?-?(proxy|x)[[:space:]=:]' /root/.curlrc /etc/curlrc
show "$unit" /etc/systemd/system/docker.service /etc/systemd/system/docker.service.d/*.conf /lib/systemd/system/docker.service.d/*.conf
show '^[[:space:]]*(export[[:space:]]+)?https?_proxy=.' /etc/default/docker
show '"https?-?proxy"[[:space:]]*:[[:space:]]*"[^"]' /etc/docker/daemon.json /root/.docker/config.json
exit 0
