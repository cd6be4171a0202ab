# an import of many batches, and each format: P1, P2, P5 to P7 (30,000 rows here, 100,000 in
# the soak; P8 is hostile.bats)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

CALLS=open,write,sync,truncate,unlink

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
}

@test "a large import killed at three calls and run again: each message is there once" {
	(make_base big)
	is "${IMPORT_ROWS:-30000}" "$(head -n 1 "$BASES/big.facts" | cut -d'|' -f2)"
	clear_tally
	OFFSET=$RANDOM every big kill_at $CALLS 3 kill late
	echo "$KILLS kills, $ACKED acknowledged, $LOST lost, $DOUBLE double, $STUCK stuck"
	[ "$KILLS" -ge 2 ]
	no_loss
}

@test "a large import killed at a random moment has stored all it printed" {
	(make_base big)
	fresh big
	csr-ingest --now $EVENING "$BASES/big.jsonl" >out 2>err 3>&- &
	pid=$!
	for ((i = 0; i < 200; i++)); do
		[ ! -s out ] || break
		sleep 0.02
	done
	kill -9 $pid || true
	wait || true
	acked big >acked
	[ -s acked ]
	is 0 "$(comm -23 acked <(stored big) | wc -l)"
	again_big
	diff <(facts_big) "$BASES/big.facts"
}

@test "a large import on a failing and a full disk: 74 or 75, later it completes" {
	ALLOWED="0 74 75"
	(make_base big)
	clear_tally
	OFFSET=$RANDOM every big fail_at write,sync,truncate 2 EIO ENOSPC
	fail_at big write,truncate $((RANDOM % 5000 + 500))+ ENOSPC
	echo "$FAULTS faults, $ACKED acknowledged, $LOST lost, $DOUBLE double, $STUCK stuck"
	no_loss
}

@test "a large import without memory or handles: 71 or 75" {
	ALLOWED="0 71 75"
	(make_base big)
	clear_tally
	fail_at big malloc $((RANDOM % 20000 + 20000))+ ENOMEM
	fail_at big open $((RANDOM % 6 + 1))+ EMFILE
	echo "$FAULTS faults, $SIGNALS wrong ends, $LOST lost, $STUCK stuck"
	no_loss
}

@test "no message a large import printed is lost with the power" {
	(make_base big)
	rm -rf log image
	strike big open:0:kill "FAULT_LOG=$PWD/log"
	is 0 "$STATUS"
	mkdir image
	"$TOOLS/image" -s 4000 log image csr.db "${KEY[big]}" "${SQL[big]}"
}

# Records that are rows of their own, by their own id: not of the parts one was put together
# from, not of a recall or a customer.
own_ids() {
	grep '}$' out | jq -r 'select((.kind == "message" or .kind == "order") and .id != null) |
		.external_id // empty' | sort -u
}

@test "each sample of each format killed at a write and run again: nothing lost, nothing double" {
	acked() { own_ids; }
	clear_tally
	formats=0
	for SAMPLE in "$ROOT"/tests/data/{csv,json,mail,phone,wecom,wechat,wxkf,dingtalk,qianniu,flight,roster,transcript}/*; do
		[[ -f $SAMPLE && $SAMPLE != *.want ]] || continue
		rm -rf "$BASES"/sample.*
		(make_base sample) || continue	# one that no reader takes by itself
		[ -s "$BASES/sample.facts" ] || continue
		formats=$((formats + 1))
		before=$LOST$DOUBLE$STUCK
		OFFSET=$RANDOM every sample kill_at write,sync 1 kill
		[ "$before" = "$LOST$DOUBLE$STUCK" ] || echo "$SAMPLE: above"
	done
	echo "$formats samples, $KILLS kills, $ACKED acknowledged, $LOST lost, $DOUBLE double, $STUCK stuck"
	[ "$formats" -ge 30 ]
	no_loss
}
