# A package with a newer version in a repository of this machine's own: one pending update (OS-2).
set -eu
repository=/opt/lab-repository
mkdir -p $repository
for version in 1.0 1.1; do
  tree=$(mktemp -d)
  mkdir -p "$tree/DEBIAN" "$tree/usr/share/lab-update"
  echo "$version" >"$tree/usr/share/lab-update/version"
  printf 'Package: lab-update\nVersion: %s\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\nDescription: a package with an update\n' $version >"$tree/DEBIAN/control"
  chmod 755 "$tree"
  dpkg-deb --build "$tree" "$repository/lab-update_${version}_all.deb" >/dev/null
  rm -rf "$tree"
done
dpkg -i $repository/lab-update_1.0_all.deb >/dev/null
cd $repository
for deb in *.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
done >Packages
echo "deb [trusted=yes] file:$repository ./" >/etc/apt/sources.list.d/lab.list
