# damaged, foreign, later, missing databases: seen, named, no signal (P9, P18)
# shellcheck disable=SC2034,SC2154
load ../cmd/helper
load fault

setup_file() {
	export BASES=$BATS_FILE_TMPDIR
	"$ROOT/tests/fault/tools" "$BUILD"
	cd "$BASES" || return
	# A desk on which every program has been at work.
	(make_base record)
	CSR_DB=$BASES/record.work/csr.db csr-followup run -q --now 2026-10-03T18:00:00+08:00
	sqlite3 "$BASES/record.work/csr.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cp "$BASES/record.work/csr.db" desk.db
}

@test "a text file is refused with 78 and left as it is" {
	echo "this is no database, but it is long enough to be read as one" >csr.db
	cp csr.db before
	ends 78
	cmp before csr.db
}

@test "somebody else's database is refused with 78 and left as it is" {
	sqlite3 csr.db 'CREATE TABLE t (a)' 'INSERT INTO t VALUES (1)'
	cp csr.db before
	ends 78
	cmp before csr.db
}

@test "a later schema is refused with 78 and left as it is" {
	cp "$BASES/desk.db" csr.db
	sqlite3 csr.db 'PRAGMA user_version = 9999'
	sqlite3 csr.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	ends 78
	has "schema 9999 is newer" "$(cat err)"
	is 9999 "$(sqlite3 csr.db 'PRAGMA user_version')"
}

@test "no database: readers say 66, nobody makes one by looking" {
	ends 66 "${READERS[@]}"
	[ ! -e csr.db ]
}

@test "no database: writers make one or say 66" {
	for call in "${WRITERS[@]}"; do
		rm -f csr.db*
		ends "0|66" "$call"
	done
}

@test "a folder, a link and a pipe in its place are refused with 77" {
	mkdir csr.db
	ends 77
	rmdir csr.db
	cp "$BASES/desk.db" other.db
	ln -s other.db csr.db
	ends 77
	rm csr.db
	mkfifo csr.db
	ends 77
}

@test "an empty file is a new database to writers" {
	for call in "${CALLS[@]}"; do
		rm -f csr.db*
		: >csr.db
		ends "0|66|78" "$call"
	done
}

@test "cut off anywhere: no signal, and check finds it" {
	size=$(stat -c %s "$BASES/desk.db") seen=0
	for cut in 1 50 100 512 4096 5000 $((size / 4096 / 3 * 4096)) $((size / 2)) $((size - 4096)) $((size - 1)); do
		rm -f csr.db*
		head -c "$cut" "$BASES/desk.db" >csr.db
		cp csr.db cut.db
		for call in "${CALLS[@]}"; do
			rm -f csr.db*
			cp cut.db csr.db
			ends "0|1|65|74|75|78" "$call"
		done
		seen_by_check cut.db || { echo "cut at $cut" && false; }
	done
	[ "$seen" -ge 7 ]
}

@test "every damage that SQLite can see is found by check; nobody dies of it" {
	seen=0
	for i in $(seq 25); do change_byte "$i"; done
	echo "$seen damages seen"
	[ "$seen" -ge 5 ]
}

# found SQL - what it does is found by check, and said
found() {
	rm -f csr.db*
	cp "$BASES/desk.db" csr.db
	sqlite3 csr.db 'PRAGMA foreign_keys = OFF' "$1"
	status=0
	csr-db check >out 2>err || status=$?
	[ "$status" = 1 ] && [ -s out ] || { echo "check: exit $status after: $1" && cat err && return 1; }
}

@test "rows that contradict each other are found by check" {
	cp "$BASES/desk.db" csr.db
	csr-db check
	found 'DELETE FROM customer WHERE id = (SELECT max(customer) FROM message)'
	found 'DELETE FROM thread WHERE id = 1'
	found 'DELETE FROM agent WHERE id = 1'
	found 'DELETE FROM ticket WHERE id = 3'
	found 'DELETE FROM message WHERE id = (SELECT max(id) FROM message WHERE ticket IS NOT NULL)'
	found 'UPDATE ticket SET messages_in = messages_in + 1 WHERE id = 2'
	found 'UPDATE ticket SET first_response_at = first_response_at + 1 WHERE first_response_at IS NOT NULL'
	found 'UPDATE ticket SET status = 1 WHERE status = 3'
	found 'UPDATE ticket SET reopens = 5 WHERE id = 1'
	found 'UPDATE ticket SET last_in_at = NULL WHERE id = 1'
	found 'UPDATE customer SET root = id + 1 WHERE id = 1'
	found 'UPDATE customer SET root = 99999 WHERE id = 1'
	found 'UPDATE clock SET stopped_at = NULL WHERE stopped_at IS NOT NULL'
	found "UPDATE class SET message = 99999 WHERE message = (SELECT min(message) FROM class)"
	found 'UPDATE traffic SET n = n + 1'
	found 'DELETE FROM event WHERE id = (SELECT max(id) FROM event WHERE name = '"'ticket.status')"
	found 'UPDATE followup SET outbox = 99999 WHERE outbox IS NOT NULL'
	found 'UPDATE survey SET ticket = 99999 WHERE id = 1'
	found 'UPDATE message SET direction = 2 WHERE id = (SELECT min(id) FROM message WHERE direction = 1)'
	found 'UPDATE message SET at = at + 86400000 WHERE id = 1'
}

@test "network file systems are refused, and said to be what they are" {
	cp "$BASES/desk.db" csr.db
	# nfs, cifs, smb2, 9p, fuse (sshfs), ceph
	for type in 0x6969 0xff534d42 0xfe534d42 0x01021997 0x65735546 0x00c36400; do
		BEHIND=(env "FAULT_STATFS=$type" "LD_PRELOAD=$TOOLS/preload.so")
		ends 78
		BEHIND=()
		has "network file system" "$(cat err)"
	done
}
