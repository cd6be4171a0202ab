# ingest-follow: live feeds, and files and directories as they grow

load helper

teardown() {
	[ -z "${follower-}" ] || { kill -KILL "$follower" 2>/dev/null; wait "$follower" 2>/dev/null; } || true
}

# say ID [THREAD] - one chat message as a line
say() {
	printf '{"kind":"message","channel":"webchat","external_id":"%s","thread":"%s","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1"},"text":"能退票吗"}\n' \
		"$1" "${2-t1}"
}

row() { printf '%s,2026-10-01 09:00:00,13800138000,能退票吗\n' "$1"; }
HEAD=id,时间,手机,内容

# follow ARGS... - csr-ingest --follow in the background: ./out, ./err
follow() {
	csr-ingest --tz Asia/Shanghai --stats --follow "$@" >>out 2>>err &
	follower=$!
}

# ids - the external ids printed so far
ids() { jq -r .external_id out 2>/dev/null | tr '\n' ' '; }

# until_ids LIST - waits up to 10 s until they are LIST
until_ids() {
	local i
	for ((i = 0; i < 100; i++)); do
		[ "$(ids)" != "$1" ] || return 0
		sleep 0.1
	done
	is "$1" "$(ids)"
}

# stop [SIGNAL] - asks it to end; $status, and $stats its --stats line
stop() {
	kill "-${1-TERM}" "$follower"
	status=0
	wait "$follower" || status=$?
	follower=
	stats=$(grep '^{' err | tail -n 1)
}

# latency COMMAND... - the least time in ms, of five, from a line's writing into ./pipe to
# its record's coming out (other work may hold one up, not all)
latency() {
	local i from to least=100000 line
	mkfifo pipe out.pipe
	"$@" <pipe >out.pipe 2>err &
	follower=$!
	exec 7>pipe 8<out.pipe
	say first >&7
	read -r line <&8
	for i in 1 2 3 4 5; do
		from=${EPOCHREALTIME/./}
		say "m$i" >&7
		read -r line <&8
		to=${EPOCHREALTIME/./}
		((to - from >= least)) || least=$((to - from))
	done
	exec 7>&- 8<&-
	has '"external_id":"m5"' "$line"
	echo $((least / 1000))
}

@test "a line from a pipe is stored and printed within 50 ms" {
	ms=$(latency csr-ingest)
	[ "$ms" -lt 50 ] || is "under 50 ms" "$ms ms"
	is 6 "$(csr-db stats | field .messages)"
}

@test "a line of a followed file is stored and printed within 50 ms" {
	say m0 >log.jsonl
	follow log.jsonl
	until_ids "m0 "
	exec 8< <(tail -n 0 -F out 2>/dev/null)
	sleep 0.5
	least=100000
	for i in 1 2 3 4 5; do
		from=${EPOCHREALTIME/./}
		say "m$i" >>log.jsonl
		# Polled here: tail itself looks once a second where it has no inotify.
		until grep -q "\"m$i\"" out; do sleep 0.002; done
		to=${EPOCHREALTIME/./}
		((to - from >= least)) || least=$((to - from))
	done
	exec 8<&-
	[ "$least" -lt 50000 ] || is "under 50 ms" "$((least / 1000)) ms"
	stop
	is 0 "$status"
}

@test "a directory: what is there, what is written, moved and linked in" {
	mkdir in
	say a >in/a.jsonl
	follow in
	until_ids "a "
	say b >in/b.jsonl
	until_ids "a b "
	say c >c && mv c in/c.jsonl
	until_ids "a b c "
	say d >d && ln d in/d.jsonl
	until_ids "a b c d "
	stop
	is "0 4 4" "$status $(field '"\(.read) \(.new)"' <<<"$stats")"
}

@test "a file that is being written is not read before it is closed" {
	mkdir in
	follow in
	exec 7>in/half.jsonl
	say a >&7
	say b >in/other.jsonl
	until_ids "b "
	sleep 0.3
	say c >&7
	sleep 0.3
	is "b " "$(ids)"
	exec 7>&-
	until_ids "b a c "
	stop
	is 0 "$status"
}

@test "names of unfinished work are never read" {
	mkdir in
	for name in .hidden x.tmp x.TMP x.part x.partial x.filepart x.crdownload x~ .x.swp x.lock; do
		say "$name" >"in/$name"
	done
	follow in
	say good >in/good.jsonl
	until_ids "good "
	mv in/x.part in/x.jsonl
	until_ids "good x.part "
	stop
	is 2 "$(field .read <<<"$stats")"
}

@test "a file is read from where it was left, after a restart too" {
	mkdir in
	{ echo "$HEAD"; row 1; row 2; } >in/log.csv
	follow in
	until_ids "1 2 "
	row 3 >>in/log.csv
	until_ids "1 2 3 "
	stop
	is "3 3" "$(field '"\(.read) \(.new)"' <<<"$stats")"
	row 4 >>in/log.csv
	follow in
	until_ids "1 2 3 4 "
	stop
	is "1 1" "$(field '"\(.read) \(.new)"' <<<"$stats")"
	is "2 3 4 5" "$(csr-db dump | jq -r 'select(.table == "message") | .line' | xargs)"
	follow in
	sleep 0.5
	stop
	is 0 "$(field .read <<<"$stats")"
	csr-db check
}

