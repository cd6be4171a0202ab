# csr-send: the one way out
load helper

@test "help goes to stdout, exit 0"       { seven_help csr-send; }
@test "an unknown option is a wrong call" { seven_option csr-send; }
@test "no input, no output, exit 0"       { new_db; seven_empty csr-send; }
@test "a full disk under stdout is 74"    { desk; seven_full x csr-send; }
@test "a locked database is 75"           { seven_locked x csr-send; }

setup_file() { ${CC:-cc} -D_GNU_SOURCE -O1 -o "$BATS_FILE_TMPDIR/sink" "$ROOT/tests/cmd/sink.c"; }

# One ticket by mail, answered at noon on a Monday: one reply in the outbox.
desk() {
	export CSR_TZ=Asia/Shanghai CSR_NOW=2026-11-23T12:00:00+08:00 CSR_ACTOR=li CSR_CONFIG=$PWD/conf
	mkdir -p conf/send
	cat >in.jsonl <<-'END'
		{"kind":"message","channel":"email","account":"cs@qh.example","external_id":"a2@x.example","thread":"t2","at":"2026-11-23T10:30:00+08:00","from":{"email":"chen@x.example","name":"Chen"},"subject":"Invoice","text":"Please send the invoice."}
	END
	csr-ingest -q in.jsonl
	csr-ticket reply 1 -m $'发票已开，请查收。\nBye' -q >/dev/null
	ways 'kind = spool' 'dir = out'
}

# ways LINE... - the one transport there is
ways() { printf '%s\n' '[transport t]' "$@" '[channel *]' 'transport = t' >conf/send/transports.conf; }

# queue KIND CHANNEL TO [DATA] - one more row, of customer 1 and ticket 1
queue() {
	sqlite3 csr.db "INSERT INTO outbox (key, kind, audience, channel, recipient, ticket, customer, subject, text, data, created_at, not_before_at) VALUES ('k' || (SELECT count(*) FROM outbox), '$1', 1, '$2', '$3', 1, 1, 'Hello', 'World', '${4:-{\}}', 1795406400000, 1795406400000)"
}

# sink smtp|http PLAN - a server; its port in $port, what it took in taken
sink() {
	: >taken
	"$BATS_FILE_TMPDIR/sink" "$1" "$2" taken >port 3>&- 4>&- &
	echo $! >sink.pid
	while [ ! -s port ]; do sleep 0.01; done
	port=$(cat port)
}
teardown() { [ ! -e sink.pid ] || kill "$(cat sink.pid)" 2>/dev/null || true; }

said() { jq -r '"\(.result) \(.code) \(.why)"' <<<"$output"; }

@test "a file a message, once" {
	desk
	run csr-send
	is 'sent' "$(jq -r .result <<<"$output")"
	is 'chen@x.example Re: Invoice' "$(jq -r '"\(.to) \(.subject)"' out/*.json)"
	is '' "$(csr-send)"
	is 'sent 1' "$(csr-send status -o csv | awk -F, 'NR == 2 { print $1, $4 }')"
	run csr-db check
	is 0 "$status"
}

@test "sendmail gets a whole mail: threaded, tagged, encoded by the library" {
	desk
	ways 'kind = sendmail' 'command = tee mail.out' 'from = 客服 <cs@qh.example>'
	csr-send -q
	tr -d '\r' <mail.out >mail.txt
	has 'To: chen@x.example' "$(cat mail.txt)"
	has 'From: =?' "$(cat mail.txt)"
	has 'In-Reply-To: <a2@x.example>' "$(cat mail.txt)"
	[[ $(cat mail.txt) =~ 'Message-ID: <csr.'[0-9a-f]+'@qh.example>' || $(cat mail.txt) =~ 'Message-Id: <csr.'[0-9a-f]+'@qh.example>' ]]
	[[ $(cat mail.txt) == *'[CSR#1.'* ]]
	[[ $(cat mail.txt) != *Auto-Submitted* ]]
	is $'发票已开，请查收。\nBye' "$(csr-ingest -n mail.txt | jq -r .text)"
}

