# Sourced by the machines' setup scripts, before their init runs. Files that it needs lie in /lab.
set -eu

# The lab's authority is trusted by the whole system, as a company's own is.
trust_authority() {
  cp /lab/root.pem /usr/local/share/ca-certificates/lab-root.crt
  update-ca-certificates >/dev/null 2>&1
}

# A login user with a key and a password; sudo as asked: nopasswd, password or none.
create_login_user() { # name sudo
  useradd -m -s /bin/bash "$1"
  chpasswd </lab/passwords
  install -d -m 700 -o "$1" -g "$1" "/home/$1/.ssh"
  install -m 600 -o "$1" -g "$1" /lab/authorized_keys "/home/$1/.ssh/authorized_keys"
  case $2 in
    nopasswd) echo "$1 ALL=(ALL:ALL) NOPASSWD: ALL" >/etc/sudoers.d/login-user ;;
    password) echo "$1 ALL=(ALL:ALL) ALL" >/etc/sudoers.d/login-user ;;
    none) return 0 ;;
  esac
  chmod 440 /etc/sudoers.d/login-user
}

# A container would take its machine id from the real machine's firmware: the same for every one.
create_machine_id() {
  tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
}

install_host_key() {
  install -m 600 /lab/host_key /etc/ssh/ssh_host_ed25519_key
  install -m 644 /lab/host_key.pub /etc/ssh/ssh_host_ed25519_key.pub
  echo 'HostKey /etc/ssh/ssh_host_ed25519_key' >>/etc/ssh/sshd_config.d/lab.conf
}

# chrony: running, stopped or absent.
configure_time_service() { # state server
  cat >/etc/chrony/chrony.conf <<CONF
server $2 iburst minpoll -2 maxpoll 1
driftfile /var/lib/chrony/chrony.drift
CONF
  case $1 in
    running) ;;
    stopped) systemctl disable chrony >/dev/null 2>&1 ;;
    absent)
      DEBIAN_FRONTEND=noninteractive dpkg --purge chrony >/dev/null 2>&1
      rm -f /etc/systemd/system/chrony.service
      ;;
  esac
}
