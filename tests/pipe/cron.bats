# The examples for cron and systemd run as they stand, but for the folder they work in.
load ../cmd/helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export CSR_DB=$PWD/csr.db CSR_NOW=2026-10-01T09:30:00+08:00 LOCK=$PWD/cron
	mkdir -p inbox Maildir/new Maildir/cur Maildir/tmp
	cp "$ROOT/share/demo/phone.csv" inbox
	sed -n '2,/^From /p' "$ROOT/share/demo/mail.mbox" | sed '$d' >Maildir/new/1.a.host
}

# crontab PART - runs the lines whose command has PART, as cron's bash would
crontab() {
	grep -E '^[0-9*]' "$ROOT/share/examples/crontab" | grep -F "$1" |
		sed -E 's/^([^ ]+ +){5}//; s/\\%/%/g; s|/var/lib/csr|'"$PWD"'|g' >commands
	[ -s commands ]
	bash -e commands
}

@test "the crontab takes in a file and a mailbox, without a word, as often as it likes" {
	run --separate-stderr crontab csr-ingest
	is 0 "$status"
	is "" "$output$stderr"
	crontab csr-ingest
	is 65 "$(csr-db stats | jq .messages)"
}

# tick - all that the crontab does every five minutes
tick() {
	local part
	for part in csr-classify 'csr-survey record' 'csr-followup run' 'csr-survey invite'; do
		crontab "$part"
	done
}

@test "the crontab catches up, follows up, asks: each once" {
	local did='[.classified, .clocks, .outbox, .surveys]'
	crontab csr-ingest
	tick
	first=$(csr-db stats | jq -c "$did")
	is true "$(jq 'min > 0' <<<"$first")"
	tick
	is "$first" "$(csr-db stats | jq -c "$did")"
}

@test "the crontab's nightly copy replaces last week's, the figures come as Markdown" {
	crontab csr-ingest
	run crontab csr-db
	is 0 "$status"
	run crontab csr-db
	is 0 "$status"
	run crontab csr-report
	is 0 "$status"
}

@test "the service does what the timer starts it for" {
	crontab csr-ingest
	sed -nE 's/^ExecStart=//p' "$ROOT/share/examples/csr-tick.service" >commands
	is 5 "$(wc -l <commands)"
	run bash -e commands
	is 0 "$status"
	is "" "$output"
}

@test "systemd reads the units" {
	needs systemd-analyze
	mkdir units
	sed 's|^ExecStart=|ExecStart=/usr/bin/env |; /^User=/d' "$ROOT/share/examples/csr-tick.service" >units/csr-tick.service
	cp "$ROOT/share/examples/csr-tick.timer" units
	run systemd-analyze verify units/csr-tick.timer
	is "" "$(grep -F csr-tick <<<"$output" || true)"
}
