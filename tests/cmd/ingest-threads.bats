# ingest-threads: which ticket a message belongs to (formats.md part 1: 3, 9, 10, 11, 18)

load helper

# mail ID FROM [MEMBERS] - a mail of 2026-10-01T09:MM (MM counts up) as a line; MEMBERS are
# further JSON members, commas between
mail() {
	minute=$((${minute-0} + 1))
	printf '{"kind":"message","channel":"email","account":"cs","external_id":"%s","at":"2026-10-01T09:%02d:00+08:00","from":{"email":"%s"},"text":"请问怎么退票"%s}\n' \
		"$1" "$minute" "$2" "${3+,$3}"
}

# chat TIME DIRECTION ID TEXT [WHO] - a chat message on thread t1; TIME as 01T09:00
chat() {
	printf '{"kind":"message","channel":"webchat","external_id":"%s","thread":"t1","at":"2026-10-%s:00+08:00","direction":"%s","from":{"id":"%s"},"text":"%s"}\n' \
		"$3" "$1" "$2" "$([ "$2" = in ] && echo v1 || echo lisi)" "$4"
}

resolved() {
	printf '{"kind":"event","event":"ticket.status","channel":"webchat","thread":"t1","status":"resolved","at":"2026-10-%s:00+08:00"}\n' "$1"
}

# tickets - the tickets of the messages, in their order: "1 1 2"
tickets() { csr-db dump | jq -r 'select(.table == "message") | .ticket // "-"' | xargs; }

# ticket N FIELD - of the stored ticket
ticket() { csr-db dump | jq -r --argjson n "$1" "select(.table == \"ticket\" and .id == \$n).$2"; }

ingest() { csr-ingest -q "$@"; }

# sign N - the signature of ticket N: HMAC-SHA-256 of the number, by this database's key
sign() {
	csr-db init -q 2>/dev/null || csr-db init
	sqlite3 "$CSR_DB" "insert into secret values ('ticket_tag', 'k') on conflict do nothing"
	perl -MDigest::SHA=hmac_sha256_hex -e 'print substr(hmac_sha256_hex($ARGV[0], "k"), 0, 16)' "$1"
}

# --- row 11: references, then the signed tag, then a number of one who takes part

@test "References lead before a signed tag of another ticket" {
	needs perl sqlite3
	sig=$(sign 2)
	{ mail a1 a@x.cn; mail b1 b@x.cn
	  mail a2 c@x.cn "\"refs\":[\"a1\"],\"tag_ticket\":2,\"tag_sign\":\"$sig\""; } | ingest
	is "1 2 1" "$(tickets)"
}

@test "In-Reply-To before References, the nearest of those first" {
	{ mail a1 a@x.cn; mail b1 b@x.cn; mail c1 c@x.cn
	  mail d1 d@x.cn '"reply_to":"b1","refs":["a1","c1"]'
	  mail d2 d@x.cn '"reply_to":"lost","refs":["a1","c1","lost2"]'; } | ingest
	is "1 2 3 2 3" "$(tickets)"
}

@test "a signed tag is believed from anybody" {
	needs perl sqlite3
	sig=$(sign 1)
	{ mail a1 a@x.cn; mail b1 stranger@x.cn "\"tag_ticket\":1,\"tag_sign\":\"$sig\""; } | ingest
	is "1 1" "$(tickets)"
}

@test "a forged tag is a stranger's: a ticket of its own, perhaps related" {
	needs perl sqlite3
	sig=$(sign 2)
	{ mail a1 a@x.cn; mail b1 stranger@x.cn "\"tag_ticket\":1,\"tag_sign\":\"$sig\""; } | ingest
	is "1 2" "$(tickets)"
	is 1 "$(ticket 2 related)"
}

@test "an unsigned number counts for who takes part, by whatever address" {
	{ mail a1 a@x.cn
	  printf '{"kind":"customer","who":{"email":"a@x.cn","phone":"13800138000"}}\n'
	  printf '{"kind":"customer","channel":"email","person":{"email":"a@x.cn","phone":"13800138000"}}\n'
	  printf '{"kind":"message","channel":"sms","external_id":"s1","at":"2026-10-01T10:00:00+08:00","from":{"phone":"13800138000"},"text":"还没退","tag_ticket":1}\n'
	  mail b1 b@x.cn '"tag_ticket":1'
	  mail a2 a@x.cn '"tag_ticket":1'; } | ingest || true
	is "1 1 2 1" "$(tickets)"
	is 1 "$(ticket 2 related)"
}

