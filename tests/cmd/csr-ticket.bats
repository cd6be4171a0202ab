# csr-ticket: what people do with tickets
load helper

@test "help goes to stdout, exit 0"       { seven_help csr-ticket list; }
@test "an unknown option is a wrong call" { seven_option csr-ticket list; }
@test "a full disk under stdout is 74"    { desk; seven_full 2 csr-ticket close; }
@test "a locked database is 75"           { seven_locked 1 csr-ticket close; }
@test "no input, no output, exit 0"       { new_db; seven_empty csr-ticket close; }

# Three tickets at noon on a Monday: 1 a complaint of wm1, 2 and 3 questions of wm2 and wm3.
desk() {
	export CSR_TZ=Asia/Shanghai CSR_NOW=2026-11-23T12:00:00+08:00 CSR_ACTOR=li
	cat >in.jsonl <<-'END'
		{"kind":"message","channel":"wecom","external_id":"m1","thread":"t1","at":"2026-11-23T10:00:00+08:00","from":{"id":"wm1","name":"王女士"},"text":"我要投诉，酒店没有给我入住"}
		{"kind":"message","channel":"email","account":"cs@qh.example","external_id":"a2@x.example","thread":"t2","at":"2026-11-23T10:30:00+08:00","from":{"email":"chen@x.example","name":"Chen"},"subject":"Invoice","text":"Please send the invoice for order 1234567890."}
		{"kind":"message","channel":"wecom","external_id":"m3","thread":"t3","at":"2026-11-23T11:00:00+08:00","from":{"id":"wm3"},"text":"机票能改签吗"}
	END
	csr-ingest in.jsonl | csr-classify | csr-route -q
}

# listed TERM... - the numbers of the tickets for which they hold
listed() { csr-ticket list -q -s id "$@" | paste -sd' '; }

@test "tickets are found by terms" {
	desk
	is "1 2 3" "$(listed)"
	is "1" "$(listed type:complaint)"
	is "2" "$(listed 'channel:email order:1234567890')"
	is "3" "$(listed text:改签)"
	is "1 3" "$(listed '!channel:email')"
	is "2 3" "$(listed 'is:open -text:投诉')"
	is "1" "$(listed age:\>1h45m)"
	is "1" "$(listed name:王)"
	is "" "$(listed status:closed)"
	is "1 2 3" "$(listed status:any)"
	run --separate-stderr csr-ticket list shade:grey
	is 64 "$status"
	is 'csr-ticket: "shade:grey": no such field (csr-ticket(1) lists them)' "$stderr"
}

@test "a listing is a table, CSV or records; --limit and --reverse" {
	desk
	run csr-ticket list -o csv -s id -l 1
	is 'ticket,pri,status,due,queue,agent,channel,customer,about' "${lines[0]}"
	is 2 "${#lines[@]}"
	is '3' "$(csr-ticket list -q -s id -r -l 1)"
	run csr-ticket list -s id
	is '1 open complaint wecom 王女士
2 open payment email Chen
3 open ticketing wecom null' "$(jq -r '"\(.id) \(.status) \(.queue) \(.channel) \(.name)"' <<<"$output")"
}

@test "next: what is overdue, then by priority; of one agent and of nobody" {
	desk
	csr-ticket assign 3 zhao -q >/dev/null
	csr-ticket assign 2 li -q >/dev/null
	is "1 2" "$(csr-ticket next -q -A li | sort | paste -sd' ')"
	is "1" "$(csr-ticket next -q | head -n 1)"
}

@test "a page shows who, what and all that was said; the last entries only, and says so" {
	desk
	echo '请稍等，我来查。' | csr-ticket reply 1 >/dev/null
	csr-ticket note 1 -m '客人很急' >/dev/null
	run csr-ticket show 1 -o table
	has 'ticket 1  open, priority 2' "$output"
	has 'customer  1 王女士' "$output"
	has '  <- 王女士
    我要投诉，酒店没有给我入住' "$output"
	has '  -> li
    请稍等，我来查。' "$output"
	has '  -- li
    客人很急' "$output"
	run csr-ticket show 1 -o table -L 1
	has '(3 earlier entries left out; --last 0 shows all)' "$output"
	is 'ticket message message message event' "$(csr-ticket show 1 | jq -r .kind | paste -sd' ')"
	run --separate-stderr csr-ticket show 9
	is 65 "$status"
	is 'csr-ticket: no ticket 9' "$stderr"
}

@test "what strangers wrote commands no terminal" {
	printf '{"kind":"message","channel":"sms","external_id":"1","at":"2026-11-23T10:00:00+08:00","from":{"id":"x","name":"a\\u001b[2Jb"},"text":"\\u202eok\\u009b\\nline"}\n' |
		csr-ingest -q
	run csr-ticket show 1 -o table
	has 'a?[2Jb
    ?ok?
    line' "$output"
}

