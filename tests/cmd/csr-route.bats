# csr-route: priority, queue, owner and clocks
load helper

LINE='{"kind":"message","ticket":1,"channel":"wecom","direction":"in","at":"2026-11-23T10:00:00+08:00","from":{"id":"wm1"},"text":"没出票"}'
NOON=2026-11-23T12:00:00+08:00	# a Monday

@test "help goes to stdout, exit 0"          { seven_help csr-route; }
@test "an unknown option is a wrong call"    { seven_option csr-route; }
@test "no input, no output, exit 0"          { seven_empty csr-route -n; }
@test "a bad line is named, the rest passes" { seven_bad_line "$LINE" csr-route -n; }
@test "a full disk under stdout is 74"       { seven_full "$LINE" csr-route -n; }
@test "a locked database is 75"              { seven_locked "$LINE" csr-route; }
@test "unknown fields survive"               { seven_unknown "$LINE" csr-route -n; }

# A small desk: two for tickets by day, one by night, one ticket each.
desk() {
	mkdir -p conf/routing
	cat >conf/routing/policy.conf <<-'END'
		[priority]
		urgency:urgent = 60
		urgency:important = 30
		[queue ticketing]
		when = area:order
		skills = ticketing
		[queue rest]
		[sla urgent]
		when = urgency:urgent
		calendar = 24x7
		first_response = 10m
		next_response = 20m
		resolution = 8h
		[sla usual]
		calendar = cn-office
		first_response = 1h
		next_response = 1h
		resolution = 16h
	END
	cat >conf/routing/roster.conf <<-'END'
		[roster]
		zone = Asia/Shanghai
		capacity = 1
		[agent li]
		name = 李四
		skills = ticketing
		shift = daily 09:00-18:00
		[agent wang]
		skills = ticketing
		shift = daily 09:00-18:00
		[agent night]
		skills = ticketing
		shift = daily 18:00-09:00
	END
	export CSR_CONFIG=$PWD/conf CSR_TZ=Asia/Shanghai CSR_NOW=$NOON
}

# said N TIME [CLASS [DIRECTION]] - message N of thread N (or of THREAD), stored and
# printed; its labels become the ticket's, as csr-classify would have it.
said() {
	printf '{"kind":"message","channel":"wecom","external_id":"m%s%s","thread":"t%s","direction":"%s","at":"2026-11-23T%s+08:00","from":{"id":"%s"},"text":"订单没出票","class":%s}\n' \
		"$1" "$2" "${THREAD:-$1}" "${4:-in}" "$2" "${FROM:-wm$1}" "${3:-null}" >said.jsonl
	csr-ingest said.jsonl
	[ -z "${3-}" ] || [ "$3" = null ] || sqlite3 "$CSR_DB" \
		"UPDATE ticket SET area = 'order', urgency = '$(jq -r .class.urgency said.jsonl)'
		WHERE id = (SELECT ticket FROM message WHERE external_id = 'm$1$2')"
}
ORDER='{"type":"request","area":"order","urgency":"normal"}'
URGENT='{"type":"request","area":"order","urgency":"urgent"}'
# reply N TIME - li answers on thread N.
reply() { THREAD=$1 FROM=li said "$1" "$2" null out; }
# status_is N TIME STATUS - of the ticket on thread N
status_is() {
	printf '{"kind":"event","event":"ticket.status","channel":"wecom","thread":"t%s","status":"%s","at":"2026-11-23T%s+08:00"}\n' \
		"$1" "$3" "$2" | csr-ingest
}
events() { sqlite3 "$CSR_DB" "SELECT count(*) FROM event WHERE name = 'ticket.routed'"; }
clocks() {
	sqlite3 "$CSR_DB" "SELECT kind, cycle, policy, strftime('%H:%M', started_at / 1000, 'unixepoch', '+8 hours'),
		strftime('%d %H:%M', due_at / 1000, 'unixepoch', '+8 hours'),
		strftime('%H:%M', stopped_at / 1000, 'unixepoch', '+8 hours') FROM clock ORDER BY id"
}

@test "a ticket gets a priority, a queue, an owner, due times, and reasons" {
	desk
	said 1 11:30:00 "$URGENT" | csr-route >out
	is '{"priority":1,"queue":"ticketing","agent":"wang","due":{"first_response":"2026-11-23T11:40:00+08:00","resolution":"2026-11-23T19:30:00+08:00"},"why":["urgency:urgent+60","queue:area:order","sla:urgent","skill:ticketing","load:0"]}' \
		"$(jq -c .route out)"
}

@test "due times are working time: over the lunch break and the night" {
	desk
	said 1 11:30:00 "$ORDER" | csr-route >out
	is '{"first_response":"2026-11-23T14:00:00+08:00","resolution":"2026-11-25T14:00:00+08:00"}' \
		"$(jq -c .route.due out)"
}

