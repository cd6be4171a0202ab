# no memory, no handles, no reader, no descriptors: a named exit status, no signal (P7)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

ALLOWED="0 71 75"

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
}

# starved JOB - one allocation of many fails, at six places; then all from three on
starved() {
	have "$(program_of "$1")" || skip "no $(program_of "$1")"
	(make_base "$1")
	clear_tally
	# One failure inside iconv_open() makes GMime take Latin-1: mail is for lasting want.
	[ "$1" = mail ] || every "$1" fail_at malloc 6 ENOMEM
	for n in 40 1000 5000; do fail_at "$1" malloc "$n+" ENOMEM; done
	echo "$FAULTS faults, $SIGNALS wrong ends, $LOST lost, $STUCK stuck"
	no_loss
}

@test "csr-ingest, JSON Lines: out of memory is 71, never bad data" { starved ingest; }
@test "csr-ingest, CSV: out of memory is 71" { starved csv; }
@test "csr-ingest, mail: out of memory is 71" { starved mail; }
@test "csr-classify: out of memory is 71" { starved classify; }
@test "csr-route: out of memory is 71" { starved route; }
@test "csr-followup: out of memory is 71" { starved followup; }
@test "csr-survey invite: out of memory is 71" { starved invite; }
@test "csr-survey record: out of memory is 71" { starved record; }
@test "csr-db: out of memory is 71" { starved init && starved migrate && starved load; }

# desk - a database with a day in it, and records in all stages, once a file
desk() {
	(make_base followup)
	fresh followup
	[ -e "$BASES/day.jsonl" ] || csr-ingest "$DEMO/webchat.jsonl" >"$BASES/day.jsonl"
}

# each_program FUNCTION - calls it with the words of one common call of each program
each_program() {
	local call
	for call in "csr-ingest $DEMO/webchat.jsonl" "csr-ingest --tz UTC $DEMO/phone.csv" \
		"csr-ingest $DEMO/mail.mbox" "csr-classify $BASES/day.jsonl" \
		"csr-classify --pending" "csr-route $BASES/day.jsonl" "csr-route --pending" \
		"csr-followup run --now 2026-10-03T18:00:00+08:00" "csr-survey invite" \
		"csr-survey results" "csr-report volume" "csr-report tickets" "csr-db check" \
		"csr-db dump" "csr-db stats"; do
		have "${call%% *}" || continue
		# shellcheck disable=SC2086
		"$1" $call || { echo "FAILED: $call" && return 1; }
	done
}

@test "csr-report: out of memory is 71" {
	desk
	for n in 1 300 1000 3000 9000 20000; do
		under malloc:$n:ENOMEM
		run --separate-stderr "${UNDER[@]}" csr-report -o table tickets
		[[ $status =~ ^(0|71)$ ]]
	done
}

@test "ulimit -v: every program says it has no memory or does its work" {
	desk
	tight() {
		local kib status
		for kib in 30000 60000 90000 130000; do
			status=0
			(ulimit -v $kib && exec "$@") >/dev/null 2>err </dev/null || status=$?
			case $status in
			0 | 1 | 65 | 71 | 75 | 127) ;;	# 127: not even loaded
			*) echo "$*: $kib KiB: exit $status: $(cat err)" && return 1 ;;
			esac
		done
	}
	each_program tight
}

@test "ulimit -n: without file handles it is 75 or the like, never a signal" {
	desk
	few() {
		local n status
		for n in 4 5 6 7 8; do
			status=0
			(ulimit -n $n && exec "$@") >/dev/null 2>err </dev/null || status=$?
			case $status in
			0 | 1 | 65 | 66 | 71 | 74 | 75 | 78 | 127) ;;
			*) echo "$*: $n handles: exit $status: $(cat err)" && return 1 ;;
			esac
		done
	}
	each_program few
	csr-db check
}

@test "no lock to be had: 75 or 74" {
	(make_base ingest)
	clear_tally
	ALLOWED="74 75"
	for n in 1 3 5; do fail_at ingest flock $n EIO; done	# those between give it back
	no_loss
}

@test "stdout full: 74 from every program that prints" {
	desk
	full() {
		local status=0
		"$@" >/dev/full 2>err </dev/null || status=$?
		case $status in
		74) grep -q "stdout: " err ;;
		0 | 1) [ "$1 $2" = "csr-db check" ] || [ -z "$("$@" 2>/dev/null)" ] ;;
		*) echo "$*: exit $status: $(cat err)" && return 1 ;;
		esac
	}
	each_program full
}

@test "stdout closed: not 0 for those that print, the database stays whole" {
	desk
	closed() {
		local status=0
		"$@" >&- 2>err </dev/null || status=$?
		[ $status -lt 128 ] || { echo "$*: exit $status" && return 1; }
		[ $status != 0 ] || [ "$1 $2" = "csr-db check" ] || [ -z "$("$@" 2>/dev/null)" ]
	}
	each_program closed
	csr-db check
}

@test "descriptors 0, 1 and 2 closed at the start never hit the database" {
	desk
	bare() {
		local status=0
		"$@" <&- >&- 2>&- || status=$?
		[ $status -lt 128 ] || { echo "$*: exit $status" && return 1; }
		is "SQLite format 3" "$(head -c 15 csr.db)"
	}
	each_program bare
	csr-db check
	is ok "$(sqlite3 csr.db 'PRAGMA integrity_check')"
}

@test "a reader that leaves: all is stored, or the exit status says it is not" {
	"$GEN" 20000 >in.jsonl
	set -o pipefail
	status=0
	csr-ingest in.jsonl 2>err | head -n 1 >/dev/null || status=$?
	n=$(sqlite3 csr.db 'SELECT count(*) FROM message' 2>/dev/null || echo 0)
	[ "$status" != 0 ] || [ "$n" = 20000 ]
	is "" "$(cat err)"
	csr-ingest -q in.jsonl
	is 20000 "$(sqlite3 csr.db 'SELECT count(*) FROM message')"
}

@test "a reader that leaves while SIGPIPE is ignored: 74, not silence" {
	"$GEN" 20000 >in.jsonl
	status=0
	{ trap '' PIPE && csr-ingest in.jsonl 2>err || echo $? >status; } | head -n 1 >/dev/null
	# SIGPIPE is what the program sets it to: a quiet end by it is as good as 74.
	[[ $(cat status) =~ ^(74|141)$ ]]
}
