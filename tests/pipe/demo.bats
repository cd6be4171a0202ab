# The demo is a test: it shows what it says, twice, and writes nowhere else.
load ../cmd/helper

setup_file() {
	cp -R "$BUILD/bin" "$BATS_FILE_TMPDIR/bin"
	mkdir "$BATS_FILE_TMPDIR/share"
	ln -s "$(cd "$BATS_TEST_DIRNAME/../.." && pwd)/share" "$BATS_FILE_TMPDIR/share/csr"
}

demo() { sh "$ROOT/share/demo/run" "$BATS_FILE_TMPDIR"; }

# db SQL - asks the demo's database
db() { sqlite3 -readonly "$BATS_FILE_TMPDIR/demo/csr.db" "$1"; }

@test "the demo runs, within 96 lines and a minute" {
	SECONDS=0
	demo >out
	[ "$SECONDS" -lt 60 ]
	[ "$(wc -l <out)" -le 96 ]
}

@test "every message of the sources is a row" {
	is 384 "$(db "SELECT count(*) FROM message WHERE at < 1790784000000")"
}

@test "one customer was seen in three channels" {
	is "email|phone|wecom" "$(db "SELECT DISTINCT a.channel FROM message m
		JOIN account a ON a.id = m.account JOIN customer c ON c.id = m.customer
		JOIN customer r ON r.root = c.root WHERE r.name = '王雨桐' ORDER BY 1" | paste -sd'|')"
}

@test "the Big5 and the GB18030 mails are read" {
	is 1 "$(db "SELECT count(*) FROM message WHERE text LIKE '%同意，麻煩辦理%'")"
	is 1 "$(db "SELECT count(*) FROM message WHERE text LIKE '%桥检修%'")"
}

@test "machines are not counted as answers" {
	is 0 "$(db "SELECT count(*) FROM ticket t JOIN message m ON m.ticket = t.id
		WHERE m.automatic = 1 AND t.first_response_at = m.at")"
	is 6 "$(db "SELECT count(*) FROM message WHERE automatic = 1")"
}

@test "the broken order is set aside with its bytes, nothing else is" {
	is 1 "$(wc -l <"$BATS_FILE_TMPDIR/demo/rejects.jsonl")"
	has 2.60929E+17 "$(cat "$BATS_FILE_TMPDIR/demo/rejects.jsonl")"
}

@test "the database is sound" {
	CSR_DB=$BATS_FILE_TMPDIR/demo/csr.db run csr-db check
	is 0 "$status"
}

@test "run again it shows the same" {
	demo >again
	is "$(demo)" "$(cat again)"
}

@test "it writes below the build folder only" {
	is "bin demo share" "$(ls -x "$BATS_FILE_TMPDIR" | tr -s ' \n' ' ' | sed 's/ $//')"
}