@test "automatic mail says that it is, and gets no other automatic mail in return" {
	desk
	queue ack email chen@x.example
	ways 'kind = sendmail' 'command = tee -a mail.out' 'from = cs@qh.example'
	csr-send -q
	has 'Auto-Submitted: auto-generated' "$(tr -d '\r' <mail.out)"
	has 'X-CSR-Loop: t' "$(cat mail.out)"
	is true "$(sed -n '/Auto-Submitted/,$p' mail.out >/dev/null; csr-ingest -n <(awk '/^X-CSR-Key: k1/ { on = 1 } { print }' mail.out | tail -n 20 | sed '1i From: cs@qh.example\nDate: Mon, 23 Nov 2026 12:00:00 +0800\nMessage-ID: <z@x>\nAuto-Submitted: auto-generated') | jq .auto)"
	is '1' "$(sqlite3 csr.db "SELECT automatic FROM message WHERE external_id = 'outbox:k1'")"
}

@test "headers cannot be injected, addresses must be addresses" {
	desk
	sqlite3 csr.db "UPDATE outbox SET subject = 'x' || char(13, 10) || 'Bcc: evil@x.example'"
	ways 'kind = sendmail' 'command = tee mail.out' 'from = cs@qh.example'
	csr-send -q
	[[ $(tr -d '\r' <mail.out) != *$'\n'Bcc:* ]]
	local n=1 a
	for a in $'a@x\nBcc: b@x' '-oQ/tmp@x' 'a@x, b@x' '<script>' 'nobody'; do
		queue ack email "${a//\'/\'\'}"
		n=$((n + 1))
		run csr-send
		is 'failed for good null the recipient is no mail address' "$(said)"
	done
}

@test "a command gets the record, and the recipient behind --; no shell sees it" {
	desk
	queue ack sms '$(touch pwned); -rf'
	ways 'kind = command' 'command = sh -c "printf %s\\n $* >args; cat >record" sh'
	printf '%s\n' '#!/bin/sh' 'printf "%s\n" "$@" >args' 'cat >record' >tool
	chmod +x tool
	ways 'kind = command' 'command = ./tool -x'
	csr-send -q -C sms
	is '-x
--
$(touch pwned); -rf' "$(cat args)"
	is k1 "$(jq -r .key record)"
	[ ! -e pwned ]
}

@test "a program's exit status: 75 comes back later and later, 65 does not, at last it is given up" {
	desk
	ways 'kind = command' 'command = sh -c "exit 75"'
	printf '[limits]\nattempts = 3\nbackoff = 1m\n' >conf/send/limits.conf
	run csr-send
	is 'failed for now 75 sh' "$(said)"
	is '' "$(csr-send)"
	CSR_NOW=2026-11-23T12:02:00+08:00 run csr-send
	is 2 "$(jq .attempt <<<"$output")"
	CSR_NOW=2026-11-23T13:00:00+08:00 run csr-send
	is 'failed for good 75 sh' "$(said)"
	CSR_NOW=2026-11-24T13:00:00+08:00 run csr-send
	is '' "$output"
	is '1,failed' "$(csr-send list -o csv | sed -n 2p | cut -d, -f1,2)"
	is 'outbox.failed' "$(csr-ticket log 1 | jq -r 'select(.event == "outbox.failed") | .event')"
	ways 'kind = spool' 'dir = out'
	is 1 "$(csr-send retry 1)"
	is sent "$(csr-send | jq -r .result)"
	run --separate-stderr csr-send retry 1
	is 65 "$status"
	is 'csr-send: row 1 has not failed' "$stderr"
}

@test "SMTP: taken, refused for now, refused for good; who does not exist is suppressed" {
	desk
	sink smtp 450,550,ok
	ways 'kind = smtp' "url = smtp://127.0.0.1:$port" 'from = cs@qh.example' 'plain = yes' 'private = yes'
	run csr-send
	is 'failed for now 450 SMTP 450' "$(said)"
	CSR_NOW=2026-11-23T13:00:00+08:00 run csr-send
	is 'failed for good 550 SMTP 550' "$(said)"
	is 'email|chen@x.example|refused:550' "$(sqlite3 csr.db 'SELECT channel, address, reason FROM suppressed')"
	csr-send retry 1 >/dev/null
	is 'not wanted null suppressed' "$(output=$(csr-send) && said)"
	csr-send unsuppress email chen@x.example
	queue ack email chen@x.example
	run csr-send
	is 'sent 250 SMTP 250' "$(said)"
	has 'ok ' "$(cat taken)"
}

