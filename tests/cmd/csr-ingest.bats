# csr-ingest: any source into the normal form, once

load helper

LINE='{"kind":"message","channel":"webchat","account":"shop-1","external_id":"e1","thread":"t1","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1","name":"王女士"},"text":"能退票吗"}'

@test "help goes to stdout, exit 0"          { seven_help csr-ingest; }
@test "an unknown option is a wrong call"    { seven_option csr-ingest; }
@test "no input, no output, exit 0"          { seven_empty csr-ingest; }
@test "a bad line is named, the rest passes" { seven_bad_line "$LINE" csr-ingest; }
@test "a full disk under stdout is 74"       { seven_full "$LINE" csr-ingest; }
@test "a locked database is 75"              { seven_locked "$LINE" csr-ingest; }
@test "unknown fields survive"               { seven_unknown "$LINE" csr-ingest; }

# say TIME DIRECTION ID TEXT - one chat message on thread t1
say() {
	printf '{"kind":"message","channel":"webchat","external_id":"%s","thread":"t1","at":"%s","direction":"%s","from":{"id":"%s"},"text":"%s"}\n' \
		"$3" "$1" "$2" "$([ "$2" = in ] && echo v1 || echo lisi)" "$4"
}

resolved() {
	printf '{"kind":"event","event":"ticket.status","channel":"webchat","thread":"t1","status":"resolved","at":"%s"}\n' "$1"
}

@test "a record gets its ids and leaves otherwise as it came" {
	run --separate-stderr csr-ingest <<<"$LINE"
	is 0 "$status"
	is "${LINE%\}},\"id\":1,\"ticket\":1,\"customer\":1,\"new\":true}" "$output"
}

@test "the same input twice changes nothing and says so" {
	csr-ingest <<<"$LINE" >first
	csr-db dump >before
	run --separate-stderr csr-ingest --stats <<<"$LINE"
	is 0 "$status"
	is '{"read":1,"new":0,"duplicate":1,"refused":{},"passed":0,"lost":0}' \
		"$(jq -c 'del(.seconds)' <<<"$stderr")"
	is "$(sed 's/"new":true/"new":false/' first)" "$output"
	csr-db dump | cmp - before
}

@test "a message without an id is known by its content" {
	local line='{"kind":"message","channel":"webchat","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1"},"text":"在吗"}'
	csr-ingest -q <<<"$line"
	is false "$(csr-ingest <<<"$line" | field .new)"
	is true "$(csr-ingest <<<"${line/在吗/在吗?}" | field .new)"
}

@test "a record of an unknown kind passes untouched and is not stored" {
	run --separate-stderr csr-ingest <<<'{"kind":"weather","t":21.50}'
	is 0 "$status"
	is '{"kind":"weather","t":21.50}' "$output"
}

@test "-n brings into the normal form and writes nothing" {
	run --separate-stderr csr-ingest -n <<<"$LINE"
	is "$LINE" "$output"
	[ ! -e "$CSR_DB" ]
}

@test "one phone on three channels is one customer" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"phone","external_id":"c1","at":"2026-10-01T09:00:00+08:00","from":{"phone":"138 0013 8000"},"text":"来电"}
	{"kind":"message","channel":"wecom","external_id":"m1","at":"2026-10-01T09:05:00+08:00","from":{"id":"wmAAA","phone":"+86-13800138000"},"text":"刚才打过电话"}
	{"kind":"message","channel":"email","external_id":"m2@x","at":"2026-10-01T09:10:00+08:00","from":{"email":"Wang@Example.cn","phone":"１３８００１３８０００"},"text":"见附件"}
	EOF
	is "1 3 3" "$(csr-db stats | field '"\(.customers) \(.tickets) \(.identities)"')"
}

