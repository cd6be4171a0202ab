# the same job started eight times at once does the work once (P16)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
}

# crowd JOB FIELD - eight at once, twice; nothing printed twice as new, the facts as of one
crowd() {
	have "$(program_of "$1")" || skip "no $(program_of "$1")"
	(make_base "$1")
	for round in 1 2; do
		fresh "$1"
		for i in 1 2 3 4 5 6 7 8; do
			{ "job_$1" >"out.$i" 2>"err.$i" && echo 0 || echo $?; } >"status.$i" 3>&- &
		done
		wait
		cat status.*
		is "" "$(grep -vxE '0|75' status.*)"
		[ -z "$2" ] || is "" "$(cat out.* | grep -v '"new":false' |
			grep -F "${WITH[$1]-}" | grep -o "\"$2\":[^,}]*" | sort | uniq -d)"
		"again_$1" >/dev/null
		"facts_$1" | sort >facts
		sort "$BASES/$1.facts" >wanted
		cmp wanted facts || { diff wanted facts | head && false; }
		csr-db check
	done
}

@test "csr-ingest, the same file: each message is new once" { crowd csv external_id; }
@test "csr-ingest, the same mails: each is new once" { crowd mail external_id; }
@test "csr-classify --pending: each message has its labels once" {
	job_classify() { again_classify; }
	crowd classify ""
}
@test "csr-route --pending: each ticket is routed once" {
	job_route() { csr-route --pending --now $EVENING; }
	WITH[route]='"kind":"ticket"'
	crowd route id
}
@test "csr-followup run: each follow-up and warning goes out once" { crowd followup key; }
@test "csr-survey invite: each invitation goes out once" { crowd invite key; }
@test "csr-survey record: each answer counts once" { crowd record ""; }
@test "csr-db init: one schema" { crowd init ""; }
@test "csr-db migrate: one migration" { crowd migrate ""; }
@test "csr-db load: each row once" { crowd load ""; }

@test "a job whose twin hangs with the lock gives up with 75 and says why" {
	(make_base followup)
	fresh followup
	exec 9>>csr.db.lock
	flock 9
	for call in "csr-followup run" "csr-route --pending" "csr-classify --pending" \
		"csr-survey invite" "csr-ingest $DEMO/webchat.jsonl"; do
		have "${call%% *}" || continue
		# shellcheck disable=SC2086
		CSR_BUSY_MS=100 run --separate-stderr $call 9>&-
		is 75 "$status"
		is "" "$output"
		has "run again" "$stderr"
	done
	exec 9>&-
}
