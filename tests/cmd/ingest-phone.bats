# ingest-phone: calls from exports and switches, their notes, and SMS

load helper

DATA=$ROOT/tests/data/phone

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

@test "call: what was settled before a call nobody took does not settle that one" {
	call c2 2026-10-01T22:00:00+08:00 voicemail 20000 | csr-ingest -q
	call c1 2026-10-01T09:00:00+08:00 answered 5000 60000 | csr-ingest -q
	is "open 1" "$(csr-report tickets --columns status | field .status) $(rows ticket .reopens)"
	{ call c1 2026-10-01T09:00:00+08:00 answered 5000 60000
	  call c2 2026-10-01T22:00:00+08:00 voicemail 20000; } | csr-ingest -q -d other.db
	is "open" "$(csr-report -d other.db tickets --columns status | field .status)"
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

# --- Asterisk and FreeSWITCH

@test "asterisk: calls in and out, within the house, to the voice mail" {
	ingest "$DATA/asterisk.csv"
	is 0 "$status"
	is "in answered 13800138000 8007
in abandoned 13900139000 null
out no_answer 13900139000 8007
out answered 13900139000 8007
note answered null 8007
in voicemail 13700137000 null
in menu null null
in no_answer 13600136000 8001
in answered 13600136000 8002" "$(field '"\(.direction) \(.call) \((if .direction == "in" then .from else .person end).phone) \((if .direction == "in" then .agent else .from end).id)"' <<<"$output")"
	again "$DATA/asterisk.csv"
}

@test "asterisk: the records of one call are one contact, its words follow the outcome" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/asterisk.csv"
	is "8 9" "$(csr-db stats | field .messages) $(rows call_leg .id | wc -l)"
	is "[来电] 1 25000 8002" "$(csr-db dump | jq -rs '(map(select(.table == "agent")) | map({(.id|tostring): .code}) | add) as $a
		| (.[] | select(.table == "message" and .external_id == "1790902800.28")) as $m
		| .[] | select(.table == "call" and .message == $m.id)
		| "\($m.text) \(.outcome) \(.wait_ms) \($a[.agent|tostring])"')"
	# Read record by record, in any order, it comes to the same.
	split -l 1 "$DATA/asterisk.csv" part.
	for f in $(printf '%s\n' part.* | tac); do csr-ingest -q -d other.db --tz Asia/Shanghai $f; done
	is "$(rows call '"\(.outcome) \(.wait_ms) \(.talk_ms)"' | sort)" \
		"$(csr-db -d other.db dump | jq -r 'select(.table == "call") | "\(.outcome) \(.wait_ms) \(.talk_ms)"' | sort)"
	csr-db -d other.db check
}

@test "asterisk: 16 columns, cdr_custom's order, and columns by name" {
	local n
	for f in asterisk-16 asterisk-custom; do
		n=$(csr-ingest -n --tz Asia/Shanghai "$DATA/$f.csv" | jq -r '.call' | xargs)
		is "answered abandoned no_answer" "$n"
	done
	ingest -n --columns clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,sequence "$DATA/asterisk-custom.csv"
	is "0 17" "$status $(head -n 1 <<<"$output" | field .extra.sequence)"
	ingest -n --columns src,dst,uniqueid "$DATA/asterisk.csv"
	is 65 "$status"
	ingest -n --columns src,dst,uniqueid -f asterisk "$DATA/asterisk.csv"
	is 64 "$status"
}

@test "asterisk: with usegmtime the times are UTC" {
	run csr-ingest -n --tz UTC "$DATA/asterisk-16.csv"
	is "2026-10-01T09:00:00+00:00" "$(field .at <<<"${lines[0]}")"
}

@test "freeswitch: the templates example, default and asterisk" {
	is "answered abandoned answered" "$(csr-ingest -n --tz Asia/Shanghai "$DATA/freeswitch.csv" | jq -r .call | xargs)"
	is "answered no_answer" "$(csr-ingest -n --tz Asia/Shanghai "$DATA/freeswitch-default.csv" | jq -r .call | xargs)"
	is "answered 8007 abandoned null" "$(csr-ingest -n --tz Asia/Shanghai "$DATA/freeswitch-asterisk.csv" | jq -r '"\(.call) \(.agent.id)"' | xargs)"
	csr-ingest -q --tz Asia/Shanghai "$DATA"/freeswitch*.csv
	again "$DATA"/freeswitch*.csv
}

@test "csv: columns by name for a file without a header" {
	printf '2026-10-01 09:00:00;13800138000;能退票吗\n' >in.csv
	ingest -n --columns 时间,手机,内容 in.csv
	is "能退票吗 13800138000" "$(field '"\(.text) \(.from.phone)"' <<<"$output")"
}

