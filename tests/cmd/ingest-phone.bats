# ingest-phone: calls from exports and switches, their notes, and SMS

load helper

ingest() { run --separate-stderr csr-ingest --tz Asia/Shanghai --rejects rejects "$@"; }

# rows TABLE JQ - that of each row of TABLE, one a line
rows() { csr-db dump | jq -r "select(.table == \"$1\") | $2"; }

# again FILE... - the same files once more: known already, and not a byte has changed
again() {
	csr-db dump >before
	run --separate-stderr csr-ingest -q --stats --tz Asia/Shanghai "$@"
	is "0 0" "$status $(field .new <<<"$stderr")"
	csr-db dump | cmp - before
	csr-db check
}

# call ID TIME OUTCOME [WAIT TALK] - a call from 13800138000 as a record
call() {
	printf '{"kind":"message","channel":"phone","external_id":"%s","at":"%s","from":{"phone":"13800138000"},"thread":"+8613800138000","text":"x","call":"%s"%s}\n' \
		"$1" "$2" "$3" "${4:+,\"wait_ms\":$4}${5:+,\"talk_ms\":$5}"
}

# --- what a call does to its ticket

@test "call: one that was taken is answered and settled when it ends" {
	csr-ingest -q --tz Asia/Shanghai "$ROOT/tests/data/csv/calls.csv"
	is "20000 240000 8001" "$(rows call 'select(.message == 1) | "\(.wait_ms) \(.talk_ms)"') $(rows agent .code)"
	is "resolved 0" "$(csr-report tickets --columns status | field .status) $(csr-db stats | field .open_tickets)"
	is 20000 "$(csr-report tickets --columns first_response_ms | field .first_response_ms)"
	again "$ROOT/tests/data/csv/calls.csv"
}

@test "call: one that nobody took is a ticket to call back, until a call gets through" {
	call c1 2026-10-01T09:00:00+08:00 abandoned 45000 | csr-ingest -q
	is "open 1" "$(csr-report tickets --columns status | field .status) $(csr-report backlog --by '' --columns waiting | field .waiting)"
	# We call back in vain: still waiting.
	printf '{"kind":"message","channel":"phone","external_id":"c2","direction":"out","at":"2026-10-01T09:30:00+08:00","from":{"id":"8007"},"person":{"phone":"13800138000"},"thread":"+8613800138000","text":"x","call":"no_answer"}\n' | csr-ingest -q
	is "1 0" "$(csr-report backlog --by '' --columns waiting,n | field '"\(.waiting)"') $(rows ticket .messages_out)"
	# The caller tries again, and is taken.
	call c3 2026-10-01T10:00:00+08:00 answered 8000 60000 | csr-ingest -q
	is "1 resolved 3608000" "$(csr-db stats | field .tickets) $(csr-report tickets \
		--columns status,first_response_ms | field '"\(.status) \(.first_response_ms)"')"
	csr-db check
}

@test "call: a missed call is routed like any ticket" {
	call c1 2026-10-01T09:00:00+08:00 abandoned 45000 | csr-ingest -q
	csr-route --pending -q --now 2026-10-01T09:00:05+08:00
	is "1" "$(rows ticket 'select(.priority != null and .queue != null).id')"
	csr-db check
}

@test "call: a call of ours that reached nobody opens no ticket" {
	printf '{"kind":"message","channel":"phone","external_id":"c2","direction":"out","at":"2026-10-01T09:30:00+08:00","from":{"id":"8007"},"person":{"phone":"13800138000"},"text":"x","call":"busy"}\n' | csr-ingest -q
	is "0 1" "$(csr-db stats | field '"\(.tickets) \(.messages)"')"
}

@test "call: an outcome that is none is refused by name" {
	call c1 2026-10-01T09:00:00+08:00 gone >in.jsonl
	ingest in.jsonl
	is 65 "$status"
	has '"call": "gone" is no outcome of a call' "$stderr"
	is 0 "$(csr-db stats | field .messages)"
}

@test "call: calls again within three days reopen, both are one customer's" {
	{ call c1 2026-10-01T09:00:00+08:00 answered 5000 60000
	  call c2 2026-10-02T09:00:00+08:00 answered 5000 60000
	  call c3 2026-10-09T09:00:00+08:00 answered 5000 60000; } | csr-ingest -q
	is "1 2" "$(rows ticket .reopens | head -n 1) $(csr-db stats | field .tickets)"
	is 1 "$(csr-db stats | field .customers)"
	csr-db check
}

@test "csr-report calls: abandonment and service level with their thresholds" {
	{ call a1 2026-10-01T09:00:00+08:00 answered 5000 60000
	  call a2 2026-10-01T09:01:00+08:00 answered 30000 60000
	  call a3 2026-10-01T09:02:00+08:00 answered '' 60000
	  call a4 2026-10-01T09:03:00+08:00 abandoned 45000
	  call a5 2026-10-01T09:04:00+08:00 abandoned 3000
	  call a6 2026-10-01T09:05:00+08:00 menu 3000; } | csr-ingest -q
	is '{"offered":5,"answered":3,"abandoned":2,"short":1,"abandoned_pct":25,"service_level_pct":33.3,"unknown":1,"short_s":10,"target_s":20,"asa_s":17.5}' \
		"$(csr-report calls --by '' --columns offered,answered,abandoned,short,abandoned_pct,service_level_pct,unknown,short_s,target_s,asa_s)"
	is '66.7' "$(csr-report calls --by '' --set target_ms=30s --columns service_level_pct | field .service_level_pct)"
}
