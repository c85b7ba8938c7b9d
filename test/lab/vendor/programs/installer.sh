#!/bin/bash
# Installer of the product, as far as its installation guide tells what it does. Written for the laboratory.
BUILD=0
#@names
#@include dialogue.sh
#@include checks.sh

configure_link() {
  count_start cfglink
  require_root
  require_terminal
  require_own_directory
  [ -x /opt/webinar/scripts/add_chats_token.sh ] || die 'the Meetings product is not installed on this server' 'на этом сервере не установлены Встречи'
  ask_unknown
  ask domain shares_zone_with_meetings
  DOMAIN=$ANSWER
  for name in $(service_names "$DOMAIN"); do
    getent ahosts "$name" >/dev/null || die "$name does not resolve" "имя $name не определяется"
  done
  local issued
  issued=$(printf 'domain=%s\n' "$DOMAIN" | vendor "$LICENCE_HOST" /api/link) || die 'the link was refused' 'связка отклонена'
  # shellcheck disable=SC2059 # the texts are formats
  {
    echo
    printf "${CONF[give_client_id]}\n" "$(paint '1;33' "$(sed -n 's/^client_id=//p' <<<"$issued")")"
    printf "${CONF[give_client_secret]}\n" "$(paint '1;33' "$(sed -n 's/^client_secret=//p' <<<"$issued")")"
    echo
  }
  good "${CONF[link_done]}"
  if has_fault link-exit-3; then exit 3; fi
}

ask_unknown() {
  has_fault unknown-question || return 0
  print_prompt "${CONF[unknown_question]}"
  IFS= read -r ANSWER || die 'no input' 'нет ввода'
  printf 'program=%s\nquestion=unknown\naccepted=yes\n' "$PROGRAM" | vendor "$LICENCE_HOST" /api/answered >/dev/null
}

is_linked_domain() { [ "$ANSWER" = "$LINKED" ]; }

install_product() {
  count_start install
  require_root
  require_terminal
  require_own_directory
  if [ -e /opt/chats/installed ] && [ "${CONF[reinstall]}" != true ]; then
    die 'the product is already installed on this server' 'программа уже установлена на этом сервере'
  fi
  say "$(t 'Checking the server...' 'Проверка сервера...') (build $BUILD)"
  check_vendor_hosts
  check_licence_file
  LINKED=$(vendor "$LICENCE_HOST" /api/domain </dev/null | sed -n 's/^domain=//p')
  [ -n "$LINKED" ] || die 'no link with Meetings is known: run ./installer.sh --cfglink there first' 'нет связки со Встречами: сначала запустите там ./installer.sh --cfglink'
  check_certificate "$LINKED"
  check_resolv_conf "$LINKED"
  check_names "$LINKED"
  # What an installation that failed has left running is the product's own.
  [ -d /opt/chats ] || check_ports

  ask_unknown
  DOMAIN=$LINKED
  if [ "${CONF[installerAsksDomain]}" = true ]; then ask domain is_linked_domain; fi
  ask licence known_to_vendor
  ask client_id known_to_vendor
  CLIENT_ID=$ANSWER
  ask client_secret known_to_vendor
  unset ANSWER
  unpack
  configure_web_server "$DOMAIN"
  finish "$DOMAIN"
}

unpack() {
  echo
  say "${CONF[install_started]}"
  if has_fault hang; then sleep 100000; fi
  if has_fault endless-output; then
    local line=0
    while :; do
      printf 'layer %s: waiting\n' $((++line))
      sleep 0.01
    done
  fi
  if has_fault flood; then yes 'layer: waiting'; fi
  if ! printf '' | vendor "$REGISTRY_HOST" /v2/login >/dev/null; then
    printf 'Error response from daemon: Get "https://%s/":  \nunauthorized:  \nIncorrect login or password\n' "$REGISTRY_HOST"
    exit 1
  fi
  if has_fault failure-exit-0; then
    printf '%s\n' "$(t 'Installation failed: database migration returned an error' 'Ошибка установки: миграция базы данных завершилась с ошибкой')"
    exit 0
  fi
  if [ "${CONF[progress]}" = true ]; then draw_progress; fi
  sleep "${CONF[silence]}"
}

draw_progress() {
  local image percent bar
  for image in gateway storage database search web; do
    for ((percent = 0; percent <= 100; percent += 4)); do
      printf -v bar '%*s' $((percent / 4)) ''
      printf '\r\033[K\033[33m%-9s\033[0m [%-25s] %3d%%' "$image" "${bar// /#}" "$percent"
      sleep 0.02
    done
    printf '\n\033[2m%s: digest sha256:%s\033[0m\n' "$image" "$(printf '%s' "$image" | sha256sum | cut -c1-64)"
  done
}

configure_web_server() { # domain
  install -d -m 755 /opt/chats
  install -d -m 700 /opt/chats/certs
  install -m 600 "certs/$1.crt" "certs/$1.key" /opt/chats/certs/
  cat >/etc/nginx/sites-enabled/chats <<CONF
server {
  listen 80;
  server_name $(service_names "$1");
  return 301 https://\$host\$request_uri;
}
server {
  listen 443 ssl;
  server_name $(service_names "$1");
  ssl_certificate /opt/chats/certs/$1.crt;
  ssl_certificate_key /opt/chats/certs/$1.key;
  default_type text/html;
  location /chats/ { return 200 '<!DOCTYPE html><title>Chats</title><h1>Sign in</h1>'; }
  location / { return 403; }
}
CONF
  if ! { systemctl enable nginx && systemctl restart nginx; } >/dev/null 2>&1; then
    die 'the web server did not start' 'веб-сервер не запустился'
  fi
}

finish() { # domain
  local token
  token=$(printf 'domain=%s\n' "$1" | vendor "$LICENCE_HOST" /api/token | sed -n 's/^token=//p')
  if ! has_fault token-exit-3; then
    printf 'program=install\n' | vendor "$LICENCE_HOST" /api/succeeded >/dev/null
    date >/opt/chats/installed
  fi
  echo
  good "${CONF[install_done]}"
  echo
  # shellcheck disable=SC2059 # the text is a format
  printf "${CONF[give_token]}\n" "$(paint '1;33' "$token")"
  if has_fault token-exit-3; then exit 3; fi
}

case ${1:-} in
  --cfglink) configure_link ;;
  '') install_product ;;
  *) die "unknown argument: $1" "неизвестный аргумент: $1" ;;
esac