@test "a reply is queued once, stands in the time line and stops the clock" {
	desk
	is '2' "$(csr-ticket list -q is:unanswered id:2)"
	run csr-ticket reply 2 -m 'Here it is.'
	is '2 true' "$(jq -r '"\(.ticket) \(.new)"' <<<"$output")"
	run csr-ticket reply 2 -m 'Here it is.'
	is '2 false' "$(jq -r '"\(.ticket) \(.new)"' <<<"$output")"
	is '' "$(csr-ticket list -q is:unanswered id:2)"
	run sqlite3 csr.db "SELECT kind, channel, recipient, subject, text, json_extract(data, '\$.in_reply_to'), json_extract(data, '\$.message_id') LIKE 'csr.%@qh.example' FROM outbox"
	is 'reply|email|chen@x.example|Re: Invoice|Here it is.|a2@x.example|1' "$output"
	is 'first_response kept' "$(csr-ticket clocks 2 | jq -r 'select(.clock == "first_response") | "\(.clock) \(.state)"')"
	run csr-db check
	is 0 "$status"
}

@test "our own copy of a reply that comes back is known" {
	desk
	csr-ticket reply 2 -m 'Here it is.' -q >/dev/null
	id=$(sqlite3 csr.db "SELECT json_extract(data, '\$.message_id') FROM outbox")
	printf 'From: cs@qh.example\nTo: chen@x.example\nSubject: Re: Invoice\nMessage-ID: <%s>\nDate: Mon, 23 Nov 2026 12:00:01 +0800\n\nHere it is.\n' "$id" >sent.eml
	is '{"read":1,"new":0,"duplicate":1}' "$(csr-ingest -q --stats -a cs@qh.example sent.eml 2>&1 | jq -c '{read,new,duplicate}')"
}

@test "a reply may end the ticket; words come from a template or from the command" {
	desk
	csr-ticket reply 3 --resolve -m '可以改签。' --actor wang -q >/dev/null
	is "resolved" "$(csr-ticket list id:3 | jq -r .status)"
	is "wang" "$(csr-ticket log 3 | jq -r 'select(.event == "ticket.status") | .actor')"
	run --separate-stderr csr-ticket reply 1 -t nosuch
	is 78 "$status"
	run --separate-stderr csr-ticket reply 1 </dev/null
	is 65 "$status"
	is 'csr-ticket: nothing to say' "$stderr"
	run --separate-stderr csr-ticket reply 1 -C sms -m x
	is 65 "$status"
	is 'csr-ticket: the customer of ticket 1 has no address for sms' "$stderr"
}

@test "a complaint ends only after its customer was answered" {
	desk
	run --separate-stderr csr-ticket resolve 1 3
	is 65 "$status"
	is '3' "$(jq .ticket <<<"$output")"
	is 'csr-ticket: ticket 1 is a complaint that nobody has answered: reply first' "$stderr"
	csr-ticket reply 1 -m '抱歉，已为您安排入住。' -q >/dev/null
	csr-ticket resolve 1 --cause 酒店系统故障 --outcome 已安排 -q >/dev/null
	is '酒店系统故障 已安排' "$(csr-ticket list id:1 | jq -r '"\(.cause) \(.outcome)"')"
}

@test "ids in, ids out: a listing is assigned through a pipe" {
	desk
	is "1 3" "$(csr-ticket list -q -s id channel:wecom | csr-ticket assign - wang -q | paste -sd' ')"
	is "1 3" "$(csr-ticket list -s id channel:wecom | csr-ticket assign - zhao | jq .ticket | paste -sd' ')"
	is "1 3" "$(listed agent:zhao)"
	csr-ticket assign 1 --nobody -q >/dev/null
	is "3" "$(listed agent:zhao)"
	run --separate-stderr csr-ticket assign - wang <<<$'1\nx\n3'
	is 65 "$status"
	is 'csr-ticket: stdin:2: not a ticket'"'"'s number: "x"' "$stderr"
	is "1 3" "$(listed agent:wang)"
	run csr-db check
	is 0 "$status"
}