@test "a number of no ticket means nothing" {
	mail a1 a@x.cn '"tag_ticket":4711' | ingest
	is "1" "$(tickets)"
	is null "$(ticket 1 related)"
}

@test "a forwarded mail that answers nothing is a matter of its own" {
	{ mail a1 a@x.cn '"subject":"退票"'; mail b1 b@x.cn '"subject":"WG: 退票"'; } | ingest
	is "1 2" "$(tickets)"
}

# --- row 11: merged tickets redirect for ever

@test "what is said to a merged ticket goes to the one it is part of, for ever" {
	needs perl sqlite3
	sig=$(sign 2)
	{ mail a1 a@x.cn; mail b1 b@x.cn; mail c1 c@x.cn; } | ingest
	csr-ticket merge --force 2 1 -q --actor t
	csr-ticket merge --force 1 3 -q --actor t
	{ mail b2 b@x.cn '"reply_to":"b1"'
	  mail d1 d@x.cn "\"tag_ticket\":2,\"tag_sign\":\"$sig\""; } | ingest
	is "3 3" "$(tickets | cut -d' ' -f4-)"
	csr-db check
}

# --- row 10: the same mail again

@test "a file read twice, or its copy under another name, changes nothing" {
	{ mail a1 a@x.cn; mail a2 a@x.cn '"reply_to":"a1"'; } >in.jsonl
	cp in.jsonl copy.jsonl
	ingest in.jsonl
	csr-db dump >before
	is "0 2" "$(csr-ingest -q --stats copy.jsonl 2>&1 | field '"\(.new) \(.duplicate)"')"
	csr-db dump | cmp - before
}

@test "a mail without an id is known by what stays the same in it" {
	printf '{"kind":"message","channel":"email","at":"2026-10-01T09:00:00+08:00","from":{"email":"a@x.cn"},"subject":"s","text":"t"}\n' >in
	ingest in
	is false "$(csr-ingest in | field .new)"
	sed -i 's/"t"/"t2"/' in
	is true "$(csr-ingest in | field .new)"
}

@test "a mail to two of our mailboxes is kept for both, on one ticket" {
	{ mail a1@x a@x.cn; mail a1@x a@x.cn | sed 's/"cs"/"vip"/'; } | ingest
	is "1 1" "$(tickets)"
}

# --- row 9: machines

@test "automatic mail opens no ticket and reopens none" {
	{ mail a1 robot@x.cn '"auto":true'
	  mail b1 b@x.cn
	  printf '{"kind":"event","event":"ticket.status","ticket":1,"status":"resolved","at":"2026-10-01T10:00:00+08:00"}\n'
	  printf '{"kind":"message","channel":"email","account":"cs","external_id":"b2","reply_to":"b1","auto":true,"at":"2026-10-01T10:05:00+08:00","from":{"email":"b@x.cn"},"text":"I am out of office"}\n'
	} | ingest
	is "- 1 1" "$(tickets)"
	is "resolved 0" "$(csr-ticket list -o jsonl status:resolved | field '"\(.status) 0"')"
	is 0 "$(ticket 1 reopens)"
}

# --- row 18: thanks, grace, the ticket that follows

@test "thanks alone keeps a ticket closed, in Chinese and English" {
	for words in 谢谢 '好的，谢谢！' 'Thank you very much!' 'thanks' '收到，感谢' '👍'; do
		rm -f csr.db*
		{ chat 01T09:00 in 1 能退票吗; resolved 01T09:05; chat 01T09:10 in 2 "$words"; } | ingest
		is "$words 1 3 0" "$words $(tickets | cut -d' ' -f2) $(ticket 1 status) $(ticket 1 reopens)"
	done
	is 1 "$(csr-db dump | jq -r 'select(.table == "event" and .name == "ticket.thanks").ticket')"
}

@test "thanks with a question opens it again" {
	for words in '谢谢，那什么时候到账？' 'Thanks, but the refund has not arrived'; do
		rm -f csr.db*
		{ chat 01T09:00 in 1 能退票吗; resolved 01T09:05; chat 01T09:10 in 2 "$words"; } | ingest
		is "$words 1 1" "$words $(ticket 1 status) $(ticket 1 reopens)"
	done
}