# --- queue_log

@test "queue_log: one call a caller, its wait, talk and end, and events for the rest" {
	ingest --stats "$DATA/queue_log"
	is 0 "$status"
	is "12 12" "$(field '"\(.read) \(.new)"' <<<"$stderr")"
	is "queue.addmember queue.addmember queue.did queue.pauseall queue.queuestart queue.ringnoanswer" \
		"$(rows event 'select(.name | startswith("queue.")).name' | sort | xargs)"
	is "1 19000 240000 cs
2 45000 null cs
1 71000 60000 cs
6 30000 null cs
9 null null null" "$(rows call '"\(.outcome) \(.wait_ms) \(.talk_ms) \(.queue)"')"
	again "$DATA/queue_log"
}

@test "queue_log: a call whose end comes in the next file is one call" {
	head -n 7 "$DATA/queue_log" >queue_log.1
	tail -n +8 "$DATA/queue_log" >queue_log.2
	ingest queue_log.1
	is "ongoing" "$(tail -n 1 <<<"$output" | field .call)"
	csr-ingest -q --tz Asia/Shanghai queue_log.2
	is "1 19000 240000" "$(rows call 'select(.message == 1) | "\(.outcome) \(.wait_ms) \(.talk_ms)"')"
	is 5 "$(csr-db stats | field .messages)"
	is resolved "$(csr-report tickets --columns status,ticket | jq -r 'select(.ticket == 1).status')"
	again queue_log.1 queue_log.2 "$DATA/queue_log"
}

@test "queue_log and Master.csv of one call are one contact, whichever comes first" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/asterisk.csv" "$DATA/queue_log"
	csr-ingest -q -d other.db --tz Asia/Shanghai "$DATA/queue_log" "$DATA/asterisk.csv"
	local sum='select(.table == "call") | "\(.outcome) \(.answered_at) \(.ended_at) \(.wait_ms) \(.talk_ms) \(.queue)"'
	is "$(csr-db dump | jq -r "$sum" | sort)" "$(csr-db -d other.db dump | jq -r "$sum" | sort)"
	is "11 11" "$(csr-db stats | field .messages) $(csr-db -d other.db stats | field .messages)"
	is "$(csr-report tickets --columns status | sort)" "$(csr-report -d other.db tickets --columns status | sort)"
	csr-db check
	csr-db -d other.db check
}

@test "queue_log: what it knows better than the line reopens what the line had settled" {
	# The machine picked up and a desk's phone rang: the record says answered.
	sed -n 2p "$DATA/asterisk.csv" | sed 's|"","Queue"|"SIP/8007-000000aa","Queue"|' >cdr.csv
	sed -n '9,10p' "$DATA/queue_log" >queue_log
	csr-ingest -q --tz Asia/Shanghai cdr.csv
	is resolved "$(csr-report tickets --columns status | field .status)"
	csr-ingest -q --tz Asia/Shanghai queue_log
	is "open [未接来电] 2" "$(csr-report tickets --columns status | field .status) $(rows message .text) $(rows call .outcome)"
	csr-ingest -q -d other.db --tz Asia/Shanghai queue_log cdr.csv
	is "open 2" "$(csr-report -d other.db tickets --columns status | field .status) $(csr-db -d other.db dump | jq 'select(.table == "call").outcome')"
	csr-db check
	csr-db -d other.db check
}

@test "queue_log: a live log is stored when a call ends" {
	mkfifo pipe
	csr-ingest --tz Asia/Shanghai <pipe >out &
	exec 7>pipe
	sed -n '4,8p' "$DATA/queue_log" >&7
	for _ in $(seq 40); do
		grep -q '"call":"answered"' out && break
		sleep 0.1
	done
	is answered "$(jq -r 'select(.call).call' <out)"
	exec 7>&-
	wait
}

# --- what agents wrote about calls

NOTES=("$ROOT"/tests/data/csv/call-notes{,-by-number}.csv "$ROOT/tests/data/json/call-notes.jsonl")
# Which call of which ticket each note belongs to.
noted() { csr-db -d "$1" dump | jq -rs '(map(select(.table == "message" and .direction != 3)) | group_by(.ticket) |
	map({key: "\(.[0].ticket)", value: (map(.external_id) | min)}) | from_entries) as $call |
	.[] | select(.table == "message" and .direction == 3 and .extra != null or (.text // "" | test("客户再次|没有找到"))) |
	select(.text != "[内线通话]") | "\(.text[0:6]) \($call["\(.ticket)"])"' | sort; }

@test "notes: they join the ticket of their call, by its id or by number and time" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/asterisk.csv" "${NOTES[@]}"
	is "$(sort <<-'X'
	Called 1790816700.19
	Guest  1790816400.17
	回电，客户要 1790816700.19
	客户再次确认 1790816400.17
	没有找到这通 null
	王女士问10 1790816400.17
	X
	)" "$(noted csr.db)"
	# Who wrote a note answered nobody, and asked for nothing.
	is "1 1" "$(rows ticket 'select(.id == 1) | "\(.messages_in) \(.reopens + 1)"')"
	again "${NOTES[@]}" "$DATA/asterisk.csv"
}

