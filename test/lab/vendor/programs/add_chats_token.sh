#!/bin/bash
# Hands the token of a Chats server to Meetings, as far as the installation guide tells what it does. Written for the laboratory.
#@names
#@include dialogue.sh

count_start token
require_root
require_terminal
ask domain shares_zone_with_meetings
DOMAIN=$ANSWER
if has_fault token-rejected; then
  ask_rejected() { :; }
  ask token ask_rejected
  die 'the token was not accepted by the server' 'токен не принят сервером'
fi
ask token known_to_vendor
printf '%s %s\n' "$DOMAIN" "$(printf '%s' "$ANSWER" | sha256sum | cut -d' ' -f1)" >/opt/webinar/etc/chats
printf 'program=token\n' | vendor "$LICENCE_HOST" /api/succeeded >/dev/null
if ! has_fault token-silent; then good "${CONF[token_done]}"; fi
