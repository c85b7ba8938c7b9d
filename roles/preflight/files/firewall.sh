# Prints one line for each host firewall that is active and does not let TCP ports 80 and 443 in. Docker's own chains do not concern the input of the host.
export LC_ALL=C
if command -v ufw >/dev/null 2>&1 && ufw status 2>/dev/null | grep -q '^Status: active'; then
  for port in 80 443; do
    ufw status | grep -qE "^(Anywhere|$port(/tcp)?|80,443/tcp|Nginx Full|WWW Full)[^0-9]*ALLOW" || echo "ufw does not allow $port/tcp"
  done
fi
if command -v firewall-cmd >/dev/null 2>&1 && firewall-cmd --state >/dev/null 2>&1; then
  for service in http:80 https:443; do
    firewall-cmd -q --query-service="${service%:*}" || firewall-cmd -q --query-port="${service#*:}/tcp" || echo "firewalld does not allow ${service#*:}/tcp"
  done
fi
# ufw and firewalld are nftables rules themselves: only rules of the operator's own are looked at here.
if command -v nft >/dev/null 2>&1 && ! command -v ufw >/dev/null 2>&1 && ! command -v firewall-cmd >/dev/null 2>&1; then
  rules=$(nft list ruleset 2>/dev/null)
  if printf '%s\n' "$rules" | grep -qE 'hook input .*policy drop'; then
    for port in 80:http 443:https; do
      printf '%s\n' "$rules" | grep -qE "dport (\{[^}]*)?\b(${port%:*}|${port#*:})\b.*accept" || echo "nftables drops input and has no rule that accepts ${port%:*}/tcp"
    done
  fi
fi
exit 0
