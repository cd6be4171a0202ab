# csr-db: make, check, copy, dump and load the database

load helper

LINE='{"kind":"message","channel":"webchat","external_id":"e1","thread":"t1","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1","name":"王女士"},"text":"能退票吗"}'

@test "help goes to stdout, exit 0"       { seven_help csr-db; }
@test "an unknown option is a wrong call" { seven_option csr-db dump; }
@test "an empty dump loads, exit 0"       { seven_empty csr-db load; }
@test "a locked database is 75"           { seven_locked '{"table":"account","id":1,"channel":"x","name":""}' csr-db load; }

@test "a full disk under stdout is 74" {
	csr-ingest -q <<<"$LINE"
	run --separate-stderr bash -c 'csr-db dump >/dev/full'
	is 74 "$status"
	has "csr-db: stdout: " "$stderr"
}

@test "a line that is no row is named, the rest is loaded" {
	printf '%s\n' '{"table":"account","id":1,"channel":"x","name":""}' '{"kind":"message"}' \
		'{"table":"nowhere","id":1}' '{"table":"agent","id":1,"code":"li"}' >in
	run --separate-stderr csr-db load --rejects bad in
	is 65 "$status"
	has 'csr-db: in:2: no "table": not a line of a dump' "$stderr"
	has 'csr-db: in:3: no table "nowhere"' "$stderr"
	is 2 "$(csr-db dump | wc -l)"
	is "2 3" "$(field .line <bad | xargs)"
}

@test "init makes a database only its owner can read, and is not afraid of one" {
	run csr-db init
	is 0 "$status"
	is 600 "$(stat -c %a "$CSR_DB")"
	run csr-db init
	is 0 "$status"
}

@test "no verb, a wrong verb, too many words are wrong calls" {
	run -64 csr-db
	run -64 csr-db explode
	run -64 csr-db dump everything
}

@test "dump, load, dump: the same bytes" {
	csr-ingest -q <<<"$LINE"
	csr-db dump >one
	csr-db dump | csr-db -d new.db load
	csr-db -d new.db dump | cmp - one
	csr-db -d new.db check
}

@test "loading twice changes nothing" {
	csr-ingest -q <<<"$LINE"
	csr-db dump >one
	run --separate-stderr csr-db -v load one
	is 0 "$status"
	has "0 rows new" "$stderr"
	csr-db dump | cmp - one
}

@test "a row that says otherwise is refused, not taken over" {
	csr-ingest -q <<<"$LINE"
	csr-db dump | sed 's/能退票吗/不能退/' >other
	run --separate-stderr csr-db load other
	is 65 "$status"
	has 'message: "text" differs from the row that is there' "$stderr"
	is 能退票吗 "$(csr-db dump | field 'select(.table == "message").text')"
}

@test "check is silent and 0 when all is well" {
	csr-ingest -q <<<"$LINE"
	run --separate-stderr csr-db check
	is 0 "$status"
	is "" "$output"
}

@test "check names each difference, 1; --fix computes summaries anew" {
	csr-ingest -q <<<"$LINE"
	sqlite3 "$CSR_DB" 'UPDATE ticket SET messages_in = 7; UPDATE customer SET root = 9'
	run csr-db check
	is 1 "$status"
	is "customer 1: its root is 9, its links say 1" "${lines[0]}"
	is "ticket 1: its summary differs from its messages and events" "${lines[1]}"
	run csr-db check --fix
	is 1 "$status"
	run csr-db check
	is 0 "$status"
}

@test "messages are counted by quarters of an hour; check counts them again" {
	csr-ingest -q <<<"$LINE"
	jq -c '.external_id = "e2" | .at = "2026-10-01T09:14:59+08:00"' <<<"$LINE" | csr-ingest -q
	jq -c '.external_id = "e3" | .at = "2026-10-01T09:15:00+08:00"' <<<"$LINE" | csr-ingest -q
	csr-ingest -q <<<"$LINE"
	is '1790816400000|1|1|0|2 1790817300000|1|1|0|1' \
		"$(sqlite3 "$CSR_DB" 'SELECT * FROM traffic ORDER BY quarter_at' | xargs)"
	sqlite3 "$CSR_DB" 'UPDATE traffic SET n = 4 WHERE n = 2'
	run csr-db check --fix
	is 1 "$status"
	is "traffic 1790816400000: account 1, direction 1, automatic 0: its n is 4, its messages are 2" "$output"
	run csr-db check
	is 0 "$status"
}

@test "check finds a row whose other half is gone" {
	csr-ingest -q <<<"$LINE"
	sqlite3 "$CSR_DB" 'PRAGMA foreign_keys = OFF; DELETE FROM thread'
	run csr-db check
	is 1 "$status"
	has "message row 1 refers to a missing row of thread" "$output"
}

@test "backup is one consistent file, and never over another" {
	csr-ingest -q <<<"$LINE"
	csr-db backup copy.db
	csr-db -d copy.db dump | cmp - <(csr-db dump)
	run --separate-stderr csr-db backup copy.db
	is 74 "$status"
	has "copy.db: is there already" "$stderr"
	csr-db backup --force copy.db
	[ ! -e copy.db-wal ]
}

@test "a newer database is refused with 78 by every verb" {
	csr-db init
	sqlite3 "$CSR_DB" 'PRAGMA user_version = 99'
	for verb in init check stats dump "backup x"; do
		# shellcheck disable=SC2086
		run --separate-stderr csr-db $verb
		is 78 "$status"
		has "schema 99 is newer" "$stderr"
	done
}

@test "a foreign database is refused with 78 and left alone" {
	sqlite3 foreign.db 'CREATE TABLE t (x); INSERT INTO t VALUES (1)'
	cp foreign.db before
	run --separate-stderr csr-db -d foreign.db init
	is 78 "$status"
	has "not a csr database" "$stderr"
	cmp foreign.db before
}

@test "a text file is refused" {
	echo 'this is not a database, but long enough to be read as one by mistake' >text
	run --separate-stderr csr-db -d text check
	is 78 "$status"
}

@test "a missing database is 66 for those who only read" {
	for verb in check stats dump migrate; do
		run --separate-stderr csr-db $verb
		is 66 "$status"
		has "no such database" "$stderr"
	done
}

@test "migrate brings an old schema up and keeps a copy of it" {
	sqlite3 "$CSR_DB" <"$ROOT/share/schema/sqlite/0001-desk.sql"
	sqlite3 "$CSR_DB" "PRAGMA user_version = 1; PRAGMA application_id = 1668510257;
		INSERT INTO account (channel, name) VALUES ('sms', '')"
	run --separate-stderr csr-db check
	is 78 "$status"
	has "run csr-db migrate" "$stderr"
	run --separate-stderr csr-db migrate
	is 0 "$status"
	is 1 "$(sqlite3 "$CSR_DB.schema1" 'SELECT count(*) FROM account')"
	is sms "$(csr-db dump | field .channel)"
	csr-db check
}

@test "stats is one JSON object" {
	csr-ingest -q <<<"$LINE"
	is "1 1 1 2026-10-01T01:00:00Z" "$(csr-db stats |
		field '"\(.messages) \(.tickets) \(.customers) \(.first_message_at)"' | sed 's/+00:00/Z/')"
}
