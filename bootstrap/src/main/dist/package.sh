#!/bin/sh
# Builds the packages for the machine on which it runs, from the Java runtime TARGET/runtime and the server's jar:
#
#   package.sh VERSION TARGET LICENSE TIMESTAMP HOMEPAGE
#
# TARGET/storage-connections-VERSION-linux-ARCHITECTURE.tar.gz, and a Debian package if dpkg-deb exists. All times in
# the packages are TIMESTAMP (ISO 8601). The AOT cache differs between two builds; everything else is the same.
set -eu
version=$1
target=$2
licence=$3
SOURCE_DATE_EPOCH=$(date -d "$4" +%s)
homepage=$5
export SOURCE_DATE_EPOCH
source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if [ "$(uname -s)" != Linux ]; then
  echo "No packages are built: they are for Linux, and this is $(uname -s)"
  exit 0
fi
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) architecture=$(uname -m) ;;
esac

umask 022
name=storage-connections-$version
home=$target/dist/$name
rm -rf "$target/dist"
mkdir -p "$home/bin" "$home/etc" "$home/lib"
cp -R "$target/runtime" "$home/runtime"
cp "$target/storage-connections.jar" "$home/lib/"
cp "$source/bin/storage-connections" "$home/bin/"
cp "$source/storage-connections.service" "$licence" "$home/"
sed "s/@VERSION@/$version/" "$source/README" >"$home/README"
# An environment without settings, and without options that a developer has set for other programs.
run() {
  env -i PATH="$PATH" JAVA_OPTS="${1-}" "$home/bin/storage-connections" "$2"
}
run '' settings >"$home/etc/storage-connections.properties"
find "$home" -type d -exec chmod 755 {} +
find "$home" -type f -exec chmod u=rwX,go=rX {} +

# Before the cache is made: it is valid only for a jar and a runtime with the same time.
touch_all() {
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}
touch_all "$home"
# The cache needs Java 25. The options and the collector are those of the launcher.
if [ "$("$home/runtime/bin/java" --version | sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p')" -ge 25 ]; then
  (cd "$home/lib" &&
    run '-XX:AOTCacheOutput=storage-connections.aot -Xlog:disable -Xlog:all=error:stderr' rehearse) >"$target/dist/aot.log" 2>&1 ||
    { cat "$target/dist/aot.log"; exit 1; }
else
  echo "The packages contain no AOT cache, because the JDK of the build is older than 25"
fi
touch_all "$home"

archive=$target/$name-linux-$architecture.tar.gz
tar --sort=name --format=gnu --owner=0 --group=0 --numeric-owner -C "$target/dist" -cf - "$name" | gzip -n >"$archive"
echo "$archive"

if ! command -v dpkg-deb >/dev/null; then
  echo "No Debian package is built, because there is no dpkg-deb"
  exit 0
fi
root=$target/dist/debian
mkdir -p "$root/DEBIAN" "$root/etc/storage-connections" "$root/usr/bin" "$root/usr/lib/storage-connections" \
  "$root/usr/lib/systemd/system" "$root/usr/share/doc/storage-connections"
cp -Rp "$home/bin" "$home/lib" "$home/runtime" "$root/usr/lib/storage-connections/"
ln -s /etc/storage-connections "$root/usr/lib/storage-connections/etc"
ln -s ../lib/storage-connections/bin/storage-connections "$root/usr/bin/storage-connections"
cp "$home/storage-connections.service" "$root/usr/lib/systemd/system/"
cp "$home/README" "$source/debian/copyright" "$root/usr/share/doc/storage-connections/"
sed 's|^#\(storage-connections.data.folder =\).*|\1 /var/lib/storage-connections|' \
  "$home/etc/storage-connections.properties" >"$root/etc/storage-connections/storage-connections.properties"
deb_version=$(echo "$version" | sed 's/-/~/g')
sed -e "s/@VERSION@/$deb_version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s|@HOMEPAGE@|$homepage|" \
  -e "s/@SIZE@/$(du -sk "$root" | cut -f 1)/" "$source/debian/control" >"$root/DEBIAN/control"
printf '%s\n' "storage-connections ($deb_version) unstable; urgency=medium" '' "  * $homepage has the history." '' \
  " -- The Storage Connections authors <storage-connections@example.org>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")" |
  gzip -9n >"$root/usr/share/doc/storage-connections/changelog.gz"
cp "$source/debian/postinst" "$source/debian/prerm" "$source/debian/postrm" "$root/DEBIAN/"
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm" "$root/DEBIAN/postrm"
echo /etc/storage-connections/storage-connections.properties >"$root/DEBIAN/conffiles"
(cd "$root" && find etc usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) >"$root/DEBIAN/md5sums"
touch_all "$root"
package=$target/storage-connections_${deb_version}_$architecture.deb
# gzip, because xz takes a minute for a file that is a little smaller.
dpkg-deb --root-owner-group -Zgzip --build "$root" "$package" >/dev/null
echo "$package"
