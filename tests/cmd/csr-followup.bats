# csr-followup: everything that time sets off, once

load helper

IN='{"kind":"message","channel":"webchat","external_id":"e1","thread":"t1","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1","name":"王女士"},"text":"怎么退票"}'
OUT='{"kind":"message","channel":"webchat","external_id":"e2","thread":"t1","direction":"out","at":"2026-10-01T09:10:00+08:00","from":{"id":"li","role":"agent"},"text":"已为您办理"}'
SOLVED='{"kind":"event","event":"ticket.status","channel":"webchat","thread":"t1","status":"resolved","at":"2026-10-01T10:00:00+08:00"}'

# A desk with one plan that asks an hour after the resolution, and one resolved ticket.
desk() {
	mkdir -p conf/plans
	printf '%s\n' 'what = Ask' 'on = resolved' 'template = care' 'hours = 09:00-20:00' \
		'zone = Asia/Shanghai' '[all]' 'try = 1h: same' 'try = 3h: email' >conf/plans/care.plan
	printf '%s\n' 'what = Nothing' 'on = answered' 'template = nudge' '[none]' \
		'when = area: none-such' 'try = 1h: same' >conf/plans/nudge.plan
	export CSR_CONFIG=$PWD/conf CSR_TZ=Asia/Shanghai
	printf '%s\n' "$IN" "$OUT" "$SOLVED" | csr-ingest -q
}

@test "help goes to stdout, exit 0"       { seven_help csr-followup; }
@test "an unknown option is a wrong call" { seven_option csr-followup run; }
@test "an empty desk has nothing to do"   { seven_empty csr-followup run; }

@test "a full disk under stdout is 74, and what was queued is not queued again" {
	desk
	run --separate-stderr bash -c 'csr-followup run --now 2026-10-01T11:00:00+08:00 >/dev/full'
	is 74 "$status"
	has "csr-followup: stdout: " "$stderr"
	run csr-followup run --now 2026-10-01T11:00:00+08:00
	is "" "$output"
	is 1 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM outbox')"
}

@test "a locked database is 75, the next run does the work" {
	desk
	exec 9>>"$CSR_DB.lock"
	flock 9
	CSR_BUSY_MS=100 run --separate-stderr csr-followup run --now 2026-10-01T11:00:00+08:00 9>&-
	exec 9>&-
	is 75 "$status"
	is "" "$output"
	is 1 "$(csr-followup run --now 2026-10-01T11:00:00+08:00 | wc -l)"
}

@test "a ticket is followed up an hour after its resolution, not before, not twice" {
	desk
	run csr-followup run --now 2026-10-01T10:59:59+08:00
	is "" "$output"
	run csr-followup run --now 2026-10-01T11:00:00+08:00
	is "followup customer webchat v1 1" \
		"$(field '"\(.purpose) \(.audience) \(.channel) \(.to) \(.ticket)"' <<<"$output")"
	run csr-followup run --now 2026-10-01T11:00:00+08:00
	is "" "$output"
	run csr-followup run --now 2026-09-01T11:00:00+08:00
	is "" "$output"
}

@test "twelve runs at once queue it once and print it once" {
	desk
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		csr-followup run --now 2026-10-01T11:00:00+08:00 >"out.$i" &
	done
	wait
	is 1 "$(cat out.* | wc -l)"
	is "1 1" "$(sqlite3 -separator ' ' "$CSR_DB" \
		'SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM followup WHERE outbox IS NOT NULL)')"
}

@test "the customer is written to at a decent hour" {
	desk
	run csr-followup run --now 2026-10-01T23:00:00+08:00
	is "2026-10-02T09:00:00+08:00" "$(field .not_before <<<"$output")"
}

@test "a reply ends the plan, and --explain says so" {
	desk
	csr-followup run -q --now 2026-10-01T11:00:00+08:00
	printf '%s\n' "${IN/e1/e3}" | sed 's/T09:00:00/T11:30:00/; s/怎么退票/谢谢/' | csr-ingest -q
	run csr-followup run --explain --now 2026-10-01T13:00:00+08:00
	is "followup care 2 replied" "$(field '"\(.kind) \(.plan) \(.step) \(.skipped)"' <<<"$output")"
}

@test "a step without an address says so and the next run has nothing left" {
	desk
	csr-followup run -q --now 2026-10-01T11:00:00+08:00
	run csr-followup run -q -v --now 2026-10-01T13:00:00+08:00
	has "0 queued, 1 skipped" "$output"
	is no_address "$(sqlite3 "$CSR_DB" 'SELECT skipped FROM followup WHERE step = 2')"
}

@test "a dry run prints what would go out and changes nothing" {
	desk
	run csr-followup run --dry-run --explain --now 2026-10-01T11:00:00+08:00
	is "true null plan:care/all" "$(field '"\(.dry_run) \(.id) \(.why[0])"' <<<"$output")"
	is 0 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM outbox')"
	is 1 "$(csr-followup run --now 2026-10-01T11:00:00+08:00 | wc -l)"
}

@test "a faulty plan is named with its line, and nothing is done" {
	desk
	echo 'try = soon: sms' >>conf/plans/care.plan
	run --separate-stderr csr-followup run --now 2026-10-01T11:00:00+08:00
	is 78 "$status"
	has "conf/plans/care.plan:9: " "$stderr"
	run --separate-stderr csr-followup lint
	is 78 "$status"
	has "conf/plans/care.plan:9: " "$stderr"
	is 0 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM outbox')"
}

@test "a template with a name nobody knows is named with its line" {
	desk
	mkdir conf/templates
	printf 'Subject: x\n\nDear {{custmer}}\n' >conf/templates/care.zh.txt
	run --separate-stderr csr-followup lint
	is 78 "$status"
	has "conf/templates/care.zh.txt:3: unknown name {{custmer}}" "$stderr"
}

@test "a value that is missing is an error, never a blank" {
	desk
	mkdir conf/templates
	printf 'Dear {{agent}}\n' >conf/templates/care.zh.txt
	run --separate-stderr csr-followup run --now 2026-10-01T11:00:00+08:00
	is 65 "$status"
	is "" "$output"
	has "conf/templates/care.zh.txt:1: no value for {{agent}}" "$stderr"
}

@test "the shipped plans and templates are sound, and explain themselves" {
	run csr-followup lint -v
	is 0 "$status"
	is "csr-followup: 3 plans are sound, 0 are not" "$output"
	for plan in care nudge sla; do
		run -0 csr-followup plan show "$plan"
		has "$plan: " "$output"
	done
	run -64 csr-followup plan show none
	run -64 csr-followup plan
	run -64 csr-followup run now
}
