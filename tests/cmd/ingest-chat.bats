# ingest-chat: chats, rosters, comments and transcripts, whole and broken

load helper

# ingest FILE... - stores, keeping what is refused in ./rejects
ingest() { run --separate-stderr csr-ingest --tz Asia/Shanghai --rejects rejects "$@"; }

# twice FILE... - the same again is known already and changes nothing
twice() {
	csr-ingest -q --tz Asia/Shanghai "$@"
	csr-db dump >before
	csr-ingest --tz Asia/Shanghai "$@" >again
	is "" "$(jq -c 'select(.new)' again)"
	csr-db dump | cmp - before
}

# --- JSON by names

@test "json: a transcript is one conversation of a visitor and an agent" {
	ingest "$ROOT/tests/data/json/webchat.json"
	is 0 "$status"
	is 's-81 in 1
s-81 out 1
s-81 in 1
s-81 note 1
s-82 out null
s-82 in 2' "$(field '"\(.thread) \(.direction) \(.ticket)"' <<<"$output")"
	twice "$ROOT/tests/data/json/webchat.json"
}

@test "json: messages 1 and 2 of another conversation are others" {
	for s in a b; do
		printf '{"session_id":"%s","visitor":{"id":"v"},"messages":[{"id":1,"at":1790816400,"from":"visitor","text":"hi"}]}\n' $s
	done >in.json
	ingest in.json
	is 'a/1 true
b/1 true' "$(field '"\(.external_id) \(.new)"' <<<"$output")"
}

@test "json: a comment that asks is a ticket, chatter under a post is not" {
	ingest "$ROOT/tests/data/json/weibo.jsonl"
	is 'weibo 1
weibo null' "$(field '"\(.account) \(.ticket)"' <<<"$output")"
	ingest "$ROOT/tests/data/json/xiaohongshu.json"
	is 'xiaohongshu 2
xiaohongshu null' "$(field '"\(.account) \(.ticket)"' <<<"$output")"
}

