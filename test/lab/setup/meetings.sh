# A server with Meetings on it: its pages on 443, its scripts folder, its own name on record.
. /lab/common.sh
trust_authority
create_machine_id
install_host_key
create_login_user "$LAB_USER" "$LAB_SUDO"
configure_time_service "$LAB_TIME" "$LAB_NTP"

install -d -m 755 /opt/webinar /opt/webinar/etc
if [ "$LAB_MEETINGS_INSTALLED" = yes ]; then
  install -d -m 755 /opt/webinar/scripts
  install -m 700 /lab/add_chats_token.sh /opt/webinar/scripts/add_chats_token.sh
fi
echo "$LAB_MEETINGS_DOMAIN" >/opt/webinar/etc/domain
install -m 644 /lab/meetings.crt /opt/webinar/etc/server.crt
install -m 600 /lab/meetings.key /opt/webinar/etc/server.key
cat >/etc/nginx/sites-enabled/meetings <<CONF
server {
  listen 443 ssl;
  server_name $LAB_MEETINGS_DOMAIN;
  ssl_certificate /opt/webinar/etc/server.crt;
  ssl_certificate_key /opt/webinar/etc/server.key;
  default_type text/html;
  location / { return 200 '<h1>Meetings</h1>'; }
}
CONF
systemctl enable nginx >/dev/null 2>&1
