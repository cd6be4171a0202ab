# ingest-helpdesk: what csr-ingest makes of Zendesk, Freshdesk, Chatwoot and Zoho exports

load helper

DATA=$ROOT/tests/data/csv

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

@test "zendesk: times reported are kept, in clock and in working time" {
	ingest "$DATA/zendesk-times.csv"
	is 0 "$status"
	is "first_response 240000
first_response_work 240000
requester_wait 7200000
requester_wait_work 6300000" "$(rows reported 'select(.ticket == 1) | "\(.measure) \(.value_ms)"' |
		grep -E '^(first_response|requester)')"
	again "$DATA/zendesk-times.csv"
}

@test "zendesk: the other spellings of the columns mean the same" {
	ingest "$DATA/zendesk-min.csv"
	is 0 "$status"
	is "750000 720000 4500000" "$(field '.reported |
		"\(.first_response_ms) \(.first_response_work_ms) \(.resolution_ms)"' <<<"$output")"
	is "2026-09-28T10:15:00+08:00" "$(field .solved_at <<<"$output")"
	again "$DATA/zendesk-min.csv"
}

@test "zendesk: Good and Bad become answers with the customer's words, Offered none" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/zendesk-times.csv" "$DATA/zendesk-min.csv"
	is "csat import 5 null
csat import 1 等太久了" "$(rows response '"\(.form) \(.mode) \(.score) \(.comment)"')"
}

@test "zendesk: a later export of the same ticket doubles nothing, whatever was renamed" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/zendesk-times.csv"
	sed 's/,Li Si,Tickets,酒店能退吗,/,Zhao Liu,Refunds,酒店能退吗 (urgent),/; s/,王敏,7701/,王女士,7701/
		s/2026-09-28 12:30/2026-09-30 09:00/; s/180,165,180,165,/180,165,999,990,/' \
		"$DATA/zendesk-times.csv" >later.csv
	ingest -q --stats later.csv
	is "1 2" "$(field '"\(.new) \(.duplicate)"' <<<"$stderr")"
	is "3 3" "$(csr-db stats | field '"\(.tickets) \(.messages)"')"
	is "59940000" "$(rows reported 'select(.ticket == 1 and .measure == "resolution").value_ms')"
	# The old file read again does not bring the old figure back.
	again "$DATA/zendesk-times.csv" later.csv
}

@test "reported: without a time of change the longer one stays, in either order" {
	for v in 10 30 20; do
		printf 'Id,Subject,Status,Requester,Created at,On hold time (min)\n1,a,Open,w,2026-09-28 09:00,%s\n' $v >$v.csv
	done
	csr-ingest -q 10.csv 30.csv 20.csv
	csr-ingest -q -d other.db 20.csv 10.csv 30.csv
	is 1800000 "$(rows reported .value_ms)"
	is 1800000 "$(csr-db -d other.db dump | jq 'select(.table == "reported").value_ms')"
}

@test "freshdesk: hours as a clock and as a decimal, and a day of 54.5" {
	ingest "$DATA/freshdesk-times.csv"
	is 0 "$status"
	is "2700000 21600000 1800000
1800000 196200000 4500000
null null 0" "$(field '.reported |
		"\(.first_response_ms) \(.resolution_ms) \(.time_tracked_ms)"' <<<"$output")"
	is 5 "$(rows response .score)"
	again "$DATA/freshdesk-times.csv"
}

@test "reported: a number without a unit stays as it is, a wrong one is named" {
	printf 'Id,Subject,Status,Requester,Created at,On hold time,Agent wait time (min)\n1,a,Open,w,2026-09-28 09:00,5,\n2,b,Open,w,2026-09-28 09:00,5m,soon\n3,c,Open,w,2026-09-28 09:00,00:05:00,6\n' >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:3: Agent wait time (min): "soon" is not a length of time' "$stderr"
	is '5 null
null 300000' "$(field '"\(.extra["On hold time"]) \(.reported.on_hold_ms)"' <<<"$output")"
	is 1 "$(jq -s length rejects)"
}

@test "csr-report reported shows them beside our own reckoning" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/zendesk-times.csv"
	# An answer of ours that the export does not know came ten minutes after the question.
	csr-ingest -q <<-'X'
	{"kind":"message","channel":"webchat","ticket_external_id":"902","direction":"out","from":{"id":"lisi"},"at":"2026-09-28T18:40:00+08:00","text":"x"}
	X
	run csr-report reported --tz Asia/Shanghai -o csv --columns measure,n,mean_s,computed_mean_s,differ,work_n
	is "agent_wait,2,4200,,0,2
first_resolution,1,10800,10800,0,1
first_response,2,28020,420,1,2
on_hold,2,0,,0,2
requester_wait,2,31650,,0,2
resolution,1,10800,10800,0,1" "$(tail -n +2 <<<"$output")"
	run csr-report reported --tz Asia/Shanghai -o csv --by external_id --where 'measure=first_response differs=1' --columns external_id,mean_s,computed_mean_s
	is "902,55800,600" "${lines[1]}"
}

