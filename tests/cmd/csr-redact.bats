# csr-redact: what must not be seen is masked, what looks like it stays

load helper

LINE='{"kind":"message","channel":"wecom","thread":"t1","from":{"id":"c1","phone":"13800138000"},"at":"2026-10-01T09:00:00+08:00","text":"我的手机13800138000，身份证11010519491231002X"}'

# masked TEXT [OPTION...] - the text as it leaves
masked() {
	local text=$1
	shift
	jq -nc --arg t "$text" '{kind:"message",thread:"t",text:$t}' | csr-redact "$@" | jq -r .text
}

@test "help goes to stdout, exit 0" { seven_help csr-redact; }
@test "an unknown option is a wrong call" { seven_option csr-redact; }
@test "no input, no output, exit 0" { seven_empty csr-redact; }
@test "a bad line is named, the rest passes" { seven_bad_line "$LINE" csr-redact; }
@test "a full disk under stdout is 74" { seven_full "$LINE" csr-redact; }
@test "unknown fields survive" { seven_unknown "$LINE" csr-redact; }
@test "it needs no database and makes none" {
	csr-redact <<<"$LINE" >/dev/null
	[ ! -e "$CSR_DB" ]
}

@test "each secret becomes a mark, and is told with its place in the original" {
	run --separate-stderr csr-redact <<<"$LINE"
	is 0 "$status"
	is '我的手机[phone#1]，身份证[id_card#1]' "$(field .text <<<"$output")"
	is '[{"kind":"phone","start":4,"end":15,"mark":"[phone#1]"},{"kind":"id_card","start":19,"end":37,"mark":"[id_card#1]"}]' \
		"$(jq -c .redactions <<<"$output")"
	is 13800138000 "$(field .from.phone <<<"$output")"
}

# P14. The vectors of the threats, each in several dresses; the value may stand nowhere in
# what leaves, however it is escaped.
@test "masked is masked: the value is nowhere, not even escaped" {
	local v bare
	while read -r v; do
		bare=$(tr -cd '0-9Xx' <<<"$v")
		run --separate-stderr csr-redact <<<"{\"kind\":\"message\",\"subject\":\"$v\",\"text\":\"a $v b\",\"extra\":{\"quoted\":\"> $v\",\"deep\":[{\"n\":\"$v\"}]},\"attachments\":[{\"name\":\"$v.pdf\"}],\"entities\":[{\"kind\":\"order_no\",\"text\":\"$v\",\"start\":2,\"end\":$((2 + ${#v}))}]}"
		is 0 "$status"
		is 5 "$(jq '.redactions | length' <<<"$output")"
		[[ $(tr -cd '0-9Xx' <<<"$output") != *"$bare"* ]]
	done <<-'END'
	11010519491231002X
	440524188001010014
	110105 19491231 002x
	4111111111111111
	378282246310005
	6200000000000005
	6228 4800 0000 0002 097
	+86 138-0013-8000
	13800138000
	END
	escaped=$(printf '13800138000' | sed 's/./\\u003&/g')
	run --separate-stderr csr-redact <<<"{\"kind\":\"message\",\"te\\u0078t\":\"$escaped\"}"
	is '[phone#1]' "$(field .text <<<"$output")"
	[[ $output != *003* ]]
}

@test "look-alikes stay as they are, byte for byte" {
	local line
	while read -r v; do
		line="{\"kind\":\"message\",\"text\":\"$v\"}"
		is "$line" "$(csr-redact <<<"$line")"
	done <<-'END'
	身份证110105194912310021
	11010519491331002X
	4111111111111112
	6222021234567890123
	订单4111111111111111
	订单号100023984471562
	快递SF1120984406725，运单773012345678901
	MU5101 2026-10-01 09:00 ¥1,960.50 满400减60
	尾号6677，电话400-800-1234，验证码 8830157
	版本 10.2.3.4，你知道8号出发吗，坐2号线
	END
}

@test "one value has one mark in a conversation, however it is written" {
	printf '%s\n' '{"kind":"message","ticket":7,"text":"13800138000"}' \
		'{"kind":"message","ticket":7,"text":"+86 138-0013-8000 或 13800138001"}' \
		'{"kind":"message","ticket":7,"text":"一三八零零一三八零零一"}' \
		'{"kind":"message","ticket":8,"text":"13800138001"}' >in
	is '[phone#1]/[phone#1] 或 [phone#2]/[phone#2]/[phone#1]' \
		"$(csr-redact <in | jq -r .text | paste -sd/)"
}

@test "masking again changes nothing; places of later kinds are those of the original" {
	csr-redact <<<"$LINE" >once
	csr-redact once | cmp - once
	csr-redact --kinds phone <<<"$LINE" >phones
	csr-redact phones >both
	is "$(jq -c '[.redactions[] | del(.mark)]' once)" "$(jq -c '[.redactions[] | del(.mark)]' both)"
	is "$(field .text <once)" "$(field .text <both)"
	# and numbers go on where the first pass stopped
	jq -c '.text += "，另一个13900139000"' once | csr-redact >later.jsonl
	has '另一个[phone#2]' "$(field .text <later.jsonl)"
}

