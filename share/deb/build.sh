#!/bin/sh
# build.sh BUILD VERSION - build/csr_VERSION_ARCH.deb from what is built, byte for byte
# the same from the same tree.  Needs only dpkg-deb; dpkg-shlibdeps makes Depends exact.
set -eu
build=$1 version=$2
arch=$(dpkg --print-architecture)
root=$build/deb
package=$build/csr_${version}_$arch.deb
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date -r Makefile +%s)}"
export SOURCE_DATE_EPOCH

rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/debian"
make -s install B="$build" PREFIX=/usr DESTDIR="$(realpath "$root")" >/dev/null
# Debian's places: zsh has a folder for packages, manuals are compressed.
mkdir -p "$root/usr/share/zsh/vendor-completions" "$root/usr/share/doc/csr"
mv "$root/usr/share/zsh/site-functions/_csr" "$root/usr/share/zsh/vendor-completions"
rmdir "$root/usr/share/zsh/site-functions"
cp LICENSE "$root/usr/share/doc/csr/copyright"
cp README.md "$root/usr/share/doc/csr"
find "$root/usr/share/man" -type f -exec gzip -9n {} +
strip --strip-unneeded "$root"/usr/bin/*

depends='libjansson4, libcsv3, libsqlite3-0, libpcre2-8-0, libutf8proc2, libnettle8,'
depends="$depends libgmime-3.0-0, libxml2, libcurl4, liblinear4, libxlsxwriter4, libc6"
if command -v dpkg-shlibdeps >/dev/null 2>&1; then
	printf 'Source: csr\n\nPackage: csr\nArchitecture: any\n' >"$root/debian/control"
	depends=$(cd "$root" && dpkg-shlibdeps -O usr/bin/* 2>/dev/null |
		sed -n 's/^shlibs:Depends=//p')
	# Loaded when they are needed, so no program says that it does.
	depends="$depends, libgmime-3.0-0, libxml2, libxlsxwriter4"
fi
rm -rf "$root/debian"

cat >"$root/DEBIAN/control" <<END
Package: csr
Version: $version
Architecture: $arch
Maintainer: csr maintainers <csr@localhost>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f1)
Depends: $depends, tzdata
Section: misc
Priority: optional
Description: customer-service desk made of pipes
 Small programs that bring customer messages of any channel into one SQLite
 database, say what they are about, route and follow them up, survey and report.
END
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums)
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
find "$root" -type d -exec chmod 755 {} +
find "$root/usr/share" "$root/DEBIAN" -type f -exec chmod 644 {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
rm -rf "$root"
echo "$package"
