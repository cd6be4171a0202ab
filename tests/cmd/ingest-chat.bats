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
