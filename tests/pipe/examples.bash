# examples.bash - the commands that README and manuals print, taken out and run as printed
# shellcheck shell=bash

# examples FILE DIR - writes each literal block of a manual (of its EXAMPLES section;
# csr.7: of all) or each indented block of README that runs a csr program to DIR/NN.
examples() {
	local all=0
	[[ $1 == */csr.7 ]] && all=1
	mkdir -p "$2"
	if [[ $1 == *.md ]]; then
		awk -v dir="$2" '
		/^    [^ ]/ { text = text substr($0, 5) "\n"; next }
		{ flush() }
		END { flush() }
		function flush() {
			if (text ~ /(^|\n)csr-/) printf "%s", text >sprintf("%s/%02d", dir, ++n)
			text = ""
		}' "$1"
	else
		awk -v dir="$2" -v all="$all" '
		/^\.Sh / { on = all || $2 == "EXAMPLES"; next }
		on && /^\.Dl / { n++; print plain(substr($0, 5)) >sprintf("%s/%02d", dir, n); next }
		on && /^\.Bd .*-literal|^\.Bd -literal/ { inside = 1; n++; next }
		/^\.Ed/ { inside = 0; next }
		inside { print plain($0) >sprintf("%s/%02d", dir, n) }
		function plain(s) {
			sub(/^[ \t]*\$ /, "", s)
			gsub(/\\&/, "", s); gsub(/\\e/, "\\", s); gsub(/\\-/, "-", s)
			gsub(/\\\(aq/, "\x27", s); gsub(/\\\(dq/, "\"", s)
			return s
		}' "$1"
	fi
}

# desk DIR - a folder with the files that examples speak of, and a desk that has seen a day
desk() {
	local demo=$ROOT/share/demo f
	mkdir -p "$1" "$HOME"
	cd "$1" || return
	export CSR_DB=$1/csr.db CSR_NOW=2026-09-30T23:30:00+08:00
	cp "$demo"/*.jsonl "$demo"/*.mbox .
	for f in phone export calls; do cp "$demo/phone.csv" "$f.csv"; done
	cp "$demo/orders-ctrip.csv" orders.csv
	cp webchat.jsonl calls.jsonl
	cp webchat.jsonl chat.jsonl
	csr-ingest -n wecom.jsonl >messages.jsonl
	printf '%s\n' '{"text":"退票，两个人都退","type":"request","area":"refund"}' \
		'{"text":"在吗","type":"chatter","area":"other"}' >labelled.jsonl
	demands 2 >demand.jsonl
	demands 60 >past.jsonl
	mkdir -p "$HOME/Maildir/new" "$HOME/Maildir/cur" "$HOME/Maildir/tmp"
	sed -n '2,/^From /p' mail.mbox | sed '$d' >"$HOME/Maildir/new/1.a.host"
	export TZ=Asia/Shanghai
	{
		csr-ingest -a service@qinghe.example mail.mbox
		csr-ingest customers.jsonl phone.csv wecom.jsonl webchat.jsonl orders.csv events.jsonl
	} | csr-classify | csr-route >day.jsonl
}

# demands DAYS - calls by the half hour until 30 September
demands() {
	local d s
	for ((d = $1; d > 0; d--)); do
		for ((s = 18; s < 36; s++)); do
			printf '{"kind":"demand","channel":"phone","from":"%d","interval_s":1800,"arrivals":%d,"aht_s":180}\n' \
				$((1790697600 - d * 86400 + s * 1800)) $((20 + (s * 7 + d) % 11))
		done
	done
}

# printed FILE - runs every example of FILE in order, in one such folder; fails with the
# example, its exit status and what it said
printed() {
	local block status bad=0
	examples "$1" "$BATS_TEST_TMPDIR/examples"
	desk "$BATS_TEST_TMPDIR/desk" || { echo "the desk could not be set up" && return 1; }
	for block in "$BATS_TEST_TMPDIR"/examples/*; do
		grep -q 'csr-' "$block" || continue
		# What waits for more input for ever is stopped, and that is its success.
		status=0
		timeout 20 bash -o pipefail "$block" </dev/null >out 2>err || status=$?
		grep -q 'tail -[fF]' "$block" && [ $status = 124 ] && status=0
		[ $status = 0 ] && continue
		bad=1
		printf -- '--- exit status %s:\n%s\n--- stderr:\n%s\n' $status "$(cat "$block")" \
			"$(head -n 5 err)"
	done
	return $bad
}
