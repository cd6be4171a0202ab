# a disk that fails or is full: 74 or 75, nothing acknowledged lost, later all completes (P5, P6)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

ALLOWED="0 74 75"

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
}

# failing JOB - EIO and ENOSPC at six calls, once; then from three calls on, for good
failing() {
	have "$(program_of "$1")" || skip "no $(program_of "$1")"
	(make_base "$1")
	clear_tally
	every "$1" fail_at write,sync,truncate,open,read 6 EIO ENOSPC
	for n in 2 6 15; do fail_at "$1" write,truncate "$n+" ENOSPC; done
	echo "$FAULTS faults, $ACKED acknowledged, $LOST lost, $DOUBLE double, $STUCK stuck"
	[ "$FAULTS" -ge 8 ]
	no_loss
}

@test "csr-ingest, JSON Lines: a failing disk loses nothing acknowledged" { failing ingest; }
@test "csr-ingest, CSV: a failing disk loses nothing acknowledged" { failing csv; }
@test "csr-ingest, mail: a failing disk loses nothing acknowledged" { failing mail; }
@test "csr-classify: a failing disk loses nothing acknowledged" { failing classify; }
@test "csr-route: a failing disk loses nothing acknowledged" { failing route; }
@test "csr-followup: a failing disk loses nothing acknowledged" { failing followup; }
@test "csr-survey invite: a failing disk loses nothing acknowledged" { failing invite; }
@test "csr-survey record: a failing disk loses nothing acknowledged" { failing record; }
@test "csr-db init: a failing disk leaves none of it" { failing init; }
@test "csr-db migrate: a failing disk leaves none of it" { failing migrate; }
@test "csr-db load: a failing disk loses nothing acknowledged" { failing load; }

@test "csr-report: a disk that cannot be read is 74, and says so" {
	(make_base ingest)
	fresh ingest
	job_ingest >/dev/null
	for n in 1 3 6 10; do
		under read:$n:EIO
		run --separate-stderr "${UNDER[@]}" csr-report -o jsonl volume
		[[ $status =~ ^(0|74|75)$ ]]
		[ "$status" = 0 ] || has "csr-report: " "$stderr"
	done
}

@test "a sync that failed is never tried again: that batch is not acknowledged" {
	(make_base ingest)
	strike ingest sync:4:EIO
	is 74 "$STATUS"
	has "csr-ingest: " "$(cat err)"
	clear_tally
	kept ingest "a failed sync"
	no_loss
}

@test "ulimit -f: the file may not grow, no signal ends the program" {
	(make_base ingest)
	for blocks in 8 64 300; do
		fresh ingest
		STATUS=0
		(ulimit -f $blocks && trap '' XFSZ && job_ingest >out 2>err) || STATUS=$?
		[[ $STATUS =~ ^(74|75)$ ]]
		clear_tally
		kept ingest "ulimit -f $blocks"
		no_loss
	done
}

@test "ulimit -f with SIGXFSZ as it is: 74 too" {
	(make_base ingest)
	fresh ingest
	STATUS=0
	(ulimit -f 64 && job_ingest >out 2>err) || STATUS=$?
	is 74 "$STATUS"
}

@test "a full tmpfs: 74, and the same input completes when there is room" {
	[ "$(id -u)" = 0 ] || skip "only root may mount"
	mkdir small
	mount -t tmpfs -o size=200k tmpfs small 2>/dev/null || skip "mount is not allowed here"
	export CSR_DB=$PWD/small/csr.db
	sed -n 1,70p "$DEMO/webchat.jsonl" >in.jsonl
	run --separate-stderr csr-ingest <in.jsonl
	mount -o remount,size=4m small
	csr-ingest -q in.jsonl && csr-db check && n=$(sqlite3 small/csr.db 'SELECT count(*) FROM message')
	umount small
	is 74 "$status"
	is 70 "$n"
}