@test "two known customers who turn out to be one are linked, not copied" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"wecom","external_id":"m1","at":"2026-10-01T09:00:00+08:00","from":{"id":"wmAAA"},"text":"a"}
	{"kind":"message","channel":"email","external_id":"m2","at":"2026-10-01T09:01:00+08:00","from":{"email":"w@example.cn"},"text":"b"}
	EOF
	is 2 "$(csr-db stats | field .customers)"
	run csr-ingest <<<'{"kind":"message","channel":"wecom","external_id":"m3","at":"2026-10-01T09:02:00+08:00","from":{"id":"wmAAA","email":"w@example.cn"},"text":"c"}'
	is 1 "$(field .customer <<<"$output")"
	is "1 1" "$(csr-db stats | field '"\(.customers) \(.links)"')"
	csr-db check
}

@test "two member numbers are two people, whatever they share" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"app","external_id":"1","at":"2026-10-01T09:00:00+08:00","from":{"member":"M1","phone":"13800138000"},"text":"a"}
	{"kind":"message","channel":"app","external_id":"2","at":"2026-10-01T09:01:00+08:00","from":{"member":"M2","phone":"13800138000"},"text":"b"}
	EOF
	is "2 0 1" "$(csr-db stats | field '"\(.customers) \(.links) \(.conflicts)"')"
}

@test "an office's landline does not make its callers one" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"wecom","external_id":"1","at":"2026-10-01T09:00:00+08:00","from":{"id":"wmA","phone":"010-65551234"},"text":"a"}
	{"kind":"message","channel":"wecom","external_id":"2","at":"2026-10-01T09:01:00+08:00","from":{"id":"wmB","phone":"010-65551234"},"text":"b"}
	EOF
	is 2 "$(csr-db stats | field .customers)"
}

@test "thanks after the resolution keeps the ticket closed" {
	{ say 2026-10-01T09:00:00+08:00 in 1 能退票吗
	  say 2026-10-01T09:05:00+08:00 out 2 已经为您退好
	  resolved 2026-10-01T09:06:00+08:00
	  say 2026-10-01T09:10:00+08:00 in 3 '好的，谢谢！'; } | csr-ingest -q
	is "1 0" "$(csr-db stats | field '"\(.tickets) \(.open_tickets)"')"
	csr-db check
}

@test "a question within three days opens it again" {
	{ say 2026-10-01T09:00:00+08:00 in 1 能退票吗
	  resolved 2026-10-01T09:06:00+08:00
	  say 2026-10-03T09:10:00+08:00 in 2 钱还没到; } | csr-ingest -q
	is "1 1" "$(csr-db stats | field '"\(.tickets) \(.open_tickets)"')"
	is 1 "$(csr-db dump | field 'select(.table == "ticket").reopens')"
}

@test "later it is a new ticket that follows the old one" {
	{ say 2026-10-01T09:00:00+08:00 in 1 能退票吗
	  resolved 2026-10-01T09:06:00+08:00
	  say 2026-10-08T09:10:00+08:00 in 2 还有个问题; } | csr-ingest -q
	is "2 1" "$(csr-db stats | field '"\(.tickets) \(.open_tickets)"')"
	is 1 "$(csr-db dump | field 'select(.table == "ticket" and .id == 2).follows')"
}

@test "the order of arrival does not change what a ticket says" {
	{ say 2026-10-01T09:00:00+08:00 in 1 能退票吗
	  say 2026-10-01T09:05:00+08:00 out 2 可以
	  say 2026-10-01T09:06:00+08:00 in 3 怎么退
	  say 2026-10-01T09:09:00+08:00 out 4 点这里; } >in
	csr-ingest -q in
	tac in | csr-ingest -q -d other.db
	sum='select(.table == "ticket") | "\(.opened_at) \(.messages_in) \(.messages_out) \(.first_response_at) \(.last_out_at)"'
	is "$(csr-db dump | field "$sum")" "$(csr-db -d other.db dump | field "$sum")"
	csr-db -d other.db check
}