@test "a merged ticket is part of the other, whatever is done or comes to it" {
	desk
	run --separate-stderr csr-ticket merge 1 3
	is 65 "$status"
	has 'tickets 1 and 3 are of different customers' "$stderr"
	csr-ticket merge 1 3 --force -q >/dev/null
	is "2 3" "$(listed)"
	is '3' "$(csr-ticket note 1 -m x | jq .ticket)"
	is '3' "$(echo '{"kind":"message","channel":"wecom","external_id":"m4","thread":"t1","at":"2026-11-23T12:10:00+08:00","from":{"id":"wm1"},"text":"还没好吗"}' | csr-ingest | jq .ticket)"
	run --separate-stderr csr-ticket merge 3 1
	is 65 "$status"
	is 'closed' "$(csr-ticket list id:1 | jq -r .status)"
	run csr-db check
	is 0 "$status"
}

@test "unmerging leaves no trace in what the ticket is" {
	desk
	csr-ticket list id:1 >before
	csr-ticket clocks 1 >clocks
	csr-ticket merge 1 3 --force -q >/dev/null
	CSR_NOW=2026-11-23T13:00:00+08:00 csr-ticket unmerge 1 -q >/dev/null
	csr-ticket list id:1 >after
	diff before after
	csr-ticket clocks 1 | diff clocks -
	run csr-db check
	is 0 "$status"
}

@test "a task for another department: the ticket waits for it" {
	desk
	is 1 "$(csr-ticket task 2 -Q finance --within 2h --calendar 24x7 -w -m '查流水' | jq .task)"
	is pending "$(csr-ticket list id:2 | jq -r .status)"
	run csr-ticket tasks -o csv
	is '1,2,open,2h,finance,,查流水,' "${lines[1]}"
	csr-ticket tick 1 -q >/dev/null
	is open "$(csr-ticket list id:2 | jq -r .status)"
	is '' "$(csr-ticket tasks)"
	run csr-db check
	is 0 "$status"
}

# steps TICKET - state of each step
steps() { csr-ticket tasks "$1" --all | jq -r '"\(.step) \(.state)"' | paste -sd,; }

@test "a checklist goes step by step, each with its time" {
	desk
	mkdir -p conf/checklists
	cat >conf/checklists/mini.conf <<-'END'
		[checklist]
		title = Mini
		calendar = 24x7
		reasons = illness
		[step a]
		title = A
		within = 1h
		[step b]
		title = B
		after = a
		within = 2h
		waits = yes
		[step c]
		title = C
		after = a b
	END
	run --separate-stderr csr-ticket -c conf checklist 3 mini
	is 65 "$status"
	is 'csr-ticket: "" is no reason of checklist mini' "$stderr"
	csr-ticket -c conf checklist 3 mini --reason illness -q >/dev/null
	is 'a open,b later,c later' "$(steps 3)"
	CSR_NOW=2026-11-23T12:30:00+08:00 csr-ticket -c conf tick 1 -q >/dev/null
	is 'a done,b open,c later' "$(steps 3)"
	is '2026-11-23T14:30:00+08:00' "$(csr-ticket tasks 3 | jq -r 'select(.step == "b") | .due_at')"
	is pending "$(csr-ticket list id:3 | jq -r .status)"
	is false "$(csr-ticket -c conf checklist 3 mini --reason illness | jq .new)"
	csr-ticket -c conf tick 2 --failed '航司拒绝' -q >/dev/null
	is 'a done,b failed,c later' "$(steps 3)"
	csr-ticket -c conf tick 3 --skipped '不需要' -q >/dev/null
	is true "$(csr-ticket -c conf checklist 3 mini --reason illness | jq .new)"
	is 3 "$(csr-ticket tasks 3 -q | wc -l)"
	run csr-db check
	is 0 "$status"
}

@test "a rehearsal says what it would do, and does nothing" {
	desk
	sqlite3 csr.db .dump >before
	run csr-ticket reply 2 -m hello --resolve --dry-run
	is 'true' "$(jq .dry_run <<<"$output")"
	sqlite3 csr.db .dump | diff before -
}

@test "eight at once on one ticket: no act is lost" {
	desk
	for i in 1 2 3 4 5 6 7 8; do
		for n in $(seq 25); do csr-ticket note 2 -m "note $i.$n" -q --actor "a$i" >/dev/null; done &
	done
	wait
	is 200 "$(sqlite3 csr.db "SELECT count(DISTINCT text) FROM message WHERE ticket = 2 AND direction = 3")"
	run csr-db check
	is 0 "$status"
}

@test "a killed act is whole or not there, and done by the next try" {
	desk
	for n in $(seq 12); do
		timeout -s KILL "0.00$n" csr-ticket reply 2 -m "try $n" -q >/dev/null 2>&1 || true
		csr-ticket reply 2 -m "try $n" -q >/dev/null
	done
	is '12 12' "$(sqlite3 csr.db "SELECT (SELECT count(*) FROM outbox) || ' ' || count(*) FROM message WHERE direction = 2")"
	run csr-db check
	is 0 "$status"
}
