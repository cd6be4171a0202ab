# the power fails: a line that left stdout is on the disk (P2)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
}

# images JOB [VAR=VALUE...] - records the job and looks at every disk it could leave
images() {
	have "$(program_of "$1")" || skip "no $(program_of "$1")"
	(make_base "$1")
	rm -rf log image
	strike "$1" open:0:kill "FAULT_LOG=$PWD/log" "${@:2}"
	is 0 "$STATUS"
	mkdir image
	base=()
	[ ! -e "$BASES/$1.db" ] || base=(-b "$BASES/$1.db")
	"$TOOLS/image" -s 25 -w "${WITH[$1]-}" "${base[@]}" log image csr.db "${KEY[$1]}" "${SQL[$1]}"
}

@test "csr-ingest: no message it printed is lost with the power" { images ingest; }
@test "csr-ingest with CSR_JOURNAL=truncate: neither" { images ingest CSR_JOURNAL=truncate; }
@test "csr-classify: no label it printed is lost" { images classify; }
@test "csr-route: no ticket it printed is unrouted" { images route; }
@test "csr-followup: nothing it printed is queued again" { images followup; }
@test "csr-survey invite: nobody is invited again" { images invite; }
@test "csr-survey record: no answer it printed is lost" { images record; }

@test "the tests above see a program that does not sync" {
	run images ingest FAULT_LIE=1
	is 1 "$status"
	has "acknowledged 70" "$output"
}