@test "a reply finds its ticket by the mails it answers" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"email","account":"cs","external_id":"a1@x","at":"2026-10-01T09:00:00+08:00","from":{"email":"a@x.cn"},"subject":"退票","text":"a"}
	{"kind":"message","channel":"email","account":"vip","external_id":"a2@x","reply_to":"a1@x","at":"2026-10-01T09:30:00+08:00","from":{"email":"b@x.cn"},"subject":"Re: 退票","text":"b"}
	EOF
	is 1 "$(csr-db stats | field .tickets)"
}

@test "a stranger's ticket number opens a ticket of its own, perhaps related" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"email","external_id":"a1@x","at":"2026-10-01T09:00:00+08:00","from":{"email":"a@x.cn"},"text":"a"}
	{"kind":"message","channel":"email","external_id":"a2@x","tag_ticket":1,"at":"2026-10-01T09:30:00+08:00","from":{"email":"stranger@x.cn"},"text":"b"}
	{"kind":"message","channel":"email","external_id":"a3@x","tag_ticket":1,"at":"2026-10-01T09:40:00+08:00","from":{"email":"a@x.cn"},"text":"c"}
	EOF
	is "1 2" "$(csr-db dump | field 'select(.table == "ticket").messages_in' | xargs | sed 's/2 1/1 2/')"
	is 1 "$(csr-db dump | field 'select(.table == "ticket" and .id == 2).related')"
}

@test "group talk that asks for nothing gets no ticket" {
	local head='{"kind":"message","channel":"wecom","group":"wr1","at":"2026-10-01T09:0'
	csr-ingest -q <<-EOF
	${head}0:00+08:00","external_id":"1","from":{"id":"wmA"},"text":"大家早"}
	${head}1:00+08:00","external_id":"2","from":{"id":"wmB"},"text":"请问几点集合？"}
	${head}2:00+08:00","external_id":"3","from":{"id":"lisi","role":"agent"},"text":"七点半"}
	EOF
	is "1 1" "$(csr-db stats | field '"\(.tickets) \(.messages_without_ticket)"')"
	is 1 "$(csr-db dump | field 'select(.table == "ticket").messages_out')"
}

@test "a recall counts, before its target or after it" {
	local m='{"kind":"message","channel":"wecom","external_id":"m1","at":"2026-10-01T09:00:00+08:00","from":{"id":"wmA"},"text":"能退吗"}'
	local r='{"kind":"message","channel":"wecom","external_id":"m2","recalls":"m1","at":"2026-10-01T09:00:05+08:00","from":{"id":"wmA"},"text":""}'
	printf '%s\n' "$m" "$r" | csr-ingest -q -d after.db
	printf '%s\n' "$r" "$m" | csr-ingest -q -d before.db
	for db in after before; do
		is 0 "$(csr-db -d $db.db dump | field 'select(.table == "ticket").messages_in')"
		csr-db -d $db.db check
	done
}

@test "an order's past status does not come back with an old export" {
	local o='{"kind":"order","channel":"taobao","external_id":"2026100100000001","person":{"phone":"13800138000"},"amount_minor":129900,"currency":"CNY","status":"%s"}\n'
	# shellcheck disable=SC2059
	{ printf "$o" 已付款; printf "$o" 交易成功; printf "$o" 已付款; } | csr-ingest -q
	is "交易成功 129900" "$(csr-db dump | field 'select(.table == "orders") | "\(.status) \(.amount_minor)"')"
}

@test "each row can be traced to its file and line" {
	printf '%s\n' "$LINE" >day.jsonl
	csr-ingest -q day.jsonl
	is "day.jsonl 1" "$(csr-db dump | jq -rs '(.[] | select(.table == "source").name) + " " + (.[] | select(.table == "message").line | tostring)')"
}

@test "a live feed is stored and printed at once" {
	{ printf '%s\n' "$LINE"; sleep 5; } | csr-ingest >out &
	for _ in $(seq 40); do
		[ -s out ] && break
		sleep 0.05
	done
	is 1 "$(field .id <out)"
	is 1 "$(csr-db stats | field .messages)"
	kill %1 2>/dev/null || true
}

