#!/bin/sh
# Makes a Docker engine available, mmdebstrap where an image may have to be made from packages, and the openssl of the tests.
# A running engine is used as it is. Otherwise, as root on Debian, what is missing is installed (saying so) and dockerd
# is started, detached from this process. Anywhere else it ends with status 1 and says exactly what to install.
# Idempotent; costs a fraction of a second when everything is there. Everything it says goes to stderr.
set -eu

say() { printf '%s\n' "bootstrap: $*" >&2; }
engine_ready() { docker info >/dev/null 2>&1; }
is_debian() { [ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; }

install_packages() {
  say "installing $* with apt-get (root, Debian)"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q -o DPkg::Lock::Timeout=300 update >&2
  apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" >&2
}

# mmdebstrap is wanted only where the engine is ours to set up: elsewhere a registry is expected to answer.
wanted_packages() {
  # A lone `docker` may be a client without an engine: dockerd is what counts.
  command -v dockerd >/dev/null 2>&1 || engine_ready || printf '%s ' docker.io
  command -v iptables >/dev/null 2>&1 || engine_ready || printf '%s ' iptables
  # The certificates of the unit tests.
  command -v openssl >/dev/null 2>&1 || printf '%s ' openssl
  command -v mmdebstrap >/dev/null 2>&1 || printf '%s ' mmdebstrap
}

if [ "$(id -u)" = 0 ] && is_debian; then
  packages=$(wanted_packages)
  # shellcheck disable=SC2086 # a list of package names
  [ -z "$packages" ] || install_packages $packages
fi

engine_ready && exit 0

if [ "$(id -u)" != 0 ] || ! command -v dockerd >/dev/null 2>&1; then
  say 'no Docker engine answers (docker info fails).'
  say 'On Debian, as root: apt-get update && apt-get install docker.io mmdebstrap, then run this again; it starts dockerd itself.'
  say 'Elsewhere: install Docker Engine (https://docs.docker.com/engine/install/), start it, and let your user reach its socket.'
  exit 1
fi

state=${CHATSCTL_DOCKERD_DIR:-/var/cache/chatsctl-lab}
log=$state/dockerd.log
mkdir -p "$state"
(
  # Two callers at once must start one engine.
  flock 9
  engine_ready && exit 0

  # A stale pid file (the machine was restarted, the engine killed) would keep dockerd from starting.
  for pidfile in /var/run/docker.pid /run/docker/containerd/containerd.pid; do
    [ -f "$pidfile" ] || continue
    pid=$(cat "$pidfile")
    case $({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null || :) in
      *dockerd* | *containerd*) ;;
      *) rm -f "$pidfile" ;;
    esac
  done

  say "starting dockerd (log: $log)"
  # Its own session and no descriptor of ours: it outlives the process that started it.
  setsid dockerd >>"$log" 2>&1 </dev/null 9>&- &
  dockerd=$!
  waited=0
  until engine_ready; do
    waited=$((waited + 1))
    if [ "$waited" -gt 150 ] || ! kill -0 "$dockerd" 2>/dev/null; then
      say "dockerd ended or did not become ready in 30 s; the end of $log:"
      tail -n 20 "$log" >&2
      exit 1
    fi
    sleep 0.2
  done
) 9>"$state/dockerd.lock"
