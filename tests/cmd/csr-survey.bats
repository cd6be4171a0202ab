# csr-survey: ask customers, take their answers, score

load helper

IN='{"kind":"message","channel":"webchat","external_id":"e1","thread":"t1","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1","name":"王女士"},"text":"怎么退票"}'
OUT='{"kind":"message","channel":"webchat","external_id":"e2","thread":"t1","direction":"out","at":"2026-10-01T09:10:00+08:00","from":{"id":"li","role":"agent"},"text":"已为您办理"}'
SOLVED='{"kind":"event","event":"ticket.status","channel":"webchat","thread":"t1","status":"resolved","at":"2026-10-01T10:00:00+08:00"}'
LINE='{"kind":"response","external_id":"r1","form":"csat","score":4,"at":"2026-10-01T12:00:00+08:00"}'

desk() {
	export CSR_TZ=Asia/Shanghai
	printf '%s\n' "$IN" "$OUT" "$SOLVED" | csr-ingest -q
}

# say ID TIME TEXT - the customer writes again.
say() {
	jq -c --arg id "$1" --arg at "2026-10-01T$2:00+08:00" --arg text "$3" \
		'.external_id = $id | .at = $at | .text = $text' <<<"$IN" | csr-ingest -q
}

@test "help goes to stdout, exit 0"          { seven_help csr-survey; }
@test "an unknown option is a wrong call"    { seven_option csr-survey record; }
@test "no input, no output, exit 0"          { seven_empty csr-survey record; }
@test "a bad line is named, the rest passes" { seven_bad_line "$LINE" csr-survey record; }
@test "a full disk under stdout is 74"       { seven_full "$LINE" csr-survey record; }
@test "a locked database is 75"              { CSR_BUSY_MS=100 seven_locked "$LINE" csr-survey record; }
@test "unknown fields survive"               { seven_unknown "$LINE" csr-survey record; }
@test "an empty desk has nobody to ask"      { seven_empty csr-survey invite; }

@test "a resolution is asked about once, when it has been quiet for two hours" {
	desk
	run csr-survey invite --now 2026-10-01T11:59:00+08:00
	is "" "$output"
	run csr-survey invite --now 2026-10-01T12:00:00+08:00
	is "survey customer webchat v1 1 csat" \
		"$(field '"\(.purpose) \(.audience) \(.channel) \(.to) \(.ticket) \(.data.form)"' <<<"$output")"
	run csr-survey invite --now 2026-10-01T12:00:00+08:00
	is "" "$output"
	run csr-survey invite --form ces --now 2026-10-01T15:00:00+08:00
	is "" "$output"
}

@test "twelve runs at once ask once" {
	desk
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		csr-survey invite --now 2026-10-01T12:00:00+08:00 >"out.$i" &
	done
	wait
	is 1 "$(cat out.* | wc -l)"
	is "1 1" "$(sqlite3 -separator ' ' "$CSR_DB" \
		'SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM survey)')"
}

@test "a dry run asks nobody and says what it would do" {
	desk
	run csr-survey invite --dry-run --now 2026-10-01T12:00:00+08:00
	is "true null" "$(field '"\(.dry_run) \(.id)"' <<<"$output")"
	is 0 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM survey')"
}

@test "--explain says who is not asked and why" {
	desk
	csr-survey invite -q --now 2026-10-01T12:00:00+08:00
	say e3 13:00 "还有一张机票也要改签，可以吗"
	printf '%s\n' "${SOLVED/10:00:00/14:00:00}" | csr-ingest -q
	run csr-survey invite --explain --now 2026-10-01T17:00:00+08:00
	is "survey_skip 2 recently_asked" "$(field '"\(.kind) \(.cycle) \(.reason)"' <<<"$output")"
}

