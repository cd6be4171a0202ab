# fault.bash - what tests/fault/*.bats and tests/fault/soak share
#
# A job is one program at its work on a small desk, in four parts: base_JOB makes the
# database it starts from, job_JOB runs it (behind the words of UNDER), again_JOB is what
# the next cron run would do after it died, facts_JOB prints what must be in the database
# in the end, the same however it came there.  KEY names the field of its printed lines,
# and SQL gives the same values for what is stored: a line printed (if it has WITH in it)
# is a row committed.
# shellcheck shell=bash disable=SC2034
FAULT_ROOT=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
BUILD=$(realpath "${BUILD:-$FAULT_ROOT/build}")
TOOLS=$BUILD/fault
DEMO=$FAULT_ROOT/share/demo
DATA=$FAULT_ROOT/../shared/data
GEN=$FAULT_ROOT/tests/bench/gen
export CSR_CONFIG=$DEMO/config TZ=Asia/Shanghai LC_ALL=C
PATH=$BUILD/bin:$PATH
EVENING=2026-09-30T21:00:00+08:00 MORNING=2026-10-01T09:30:00+08:00
NOON=2026-10-01T12:00:00+08:00
UNDER=()
declare -gA KEY SQL WITH

JOBS=(ingest csv mail classify route followup invite record init migrate load)

have() { [ -x "$BUILD/bin/$1" ]; }
program_of() {
	case $1 in
	csv | mail | big | sample) echo csr-ingest ;;
	invite | record) echo csr-survey ;;
	init | migrate | load) echo csr-db ;;
	*) echo "csr-$1" ;;
	esac
}

# chunks FILE [N] - FILE in three pieces, so that a program commits more than once
chunks() {
	sed -n 1,25p "$1"
	sleep 0.02
	sed -n 26,50p "$1"
	sleep 0.02
	sed -n "51,${2-70}p" "$1"
}

# What the database says, without what tells how often a file was read.
dump_facts() { csr-db dump | grep -v '^{"table":"source"' | sed 's/,"source":[0-9]*//'; }

base_ingest() { :; }
job_ingest() { chunks "$DEMO/webchat.jsonl" | "${UNDER[@]}" csr-ingest --now $EVENING; }
again_ingest() { sed -n 1,70p "$DEMO/webchat.jsonl" | csr-ingest -q --now $EVENING; }
facts_ingest() { dump_facts; }
KEY[ingest]=external_id SQL[ingest]='SELECT external_id FROM message'

base_csv() { :; }
job_csv() {
	"${UNDER[@]}" csr-ingest --now $EVENING --tz Asia/Shanghai "$DEMO/orders-ctrip.csv" "$DEMO/phone.csv"
}
again_csv() { job_csv; }
facts_csv() { dump_facts; }
KEY[csv]=external_id
SQL[csv]='SELECT external_id FROM message UNION SELECT external_id FROM orders'

# An import of many batches, read while the last one is written; what is in the database
# in the end is compared by its sum.
base_big() {
	[ -e "$BASES/big.jsonl" ] || "$GEN" "${IMPORT_ROWS:-30000}" >"$BASES/big.jsonl"
}
job_big() { "${UNDER[@]}" csr-ingest --now $EVENING "$BASES/big.jsonl"; }
again_big() { csr-ingest -q --now $EVENING "$BASES/big.jsonl"; }
facts_big() {
	sqlite3 csr.db 'SELECT count(*), count(DISTINCT external_id) FROM message'
	dump_facts | sha256sum
	csr-db check
}
KEY[big]=external_id SQL[big]='SELECT external_id FROM message'

# One sample of a format: SAMPLE.  That it holds broken records is no fault.
base_sample() { :; }
job_sample() {
	local status=0
	"${UNDER[@]}" csr-ingest --now $EVENING --tz Asia/Shanghai "$SAMPLE" || status=$?
	[ $status = 65 ] || return $status
}
again_sample() { job_sample; }
facts_sample() { dump_facts; }
KEY[sample]=external_id
SQL[sample]='SELECT external_id FROM message UNION SELECT external_id FROM orders'

base_mail() { :; }
job_mail() { "${UNDER[@]}" csr-ingest --now $EVENING -a desk "$DEMO/mail.mbox"; }
again_mail() { job_mail; }
facts_mail() { dump_facts; }
KEY[mail]=external_id SQL[mail]='SELECT external_id FROM message'