@test "a file that is not there is 66, and nothing is made of it" {
	run --separate-stderr csr-ingest nowhere.csv
	is 66 "$status"
	has "csr-ingest: nowhere.csv: No such file" "$stderr"
}

@test "--list-formats names every format with a line" {
	run csr-ingest --list-formats
	is 0 "$status"
	has "jsonl" "$output"
	has "csv" "$output"
	has "wecom" "$output"
	has "mbox" "$output"
}

@test "an answer stops its clock in the transaction that stores it" {
	say 2026-09-30T10:00:00+08:00 in 1 能退票吗 | csr-ingest -q
	csr-route --pending -q --now 2026-09-30T10:00:05+08:00
	say 2026-09-30T10:02:00+08:00 out 2 可以的 | csr-ingest -q
	is "first 120" "$(csr-db dump | field 'select(.table == "clock" and .kind == 1)
		| "first \((.stopped_at - .started_at) / 1000)"')"
	csr-db check
}

@test "an event may name a ticket by its number alone" {
	csr-ingest -q <<<"$LINE"
	run csr-ingest <<<'{"kind":"event","event":"ticket.status","ticket":1,"status":"已解决","at":"2026-10-01T10:00:00+08:00"}'
	is 0 "$status"
	is 0 "$(csr-db stats | field .open_tickets)"
	run csr-ingest <<<'{"kind":"event","event":"ticket.status","ticket":9,"status":"已解决","at":"2026-10-01T10:00:00+08:00"}'
	is 65 "$status"
	has 'no ticket 9' "$output"
}

@test "a ticket export brings its answer, end, owner and score, each once" {
	cat >tickets.csv <<-'EOF'
	工单号,创建时间,客户,手机,渠道,问题描述,客服,首次响应时间,状态,解决时间,满意度
	T-1,2026-09-30 09:00:00,王女士,13800138000,电话,要改签,lisi,2026-09-30 09:04:00,已解决,2026-09-30 09:30:00,5
	T-2,2026-09-30 10:00:00,李先生,13900139000,电话,没出票,lisi,,处理中,,
	EOF
	csr-ingest -q --tz Asia/Shanghai tickets.csv
	run csr-report tickets --tz Asia/Shanghai -o csv --columns ticket,external_id,agent,status,first_response_ms,resolution_ms,csat
	is "1,T-1,lisi,resolved,240000,1800000,5" "${lines[1]}"
	is "2,T-2,lisi,open,,," "${lines[2]}"
	csr-db dump >before
	is "0 2" "$(csr-ingest -q --stats --tz Asia/Shanghai tickets.csv 2>&1 | field '"\(.new) \(.duplicate)"')"
	csr-db dump | cmp - before
	sed -i 's/处理中,,/已解决,2026-09-30 11:00:00,4/' tickets.csv
	is "1 1" "$(csr-ingest -q --stats --tz Asia/Shanghai tickets.csv 2>&1 | field '"\(.new) \(.duplicate)"')"
	is "4 5" "$(csr-db dump | field 'select(.table == "ticket").csat' | sort | xargs)"
	csr-db check
}

@test "--stats counts what was refused by its kind of reason" {
	{
		printf '%s\n' "$LINE" "${LINE/09:00/9 Uhr}" "${LINE/09:00/zehn}" '{"kind":"message"'
		printf '%s\n' '{"kind":"message","channel":"x","text":"a"}'
	} >in.jsonl
	run --separate-stderr csr-ingest -q --stats in.jsonl
	is 65 "$status"
	is '5 1 4 2' "$(tail -n 1 <<<"$stderr" |
		jq -r '"\(.read) \(.new) \([.refused[]] | add) \([.refused[]] | max)"')"
	has '\"at\": \"…\" is not a time":2' "$(tail -n 1 <<<"$stderr")"
}

