#!/bin/sh
# t2s.sh - prints build/gen/t2s.c: traditional to simplified characters.
#
# The pairs come from the installed OpenCC (Apache-2.0), one character a line, so that
# its phrase rules find nothing to join.  Only single characters are mapped; words that
# differ (軟體, 软件) belong into word lists.  Same OpenCC, same output.
set -eu
LC_ALL=C
export LC_ALL
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# CJK Extension A, the unified ideographs, Extension B: as "number character".
awk '
function utf8(c) {
	if (c < 65536)
		return sprintf("%c%c%c", 224 + int(c / 4096), 128 + int(c / 64) % 64, 128 + c % 64)
	return sprintf("%c%c%c%c", 240 + int(c / 262144), 128 + int(c / 4096) % 64,
	    128 + int(c / 64) % 64, 128 + c % 64)
}
function range(a, b,  c) { for (c = a; c <= b; c++) print c, utf8(c) }
BEGIN { range(13312, 19903); range(19968, 40959); range(131072, 173791) }' >"$tmp/from"

sed 's/^[0-9]* //' "$tmp/from" | opencc -c t2s.json >"$tmp/to"
[ "$(wc -l <"$tmp/from")" -eq "$(wc -l <"$tmp/to")" ]

paste -d ' ' "$tmp/from" "$tmp/to" | awk '
function byte(s, i) { return code[substr(s, i, 1)] - 128 }
function point(s) {
	if (length(s) == 3)
		return (byte(s, 1) - 96) * 4096 + byte(s, 2) * 64 + byte(s, 3)
	return (byte(s, 1) - 112) * 262144 + byte(s, 2) * 4096 + byte(s, 3) * 64 + byte(s, 4)
}
BEGIN {
	for (i = 128; i < 256; i++)
		code[sprintf("%c", i)] = i
	print "/* t2s - traditional to simplified characters; made by lib/text/t2s.sh */"
	print "#include \"text/t2s.h\"\n\nconst struct t2s t2s_map[] = {"
}
$2 != $3 { printf "\t{ 0x%X, 0x%X },\n", $1, point($3); n++ }
END {
	print "};\nconst size_t t2s_len = sizeof(t2s_map) / sizeof(*t2s_map);"
	exit n < 1000	# an OpenCC without its data must not pass
}'