@test "--kinds masks these alone" {
	is '手机13800138000，身份证[id_card#1]' \
		"$(masked 手机13800138000，身份证11010519491231002X --kinds id_card,email)"
	run --separate-stderr csr-redact --kinds phones </dev/null
	is 64 "$status"
	has '--kinds: "phones" is none of phone email id_card' "$stderr"
}

@test "--fields masks in these fields of every record" {
	run --separate-stderr csr-redact --fields from.phone,order.to \
		<<<'{"kind":"order","from":{"id":"c1","phone":"13800138000"},"order":{"to":["13900139000"]},"text":"13800138000"}'
	is '{"id":"c1","phone":"[phone#1]"} {"to":["[phone#2]"]} 13800138000' \
		"$(jq -r '"\(.from) \(.order) \(.text)"' <<<"$output")"
	is 'from.phone order.to.0' "$(jq -r '[.redactions[].field] | join(" ")' <<<"$output")"
	# without it other kinds pass untouched
	is '{"kind":"order","text":"13800138000"}' "$(csr-redact <<<'{"kind":"order","text":"13800138000"}')"
}

@test "--placeholder and --reveal-last say what is seen instead" {
	is '打<phone>吧' "$(masked 打13800138000吧 --placeholder '<%k>')"
	is '打[phone#1 8000]吧' "$(masked 打13800138000吧 --reveal-last 4)"
	is '写[email#1]吧' "$(masked 写a.b@example.com吧 --reveal-last 4)"
	run --separate-stderr csr-redact --placeholder '%z' </dev/null
	is 64 "$status"
	run --separate-stderr csr-redact --reveal-last 9 </dev/null
	is 64 "$status"
}

@test "--key numbers alike in every run, and not alike by another key" {
	printf '%s\n' 0123456789abcdef >key
	printf '%s\n' fedcba9876543210 >other
	one=$(masked 13800138000 --key key)
	[[ $one =~ ^\[phone#[a-z2-9]{6}\]$ ]]
	is "$one" "$(masked 13800138000 --key key)"
	[ "$one" != "$(masked 13800138000 --key other)" ]
	echo short >short
	run --separate-stderr csr-redact --key short </dev/null
	is 78 "$status"
}

@test "--report counts, and prints no record" {
	run --separate-stderr csr-redact --report <<<"$LINE"$'\n''{"kind":"order"}'
	is '{"records":2,"searched":1,"masked":1,"kinds":{"id_card":1,"phone":1}}' "$output"
}

@test "--explain names kinds and places, never values" {
	run --separate-stderr csr-redact --explain -q <<<"$LINE"
	is 'csr-redact: stdin:1: text phone [4,15)' "${stderr_lines[0]}"
	is 'csr-redact: stdin:1: text id_card [19,37)' "${stderr_lines[1]}"
}

@test "own kinds are masked, own numbers are kept" {
	mkdir -p conf/redact
	printf '[keep]\nvalue = 138-0013-8000\n[staff_no]\npattern = \\bqh-\\d{5}\\b\n' >conf/redact/own.conf
	is '13800138000 [staff_no#1] [phone#1]' "$(masked '13800138000 QH-12345 13900139000' -c conf)"
	is '13900139000 [staff_no#1]' "$(masked '13900139000 QH-12345' -c conf --kinds staff_no)"
	printf '[bad\n' >conf/redact/own.conf
	run --separate-stderr csr-redact -c conf </dev/null
	is 78 "$status"
	has 'own.conf:1:' "$stderr"
}

@test "a pattern that blows up is named and does not stop the feed" {
	mkdir -p conf/redact
	printf '[slow]\npattern = (a|aa|aaa)+\\d\n' >conf/redact/own.conf
	text=$(printf 'a%.0s' {1..200})
	run --separate-stderr csr-redact -c conf <<<"{\"kind\":\"message\",\"text\":\"$text 13800138000\"}"$'\n'"$LINE"
	is 0 "$status"
	is 2 "${#lines[@]}"
	has 'own.conf:2: pattern' "$stderr"
	has '[phone#1]' "${lines[0]}"
}

@test "it stands before storage: what is stored never held the value" {
	printf '%s\n' "$LINE" | csr-ingest -n - | csr-redact | csr-ingest -q
	is '我的手机[phone#1]，身份证[id_card#1]' "$(sqlite3 "$CSR_DB" 'SELECT text FROM message')"
	is 2 "$(sqlite3 "$CSR_DB" 'SELECT extra FROM message' | jq '.redactions | length')"
	grep -aq 11010519491231002X "$CSR_DB"* && return 1
	# the same again is known already
	printf '%s\n' "$LINE" | csr-ingest -n - | csr-redact | csr-ingest | jq -e '.new == false'
}

@test "the synthetic sentences of others lose what is tagged, and nothing else" {
	local data=$ROOT/../shared/data/pii-presidio/data.jsonl
	[ -r "$data" ] || skip "no ../shared/data/pii-presidio"
	run "$ROOT/tests/bench/redact" "$BUILD" pii
	is 0 "$status"
}
