# An installation works wherever it is put, and leaves nothing when it goes.
load ../cmd/helper

@test "install, move it, run it without the source tree" {
	make -s -C "$ROOT" install B="$BUILD" PREFIX=/usr DESTDIR="$PWD/root" >/dev/null
	mv root/usr elsewhere
	PATH=$PWD/elsewhere/bin:$PATH
	echo '{"kind":"message","channel":"webchat","from":{"id":"v1"},"at":"2026-10-01T09:00:00+08:00","text":"退票"}' >m
	csr-ingest m | csr-classify | csr-route >out
	is 1 "$(wc -l <out)"
	csr-report list | grep -q response
}

@test "completions and manuals come under the name of each program" {
	make -s -C "$ROOT" install B="$BUILD" PREFIX=/usr DESTDIR="$PWD/root" >/dev/null
	for f in "$ROOT"/cmd/csr-*.c; do
		p=$(basename "$f" .c)
		[ -f "root/usr/share/man/man1/$p.1" ]
		[ -f "root/usr/share/bash-completion/completions/$p" ]
		[ -f "root/usr/share/fish/vendor_completions.d/$p.fish" ]
	done
}

@test "uninstall leaves no file behind" {
	make -s -C "$ROOT" install B="$BUILD" PREFIX=/usr DESTDIR="$PWD/root" >/dev/null
	make -s -C "$ROOT" uninstall PREFIX=/usr DESTDIR="$PWD/root" >/dev/null
	is "" "$(find root ! -type d)"
}

@test "the Debian package holds it all, and is the same twice" {
	needs dpkg-deb
	export SOURCE_DATE_EPOCH=1790000000
	cd "$ROOT"
	deb=$(sh share/deb/build.sh "$BUILD" 9.9.9)
	first=$(sha256sum <"$deb")
	dpkg-deb -c "$deb" >"$BATS_TEST_TMPDIR/files"
	grep -q ' ./usr/bin/csr-ingest$' "$BATS_TEST_TMPDIR/files"
	is root/root "$(awk '{ print $2 }' "$BATS_TEST_TMPDIR/files" | sort -u)"
	has libjansson4 "$(dpkg-deb -f "$deb" Depends)"
	deb=$(sh share/deb/build.sh "$BUILD" 9.9.9)
	is "$first" "$(sha256sum <"$deb")"
	rm "$deb"
}