@test "a customer's reply is taken once, talk is not" {
	desk
	csr-survey invite -q --now 2026-10-01T12:00:00+08:00
	say e3 12:10 "我5号的那张票呢？"
	say e4 12:20 "很满意，就是慢了点"
	say e5 12:30 "1"
	run csr-survey record --replies --now 2026-10-01T13:00:00+08:00
	is "1 csat 5 很满意，就是慢了点 true" \
		"$(field '"\(.survey) \(.form) \(.score) \(.comment) \(.new)"' <<<"$output")"
	run csr-survey record --replies --now 2026-10-01T13:00:00+08:00
	is "" "$output"
	is 5 "$(sqlite3 "$CSR_DB" 'SELECT csat FROM ticket WHERE id = 1')"
}

@test "two readers of replies at once make one vote" {
	desk
	csr-survey invite -q --now 2026-10-01T12:00:00+08:00
	say e3 12:20 "5"
	for i in 1 2 3 4 5 6; do
		csr-survey record --replies --now 2026-10-01T13:00:00+08:00 >"out.$i" &
	done
	wait
	is 1 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM response')"
	is 1 "$(cat out.* | jq -c 'select(.new)' | wc -l)"
}

@test "answers are stored once, however often they come" {
	desk
	jq -c '.ticket = 1' <<<"$LINE" >in
	is true "$(csr-survey record in | field .new)"
	is false "$(csr-survey record in | field .new)"
	is "1 4" "$(sqlite3 -separator ' ' "$CSR_DB" \
		'SELECT (SELECT count(*) FROM response), csat FROM ticket WHERE id = 1')"
}

@test "what cannot be an answer is refused with its reason" {
	cat >in <<-'END'
		{"kind":"response","form":"csat","score":6,"at":"2026-10-01T12:00:00Z"}
		{"kind":"response","form":"joy","score":5,"at":"2026-10-01T12:00:00Z"}
		{"kind":"response","form":"csat","score":5}
		{"kind":"response","form":"csat","at":"2026-10-01T12:00:00Z"}
		{"kind":"response","form":"csat","score":"订单还没出票","at":"2026-10-01T12:00:00Z"}
		{"kind":"response","form":"csat","score":4.5,"at":"2026-10-01T12:00:00Z"}
		{"kind":"response","form":"csat","score":5,"ticket":99,"at":"2026-10-01T12:00:00Z"}
		{"kind":"response","form":"csat","score":5,"survey":99,"at":"2026-10-01T12:00:00Z"}
		{"kind":"message","text":"passes through"}
	END
	run --separate-stderr csr-survey record in
	is 65 "$status"
	is '{"kind":"message","text":"passes through"}' "$output"
	has 'in:1: "score": 6 is not on the scale 1-5 of the form csat' "$stderr"
	has 'in:2: no form "joy"' "$stderr"
	has 'in:3: no "at"' "$stderr"
	has 'in:4: neither "score" nor "comment"' "$stderr"
	has 'in:5: "score": "订单还没出票" is no answer to the form csat' "$stderr"
	has 'in:6: "score" is neither a whole number nor text' "$stderr"
	has 'in:7: no ticket 99' "$stderr"
	has 'in:8: no survey 99' "$stderr"
}

@test "a survey tool's CSV is read by its column names" {
	desk
	printf '%s\n' '答卷编号,工单号,满意度,评价内容,提交时间' 'A1,1,5,很好,2026-10-02 11:00' \
		'A2,,非常不满意,"等了' '两天",2026-10-02 12:00' 'A3,99,4,,2026-10-02 12:00' 'A4,1' >in.csv
	run --separate-stderr csr-survey record --form csat --rejects bad in.csv
	is 65 "$status"
	is "5 很好 1|1 等了两天 null" \
		"$(field '"\(.score) \(.comment | gsub("\n"; "")) \(.ticket)"' <<<"$output" | paste -sd'|')"
	has 'csr-survey: in.csv:5: no ticket "99"' "$stderr"
	has 'csr-survey: in.csv:6: ' "$stderr"
	is 'A4,1' "$(jq -r 'select(.line == 6).raw' bad)"
	run csr-survey record -q --form csat in.csv
	is 2 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM response')"
}

