# Prints one line for each setting by which cloud-init writes /etc/hosts anew at every boot. User data and vendor data win over the files under /etc;
# over them wins what cloud-init.service names in CLOUD_CFG.
export LC_ALL=C
[ -d /etc/cloud/cloud.cfg.d ] || exit 0
grep -qs '^manage_etc_hosts: false' "$(sed -n 's/^Environment=CLOUD_CFG=//p' /etc/systemd/system/cloud-init.service.d/*.conf 2>/dev/null | tail -n 1)" && exit 0
for file in /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg /var/lib/cloud/instance/cloud-config.txt /var/lib/cloud/instance/vendor-cloud-config.txt; do
  sed -nE "s/^[[:space:]]*manage_etc_hosts:[[:space:]]*[\"']?(true|yes|on|1|template|localhost)[\"']?[[:space:]]*(#.*)?\$/manage_etc_hosts: \\1/Ip" "$file" 2>/dev/null |
    sed "s|\$| ($file)|"
done