@test "notes: the call may come after them, from another file or another day" {
	csr-ingest -q --tz Asia/Shanghai "$DATA/asterisk.csv" "$DATA/queue_log" "${NOTES[@]}"
	csr-ingest -q -d other.db --tz Asia/Shanghai "${NOTES[@]}"
	is 0 "$(csr-db -d other.db stats | field .tickets)"
	csr-ingest -q -d other.db --tz Asia/Shanghai "$DATA/queue_log"
	csr-ingest -q -d other.db --tz Asia/Shanghai "$DATA/asterisk.csv"
	is "$(noted csr.db)" "$(noted other.db)"
	local state='select(.table == "ticket") | "\(.opened_at) \(.status) \(.reopens) \(.resolved_at)"'
	is "$(csr-db dump | jq -r "$state" | sort)" "$(csr-db -d other.db dump | jq -r "$state" | sort)"
	csr-db check
	csr-db -d other.db check
}

@test "notes: what a note says of the state is the ticket's" {
	call c1 2026-10-01T09:00:00+08:00 answered 5000 60000 | csr-ingest -q
	printf '通话ID,时间,通话小结,处理状态\nc1,2026-10-01 09:10,要查退款,处理中\nc1,2026-10-02 11:00,退款已到账,已解决\n' >in.csv
	head -n 2 in.csv | csr-ingest -q -f csv --tz Asia/Shanghai
	is open "$(csr-report tickets --columns status | field .status)"
	csr-ingest -q --tz Asia/Shanghai in.csv
	is "resolved 1" "$(csr-report tickets --columns status | field .status) $(rows ticket .reopens)"
	again in.csv
}

@test "notes: one without a text or a call is refused by name, others' files are no notes" {
	printf 'Call ID,Note\nc1,\n,hello\n' >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:2: no text' "$stderr"
	has 'in.csv:3: no call: neither its id nor a telephone number' "$stderr"
	printf '时间,内容,手机,备注\n2026-10-01 09:00,能退票吗,13800138000,急\n' >in.csv
	is in "$(csr-ingest -n --tz Asia/Shanghai in.csv | field .direction)"
}

# --- SMS

@test "sms: a gateway's export is what we sent, and opens no ticket" {
	ingest "$ROOT/tests/data/csv/sms-gateway.csv"
	is "0 sms out true" "$status $(head -n 1 <<<"$output" | field '"\(.channel) \(.direction) \(.auto)"')"
	# One mailing has one id: each number's message is its own.
	is "3 0" "$(csr-db stats | field '"\(.messages) \(.tickets)"')"
	again "$ROOT/tests/data/csv/sms-gateway.csv"
}

@test "sms: what came in joins the number's conversation, however it is written" {
	csr-ingest -q --tz Asia/Shanghai "$ROOT"/tests/data/csv/sms-{gateway,inbound}.csv
	is "3 3" "$(csr-db stats | field '"\(.tickets) \(.customers)"')"
	is "1 2" "$(rows message 'select(.thread == 2).direction' | sort | xargs)"
	is open "$(csr-report tickets --columns status | field .status | sort -u)"
	again "$ROOT"/tests/data/csv/sms-{inbound,gateway}.csv
}

@test "sms: Twilio's export, in and out; times are told in UTC" {
	ingest "$ROOT/tests/data/csv/sms-twilio.csv"
	is "in 2026-10-01T09:00:00+08:00 +447700900123
out 2026-10-01T09:00:02+08:00 +447700900123
out 2026-10-01T10:00:00+08:00 +447700900456" "$(field '"\(.direction) \(.at) \(.thread)"' <<<"$output")"
	is "1 1" "$(csr-db stats | field '"\(.tickets) \(.open_tickets)"')"
	again "$ROOT/tests/data/csv/sms-twilio.csv"
}

