#!/bin/sh
# Builds an OCI image from an unpacked tree of a bare Linux with glibc, such as debootstrap makes, without a container engine:
#
#   image.sh TREE VERSION TARGET
#
# Needs umoci, root, and the folder that package.sh left in TARGET/dist. Leaves
# TARGET/storage-connections-VERSION-linux-ARCHITECTURE-oci.tar, which "skopeo copy oci-archive:FILE:VERSION …" or
# "podman load -i FILE" read.
set -eu
tree=$1
version=$2
target=$3
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) architecture=$(uname -m) ;;
esac
folder=$target/dist/image
layout=$folder/layout
image=$layout:$version
data=/var/lib/storage-connections

rm -rf "$folder"
mkdir -p "$folder/data"
# A number, because the tree has no such user, and because orchestrators check that it is not 0.
chown 10001:10001 "$folder/data"
umoci init --layout "$layout"
umoci new --image "$image"
umoci insert --image "$image" "$tree" /
umoci insert --image "$image" "$target/dist/storage-connections-$version" /opt/storage-connections
umoci insert --image "$image" "$folder/data" $data
umoci config --image "$image" --config.user 10001:10001 --config.workingdir $data \
  --config.env PATH=/usr/bin:/bin --config.env STORAGE_CONNECTIONS_DATA_FOLDER=$data --config.exposedports 8080/tcp \
  --config.entrypoint /opt/storage-connections/bin/storage-connections --config.cmd serve
archive=$target/storage-connections-$version-linux-$architecture-oci.tar
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$layout" -cf "$archive" .
echo "$archive"
