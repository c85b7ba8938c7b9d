# Shared by the vendor's programs: talking to the vendor, to the person at the terminal, and giving up.
export LC_ALL=C.UTF-8
declare -A CONF=([lang]=en [colours]=false [echo]=true [stutter]=false [pause]=0 [silence]=0 [faults]='')

# The text in the language of the run.
t() { # english russian
  if [ "${CONF[lang]}" = ru ]; then printf '%s' "$2"; else printf '%s' "$1"; fi
}

paint() { # code text
  if [ "${CONF[colours]}" = true ]; then printf '\033[%sm%s\033[0m' "$1" "$2"; else printf '%s' "$2"; fi
}

say() { printf '%s\n' "$(paint '0;36' "$1")"; }
good() { printf '%s\n' "$(paint '1;32' "$1")"; }

die() { # english russian
  printf '%s: %s\n' "$(paint '1;31' "$(t ERROR ОШИБКА)")" "$(t "$1" "$2")"
  exit 1
}

has_fault() { [[ " ${CONF[faults]} " == *" $1 "* ]]; }

# One request to a host of the vendor: body on stdin, the answer's body on stdout; fails unless the status is 200.
# Values travel through pipes alone: nothing of them is in an argument of a program.
vendor() { # host path
  local body response
  body=$(cat)
  response=$(
    LC_ALL=C
    printf 'POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' "$2" "$1" "${#body}" "$body" |
      timeout 20 openssl s_client -quiet -verify_return_error -verify_hostname "$1" -servername "$1" -connect "$1:443" 2>/dev/null
  )
  response=${response//$'\r'/}
  [[ $response == 'HTTP/1.1 200 '* ]] || return 1
  printf '%s\n' "${response#*$'\n\n'}"
}

# Tells the vendor that this program was started, before anything else, and learns how to behave.
count_start() { # program
  PROGRAM=$1
  local answer name value
  answer=$(printf 'program=%s\n' "$1" | vendor "$LICENCE_HOST" /api/start) ||
    die "cannot connect to https://$LICENCE_HOST" "нет соединения с https://$LICENCE_HOST"
  while IFS='=' read -r name value; do
    [ -z "$name" ] || CONF[$name]=${value//\\n/$'\n'}
  done <<<"$answer"
}

require_root() {
  [ "$(id -u)" = 0 ] || die 'root privileges are required' 'требуются права root'
}

require_terminal() {
  local rows columns
  if ! [ -t 0 ] || ! [ -t 1 ]; then
    die 'this program must be run in a terminal' 'программу необходимо запускать в терминале'
  fi
  local size
  size=$(stty size)
  rows=${size% *} columns=${size#* }
  if [ "$rows" -lt 10 ] || [ "$columns" -lt 40 ]; then
    die "the terminal is too small ($rows x $columns)" "слишком маленький терминал ($rows x $columns)"
  fi
  # As programs with a line editor of their own do: answers are shown whatever the terminal was set to.
  if [ "${CONF[echo]}" = true ]; then stty echo; fi
}

require_own_directory() {
  [ "$(pwd -P)" = "$(cd "$(dirname "$0")" && pwd -P)" ] ||
    die "run $(basename "$0") from the directory where it lies" "запускайте $(basename "$0") из той папки, в которой он лежит"
}

print_prompt() { # text
  if [ "${CONF[stutter]}" = true ]; then
    local half=$((${#1} / 2))
    paint 1 "${1:0:half}"
    sleep 0.15
    paint 1 "${1:half}"
  else
    paint 1 "$1"
  fi
}

# As getpass(3) does: echo is switched off with TCSAFLUSH, so what was typed before that is thrown away.
read_hidden() {
  ANSWER=$(perl -e '
    use POSIX ":termios_h";
    my $terminal = POSIX::Termios->new;
    $terminal->getattr(0);
    my $flags = $terminal->getlflag;
    $terminal->setlflag($flags & ~ECHO);
    $terminal->setattr(0, TCSAFLUSH);
    my $line = <STDIN>;
    $terminal->setlflag($flags);
    $terminal->setattr(0, TCSANOW);
    exit 1 unless defined $line;
    print $line') || die 'no input' 'нет ввода'
  echo
}

read_answer() { # question
  case $1 in
    licence | client_secret | token)
      if [ "${CONF[echo]}" = false ]; then
        read_hidden
        return
      fi
      ;;
  esac
  IFS= read -r ANSWER || die 'no input' 'нет ввода'
}

# Asks until the answer is accepted by the function given, five times at most; the answer is in ANSWER.
ask() { # question check
  local attempt accepted
  sleep "${CONF[pause]}"
  for ((attempt = 1; attempt <= 5; attempt++)); do
    print_prompt "${CONF[ask_$1]}"
    read_answer "$1"
    accepted=no
    if [ -n "$ANSWER" ] && ! { has_fault repeated-prompt && [ $attempt = 1 ]; } && "$2" "$1"; then accepted=yes; fi
    printf 'program=%s\nquestion=%s\naccepted=%s\n' "$PROGRAM" "$1" "$accepted" | vendor "$LICENCE_HOST" /api/answered >/dev/null
    [ $accepted = no ] || return 0
    say "${CONF[wrong_answer]}"
    if has_fault endless-prompt; then attempt=1; fi
  done
  die 'too many wrong answers' 'слишком много неверных ответов'
}

known_to_vendor() { # question
  printf 'question=%s\ndomain=%s\nclient_id=%s\nvalue=%s\n' "$1" "${DOMAIN:-}" "${CLIENT_ID:-}" "$ANSWER" | vendor "$LICENCE_HOST" /api/check >/dev/null
}

# A chat domain name: lower case, of the same zone as this Meetings server's own name.
shares_zone_with_meetings() {
  local meetings
  meetings=$(cat /opt/webinar/etc/domain)
  [[ $ANSWER =~ ^[a-z0-9-]+(\.[a-z0-9-]+)+$ ]] && [ "${ANSWER#*.}" = "${meetings#*.}" ] && [ "$ANSWER" != "$meetings" ]
}

# The chat domain and its two service names.
service_names() { # domain
  printf '%s %s-gateway.%s %s-storage.%s' "$1" "${1%%.*}" "${1#*.}" "${1%%.*}" "${1#*.}"
}