@test "--pending does what the pipe has not done, once" {
	desk
	said 1 11:00:00 >/dev/null
	said 2 11:30:00 >/dev/null
	run --separate-stderr csr-route --pending
	is 0 "$status"
	is "1 rest 3
2 rest 3" "$(jq -r '"\(.id) \(.route.queue) \(.route.priority)"' <<<"$output")"
	run --separate-stderr csr-route --pending
	is 0 "$status"
	is "" "$output"
	is 2 "$(events)"
}

@test "the same input again changes nothing" {
	desk
	{ said 1 11:00:00 "$ORDER"; said 2 11:10:00 "$URGENT"; reply 1 11:20:00; } >in.jsonl
	csr-route <in.jsonl >/dev/null
	csr-route --pending >/dev/null
	csr-db dump >before
	CSR_NOW=2026-11-23T12:30:00+08:00 csr-route <in.jsonl >/dev/null
	CSR_NOW=2026-11-23T12:30:00+08:00 csr-route --pending >/dev/null
	csr-db dump | cmp before -
}

@test "who is urgent, then who has waited longest, comes first" {
	desk
	{ said 1 11:00:00 "$ORDER"; said 2 10:00:00 "$ORDER"; said 3 11:30:00 "$URGENT"; } >/dev/null
	csr-route --pending >out
	is "3 true
2 true
1 false" "$(jq -r '"\(.id) \(.route.agent != null)"' out)"
	has '"nobody: 1 off shift, 2 full"' "$(tail -n 1 out)"
}

@test "a ticket nobody could take waits, and is taken when the shift begins" {
	desk
	CSR_NOW=2026-11-23T12:00:00+08:00
	sed -i '/^\[agent li\]/,/^shift/s/^shift.*/shift = daily 18:00-09:00/;/^\[agent wang\]/,/^shift/s/^shift.*/absence = 2026-11-23/' \
		conf/routing/roster.conf
	said 1 11:00:00 "$ORDER" | csr-route >out
	is '[null,"nobody: 1 absent, 2 off shift"]' "$(jq -c '[.route.agent, .route.why[-1]]' out)"
	CSR_NOW=2026-11-23T18:00:00+08:00 csr-route --pending >out
	[[ $(jq -r .route.agent out) =~ ^(li|night)$ ]]
}

@test "what an agent has on the table counts over runs" {
	desk
	for n in 1 2 3; do said $n 11:0$n:00 "$ORDER" | csr-route; done >out
	is "true true false" "$(jq '.route.agent != null' out | paste -sd' ')"
	status_is 1 11:30:00 resolved >/dev/null
	csr-route --pending >out
	is 3 "$(jq 'select(.route.agent != null and .id == 3) | .id' out)"
}

@test "the owner stays, and a customer comes back to who served before" {
	desk
	said 1 11:00:00 "$ORDER" | csr-route >out
	owner=$(jq -r .route.agent out)
	THREAD=1 FROM=wm1 said 9 11:30:00 "$URGENT" | csr-route >out
	is "$owner owner" "$(jq -r '"\(.route.agent) \(.route.why[-1])"' out)"
	status_is 1 11:40:00 resolved >/dev/null
	THREAD=2 FROM=wm1 said 2 11:50:00 "$ORDER" | csr-route >out
	is "$owner served_before" "$(jq -r '"\(.route.agent) \(.route.why[-1])"' out)"
}

@test "new labels route a ticket anew; the promise it had stays" {
	desk
	said 1 11:00:00 "$ORDER" | csr-route >/dev/null
	sqlite3 "$CSR_DB" "UPDATE ticket SET urgency = 'urgent', area = 'order'"
	csr-route --pending >out
	is '1 2026-11-23T12:00:00+08:00' "$(jq -r '"\(.route.priority) \(.route.due.first_response)"' out)"
	is 2 "$(events)"
}

@test "clocks stop with the answer and the resolution, and begin anew" {
	desk
	said 1 11:00:00 "$URGENT" | csr-route >/dev/null
	reply 1 11:05:00 | csr-route >/dev/null
	THREAD=1 FROM=wm1 said 5 11:30:00 "$URGENT" >/dev/null
	THREAD=1 FROM=wm1 said 6 11:35:00 "$URGENT" >/dev/null
	reply 1 11:40:00 >/dev/null
	status_is 1 11:45:00 resolved >/dev/null
	csr-route --pending >/dev/null
	is '1|1|urgent|11:00|23 11:10|11:05
3|1|urgent|11:00|23 19:00|11:45
2|1|urgent|11:30|23 11:50|11:40' "$(clocks)"
}

@test "what happened to a resolved ticket is not forgotten by a run that was killed" {
	desk
	said 1 11:00:00 "$ORDER" | csr-route >/dev/null
	csr-route --pending >/dev/null
	reply 1 11:05:00 >/dev/null
	THREAD=1 FROM=wm1 said 5 11:10:00 "$ORDER" >/dev/null
	reply 1 11:20:00 >/dev/null
	status_is 1 11:30:00 resolved >/dev/null
	exec 9>>"$CSR_DB.lock"
	flock 9
	CSR_BUSY_MS=100 run csr-route --pending 9>&-
	exec 9>&-
	is 75 "$status"
	csr-route --pending >/dev/null
	is '2|1|usual|11:10|23 13:40|11:20' "$(clocks | grep '^2')"
	csr-db check
}

