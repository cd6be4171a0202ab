# csr-report: figures worked by hand (tests/data/golden/figures.txt), and the aggregates
# reckoned again from the rows of csr-report tickets by a script that knows nothing of csr

load helper

setup_file() {
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db TZ=Asia/Shanghai CSR_NOW=2026-10-13T13:00:00+08:00
	csr-ingest "$ROOT/tests/data/golden/desk.jsonl" | csr-route -q
	csr-survey record -q "$ROOT/tests/data/golden/answers.jsonl"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db TZ=Asia/Shanghai CSR_NOW=2026-10-13T13:00:00+08:00
}

@test "every figure worked by hand" {
	local report key column want how n=0 bad=0
	while IFS='|' read -r report key column want how; do
		key=${key// /} column=${column// /} want=${want// /} n=$((n + 1))
		# shellcheck disable=SC2086
		[ -e "$n.jsonl" ] || csr-report $report >"$n.jsonl"
		got=$(jq -r --arg key "$key" --arg column "$column" --arg want "$want" '
			select($key == "" or (to_entries[0].value | tostring) == $key) | .[$column]' "$n.jsonl")
		[ "$want" = "$got" ] && continue
		echo "$report, $key: $column is $got, not $want ($how)"
		bad=1
	done < <(grep -v '^#' "$ROOT/tests/data/golden/figures.txt")
	[ $n -gt 60 ] && [ $bad = 0 ]
}

# reckon FIELD - n, mean and percentiles by channel of a column of csr-report tickets, in
# seconds, by nearest rank: sort and count, nothing else
reckon() {
	csr-report tickets "${@:2}" | jq -r --arg f "$1" '[.channel, .[$f] // "-"] | @tsv' | sort -k1,1 -k2,2n | awk '
	function rank(p,  k) { k = int((p * n + 99) / 100); return v[k] / 1000 }
	function say() { if (n) printf "%s %d %.1f %s %s %s\n", channel, n, sum / n / 1000, rank(50), rank(90), rank(95) }
	$1 != channel { say(); channel = $1; n = sum = 0 }
	$2 != "-" { v[++n] = $2; sum += $2 }
	END { say() }'
}

# report NAME PREFIX - the same as csr-report says it
report() {
	csr-report "$1" --by channel "${@:3}" | jq -r --arg p "$2" 'select(.n > 0) |
		"\(.channel) \(.n) \(.[$p + "mean_s"]) \(.[$p + "p50_s"]) \(.[$p + "p90_s"]) \(.[$p + "p95_s"])"' |
		awk '{ printf "%s %d %.1f %s %s %s\n", $1, $2, $3, $4, $5, $6 }'
}

same() {
	is "$(reckon first_response_ms "$@")" "$(report response "" "$@")"
	is "$(reckon first_response_work_ms "$@")" "$(report response work_ "$@")"
	is "$(reckon resolution_ms "$@")" "$(report resolution "" "$@")"
	is "$(reckon resolution_work_ms "$@")" "$(report resolution work_ "$@")"
}

@test "what an independent reckoning makes of the rows: six tickets" { same; }

@test "what an independent reckoning makes of the rows: 1,600 tickets, and one week of them" {
	export CSR_DB=$PWD/weeks.db
	"$ROOT/share/demo/weeks" 5 | csr-ingest -q
	same
	same --from 2026-09-14 --to 2026-09-20
	for c in messages_in messages_out; do
		is "$(csr-report tickets | jq -s "map(.$c) | add")" "$(csr-report volume --by '' | jq ".$c")"
	done
	is "$(csr-report tickets | wc -l)" "$(csr-report volume --by '' | jq .tickets_opened)"
	is "$(csr-report tickets -w status=open,pending | wc -l)" "$(csr-report backlog --by '' --now 2026-10-05T00:00:00+08:00 | jq .n)"
}

@test "a comparison is the two periods, each asked for by itself" {
	export CSR_DB=$PWD/weeks.db
	"$ROOT/share/demo/weeks" 5 | csr-ingest -q
	csr-report response --by channel --week 2026-W39 --compare previous >both
	csr-report response --by channel --week 2026-W39 >now
	csr-report response --by channel --week 2026-W38 >before
	is "$(jq -c '[.channel,.n,.p50_s,.p90_s]' now)" "$(jq -c '[.channel,.n,.p50_s,.p90_s]' both)"
	is "$(jq -c '[.channel,.n,.p50_s,.p90_s]' before)" \
		"$(jq -c '[.channel,.n_before,.p50_s_before,.p90_s_before]' both)"
	is true "$(jq -s 'all(.[]; .n_change == .n - .n_before and (.p50_s_change - (.p50_s - .p50_s_before) | fabs) < 0.001)' both)"
}
