# kill -9 at any moment: nothing lost, nothing double, nothing stuck (P1, P3, P4, P12)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

CALLS=open,write,sync,truncate,unlink

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
}

# killed JOB - at seven calls on its files, before and behind each by turns
killed() {
	have "$(program_of "$1")" || skip "no $(program_of "$1")"
	(make_base "$1")
	clear_tally
	every "$1" kill_at $CALLS 7 kill late
	echo "$KILLS kills, $ACKED acknowledged, $LOST lost, $DOUBLE double, $STUCK stuck"
	[ "$KILLS" -ge 4 ]
	[ -n "${SILENT-}" ] || [ "$ACKED" -gt 0 ]
	no_loss
}

@test "csr-ingest, JSON Lines: killed and run again, each message is there once" { killed ingest; }
@test "csr-ingest, CSV: killed and run again, each call and order is there once" { killed csv; }
@test "csr-ingest, mail: killed and run again, each mail is there once" { killed mail; }
@test "csr-classify: killed, one run with --pending labels the rest" { killed classify; }
@test "csr-route: killed, one run with --pending routes the rest, each ticket once" { killed route; }
@test "csr-followup: killed and run again, each follow-up is queued once" { killed followup; }
@test "csr-survey invite: killed and run again, each invitation is queued once" { killed invite; }
@test "csr-survey record: killed and run again, each answer counts once" { killed record; }
@test "csr-db init: half a schema is none" { SILENT=1 killed init; }
@test "csr-db migrate: half a migration is none" { SILENT=1 killed migrate; }
@test "csr-db load: killed and run again, the dumps are equal" { SILENT=1 killed load; }

@test "the tests above see a program that prints before it stores" {
	base_hasty() { :; }
	job_hasty() {
		"${UNDER[@]}" sh -c 'cat "$1"; exec csr-ingest -q "$1"' - "$BASES/hasty.jsonl"
	}
	again_hasty() { :; }
	facts_hasty() { dump_facts; }
	KEY[hasty]=external_id SQL[hasty]=${SQL[ingest]}
	sed -n 1,20p "$DEMO/webchat.jsonl" >"$BASES/hasty.jsonl"
	(make_base hasty)
	clear_tally
	kill_at hasty write 10 kill
	[ "$LOST" -gt 0 ]
	[ "$STUCK" -gt 0 ]
	! no_loss
}

@test "a pipe killed anywhere: one run of each stage from the database leaves no orphan" {
	have csr-classify && have csr-route || skip "not all stages are built"
	for victim in 0 1 2; do
		rm -f csr.db* a b
		mkfifo a b
		chunks "$DEMO/webchat.jsonl" 2>/dev/null | csr-ingest >a 3>&- &
		pids=($!)
		csr-classify <a >b 3>&- &
		pids+=($!)
		csr-route <b >/dev/null 3>&- &
		pids+=($!)
		sleep 0.04
		kill -9 "${pids[victim]}" || true
		wait || true
		csr-ingest -q < <(sed -n 1,70p "$DEMO/webchat.jsonl")
		csr-classify -q --pending
		csr-route -q --pending
		is 70 "$(sqlite3 csr.db 'SELECT count(*) FROM message')"
		is 0 "$(sqlite3 csr.db "SELECT count(*) FROM message AS m WHERE direction = 1 AND automatic = 0
			AND NOT EXISTS (SELECT 1 FROM class AS c WHERE c.message = m.id)")"
		is 0 "$(sqlite3 csr.db 'SELECT count(*) FROM ticket WHERE status < 3 AND routed_at IS NULL')"
		csr-db check
	done
}

@test "a live feed killed at ten random moments loses nothing it printed" {
	sed -n 1,70p "$DEMO/webchat.jsonl" >in.jsonl
	for i in 1 2 3 4 5 6 7 8 9 10; do
		# One line at a time, so that each is a commit of its own.
		while IFS= read -r line; do echo "$line" && sleep 0.002; done <in.jsonl 2>/dev/null |
			timeout -s KILL "0.0$((RANDOM % 80 + 20))" csr-ingest >>out 2>/dev/null || true
	done
	grep '}$' out | sed -nE 's/.*"external_id":"([^"]*)".*/\1/p' | sort -u >acked
	sqlite3 csr.db 'SELECT external_id FROM message' | sort >stored
	[ -s acked ]
	is "" "$(comm -23 acked stored)"
	csr-ingest -q in.jsonl
	is 70 "$(sqlite3 csr.db 'SELECT count(*) FROM message')"
	csr-db check
}

@test "killed at true system calls by strace: the same" {
	needs strace
	strace -o /dev/null true 2>/dev/null || skip "ptrace is not allowed here"
	(make_base ingest)
	clear_tally
	for call in pwrite64 fdatasync write openat; do
		for n in 3 9; do
			fresh ingest
			UNDER=(strace -f -o /dev/null -e "inject=$call:signal=SIGKILL:when=$n")
			STATUS=0
			job_ingest >out 2>/dev/null || STATUS=$?
			UNDER=()
			kept ingest "SIGKILL at $call number $n"
		done
	done
	no_loss
}