@test "sms: parts of a long message are put together, in whatever order they stand" {
	local f=$ROOT/tests/data/csv/sms-parts.csv
	ingest "$f"
	is 65 "$status"
	has "$f:7: part 2 of 2 of a message of 13700137000 never came" "$stderr"
	is "2026-10-01 09:40:00,上行,13700137000,1069012345601,订单号是,7,1,2,m-6" "$(field .raw <rejects)"
	is "m-1/+8613800138000 2026-10-01T09:00:01+08:00 你好，我订的10月3日杭州西湖酒店两晚，因为航班取消到不了，只能改到10月6日或者现在想退掉，请问能全额退吗？ m-1 m-3 m-4" \
		"$(field 'select(.extra.parts) | "\(.external_id) \(.at) \(.text) \([.extra.parts[].external_id | split("/")[0]] | join(" "))"' <<<"$output")"
	# The export that has the rest too: nothing of it is double.
	{ cat "$f"; echo '2026-10-01 09:40:02,上行,13700137000,1069012345601,HZ20261005,7,2,2,m-7'; } >whole.csv
	ingest whole.csv
	is "0 1" "$status $(field 'select(.new).text' <<<"$output" | grep -c '^订单号是HZ20261005$')"
	again whole.csv
}

@test "sms: parts that cannot be told apart are refused, not mixed" {
	printf '发送时间,方向,手机号,短信内容,分段\n' >in.csv
	printf '2026-10-01 09:00:0%s,上行,13800138000,%s,%s\n' 1 甲一 1/2 2 乙一 1/2 3 甲二 2/2 4 x 3/2 >>in.csv
	ingest in.csv
	is "65 甲一甲二" "$status $(field .text <<<"$output")"
	has 'in.csv:3: part 1 of 2 is there already with other words' "$stderr"
	has 'in.csv:5: 分段: there is no part 3 of 2' "$stderr"
	# A thousand messages may wait; of more the oldest is given up.
	{ printf '发送时间,方向,手机号,短信内容,分段\n'
	  for i in $(seq 1030); do printf '2026-10-01 09:00:01,上行,1380013%04d,x,1/2\n' "$i"; done
	  printf '2026-10-01 09:00:02,上行,13800130001,y,2/2\n2026-10-01 09:00:02,上行,13800131030,y,2/2\n'; } >many.csv
	ingest -n many.csv
	is "65 +8613800131030" "$status $(field .thread <<<"$output")"
}

@test "sms: a reply in the row of what it replies to is the customer's" {
	ingest "$ROOT/tests/data/csv/sms-replies.csv"
	is "out auto
in 请问可以带宠物吗
out auto" "$(field '"\(.direction) \(if .auto then "auto" else .text end)"' <<<"$output")"
	again "$ROOT/tests/data/csv/sms-replies.csv"
}

@test "sms: whose number is whose is asked where it does not show" {
	printf 'Sent At,From,To,SMS Text\n2026-10-01 09:00,13800138000,13900139000,hello\n' >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:2: which of 13800138000 and 13900139000 is ours? say it by -a' "$stderr"
	is "in 13800138000" "$(csr-ingest -n -a 13900139000 --tz Asia/Shanghai in.csv | field '"\(.direction) \(.from.phone)"')"
}

@test "sms: -C sms takes a plain file of messages for SMS; a person's name makes a word ours" {
	printf '时间,手机号,内容,客服\n2026-10-01 09:00,13800138000,您的退款已到账,8007\n' >in.csv
	is "message in" "$(csr-ingest -n --tz Asia/Shanghai in.csv | field '"\(.kind) \(.direction)"')"
	is "out null 8007" "$(csr-ingest -n -C sms --tz Asia/Shanghai in.csv | field '"\(.direction) \(.auto) \(.from.id)"')"
}

@test "calls: truncated and hostile files store what is whole and name the rest" {
	local f
	for f in asterisk.csv freeswitch.csv queue_log; do
		{ head -c -30 "$DATA/$f"; printf '\nx\0y|z|,"\n'; } >in
		ingest -f "$(case $f in q*) echo queuelog ;; *) echo "${f%.csv}" ;; esac)" -d "$f.db" in
		is 65 "$status"
		[ -s rejects ]
		csr-db -d "$f.db" check
		rm -f rejects
	done
}

@test "auto: each sample is known as itself" {
	local f want got
	for f in "$DATA"/asterisk*.csv "$DATA"/freeswitch*.csv "$DATA"/queue_log; do
		case ${f##*/} in asterisk*) want=asterisk ;; queue_log) want=queuelog ;; *) want=freeswitch ;; esac
		csr-ingest -q -d t.db --tz Asia/Shanghai "$f"
		got=$(csr-db -d t.db dump | jq -r 'select(.table == "source").format')
		is "$want ${f##*/}" "$got ${f##*/}"
		rm -f t.db*
	done
}