@test "SMTP: a server that hangs up or is slow costs no message" {
	desk
	sink smtp cut,slow,ok
	ways 'kind = smtp' "url = smtp://127.0.0.1:$port" 'from = cs@qh.example' 'plain = yes' 'private = yes' 'timeout = 1s'
	is 'failed for now' "$(csr-send | jq -r .result)"
	is 'failed for now' "$(CSR_NOW=2026-11-23T13:00:00+08:00 csr-send | jq -r .result)"
	sleep 2.2
	is 'sent' "$(CSR_NOW=2026-11-23T15:00:00+08:00 csr-send | jq -r .result)"
	is 1 "$(grep -c . taken)"
}

@test "a mail that was taken and never acknowledged comes again under the same id" {
	desk
	sink smtp lost,ok
	ways 'kind = smtp' "url = smtp://127.0.0.1:$port" 'from = cs@qh.example' 'plain = yes' 'private = yes'
	csr-send -q
	CSR_NOW=2026-11-23T13:00:00+08:00 csr-send -q
	is 2 "$(grep -c . taken)"
	is 1 "$(grep -oiE 'Message-ID: <[^>]*>' taken | sort -u | wc -l)"
}

@test "a web hook: robots say no with 200; 503 comes back; redirects are not followed" {
	desk
	sink http errcode:0,errcode:45009,errcode:40001,503,302,404
	ways 'kind = webhook' 'form = wecom' "url = http://127.0.0.1:$port/send?key=1" 'private = yes'
	run csr-send
	is 'sent 200 HTTP 200' "$(said)"
	has '{"msgtype":"text","text":{"content":"Re: Invoice\n发票已开，请查收。\nBye"}}' "$(cat taken)"
	has 'Idempotency-Key: reply:1:' "$(cat taken)"
	local want i=0
	for want in 'failed for now 45009 as planned' 'failed for good 40001 as planned' 'failed for now 503 HTTP 503' 'failed for good 302 HTTP 302' 'failed for good 404 HTTP 404'; do
		i=$((i + 1))
		queue ack wecom "w$i"
		run csr-send
		is "$want" "$(said)"
	done
}

@test "inner addresses, plain http and other hosts are refused" {
	desk
	sink http ok
	ways 'kind = webhook' "url = https://127.0.0.1:$port/"
	run csr-send
	is 'failed for good null an address of an inner network (private = yes allows it)' "$(said)"
	ways 'kind = webhook' "url = http://127.0.0.1:$port/"
	queue ack wecom w1
	is 'failed for good null not an https address' "$(output=$(csr-send) && said)"
	printf 'http://127.0.0.1:%s/' "$port" >url
	ways 'kind = webhook' "url_file = $PWD/url" 'hosts = hooks.example.com' 'private = yes'
	queue ack wecom w2
	is 'failed for good null its host is not among hosts' "$(output=$(csr-send) && said)"
	[ ! -s taken ]
}