@test "a file whose format cannot be entered midway is read again, and nothing is double" {
	mkdir in
	mail() { printf 'From w@example.cn Thu Oct  1 09:00:00 2026\nFrom: w%s@example.cn\nDate: Thu, 01 Oct 2026 09:00:00 +0800\nMessage-ID: <%s@x>\nSubject: s\n\nhello\n\n' "$1" "$1"; }
	mail 1 >in/mbox
	follow in
	until_ids "1@x "
	mail 2 >>in/mbox
	until_ids "1@x 1@x 2@x "
	stop
	is "3 2 1" "$(field '"\(.read) \(.new) \(.duplicate)"' <<<"$stats")"
}

@test "another file in the place of one that was read is read from its begin" {
	mkdir in
	{ say a; say b; } >in/log.jsonl
	follow in
	until_ids "a b "
	stop
	{ say c; say d; say e; } >in/log.jsonl
	follow in
	until_ids "a b c d e "
	stop
	is 3 "$(field .new <<<"$stats")"
}

@test "a bad file is named and costs the others nothing" {
	mkdir in
	echo hello >in/a.txt
	printf '%s\n{"kind":"message", oops\n%s\n' "$(say a)" "$(say b)" >in/b.jsonl
	printf 'PK\003\004' >in/c.xlsx
	follow --rejects rejects in
	until_ids "a b "
	say c >in/d.jsonl
	until_ids "a b c "
	stop
	is 65 "$status"
	has "in/a.txt: no format recognised" "$(<err)"
	has "in/b.jsonl:2:" "$(<err)"
	has "in/c.xlsx:" "$(<err)"
	is "in/b.jsonl 2" "$(jq -r '"\(.source) \(.line)"' rejects)"
}

@test "a directory that goes away is waited for" {
	mkdir in
	say a >in/a.jsonl
	follow in
	until_ids "a "
	mv in gone
	sleep 0.3
	mkdir in
	say b >in/b.jsonl
	until_ids "a b "
	has "in: gone; waiting for it" "$(<err)"
	stop
	is 0 "$status"
}

@test "a Maildir gives its new mails, and is left as it is" {
	mkdir -p box/tmp box/new box/cur
	mail() { printf 'From: w%s@example.cn\nTo: desk@example.com\nDate: Thu, 01 Oct 2026 09:00:00 +0800\nMessage-ID: <%s@x>\nSubject: s\n\nhello\n' "$1" "$1"; }
	mail 1 >box/cur/1:2,S
	mail 2 >box/new/2
	follow box
	until_ids "1@x 2@x "
	mail 3 >box/tmp/3 && mv box/tmp/3 box/new/3
	until_ids "1@x 2@x 3@x "
	mv box/new/3 box/cur/3:2,S
	sleep 0.3
	stop
	is "0 3" "$status $(field .read <<<"$stats")"
	is "box/cur/1:2,S box/cur/3:2,S" "$(echo box/cur/*)"
}

@test "a file line by line: half a line waits, over rotation and truncation" {
	say a >log
	follow -f jsonl log
	until_ids "a "
	say b | head -c 50 >>log
	sleep 0.3
	is "a " "$(ids)"
	say b | tail -c +51 >>log
	until_ids "a b "
	mv log log.1
	say c >>log.1
	until_ids "a b c "
	say d >log
	say e >>log.1
	until_ids "a b c e d "
	: >log
	sleep 0.3
	say f >>log
	until_ids "a b c e d f "
	stop
	is "0 6" "$status $(field .new <<<"$stats")"
}

@test "a file that is not there yet is waited for" {
	follow -f jsonl log
	sleep 0.3
	say a >log
	until_ids "a "
	has "log: not there yet; waiting for it" "$(<err)"
	stop INT
	is 0 "$status"
}

@test "a followed CSV keeps its header over a restart" {
	{ echo "$HEAD"; row 1; } >log.csv
	follow log.csv
	until_ids "1 "
	stop
	row 2 >>log.csv
	follow log.csv
	until_ids "1 2 "
	stop
	is "1 1" "$(field '"\(.read) \(.new)"' <<<"$stats")"
}

@test "several are followed side by side, whole lines come out" {
	mkdir in
	say a >in/a.jsonl
	say b >log.jsonl
	follow in log.jsonl
	until_ids "a b " || until_ids "b a "
	for i in {1..50}; do
		say "x$i" >>log.jsonl
		say "y$i" >"in/$i.jsonl"
	done
	for ((i = 0; i < 100; i++)); do
		[ "$(wc -l <out)" -lt 102 ] || break
		sleep 0.1
	done
	is 102 "$(jq -r .external_id out | sort -u | wc -l)"
	stop
	is 0 "$status"
	is 102 "$(csr-db stats | field .messages)"
	csr-db check
}

@test "SIGTERM in the middle of a large file ends with a whole batch, the rest comes later" {
	mkdir in
	for ((i = 0; i < 30000; i++)); do say "m$i" "t$((i % 100))"; done >in/big.jsonl
	csr-ingest -q --stats --follow in 2>>err &
	follower=$!
	for ((i = 0; i < 100; i++)); do
		[ "$(csr-db stats 2>/dev/null | field .messages)" = 0 ] || break
		sleep 0.05
	done
	stop
	is 0 "$status"
	first=$(csr-db stats | field .messages)
	csr-ingest -q --stats --follow in 2>>err &
	follower=$!
	for ((i = 0; i < 200; i++)); do
		[ "$(csr-db stats | field .messages)" != 30000 ] || break
		sleep 0.1
	done
	stop
	is "30000 0" "$(csr-db stats | field .messages) $(field .duplicate <<<"$stats")"
	is $((30000 - first)) "$(field .new <<<"$stats")"
	csr-db check
}

@test "--follow needs something to follow, and goes not with --dry-run" {
	run --separate-stderr csr-ingest --follow
	is 64 "$status"
	run --separate-stderr csr-ingest --follow --dry-run .
	is 64 "$status"
}