@test "json: one broken message of a transcript costs itself" {
	cat >in.json <<-'X'
	{"session_id":"s","visitor":{"id":"v"},"messages":[
	{"id":1,"at":"2026-10-01 09:00","from":"visitor","text":"a"},
	{"id":2,"at":"2026-10-01 09:01","from":"visitor","text":oops},
	{"id":3,"at":"2026-10-01 09:02","from":"visitor","text":"c
	{"id":4,"at":"yesterday","from":"visitor","text":"d"},
	{"id":5,"at":"2026-10-01 09:04","from":"visitor","text":"e"}
	]}
	X
	ingest in.json
	is 65 "$status"
	is 'a
e' "$(field .text <<<"$output")"
	has 'in.json:3: not JSON: invalid token' "$stderr"
	has 'in.json:4: not JSON: the line ends within a text' "$stderr"
	has 'item 1: at: "yesterday" is not a time' "$stderr"
	is 3 "$(wc -l <rejects)"
}

@test "json: a file cut off in the middle keeps what is whole and says so" {
	head -c 560 "$ROOT/tests/data/json/webchat.json" >in.json
	ingest in.json
	is 65 "$status"
	is '酒店能取消吗
可以，入住前一天 18 点前免费取消' "$(field .text <<<"$output")"
	has 'not JSON: the input ends within a value' "$stderr"
}

@test "json: an array of our own records, as jq -s makes one" {
	echo '{"kind":"message","channel":"sms","at":1790816400,"from":{"phone":"13800138000"},"text":"hi"}' |
		jq -s . >in.json
	ingest in.json
	is 'hi sms true' "$(field '"\(.text) \(.channel) \(.new)"' <<<"$output")"
}

@test "json: names nobody knows are asked for, and --map tells them" {
	echo '[{"wann":"2026-10-01 09:00","was":"hi","wer":"v1"}]' >in.json
	ingest -f json in.json
	is 65 "$status"
	has "no member's name is known" "$stderr"
	printf 'at = wann\ntext = was\ncustomer_id = wer\n' >map
	ingest -f json -m map in.json
	is 'hi v1' "$(field '"\(.text) \(.from.id)"' <<<"$output")"
}

# --- WeCom: recalls, consent, every type

@test "wecom: a recall before its target and behind it leave the same ticket" {
	sed -n 1,2p "$ROOT/tests/data/wecom/archive.jsonl" >before.jsonl
	tac before.jsonl >behind.jsonl
	for f in before behind; do
		CSR_DB=$f.db csr-ingest -q --now 2026-10-02 $f.jsonl
		CSR_DB=$f.db csr-db check
		CSR_DB=$f.db csr-db dump | jq -c 'select(.table == "ticket")' >$f.ticket
	done
	cmp before.ticket behind.ticket
	is '1 null' "$(jq -r '"\(.status) \(.waiting_since_at)"' before.ticket)"
}

@test "wecom: consent and its end are events of their person, with time and source" {
	ingest "$ROOT/tests/data/wecom/archive.jsonl"
	is 0 "$status"
	is 'archive.agree agree wmGA02 1790816465000
archive.disagree disagree wmGA01 1790816475000' "$(csr-db dump |
		jq -r 'select(.table == "event" and (.name // "" | startswith("archive.")) and .value) |
			"\(.name) \(.value) \(.subject) \(.at)"')"
	is 2 "$(csr-db dump | jq -c 'select(.table == "event" and .value and .customer)' | grep -c archive)"
}

@test "wecom: every type reads as words and keeps its details" {
	ingest "$ROOT/tests/data/wecom/archive.jsonl"
	is 0 "$(jq -r 'select(.kind == "message" and .recalls == null) | .text // "?"' <<<"$output" | grep -c '^?')"
	has '[会议: 行前说明会 三楼会议室 2026-10-02 09:00]' "$output"
	is 18181 "$(jq -r 'select(.external_id == "wc-010") | .extra.chatrecord.item[1].content | fromjson | .filesize' <<<"$output")"
	twice "$ROOT/tests/data/wecom/archive.jsonl"
}

@test "wecom: pushed as strings, as an array, pretty-printed: the same message" {
	cat >a.json <<-'X'
	{"msgid":"m1","action":"send","from":"wmAAA","tolist":["lisi"],"roomid":"","msgtime":1790816400123,"msgtype":"text","text":{"content":"hi"}}
	X
	cat >b.json <<-'X'
	[{"msgid":"m1","action":"send","from":"wmAAA","tolist":"lisi","roomid":null,"msgtime":"1790816400123","msgtype":"text","text":"{\"content\":\"hi\"}"}]
	X
	jq . a.json >c.json
	csr-ingest -n a.json >want
	for f in b c; do csr-ingest -n $f.json | cmp - want; done
}

# --- WeChat customer service

@test "wxkf: a customer, one of ours, a recall and what the platform tells" {
	ingest "$ROOT/tests/data/wxkf/sync_msg.json"
	is 0 "$status"
	is 'kf.enter_session
in 机票能改名字吗
out 请把订单号发我
in [图片]
in [小程序: 订单详情]
note null
kf.session_status_change' "$(field 'if .kind == "event" then .event else "\(.direction) \(.text)" end' <<<"$output")"
	is message.recalled "$(csr-db dump | jq -r 'select(.table == "event" and .subject == "kf-3") | .name')"
	twice "$ROOT/tests/data/wxkf/sync_msg.json"
}

# --- DingTalk

@test "dingtalk: in a group staff answer, alone with the robot a person asks" {
	ingest "$ROOT/tests/data/dingtalk/robot.jsonl"
	is 0 "$status"
	is 'in 1 订单1234567890什么时候出票？
out 1 已催，10 点前出
in 2 截图如下[图片]
in 2 [图片]
in 2 [语音] 钉钉，让进步发生
in 2 [视频]
in 2 [文件: 护照.pdf]' "$(field '"\(.direction) \(.ticket) \(.text)"' <<<"$output")"
	run grep -c sessionWebhook <(csr-db dump)
	is 0 "$output"
	twice "$ROOT/tests/data/dingtalk/robot.jsonl"
}

@test "dingtalk: a stream's envelope is opened" {
	ingest "$ROOT/tests/data/dingtalk/stream.jsonl"
	is '发票怎么开 周洋' "$(field '"\(.text) \(.from.name)"' <<<"$output")"
}

# --- Qianniu

@test "qianniu: the shop's side is told by its colon, whole sessions or line by line" {
	ingest "$ROOT/tests/data/qianniu/session.json"
	is 'in 1 tb王小二
out 1 小美
in 1 tb王小二
note null 小美' "$(field '"\(.direction) \(.ticket) \(.from.id)"' <<<"$output")"
	ingest "$ROOT/tests/data/qianniu/lines.jsonl"
	is 'in 2
out 2' "$(field '"\(.direction) \(.ticket)"' <<<"$output")"
	twice "$ROOT"/tests/data/qianniu/*.json*
}

@test "qianniu: the buyer of a chat is the buyer of the order" {
	csr-ingest -q "$ROOT/tests/data/qianniu/session.json"
	printf '订单编号,买家会员名,总金额\n2609300158,tb王小二,12\n' >orders.csv
	ingest orders.csv
	is 1 "$(field .customer <<<"$output")"
}

# --- WeChat's exports

@test "wechat: CSV: what is no text reads as words, a notice of WeChat is nobody's" {
	ingest "$ROOT/tests/data/csv/wechat-types.csv"
	is 0 "$status"
	has '[链接: 三亚攻略 & 美食 https://qinghe.example/a?b=1&c=2]' "$output"
	is 'note true' "$(jq -r 'select(.extra.Type == "10000") | "\(.direction) \(.auto)"' <<<"$output")"
	is 1 "$(jq -r 'select(.ticket) | .ticket' <<<"$output" | sort -u)"
	twice "$ROOT/tests/data/csv/wechat-types.csv"
}

@test "wechat: TXT: the file is called as the customer, all others are ours" {
	ingest "$ROOT/tests/data/wechat/王女士-三亚.txt"
	is 'in 1 王女士-三亚
out 1 小李
in 1 王女士-三亚' "$(field '"\(.direction) \(.ticket) \(.from.id)"' <<<"$output")"
	is '酒店能取消吗
订单 1234567890' "$(head -n 1 <<<"$output" | field .text)"
	twice "$ROOT/tests/data/wechat/王女士-三亚.txt"
}

@test "wechat: TXT with the name first is a group when many speak; asking makes a ticket" {
	ingest "$ROOT/tests/data/wechat/云南亲子群.txt"
	is '云南亲子群 in null
云南亲子群 in 1
云南亲子群 out 1
云南亲子群 in null' "$(field '"\(.group) \(.direction) \(.ticket)"' <<<"$output")"
}

@test "wechat: an export that goes on where the last one did not end adds what is new" {
	head -n 7 "$ROOT/tests/data/wechat/王女士-三亚.txt" >王女士-三亚.txt
	csr-ingest -q --tz Asia/Shanghai 王女士-三亚.txt
	ingest "$ROOT/tests/data/wechat/王女士-三亚.txt"
	is 'false
false
true' "$(field .new <<<"$output")"
}

# --- transcripts

@test "transcript: heads, continued lines, midnight, the same words twice" {
	ingest "$ROOT/tests/data/transcript/visit-20261001.txt"
	is 0 "$status"
	is 's-91 out 2026-10-01T09:01:02+08:00
s-91 in 2026-10-01T09:01:10+08:00
s-91 out 2026-10-01T09:01:40+08:00
s-91 in 2026-10-01T09:02:00+08:00
s-91 in 2026-10-01T09:02:00+08:00
s-92 in 2026-10-01T23:59:30+08:00
s-92 out 2026-10-02T00:00:10+08:00' "$(field '"\(.thread) \(.direction) \(.at)"' <<<"$output")"
	is 5 "$(jq -r 'select(.thread == "s-91" and .new)' <<<"$output" | grep -c '"new": true')"
	is '酒店能取消吗
订单 1234567890' "$(field 'select(.text | startswith("酒店")) | .text' <<<"$output")"
	twice "$ROOT/tests/data/transcript/visit-20261001.txt"
}

@test "transcript: a time of day without any date is refused, not guessed" {
	printf '[09:01] Tom: hi\nthere\n[09:02] Tom: you\n' >chat.txt
	ingest chat.txt
	is 65 "$status"
	has 'chat.txt:1: a time of day without a date: put a line "Date: 2026-10-01" before it' "$stderr"
	is '[09:01] Tom: hi
there' "$(head -n 1 rejects | field .raw)"
	{ echo 'Date: 2026-10-01'; cat chat.txt; } >dated.txt
	ingest dated.txt
	is 'hi
there
you' "$(field .text <<<"$output")"
}

@test "transcript: a line of dashes in what somebody says stays in it" {
	printf '[2026-10-01 09:01] Tom: a\n-----\nb\n[2026-10-01 09:02] Tom: c\n' >chat.txt
	ingest chat.txt
	is 'a
-----
b
c' "$(field .text <<<"$output")"
}

@test "transcript: GB18030 reads as well, UTF-16 is named" {
	iconv -f UTF-8 -t GB18030 "$ROOT/tests/data/transcript/log.txt" >gb.txt
	is '在吗' "$(csr-ingest -n gb.txt | head -n 1 | field .text)"
	{ printf '\377\376'; iconv -f UTF-8 -t UTF-16LE "$ROOT/tests/data/transcript/log.txt"; } >wide.txt
	ingest -f transcript wide.txt
	is 65 "$status"
	has 'UTF-16: save it as UTF-8' "$stderr"
}

# --- rosters

members() { csr-db dump | jq -r 'select(.table == "member") | "\(.person) \(.staff) \(.left_at != null)"'; }

@test "roster: a group's members, what they are, how they came" {
	ingest "$ROOT/tests/data/roster/yunnan.json"
	is 0 "$status"
	is 'lisi 1 1 invited null
aming 1 1 invited lisi
wmGA01 0 0 qr lisi
wmGA02 0 0 link null' "$(csr-db dump | jq -r 'select(.table == "member") |
		"\(.person) \(.staff) \(.admin) \(.scene) \(.invitor)"')"
	twice "$ROOT/tests/data/roster/yunnan.json"
	csr-db check
}

@test "roster: who is not in the next one has left, who is new has joined, each once" {
	local f=$ROOT/tests/data/roster/yunnan.json
	csr-ingest -q --tz Asia/Shanghai "$f"
	jq '.at = "2026-10-05 20:00:00" | .group_chat.member_list |= (map(select(.userid != "wmGA02")) +
		[{userid: "wmGA03", type: 2, join_time: 1791000000, join_scene: 3, name: "新来的"}])' "$f" >later.json
	ingest later.json
	is 'wmGA02 true
wmGA03 false' "$(members | awk '/GA02|GA03/ { print $1, $3 }')"
	is 'group.left wmGA02
group.joined wmGA03' "$(csr-db dump | jq -r 'select(.table == "event" and (.value == "wmGA03" or .name == "group.left")) |
		"\(.name) \(.value)"' | sort -r | sed -n '1p;2p' | sort -k2)"
	twice later.json
	# An older roster read late takes nothing back.
	csr-db dump | grep -v '"source"' >before
	csr-ingest -q --tz Asia/Shanghai "$f"
	csr-db dump | grep -v '"source"' | cmp - before
	# Who comes back has another membership.
	jq '.at = "2026-10-09 20:00:00" | .group_chat.member_list[3].join_time = 1791300000' "$f" >again.json
	csr-ingest -q --tz Asia/Shanghai again.json
	is 'wmGA02 true
wmGA02 false' "$(members | awk '/GA02/ { print $1, $3 }')"
	csr-db check
}

@test "roster: as CSV, several groups in a file" {
	cp "$ROOT/tests/data/csv/roster.csv" .
	touch -d 2026-09-30T12:00:00Z roster.csv
	ingest roster.csv
	is 0 "$status"
	is 'wr-sanya group.roster
wr-dali group.roster' "$(tail -n 2 <<<"$output" | field '"\(.subject) \(.event)"')"
	grep -v wmSY02 roster.csv >less.csv
	touch -d 2026-10-01T12:00:00Z less.csv
	csr-ingest -q --tz Asia/Shanghai less.csv
	is 'lisi 1 false
wmSY01 0 false
wmSY02 0 true
wmSY01 0 false' "$(members)"
}

@test "roster: with a row refused nobody is taken to have left" {
	cp "$ROOT/tests/data/csv/roster.csv" .
	touch -d 2026-09-30T12:00:00Z roster.csv
	csr-ingest -q --tz Asia/Shanghai roster.csv
	sed 's/wmSY02,阿麦,外部联系人,2026-09-22 12:30/wmSY02,阿麦,外部联系人,昨天/' roster.csv >bad.csv
	touch -d 2026-10-01T12:00:00Z bad.csv
	ingest bad.csv
	is 65 "$status"
	has 'bad.csv:4: 入群时间: "昨天" is not a time' "$stderr"
	is 0 "$(members | grep -c true)"
}

@test "group chat: a fellow customer called is talk, one of ours called is a matter" {
	csr-ingest -q --tz Asia/Shanghai "$ROOT/tests/data/roster/yunnan.json"
	say() {
		printf '{"msgid":"%s","action":"send","from":"%s","tolist":["lisi"],"roomid":"wr-yunnan","msgtime":179081640%s000,"msgtype":"text","text":{"content":"%s"}}\n' "$@"
	}
	{
		say m1 wmGA02 0 '@小鹿妈妈 明天见'
		say m2 wmGA01 1 '@李思 我们到了'
		say m3 wmGA02 2 '@李思 我也到了'
		say m4 lisi 3 '@小鹿妈妈 好的'
	} >in.json
	ingest in.json
	is 'null
1
2
1' "$(field .ticket <<<"$output")"
}
