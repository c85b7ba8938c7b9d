# The server that Chats is installed on: bare Debian, with the faults that were asked for.
. /lab/common.sh
trust_authority
create_machine_id
install_host_key
create_login_user "$LAB_USER" "$LAB_SUDO"
configure_time_service "$LAB_TIME" "$LAB_NTP"

for fault in $LAB_FAULTS; do
  case $fault in
    hosts-loopback)
      echo "127.0.1.1 $LAB_CHAT_DOMAIN $(hostname) # written by the provider" >>/etc/hosts
      echo "::1 $LAB_CHAT_GATEWAY printer" >>/etc/hosts
      ;;
    resolv-search) echo "search $LAB_ZONE other.example" >>/etc/resolv.conf ;;
    resolv-domain) echo "domain $LAB_ZONE" >>/etc/resolv.conf ;;
    # A rename over a bind mount fails with EBUSY: here they are files like any other, as on a real server, after a reboot too.
    plain-etc-files) install -m 644 /lab/own-files.sh /usr/local/lib/lab-at-boot.sh ;;
    port-busy)
      cat >/etc/systemd/system/other-web.service <<UNIT
[Service]
ExecStart=/usr/bin/perl -MIO::Socket::INET -e 'my \$s = IO::Socket::INET->new(LocalPort => 80, Listen => 5, ReuseAddr => 1) or die; while (1) { my \$c = \$s->accept or next; close \$c }'
[Install]
WantedBy=multi-user.target
UNIT
      systemctl enable other-web.service >/dev/null 2>&1
      ;;
    pending-update) sh /lab/pending-update.sh ;;
    noisy-bashrc) printf '%s\n' 'echo "Welcome to the server!"' | cat - "/home/$LAB_USER/.bashrc" >/lab/bashrc && cp /lab/bashrc "/home/$LAB_USER/.bashrc" ;;
    sudo-log-output) echo 'Defaults log_output' >/etc/sudoers.d/logging ;;
    *) echo "unknown fault $fault" >&2; exit 1 ;;
  esac
done