@test "a changed policy holds for new promises only" {
	desk
	said 1 11:00:00 "$ORDER" | csr-route >/dev/null
	sed -i 's/^first_response = 1h/first_response = 2h/' conf/routing/policy.conf
	csr-route --pending >/dev/null
	said 2 11:00:00 "$ORDER" | csr-route >/dev/null
	is '1|1|usual|11:00|23 12:00|
1|1|usual|11:00|23 14:30|' "$(clocks | grep '^1')"
}

@test "two at once do it once" {
	desk
	for n in 1 2 3 4 5 6 7 8; do said $n 11:0$n:00 "$ORDER"; done >/dev/null
	csr-route --pending >a &
	csr-route --pending >b
	wait
	is 8 "$(events)"
	is 8 "$(cat a b | wc -l)"
	is 8 "$(sqlite3 "$CSR_DB" "SELECT count(*) FROM clock WHERE kind = 1")"
}

@test "--dry-run decides the same and writes nothing" {
	desk
	for n in 1 2 3; do said $n 11:0$n:00 "$ORDER"; done >in.jsonl
	csr-db dump >before
	csr-route --dry-run <in.jsonl >rehearsed
	csr-route --dry-run --pending >/dev/null
	csr-db dump | cmp before -
	csr-route <in.jsonl | cmp rehearsed -
}

@test "--explain says what kept the others from it" {
	desk
	said 1 11:00:00 "$ORDER" | csr-route >/dev/null
	said 2 11:00:00 "$ORDER" | csr-route --explain >out
	is 'full off shift' "$(jq -r '[.route.passed[]] | sort | join(" ")' out)"
}

@test "other records, and messages without a ticket, pass unchanged" {
	desk
	new_db
	printf '%s\n' '{"kind":"order","external_id":"1"}' '{"kind":"message","ticket":null,"text":"hi"}' >in.jsonl
	csr-route <in.jsonl | cmp in.jsonl -
}

@test "a ticket the database does not have is refused, the rest goes on" {
	desk
	said 1 11:00:00 "$ORDER" >in.jsonl
	{ echo "$LINE" | sed 's/"ticket":1/"ticket":77/'; echo "$LINE" | sed 's/"ticket":1/"ticket":"x"/'; cat in.jsonl; } >mixed.jsonl
	run --separate-stderr csr-route --rejects bad.jsonl <mixed.jsonl
	is 65 "$status"
	is 1 "${#lines[@]}"
	is 'csr-route: stdin:2: "ticket" is not a ticket'\''s number
csr-route: stdin:1: the database has no ticket 77' "$stderr"
	is "2 1" "$(jq -r .line bad.jsonl | paste -sd' ')"
}

@test "without a database a conversation stays with one agent" {
	desk
	printf '%s\n' "$LINE" "${LINE/wm1/wm2}" "${LINE/wm1/wm3}" "$LINE" |
		sed 's/"ticket":1,//;s/"text"/"class":{"area":"order"},"text"/' >in.jsonl
	csr-route -n <in.jsonl >out
	is 0 "$(jq -r .route.agent out | sed -n 1p | grep -c null)"
	is "$(jq -r .route.agent out | sed -n 1p)" "$(jq -r .route.agent out | sed -n 4p)"
	is '["nobody: 1 off shift, 2 full"]' "$(jq -c '.route.why[-1:]' out | sed -n 3p)"
	[ ! -e "$CSR_DB" ]
	out='{"kind":"message","direction":"out","text":"ok"}'
	is "$out" "$(csr-route -n <<<"$out")"
}

@test "a fault in the policy or the roster is named with its line, 78" {
	desk
	sed -i 's/first_response = 10m/first_response = soon/' conf/routing/policy.conf
	run --separate-stderr csr-route -n </dev/null
	is 78 "$status"
	has "conf/routing/policy.conf:11: \"soon\" is not a length of time" "$stderr"
	desk
	sed -i 's/^name = .*/phone = 1/' conf/routing/roster.conf
	run --separate-stderr csr-route -n </dev/null
	is 78 "$status"
	has "conf/routing/roster.conf:5: \"phone\" is not a key of an agent" "$stderr"
}

@test "wrong calls and zones and times that do not exist" {
	desk
	run --separate-stderr csr-route --pending in.jsonl
	is 64 "$status"
	run --separate-stderr csr-route -n --now tomorrow </dev/null
	is "64 csr-route: --now: \"tomorrow\" is not a time" "$status $stderr"
	CSR_NOW=2026-02-30 run --separate-stderr csr-route -n </dev/null
	is "78 csr-route: \$CSR_NOW: \"2026-02-30\" is not a time" "$status $stderr"
	run --separate-stderr csr-route -n --tz Asia/Shangai </dev/null
	is "78 csr-route: unknown time zone \"Asia/Shangai\"" "$status $stderr"
	run --separate-stderr csr-route --pending
	is 66 "$status"
}
