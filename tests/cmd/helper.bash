# helper.bash - what all bats files share: `load helper` at the top (tests/pipe and
# tests/fault: `load ../cmd/helper`).
#
# Each test starts in its own empty folder with CSR_DB set to a database that does not
# exist yet.  The programs under test come first in PATH (tests/run sees to it); ROOT is
# the source tree.  `run --separate-stderr` gives $status, $output and $stderr.
#
# The standard seven (style.md C.10), one @test each, first in every tests/cmd file:
#
#   @test "help goes to stdout, exit 0"         { seven_help csr-route; }
#   @test "an unknown option is a wrong call"   { seven_option csr-route; }
#   @test "no input, no output, exit 0"         { seven_empty csr-route -n; }
#   @test "a bad line is named, the rest passes" { seven_bad_line "$LINE" csr-route -n; }
#   @test "a full disk under stdout is 74"      { seven_full "$LINE" csr-route -n; }
#   @test "a locked database is 75"             { seven_locked "$LINE" csr-route; }
#   @test "unknown fields survive"              { seven_unknown "$LINE" csr-route -n; }
#
# LINE is one record the program accepts.  A program with verbs gives the verb among the
# arguments; one that reads no records has no use for seven_bad_line and seven_unknown.

# shellcheck shell=bash disable=SC2154	# status, output, stderr are set by run
bats_require_minimum_version 1.5.0
export ROOT
ROOT=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export CSR_DB=$BATS_TEST_TMPDIR/csr.db
}

# is WANT GOT - equal, or both are shown.
is() {
	[ "$1" = "$2" ] && return
	printf 'want: %s\ngot:  %s\n' "$1" "$2"
	return 1
}

# has PART TEXT - PART stands somewhere in TEXT, or both are shown.
has() {
	[[ $2 == *"$1"* ]] && return
	printf 'want part: %s\ngot:       %s\n' "$1" "$2"
	return 1
}

# field PATH - that field of each JSON line on stdin: `field .class.type <out`.
field() { jq -r "$1"; }

# needs COMMAND... - skips the test, saying which is missing.
needs() {
	local c
	for c; do
		command -v "$c" >/dev/null || skip "no $c"
	done
}

# A database as csr-db makes it; every program that stores would make it too.
new_db() { csr-db init; }

seven_help() {
	run --separate-stderr "$@" --help
	is 0 "$status"
	is "" "$stderr"
	has "usage: $1" "$output"
	run --separate-stderr "$1" --version
	is 0 "$status"
	[[ $output =~ ^"$1 "[0-9]+\.[0-9]+\.[0-9]+$ ]]
	[ ! -e "$CSR_DB" ]
}

seven_option() {
	run --separate-stderr "$@" --no-such-option
	is 64 "$status"
	is "" "$output"
	has "$1: unknown option \"--no-such-option\"" "$stderr"
	is 1 "${#stderr_lines[@]}"
}

seven_empty() {
	run --separate-stderr "$@" </dev/null
	is 0 "$status"
	is "" "$output"
	is "" "$stderr"
}

# Two good lines around a broken one; what was refused stands in the rejects, byte for byte.
seven_bad_line() {
	local line=$1
	shift
	printf '%s\n{"kind":"message", oops\n%s\n' "$line" "$line" >in.jsonl
	run --separate-stderr "$@" --rejects rejects.jsonl <in.jsonl
	is 65 "$status"
	is 2 "${#lines[@]}"
	has "$1: stdin:2:" "$stderr"
	is 1 "${#stderr_lines[@]}"
	is '2 {"kind":"message", oops' "$(jq -r '"\(.line) \(.raw)"' rejects.jsonl)"
}

seven_full() {
	local line=$1
	shift
	printf '%s\n' "$line" >in.jsonl
	run --separate-stderr bash -c '"$@" <in.jsonl >/dev/full' - "$@"
	is 74 "$status"
	has "$1: stdout: " "$stderr"
}

# Another program is in the middle of a write: give up, nothing half done, run again.
seven_locked() {
	local line=$1
	shift
	new_db
	printf '%s\n' "$line" >in.jsonl
	exec 9>>"$CSR_DB.lock"
	flock 9
	CSR_BUSY_MS=200 run --separate-stderr "$@" <in.jsonl 9>&-
	exec 9>&-
	is 75 "$status"
	is "" "$output"
	has "$1: " "$stderr"
	is 1 "${#stderr_lines[@]}"
}

seven_unknown() {
	local line=${1%\}} odd='"x_unknown":{"big":12345678901234567,"n":1.10,"t":"é 票"}'
	shift
	run --separate-stderr "$@" <<<"$line,$odd}"
	is 0 "$status"
	is 1 "${#lines[@]}"
	has "$odd" "$output"
}
