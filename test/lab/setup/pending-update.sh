# A package with a newer version in a repository of this machine's own: one pending update (OS-2). Its configuration file was changed by hand and is another
# one in the new version; the new version would ask where anybody could answer, and wants a reboot.
set -eu
repository=/opt/lab-repository
mkdir -p $repository
for version in 1.0 1.1; do
  tree=$(mktemp -d)
  mkdir -p "$tree/DEBIAN" "$tree/usr/share/lab-update" "$tree/etc"
  echo "$version" >"$tree/usr/share/lab-update/version"
  echo "setting of $version" >"$tree/etc/lab-update.conf"
  echo /etc/lab-update.conf >"$tree/DEBIAN/conffiles"
  printf 'Package: lab-update\nVersion: %s\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\nDescription: a package with an update\n' $version >"$tree/DEBIAN/control"
  cat >"$tree/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
[ "$1" = configure ] && [ -n "$2" ] || exit 0
[ "$DEBIAN_FRONTEND" = noninteractive ] || { echo "lab-update: continue? [y/n]"; read -r answer; [ "$answer" = y ] || exit 1; }
: >/run/reboot-required
POSTINST
  chmod 755 "$tree" "$tree/DEBIAN/postinst"
  dpkg-deb --build "$tree" "$repository/lab-update_${version}_all.deb" >/dev/null
  rm -rf "$tree"
done
dpkg -i $repository/lab-update_1.0_all.deb >/dev/null
echo 'setting of the administrator' >/etc/lab-update.conf
cd $repository
for deb in *.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
done >Packages
echo "deb [trusted=yes] file:$repository ./" >/etc/apt/sources.list.d/lab.list