base_classify() { sed -n 1,70p "$DEMO/webchat.jsonl" | csr-ingest --now $EVENING >"$BASES/stored.jsonl"; }
job_classify() { chunks "$BASES/stored.jsonl" | "${UNDER[@]}" csr-classify --now $EVENING; }
again_classify() { csr-classify -q --pending --now $EVENING; }
facts_classify() { dump_facts; }
KEY[classify]=id SQL[classify]='SELECT message FROM class' WITH[classify]='"class":'

base_route() {
	base_classify
	csr-classify --now $EVENING "$BASES/stored.jsonl" >"$BASES/classified.jsonl"
}
job_route() { chunks "$BASES/classified.jsonl" | "${UNDER[@]}" csr-route --now $EVENING; }
again_route() { csr-route -q --pending --now $EVENING; }
# Who gets a ticket depends on who else has some; that each is routed once does not.
facts_route() {
	sqlite3 csr.db "SELECT t.id, t.priority IS NULL, t.queue IS NULL,
		(SELECT count(*) FROM event AS e WHERE e.ticket = t.id AND e.name = 'ticket.routed'),
		(SELECT count(*) FROM clock AS c WHERE c.ticket = t.id) FROM ticket AS t ORDER BY t.id"
}
KEY[route]=ticket WITH[route]='"route":' SQL[route]='SELECT id FROM ticket WHERE routed_at IS NOT NULL'

# A desk with all that happened on one day, late enough for care and warnings.
base_followup() {
	local f
	for f in phone.csv wecom.jsonl webchat.jsonl mail.mbox orders-ctrip.csv customers.jsonl events.jsonl; do
		csr-ingest -q --tz Asia/Shanghai --now $EVENING "$DEMO/$f" || [ $? = 65 ]
	done
	csr-classify -q --pending --now $EVENING
	csr-route -q --pending --now $EVENING
}
job_followup() { "${UNDER[@]}" csr-followup run --now 2026-10-03T18:00:00+08:00; }
# A step that a run plans for a time already past is due in the next: care has three.
again_followup() { job_followup && job_followup && job_followup; }
facts_followup() { dump_facts; }
KEY[followup]=id SQL[followup]='SELECT id FROM outbox'

base_invite() { base_followup; }
job_invite() { "${UNDER[@]}" csr-survey invite --now $MORNING; }
again_invite() { job_invite; }
facts_invite() { dump_facts; }
KEY[invite]=id SQL[invite]='SELECT id FROM outbox'

base_record() {
	base_invite
	csr-survey invite -q --now $MORNING
	csr-ingest -q --now $NOON "$DEMO/replies.jsonl"
}
job_record() { "${UNDER[@]}" csr-survey record --replies --now $NOON </dev/null; }
again_record() { job_record; }
facts_record() { dump_facts; }
KEY[record]=id SQL[record]='SELECT id FROM response'

base_init() { :; }
job_init() { "${UNDER[@]}" csr-db init; }
again_init() { csr-db init; }
facts_init() { sqlite3 csr.db .schema 'PRAGMA user_version' 'PRAGMA application_id'; }
KEY[init]=id SQL[init]='SELECT 0 WHERE 0'

# A database of the first schema, with one of everything it knows.
base_migrate() {
	sqlite3 csr.db ".read $FAULT_ROOT/share/schema/sqlite/0001-desk.sql" \
		'PRAGMA application_id = 1668510257' 'PRAGMA user_version = 1' \
		"INSERT INTO account (channel) VALUES ('sms')" \
		"INSERT INTO thread (account, name) VALUES (1, 't')" \
		'INSERT INTO customer (root, created_at) VALUES (1, 1)' \
		'INSERT INTO ticket (account, thread, customer, opened_at, messages_in, first_in_at,
			last_in_at, waiting_since_at, last_at) VALUES (1, 1, 1, 1, 1, 1, 1, 1, 1)' \
		"INSERT INTO message (account, external_id, thread, ticket, customer, direction, at, text)
			VALUES (1, 'm', 1, 1, 1, 1, 1, 'x')" \
		'INSERT INTO traffic VALUES (0, 1, 1, 0, 1)'
}
job_migrate() { "${UNDER[@]}" csr-db migrate; }
again_migrate() { csr-db migrate; }
facts_migrate() { facts_init; dump_facts; }
KEY[migrate]=id SQL[migrate]='SELECT 0 WHERE 0'