@test "a CSV without a time or a score is no survey" {
	printf 'name,colour\na,red\n' >in.csv
	run csr-survey record --form csat in.csv
	is 65 "$status"
	has "in.csv: no header with a time and a score or comment" "$output"
	run csr-survey record --form csat nowhere.csv
	is 66 "$status"
}

@test "results: mean, top-2-box with its interval, NPS, CES, response rate" {
	desk
	csr-survey invite -q --now 2026-10-01T12:00:00+08:00
	for i in 1 2 3 4 5 6 7 8 9 10; do
		jq -c --argjson n "$i" '.external_id = "c\($n)" | .score = (if $n > 8 then 2 else 5 end)' <<<"$LINE"
		jq -c --argjson n "$i" '.external_id = "n\($n)" | .form = "nps" | .score = (if $n > 8 then 3 elif $n > 7 then 8 else 10 end)' <<<"$LINE"
	done | csr-survey record -q
	jq -c '.external_id = "e" | .form = "ces" | .score = 6 | .ticket = 1' <<<"$LINE" | csr-survey record -q
	run -0 csr-survey results
	is 'ces 1 6 100 null 6|csat 10 4.4 80 null null|nps 10 8.4 70 50 null' \
		"$(field '"\(.form) \(.n) \(.mean) \(.top2box_pct) \(.nps) \(.ces)"' <<<"$output" | sort | paste -sd'|')"
	is '49 94.3 1 0' "$(field 'select(.form == "csat") | "\(.top2box_low_pct) \(.top2box_high_pct) \(.invited) \(.response_rate_pct)"' <<<"$output")"
	run -0 csr-survey results --form ces --by channel,agent -o csv
	is 'form,channel,agent,n,mean,top2box_pct,top2box_low_pct,top2box_high_pct,nps,ces,invited,response_rate_pct' "${lines[0]}"
	is 'ces,webchat,,1,6,100,20.7,100,,6,0,' "${lines[1]}"
	run -0 csr-survey results --from 2026-10-02
	is "" "$output"
}

@test "wrong calls are told as such" {
	new_db
	run -64 csr-survey results --by mood
	run -64 csr-survey results --form joy
	run -64 csr-survey results --from yesterday
	run -64 csr-survey results -o pdf
	run -64 csr-survey invite now
	run -64 csr-survey record --replies in
	run -64 csr-survey record --format xml
	run -66 csr-survey -d nowhere.db results
}

@test "a faulty form is named with its line" {
	mkdir -p conf/surveys
	printf 'what = w\nscale = 5\n' >conf/surveys/csat.survey
	run csr-survey -c conf record </dev/null
	is 78 "$status"
	is "csr-survey: conf/surveys/csat.survey:2: a scale looks like 1-5 and ends at 10 at most" "$output"
}

@test "an answer to our question does not open the ticket again, a complaint does" {
	for n in 1 2; do
		printf '%s\n' \
			'{"kind":"message","channel":"wecom","external_id":"a'$n'","at":"2026-09-29T09:00:00+08:00","from":{"id":"wm'$n'"},"text":"能退票吗"}' \
			'{"kind":"event","event":"ticket.status","channel":"wecom","thread":"wm'$n'","status":"resolved","at":"2026-09-29T10:00:00+08:00"}'
	done | csr-ingest -q
	csr-survey invite -q --now 2026-09-30T12:00:00+08:00
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"wecom","external_id":"b1","at":"2026-09-30T13:00:00+08:00","from":{"id":"wm1"},"text":"很满意"}
	{"kind":"message","channel":"wecom","external_id":"b2","at":"2026-09-30T13:00:00+08:00","from":{"id":"wm2"},"text":"1，司机失联"}
	EOF
	csr-survey record -q --replies --now 2026-09-30T14:00:00+08:00
	is "3 5 0,1 1 1" "$(csr-db dump | field 'select(.table == "ticket") | "\(.status) \(.csat) \(.reopens)"' | paste -sd,)"
	csr-db check
}