@test "chatwoot: ratings go to the conversation they are about, else to the customer" {
	csr-ingest -q <<-'X'
	{"kind":"message","channel":"webchat","thread":"310","external_id":"m1","at":"2026-09-28T09:00:00+08:00","from":{"id":"v1","email":"john@example.com"},"text":"hi"}
	X
	ingest "$DATA/chatwoot-csat.csv"
	is 0 "$status"
	is "5 1 1
2 null 2
4 null null" "$(rows response '"\(.score) \(.ticket) \(.customer)"')"
	is 5 "$(rows ticket .csat)"
	is "lisi@example.com Zhao Liu null" "$(rows event 'select(.name == "survey.imported").actor' | xargs)"
	again "$DATA/chatwoot-csat.csv"
}

@test "chatwoot: the line with the period is a note, in any language" {
	run --separate-stderr csr-ingest -nv --tz Asia/Shanghai "$DATA/chatwoot-csat-zh.csv"
	is 0 "$status"
	has ':3: a note behind the last record: 报告周期 2026-09-28 至 2026-09-30' "$stderr"
	sed 's/^Reporting.*/Okres raportowania od 2026-09-28 do 2026-09-30/' "$DATA/chatwoot-csat.csv" >pl.csv
	ingest -n pl.csv
	is "0 3" "$status ${#lines[@]}"
}

@test "chatwoot: a rating that is none is refused by name" {
	sed 's/,5,Very quick/,7,Very quick/' "$DATA/chatwoot-csat.csv" >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:2: Rating: "7" is not 1 to 5' "$stderr"
	is 2 "$(csr-db stats | field .responses)"
}

@test "chatwoot: figures of agents and teams keep their time, and count once" {
	ingest "$DATA/chatwoot-agents.csv"
	is 0 "$status"
	is "Li Si 2026-09-01T00:00:00+08:00 2026-10-01T00:00:00+08:00 120 250000 7500000" \
		"$(head -n 1 <<<"$output" | field '"\(.subject) \(.from_at) \(.to_at) \(.values |
		"\(.conversations) \(.first_response_mean_ms) \(.resolution_mean_ms)")"')"
	csr-ingest -q --tz Asia/Shanghai "$DATA/chatwoot-teams-zh.csv"
	again "$DATA/chatwoot-agents.csv" "$DATA/chatwoot-teams-zh.csv"
	is "Li Si,120" "$(csr-report metrics -o csv --columns subject,value --where 'measure=conversations subject="Li Si"' | tail -n 1)"
	# A corrected export: the newest statement counts, also when the old one comes again.
	sed 's/Li Si,120/Li Si,121/' "$DATA/chatwoot-agents.csv" >corrected.csv
	csr-ingest -q --tz Asia/Shanghai corrected.csv "$DATA/chatwoot-agents.csv"
	is "Li Si,121" "$(csr-report metrics -o csv --columns subject,value --where 'measure=conversations subject="Li Si"' | tail -n 1)"
}

@test "metric: without a time the figures count, each row is refused" {
	tail -n +3 "$DATA/chatwoot-agents.csv" >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:2: no time it counts' "$stderr"
	printf '[set]\nstarts_at = 2026-09-01\nends_at = 2026-10-01\n' >map
	ingest -m ./map in.csv
	is "0 2" "$status ${#lines[@]}"
}

@test "metric: the record goes through a pipe as it is" {
	csr-ingest -n --tz Asia/Shanghai "$DATA/chatwoot-agents.csv" >in.jsonl
	csr-ingest -q <in.jsonl
	csr-ingest -q -d direct.db --tz Asia/Shanghai "$DATA/chatwoot-agents.csv"
	is "$(csr-db -d direct.db dump | jq -c 'select(.table == "metric") | del(.source)')" \
		"$(rows metric 'del(.source)' | jq -c .)"
	csr-db check
}

@test "zoho: a map of ours is found by its name, its columns may be missing" {
	cat >in.csv <<-'X'
	Ticket Id,Created Time,Subject,Status,Ticket Closed Time,Channel,Email,Ticket Owner,First Response Time in Business Hours
	345001,2026-09-28 09:00:00,退票,Closed,2026-09-28 11:30:00,Email,wm@example.cn,Li Si,00:12 hrs
	X
	ingest -m zoho-desk in.csv
	is 0 "$status"
	is "email zoho 345001 2026-09-28T11:30:00+08:00 720000" "$(field '"\(.channel) \(.account)
		\(.ticket_external_id) \(.solved_at) \(.reported.first_response_work_ms)"' <<<"$output" | xargs)"
	again -m zoho-desk in.csv
	ingest -m no-such-map in.csv
	is 66 "$status"
}

@test "helpdesk: truncated files store what is whole and name the rest" {
	local f
	for f in zendesk-times freshdesk-times chatwoot-csat chatwoot-agents; do
		head -c -40 "$DATA/$f.csv" >in.csv
		ingest -d $f.db in.csv
		[ "$status" = 65 ] || [ "$status" = 0 ]
		is "$status" "$([ -s rejects ] && echo 65 || echo 0)"
		csr-db -d $f.db check
		rm -f rejects
	done
}