@test "a reply within the grace period reopens, a later one starts a ticket that follows" {
	{ chat 01T09:00 in 1 能退票吗; resolved 01T09:05; chat 04T09:05 in 2 还没到账
	  resolved 04T10:00; chat 07T10:01 in 3 还是没到; } | ingest
	is "1 1 2" "$(tickets)"
	is "1 2" "$(ticket 1 reopens) $(ticket 1 cycle)"
	is 1 "$(ticket 2 follows)"
	csr-db check
}

@test "the grace period is what rules/threading.conf says" {
	mkdir -p conf/rules
	echo 'grace = 1h' >conf/rules/threading.conf
	{ chat 01T09:00 in 1 能退票吗; resolved 01T09:05; chat 01T10:06 in 2 还没到账; } | ingest -c conf
	is "1 2" "$(tickets)"
	echo 'grace = soon' >conf/rules/threading.conf
	run --separate-stderr csr-ingest -c conf /dev/null
	is 78 "$status"
	has "threading.conf:1: " "$stderr"
	echo 'mercy = 1h' >conf/rules/threading.conf
	run --separate-stderr csr-ingest -c conf /dev/null
	is 78 "$status"
}

# --- row 3: reopening keeps the history

@test "reopening starts a cycle; what was resolved first stays known" {
	{ chat 01T09:00 in 1 能退票吗; chat 01T09:02 out 2 可以; resolved 01T09:05
	  chat 01T12:00 in 3 还没到账; chat 01T12:03 out 4 今天到; resolved 01T12:05; } | ingest
	at() { echo $((($(date -d "2026-10-01T$1:00+08:00" +%s)) * 1000)); }
	is "$(at 09:02) $(at 09:05) $(at 12:05) 2" \
		"$(ticket 1 first_response_at) $(ticket 1 first_resolved_at) $(ticket 1 resolved_at) $(ticket 1 cycle)"
	csr-db check
}

@test "our own late word on a resolved ticket opens nothing" {
	{ chat 01T09:00 in 1 能退票吗; resolved 01T09:05; chat 01T09:30 out 2 已经退好了; } | ingest
	is "1 1 3 0" "$(tickets) $(ticket 1 status) $(ticket 1 reopens)"
}

# --- groups

# group MIN WHO TEXT [MEMBERS]
group() {
	printf '{"kind":"message","channel":"wecom","group":"wr1","external_id":"g%s","at":"2026-10-01T09:%s:00+08:00","from":{"id":"%s"%s},"text":"%s"%s}\n' \
		"$1" "$1" "$2" "$([[ $2 = wm* ]] || echo ',"role":"agent"')" "$3" "${4+,$4}"
}

@test "in a group a member gets a ticket when he asks, and only then" {
	{ group 01 wmA 大家早; group 02 wmB 请问几点集合？; group 03 wmC 早
	  group 04 wmC '我的票没出，怎么办'; group 05 wmA '哈哈'; } | ingest
	is "- 1 - 2 -" "$(tickets)"
}

@test "in a group one of ours answers whom he mentions, else who asked last" {
	{ group 01 wmB 请问几点集合？; group 02 wmC 我的票没出，怎么办
	  group 03 lisi 马上看; group 04 lisi 七点半 '"mentions":["wmB"]'; } | ingest
	is "1 2 2 1" "$(tickets)"
}

@test "in a group calling one of ours is asking" {
	group 01 wmA 在吗 '"mentions":["lisi"]' | ingest
	is "1" "$(tickets)"
}

# --- any order, any size of batch

@test "batches of one and one batch decide alike" {
	{ chat 01T09:00 in 1 能退票吗; chat 01T09:02 out 2 可以; resolved 01T09:05
	  chat 01T09:06 in 3 谢谢; chat 02T09:00 in 4 还没到账; resolved 02T10:00
	  chat 09T09:00 in 5 发票呢; chat 01T09:01 in 6 急; mail a1 a@x.cn
	  mail a2 b@x.cn '"reply_to":"a1"'; } >in
	ingest in
	while read -r line; do csr-ingest -q -d one.db <<<"$line"; done <in
	sum='select(.table == "message" or .table == "ticket") | del(.source, .line)'
	diff <(csr-db dump | jq -c "$sum") <(csr-db -d one.db dump | jq -c "$sum")
	csr-db check
	csr-db -d one.db check
}