@test "a source that cannot be read is named, the others are stored" {
	printf '%s\n' "$LINE" >a.jsonl
	printf '%s\n' "${LINE/e1/e2}" >c.jsonl
	printf 'PK\003\004' >b.xlsx
	run --separate-stderr csr-ingest -q --stats a.jsonl none.jsonl b.xlsx c.jsonl
	is 66 "$status"
	is "2 2 2" "$(tail -n 1 <<<"$stderr" | field '"\(.read) \(.new) \(.lost)"')"
	has "csr-ingest: none.jsonl: No such file" "${stderr_lines[0]}"
	has "csr-ingest: b.xlsx: an XLSX workbook" "${stderr_lines[1]}"
	is 2 "$(csr-db stats | field .messages)"
}

@test "records refused by reader and store are named in the order of the input" {
	{
		printf '%s\n' 'oops' '{"kind":"event","event":"ticket.status","ticket":99,"status":"solved","at":"2026-10-01T09:00:00+08:00"}' 'oops2'
	} >in.jsonl
	run --separate-stderr csr-ingest -q -f jsonl --rejects rejects in.jsonl
	is 65 "$status"
	is "in.jsonl:1 in.jsonl:2 in.jsonl:3" "$(grep -o 'in.jsonl:[0-9]' <<<"$stderr" | xargs)"
	is "1 2 3" "$(jq .line rejects | xargs)"
}

# rehearse - ./in.jsonl as --dry-run sees it: "result person how by" a record
rehearse() {
	csr-ingest --dry-run in.jsonl 2>summary |
		jq -r '[.result, .person, .how, .by] | map(. // "-") | join(" ")'
}

@test "--dry-run tells what would become of each record, and writes nothing" {
	say 2026-10-01T09:00:00+08:00 in m1 "能退票吗" | csr-ingest -q
	{
		say 2026-10-01T09:00:00+08:00 in m1 "能退票吗"
		say 2026-10-01T09:01:00+08:00 out m2 "可以"
		resolved 2026-10-01T09:02:00+08:00
		say 2026-10-01T09:03:00+08:00 in m3 "谢谢"
		say 2026-10-01T09:04:00+08:00 in m4 "还是没有退款"
		printf '%s\n' "${LINE/t1/t2}" 'oops' '{"kind":"weather"}'
		say 2026-10-01T09:04:00+08:00 in m4 "还是没有退款"
	} >in.jsonl
	csr-db dump >before
	is "duplicate known - -
new known joined thread
new known - -
new known thanked thread
new known reopened thread
new new new -
refused - - -
passed - - -
duplicate known - -" "$(rehearse)"
	has "csr-ingest: in.jsonl:7: " "$(<summary)"
	has "9 read: would store 5, with 1 new customers and 1 new tickets; 2 known already, 1 refused" \
		"$(<summary)"
	csr-db dump | cmp - before
	is "" "$(find "${TMPDIR:-/var/tmp}" -maxdepth 1 -name 'csr-rehearsal*' -mmin -1)"
}

@test "--dry-run without a database makes none" {
	printf '%s\n' "$LINE" >in.jsonl
	is "new new new -" "$(rehearse)"
	[ ! -e "$CSR_DB" ]
}

@test "--dry-run names who would be linked" {
	csr-ingest -q <<-'EOF'
	{"kind":"message","channel":"wecom","external_id":"m1","at":"2026-10-01T09:00:00+08:00","from":{"id":"wmAAA","name":"王女士"},"text":"a"}
	{"kind":"message","channel":"email","external_id":"m2","at":"2026-10-01T09:01:00+08:00","from":{"email":"w@example.cn"},"text":"b"}
	EOF
	echo '{"kind":"message","channel":"wecom","external_id":"m3","at":"2026-10-01T09:02:00+08:00","from":{"id":"wmAAA","email":"w@example.cn"},"text":"c"}' >in.jsonl
	run --separate-stderr csr-ingest --dry-run in.jsonl
	is "1 王女士 linked" "$(field '"\(.customer) \(.name) \(.person)"' <<<"$output")"
	is 0 "$(csr-db stats | field .links)"
}
