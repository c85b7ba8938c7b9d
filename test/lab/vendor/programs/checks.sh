# What the guide demands of the Chats server before the installation.

check_vendor_hosts() {
  local host
  for host in "$LICENCE_HOST" "$REGISTRY_HOST" "$DOWNLOADS_HOST"; do
    timeout 20 openssl s_client -verify_return_error -verify_hostname "$host" -servername "$host" -connect "$host:443" </dev/null >/dev/null 2>&1 ||
      die "no access to $host:443" "нет доступа к $host:443"
  done
}

# The licence file is any file beside the installer that the vendor recognises.
check_licence_file() {
  local file found='' owner mode
  for file in ./* ./.[!.]*; do
    [ -f "$file" ] && [ ! -L "$file" ] && [ "$(basename "$file")" != "$(basename "$0")" ] || continue
    if printf 'name=%s\nsha256=%s\n' "$(basename "$file")" "$(sha256sum <"$file" | cut -d' ' -f1)" | vendor "$LICENCE_HOST" /api/licence-file >/dev/null; then found=$file; fi
  done
  [ -n "$found" ] || die 'no valid license file was found beside the installer' 'рядом с установщиком нет действующего файла лицензии'
  require_private "$found"
}

require_private() { # file
  read -r owner mode < <(stat -c '%u %a' "$1")
  if [ "$owner" != 0 ] || [ "$mode" != 600 ]; then
    die "$1 must belong to root with mode 0600 (now uid $owner, mode $mode)" "$1 должен принадлежать root с правами 0600 (сейчас uid $owner, права $mode)"
  fi
}

check_certificate() { # domain
  local certificate="certs/$1.crt" key="certs/$1.key" parts count index name
  [ -f "$certificate" ] || die "$certificate was not found" "не найден $certificate"
  [ -f "$key" ] || die "$key was not found" "не найден $key"
  require_private "$key"
  parts=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder's name is fixed now
  trap "rm -rf '$parts'" EXIT
  awk -v folder="$parts" '/-----BEGIN CERTIFICATE-----/ { n++ } n { print > (folder "/" n ".pem") } /-----END CERTIFICATE-----/ { close(folder "/" n ".pem") }' "$certificate"
  count=$(find "$parts" -name '*.pem' | wc -l)
  [ "$count" -ge 2 ] || die 'the certificate file has no full chain' 'файл сертификата не содержит полной цепочки'
  for ((index = 1; index <= count; index++)); do
    openssl x509 -in "$parts/$index.pem" -noout -checkend 0 >/dev/null 2>&1 || die "certificate $index of the chain is unreadable or has expired" "сертификат $index в цепочке не читается или просрочен"
    if [ $index -lt "$count" ]; then
      openssl verify -partial_chain -trusted "$parts/$((index + 1)).pem" "$parts/$index.pem" >/dev/null 2>&1 ||
        die "certificate $index is not signed by the next one: the order must be leaf, intermediate, root" "сертификат $index не подписан следующим: порядок должен быть основной, промежуточный, корневой"
    fi
  done
  openssl verify -no-CApath -no-CAstore -CAfile "$parts/$count.pem" "$parts/$count.pem" >/dev/null 2>&1 || die 'the last certificate of the chain is no root' 'последний сертификат в цепочке не является корневым'
  for name in $(service_names "$1"); do
    openssl x509 -in "$parts/1.pem" -noout -checkhost "$name" 2>/dev/null | grep -q 'does match' || die "the certificate does not serve $name" "сертификат не подходит для $name"
  done
  [ "$(openssl x509 -in "$parts/1.pem" -noout -pubkey)" = "$(openssl pkey -in "$key" -pubout -passin pass: 2>/dev/null)" ] ||
    die 'the key does not belong to the certificate' 'ключ не подходит к сертификату'
  rm -rf "$parts"
}

check_resolv_conf() { # domain
  if awk -v zone="${1#*.}" 'tolower($1) ~ /^(search|domain)$/ { for (i = 2; i <= NF; i++) { sub(/\.$/, "", $i); if (tolower($i) == zone) bad = 1 } } END { exit !bad }' /etc/resolv.conf; then
    die "/etc/resolv.conf has a domain or search entry of ${1#*.}" "в /etc/resolv.conf есть запись domain или search с ${1#*.}"
  fi
}

check_names() { # domain
  local name address addresses own
  own=$(ip -o addr show scope global | awk '{ sub(/\/.*/, "", $4); print $4 }')
  for name in $(service_names "$1"); do
    if awk -v name="$name" '{ sub(/#.*/, "") } $1 ~ /^(127\.|::1$)/ { for (i = 2; i <= NF; i++) if (tolower($i) == name) bad = 1 } END { exit !bad }' /etc/hosts; then
      die "/etc/hosts has a loopback entry with $name" "в /etc/hosts есть запись с локальной петлёй для $name"
    fi
    addresses=$(getent ahosts "$name" | awk '{ print $1 }' | sort -u)
    [ -n "$addresses" ] || die "$name does not resolve" "имя $name не определяется"
    for address in $addresses; do
      grep -qxF "$address" <<<"$own" || die "$name resolves to $address, which is not an address of this server" "$name определяется адресом $address, которого нет на этом сервере"
    done
  done
}

check_ports() {
  local port
  for port in 80 443; do
    [ -z "$(ss -Hltn "sport = :$port")" ] || die "port $port is in use" "порт $port занят"
  done
}