@test "DingTalk's signature is HMAC-SHA256 of time and secret" {
	desk
	sink http errcode:0
	printf 'SECabc\n' >secret
	ways 'kind = webhook' 'form = dingtalk' "url = http://127.0.0.1:$port/robot/send?access_token=x" "secret_file = $PWD/secret" 'private = yes'
	csr-send -q
	needs openssl
	want=$(printf '1795406400000\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64)
	got=$(grep -oE 'sign=[^ ]*' taken | sed 's/sign=//; s/%2B/+/g; s/%2F/\//g; s/%3D/=/g')
	is "$want" "$got"
}

@test "consent, mute, quiet hours and caps hold, each with its reason" {
	desk
	csr-send -q
	queue campaign email chen@x.example
	is 'not wanted null no_consent' "$(output=$(csr-send) && said)"
	queue followup email chen@x.example
	is 'put off null quiet' "$(output=$(CSR_NOW=2026-11-23T23:30:00+08:00 csr-send) && said)"
	is '2026-11-24T08:00:00+08:00' "$(sqlite3 csr.db "SELECT not_before_at / 1000 FROM outbox WHERE key = 'k2'" | xargs -I{} date -u -d @{} +%s | xargs -I{} env TZ=Asia/Shanghai date -d @{} +%Y-%m-%dT%H:%M:%S+08:00)"
	is 'sent' "$(CSR_NOW=2026-11-24T08:00:00+08:00 csr-send | jq -r .result)"
	printf '[limits]\n[cap one]\nscope = address\npurpose = care\nper = 1d\nmost = 1\n' >conf/send/limits.conf
	queue followup email chen@x.example
	is 'put off null one' "$(output=$(CSR_NOW=2026-11-24T09:00:00+08:00 csr-send) && said)"
	is '' "$(CSR_NOW=2026-11-25T07:00:00+08:00 csr-send)"
	is 'sent' "$(CSR_NOW=2026-11-25T08:00:01+08:00 csr-send | jq -r .result)"
}

@test "a bounce that is read suppresses the address for all programs" {
	desk
	sed 's/gone@example.org/chen@x.example/' "$ROOT/tests/data/mail/bounce.eml" >b.eml
	csr-ingest -q b.eml
	is 'chen@x.example bounce:5.1.1' "$(sqlite3 -separator ' ' csr.db 'SELECT address, reason FROM suppressed')"
	is 'not wanted null suppressed' "$(output=$(csr-send) && said)"
}

@test "a rehearsal shows and sends nothing; show has the exact message" {
	desk
	is true "$(csr-send --dry-run | jq .dry_run)"
	[ ! -e out ]
	is queued "$(csr-send status -o csv | sed -n 2p | cut -d, -f1)"
	ways 'kind = sendmail' 'command = false' 'from = cs@qh.example'
	has 'In-Reply-To: <a2@x.example>' "$(csr-send show 1 -o csv)"
	is 1 "$(csr-send cancel 1)"
	is '' "$(csr-send)"
}

@test "the best channel, and why not the others" {
	desk
	echo '{"kind":"customer","person":{"phone":"13800138000","email":"chen@x.example"}}' | csr-ingest -q
	csr-send suppress sms +8613800138000
	run csr-send choose --customer 1 -p disruption
	is 'phone 68
email 47
sms null' "$(jq -r '"\(.channel) \(.worth)"' <<<"$output")"
	is 'suppressed' "$(jq -r 'select(.channel == "sms") | .why' <<<"$output")"
	run --separate-stderr csr-send choose --customer 99
	is 65 "$status"
	run --separate-stderr csr-send choose --customer 1 -p love
	is 64 "$status"
}

@test "at the end of a pipe it sends what comes before it" {
	desk
	is sent "$( (sleep 0.1; echo '{"kind":"x"}') | csr-send | jq -r .result)"
}

@test "eight senders at once: each message goes out once" {
	desk
	for i in $(seq 120); do queue ack sms "n$i"; done
	printf '%s\n' '#!/bin/sh' 'printf "%s\n" "$2" >>got' >tool
	chmod +x tool
	printf '[limits]\n' >conf/send/limits.conf
	ways 'kind = command' 'command = ./tool'
	for i in $(seq 8); do csr-send -q -C sms & done
	wait
	is '120 120' "$(sort -u got | wc -l) $(wc -l <got)"
	is '120' "$(sqlite3 csr.db 'SELECT count(*) FROM delivery WHERE result = 1')"
}

@test "two senders, one killed at random: everything arrives, doubles only by kills" {
	desk
	for i in $(seq 60); do queue ack sms "n$i"; done
	printf '%s\n' '#!/bin/sh' 'printf "%s\n" "$2" >>got' >tool
	chmod +x tool
	printf '[limits]\n' >conf/send/limits.conf
	ways 'kind = command' 'command = ./tool'
	kills=0
	for i in $(seq 25); do
		timeout -s KILL "0.0$((i % 9 + 1))" csr-send -q -C sms 2>/dev/null || kills=$((kills + 1))
		csr-send -q -C sms --now "2026-11-23T12:00:0$((i % 9))+08:00" &
		timeout -s KILL 0.02 csr-send -q -C sms 2>/dev/null || kills=$((kills + 1))
		wait
	done
	csr-send -q -C sms --now 2026-11-23T12:30:00+08:00
	is 60 "$(sort -u got | grep -c '^n')"
	doubles=$(($(grep -c '^n' got) - 60))
	echo "# kills $kills, doubles $doubles" >&3
	[ "$doubles" -le "$kills" ]
	run csr-db check
	is 0 "$status"
}
