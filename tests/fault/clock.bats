# time: the wall clock's changes, a clock set back, a clock set forward (P15)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

setup_file() { export BASES=$BATS_FILE_TMPDIR; }

ms() { date -u -d "$1" +%s000; }

# resolved N ZONE AT - customer N of that zone, and their ticket, resolved at that time
resolved() {
	cat <<-END
	{"kind":"customer","channel":"sms","person":{"id":"c$1","phone":"+8613800000$(printf %03d "$1")"},"zone":"$2"}
	{"kind":"message","channel":"sms","external_id":"m$1","thread":"t$1","from":{"id":"c$1"},"at":"$3","text":"x"}
	{"kind":"event","event":"ticket.status","channel":"sms","thread":"t$1","status":"resolved","at":"$3"}
	END
}

# plan NAME AT - the next day at that time of the customer's wall clock
plan() {
	mkdir -p conf/plans conf/templates
	printf '%s\n' "what = a test" "on = resolved" "hours = any" "late = 7d" "template = $1" \
		"language = en" "[all]" "try = 1d at $2: same" >"conf/plans/$1.plan"
	echo "ticket {{ticket}}" >"conf/templates/$1.en.txt"
}

# Zone, the day before the change, when 09:00 is on the day of it, and 02:15: never shown in
# spring, then the moment of the change; shown twice in autumn in Berlin, then the first.
CHANGES='Europe/Berlin 2026-03-28T12:00:00+01:00 2026-03-29T07:00Z 2026-03-29T01:00Z
Europe/Berlin 2026-10-24T12:00:00+02:00 2026-10-25T08:00Z 2026-10-25T00:15Z
America/New_York 2026-03-07T12:00:00-05:00 2026-03-08T13:00Z 2026-03-08T07:00Z
America/New_York 2026-10-31T12:00:00-04:00 2026-11-01T14:00Z 2026-11-01T07:15Z
Australia/Lord_Howe 2026-04-04T12:00:00+11:00 2026-04-04T22:30Z 2026-04-04T15:45Z
Australia/Lord_Howe 2026-10-03T12:00:00+10:30 2026-10-03T22:00Z 2026-10-03T15:30Z'

# desk - a ticket for each change, resolved the day before; the times at which cron runs
desk() {
	export CSR_CONFIG=$PWD/conf
	plan nine 09:00
	plan small 02:15
	n=0
	while read -r zone before nine small; do
		n=$((n + 1))
		resolved $n "$zone" "$before"
		from=$(date -d "$before" +%s)
		# Each half hour of a day and a half from noon on.
		seq $((from + 1800)) 1800 $((from + 129600)) >>ticks
		echo "$n nine $(ms "$nine")"
		echo "$n small $(ms "$small")"
	done <<<"$CHANGES" >lines
	grep '^{' lines | csr-ingest -q --now 2026-01-01T00:00:00Z
	grep -v '^{' lines >wanted
	sort -n ticks | uniq >runs
}

run_at() { csr-followup run --now "$(date -u -d "@$1" +%FT%TZ)" "${@:2}"; }

@test "a rule at 09:00 and one at 02:15 local fire once on each change of the clocks, in time" {
	desk
	while IFS= read -r t; do
		run_at "$t" | grep -E '"plan":"(nine|small)"' | sed "s/^/$t /" >>fired || true
	done <runs
	sed -nE 's/^([0-9]+) .*"ticket":([0-9]+),.*"plan":"([a-z]+)".*/\2 \3 \1/p' fired | sort -n >got
	is 12 "$(wc -l <got)"
	# Each in the first run at or after its time.
	while read -r ticket plan due; do
		tick=$(awk -v due="$due" '$1 * 1000 >= due { print; exit }' runs)
		is "$ticket $plan $tick" "$(grep "^$ticket $plan " got)"
		is "$due" "$(sqlite3 csr.db "SELECT due_at FROM followup WHERE ticket = $ticket AND plan = '$plan'")"
	done <wanted
}

@test "a clock set back repeats nothing, set forward skips nothing" {
	desk
	# One run long before, one a day after the last change of spring, then back, then on.
	for t in $(date -d 2026-04-06T12:00Z +%s) $(date -d 2026-03-28T12:00Z +%s) \
		$(date -d 2026-03-01T00:00Z +%s) $(date -d 2026-04-06T12:00Z +%s); do
		run_at "$t" | grep -E '"plan":"(nine|small)"' >>fired || true
	done
	# Berlin (29 March) is more than seven days late for a run on 6 April: told apart below.
	is "" "$(grep -o '"key":"[^"]*"' fired | sort | uniq -d)"
	is "" "$(sqlite3 csr.db "SELECT ticket, plan, count(*) FROM followup GROUP BY ticket, plan HAVING count(*) > 1")"
	# Every one due by then was sent, or skipped with its reason; none is forgotten.
	is 0 "$(sqlite3 csr.db "SELECT count(*) FROM followup WHERE due_at <= $(ms 2026-04-06T12:00Z)
		AND (done_at IS NULL OR (outbox IS NULL AND skipped IS NULL))")"
	is 2 "$(grep -c '"ticket":5,' fired)"
}

@test "warnings of promised times: set back repeats none, a jump of a day tells each once" {
	(make_base followup)
	fresh followup
	for now in 2026-10-01T09:30:00+08:00 2026-09-30T12:00:00+08:00 2026-10-02T18:00:00+08:00 \
		2026-09-30T21:00:00+08:00 2026-10-02T18:00:00+08:00; do
		csr-followup run --now $now >>fired
	done
	is "" "$(grep -o '"key":"[^"]*"' fired | sort | uniq -d)"
	is 0 "$(csr-followup run --now 2026-10-02T18:00:00+08:00 | wc -l)"
	is 0 "$(sqlite3 csr.db "SELECT count(*) FROM notice AS n JOIN clock AS c ON c.id = n.clock
		WHERE n.done_at IS NULL AND n.due_at <= $(ms 2026-10-02T10:00Z)")"
	is 0 "$(sqlite3 csr.db 'SELECT count(*) FROM (SELECT clock, level FROM notice GROUP BY 1, 2 HAVING count(*) > 1)')"
}