base_load() {
	sed -n 1,70p "$DEMO/webchat.jsonl" | csr-ingest -q --now $EVENING
	csr-db dump >"$BASES/dump.jsonl"
	rm -f csr.db*
}
job_load() { "${UNDER[@]}" csr-db load "$BASES/dump.jsonl"; }
again_load() { job_load; }
facts_load() { dump_facts; }
KEY[load]=id SQL[load]='SELECT 0 WHERE 0'

# make_base JOB - the database it starts from and the facts it ends with, in BASES
make_base() {
	[ ! -e "$BASES/$1.facts" ] || return 0
	mkdir -p "$BASES/$1.work" && cd "$BASES/$1.work" || return
	export CSR_DB=$PWD/csr.db
	"base_$1" >/dev/null 2>err || { cat err && return 1; }
	[ ! -e csr.db ] || sqlite3 csr.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	[ ! -e csr.db ] || cp csr.db "$BASES/$1.db"
	"job_$1" >/dev/null || { echo "$1: exit $? without any fault" && return 1; }
	"again_$1" >/dev/null || { echo "$1: again: exit $? without any fault" && return 1; }
	"facts_$1" >"$BASES/$1.facts"
}

# fresh JOB - its base in the present folder
fresh() {
	rm -f csr.db* out err
	[ ! -e "$BASES/$1.db" ] || cp "$BASES/$1.db" csr.db
	export CSR_DB=$PWD/csr.db
}

# under FAULT... - what comes behind "${UNDER[@]}" runs on a failing machine
under() {
	UNDER=(env "FAULT=$1" "FAULT_PATH=$PWD/csr.db" "LD_PRELOAD=$TOOLS/preload.so" "${@:2}")
}

# strike JOB FAULT [VAR=VALUE...] - the job on a fresh base; STATUS, ./out, ./err
strike() {
	fresh "$1"
	under "${@:2}"
	STATUS=0
	"job_$1" >out 2>err || STATUS=$?
	UNDER=()
}

# count JOB CALLS [VAR=VALUE...] - how many of CALLS the job makes
count() {
	rm -f calls
	strike "$1" "$2:0:kill" "FAULT_COUNT=$PWD/calls" "${@:3}"
	cat calls
}

# acked JOB - what its printed lines promise, sorted; a line cut short promises nothing
acked() {
	grep '}$' out | grep -F "${WITH[$1]-}" | sed -nE "s/.*\"${KEY[$1]}\":\"?([^\",}]*).*/\1/p" | sort -u
}
stored() { [ ! -e csr.db ] || sqlite3 csr.db "${SQL[$1]}" 2>/dev/null | sort -u; }

# What happened since the last clear_tally.
clear_tally() { STRIKES=0 KILLS=0 ACKED=0 LOST=0 DOUBLE=0 COPIES=0 STUCK=0 SIGNALS=0 FAULTS=0; }

# kept JOB - what was printed is stored; then the next run brings all to its end
kept() {
	local lost more
	acked "$1" >acked
	STRIKES=$((STRIKES + 1)) ACKED=$((ACKED + $(wc -l <acked)))
	lost=$(comm -23 acked <(stored "$1") | wc -l)
	LOST=$((LOST + lost))
	"again_$1" >again 2>err2 || { echo "$1: again: exit $?: $(cat err2)" && STUCK=$((STUCK + 1)); }
	COPIES=$((COPIES + $(sed -nE "s/.*\"key\":\"([^\"]*)\".*/\1/p" out again | sort | uniq -d | wc -l)))
	"facts_$1" 2>&1 | sort >facts
	sort "$BASES/$1.facts" >wanted
	more=$(comm -23 facts wanted | wc -l)
	lost=$(comm -13 facts wanted | wc -l)
	if [ "$more" != 0 ] || [ "$lost" != 0 ]; then
		DOUBLE=$((DOUBLE + more)) STUCK=$((STUCK + lost))
		echo "$1: after $2:"
		diff wanted facts | head -n 6
	fi
}

# kill_at JOB CALLS N HOW - killed at the N-th of CALLS, and what is left of it
kill_at() {
	strike "$1" "$2:$3:$4"
	# A commit less than when they were counted, and it came through.
	[ "$STATUS" = 137 ] || [ "$STATUS" = 0 ] || echo "$1: exit $STATUS: $(cat err)"
	[ "$STATUS" != 137 ] || KILLS=$((KILLS + 1))
	kept "$1" "a kill at $2 number $3 ($4)"
}

# fail_at JOB CALLS N ERROR - that call fails: an exit status out of ALLOWED, nothing
# acknowledged lost
fail_at() {
	strike "$1" "$2:$3:$4"
	FAULTS=$((FAULTS + 1))
	case " $ALLOWED " in
	*" $STATUS "*) ;;
	*) SIGNALS=$((SIGNALS + 1)) && echo "$1: $2 number $3 $4: exit $STATUS: $(tail -n 2 err)" ;;
	esac
	kept "$1" "$4 at $2 number $3"
}

# every JOB DO CALLS MAX WHAT... - DO JOB CALLS N WHAT at up to MAX places, evenly; which
# of WHAT changes from one to the next.  Shift the places with OFFSET.
every() {
	local job=$1 do=$2 calls=$3 max=$4 n i=0 step
	shift 4
	n=$(count "$job" "$calls") || return
	step=$(((n + max - 1) / max))
	[ "$step" -gt 0 ] || step=1
	for ((i = 1 + ${OFFSET:-0} % step; i <= n; i += step)); do
		"$do" "$job" "$calls" "$i" "${@:$((i / step % $# + 1)):1}"
	done
}

# Calls of every program on csr.db, and of those that write and those that only read.
CALLS=("csr-ingest $DEMO/webchat.jsonl" "csr-classify --pending" "csr-route --pending"
	"csr-followup run" "csr-survey invite" "csr-survey record --replies" "csr-survey results"
	"csr-report volume" "csr-report tickets" "csr-db check" "csr-db dump" "csr-db stats"
	"csr-db migrate" "csr-db backup copy.db")

# ends STATUSES [CALL...] - each program on csr.db ends with one of these, and says why
ends() {
	local call calls=("${@:2}")
	[ ${#calls[@]} -gt 0 ] || calls=("${CALLS[@]}")
	for call in "${calls[@]}"; do
		have "${call%% *}" || continue
		rm -f copy.db
		status=0
		# shellcheck disable=SC2086
		timeout 20 "${BEHIND[@]}" $call >out 2>err </dev/null || status=$?
		[[ $status =~ ^($1)$ ]] || { echo "$call: exit $status: $(cat err)" && return 1; }
		[[ $status =~ ^(0|1)$ ]] || grep -q "^${call%% *}: .*${SAYS-csr\.db}" err ||
			{ echo "$call: does not name the database: $(cat err)" && return 1; }
	done
}
BEHIND=()
WRITERS=("${CALLS[@]:0:6}")
READERS=("${CALLS[@]:6:6}")

# seen_by_check FILE - what SQLite finds wrong with it, csr-db check does; counts them in $seen
seen_by_check() {
	local sees
	rm -f csr.db*
	cp "$1" csr.db
	sees=$(sqlite3 csr.db 'PRAGMA integrity_check' 'PRAGMA foreign_key_check' 2>&1 || true)
	[ "$sees" != ok ] || return 0
	seen=$((seen + 1))
	rm -f csr.db*
	cp "$1" csr.db
	ends "1|74|78" "csr-db check" || { echo "SQLite sees: $sees" && return 1; }
}

# change_byte SEED - one byte of $BASES/desk.db, where a page's structure stands or anywhere:
# seen by check if SQLite sees it, and no program dies of it
change_byte() {
	local seed=$(($1 * 48271 % 2147483647)) at call
	at=$((seed % ($(stat -c %s "$BASES/desk.db") / 4096) * 4096))
	seed=$((seed * 16807 % 2147483647))
	at=$((at + seed % (seed % 2 ? 64 : 4096)))
	seed=$((seed * 16807 % 2147483647))
	cp "$BASES/desk.db" bad.db
	printf '%b' "\\x$(printf %02x $((seed % 256)))" |
		dd of=bad.db bs=1 seek=$at conv=notrunc 2>/dev/null
	! cmp -s bad.db "$BASES/desk.db" || return 0
	seen_by_check bad.db || { echo "byte $at" && return 1; }
	for call in "csr-ingest $DEMO/webchat.jsonl" "csr-classify --pending" "csr-route --pending" \
		"csr-followup run --now 2026-10-04T10:00:00+08:00" "csr-report tickets" "csr-db dump"; do
		rm -f csr.db*
		cp bad.db csr.db
		SAYS='' ends "0|1|65|70|74|75|78" "$call" || { echo "byte $at" && return 1; }
	done
}

no_loss() { [ "$LOST$DOUBLE$STUCK$SIGNALS" = 0000 ]; }
