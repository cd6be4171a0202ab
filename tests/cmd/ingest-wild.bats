# ingest-wild: strange files of others, each to a row, a counted duplicate or a named
# refusal; what each does and why that is right stands in tests/data/WILD.md

load helper

DATA=$ROOT/../shared/data

# wild FOLDER - skips where the collection is not to be had
wild() { [ -d "$DATA/$1" ] || skip "no $DATA/$1 here"; }

# take ARGS... - csr-ingest with --stats and --rejects; then its counts must add up: every
# record read is new, known, refused or passed; every source given was read or named.
# ./out, ./err, ./rejects; $status, $stats
take() {
	status=0
	rm -f rejects
	timeout 120 csr-ingest --stats --rejects rejects --tz UTC "$@" >out 2>err || status=$?
	case $status in 0 | 65 | 66) ;; *) is "0, 65 or 66" "$status: $(tail -n 5 err)" ;; esac
	stats=$(tail -n 1 err)
	is 0 "$(jq '.read - .new - .duplicate - .passed - ([.refused[]] | add // 0)' <<<"$stats")"
	is "$(jq '[.refused[]] | add // 0' <<<"$stats")" "$(wc -l <rejects)"
	is "$(jq '[.refused[]] | add // 0' <<<"$stats")" "$(jq 'select(.error != "")' rejects | jq -s length)"
}

# stored - as many messages as were new
stored() {
	is "$(jq .new <<<"$stats")" "$(csr-db stats | field .messages)"
	csr-db check
}

@test "mails of the Python test suite: all end as mail, copy or named refusal" {
	wild mail-python
	take "$DATA"/mail-python/*.txt
	is 48 "$(jq '.read + .lost' <<<"$stats")"
	is 2 "$(jq .lost <<<"$stats")"
	stored
	first=$stats
	take "$DATA"/mail-python/*.txt
	is "0 $(jq '.new + .duplicate' <<<"$first")" "$(jq -r '"\(.new) \(.duplicate)"' <<<"$stats")"
}

@test "the same mails as an MTA brings them, one by one through a pipe: only who says nothing or who is nobody is refused" {
	wild mail-python
	taken=0 refused=0
	for f in "$DATA"/mail-python/*.txt; do
		status=0
		cat "$f" | csr-ingest -q -f mail 2>err || status=$?
		case $status in
		0) taken=$((taken + 1)) ;;
		65) grep -qE 'nobody and no conversation|no text|a header line|no header' err || is "a reason known" "${f##*/}: $(<err)"
			refused=$((refused + 1)) ;;
		*) is "${f##*/}: 0 or 65" "$status: $(<err)" ;;
		esac
	done
	is 48 $((taken + refused))
	[ "$taken" -ge 36 ] || is "36 or more taken" "$taken"
	csr-db check
}

@test "replies and signatures of mail programs: mails are taken, other files named" {
	wild mail-talon
	mapfile -t files < <(find "$DATA/mail-talon" -type f -size +0 ! -name SOURCE.md | sort)
	take "${files[@]}"
	is ${#files[@]} "$(jq '.read + .lost' <<<"$stats")"
	is "$(jq .lost <<<"$stats")" "$(grep -c -e 'no column name is known' -e 'no format recognised' err)"
	stored
	is 0 "$(jq -r 'select(.text | test("^>"; "m")) | .external_id' out | wc -l)"
}

# table FILE MAP - its rows as objects: the first column is the text, all others extra
table() {
	local head
	head=$(sed -n '1{s/^\xef\xbb\xbf//;s/\r$//;s/,.*//;s/^"\(.*\)"$/\1/;p;q}' "$1")
	printf 'text = "%s"\n[set]\nkind = message\nchannel = webchat\nat = 2026-10-01T00:00:00Z\ncustomer_id = c\n' \
		"$head" >table.map
	take -n --map ./table.map "$1"
	jq -c --arg head "$head" '{($head): (.text // "")} + (.extra // {}) | with_entries(select(.value != "")) | select(. != {})' out
}

# wanted FILE - the same as the collection reads it, empty cells and rows left out; lines
# within a cell end as they do everywhere
wanted() { jq -c '.[] | with_entries(.value |= (tostring | gsub("\r\n"; "\n")) | select(.value != "")) | select(. != {})' "$1"; }

@test "csv-spectrum: each table is read as it says it should be" {
	wild csv-spectrum
	for f in "$DATA"/csv-spectrum/csvs/*.csv; do
		name=${f##*/}
		diff <(table "$f") <(wanted "$DATA/csv-spectrum/json/${name%.csv}.json") || is "$name as wanted" "$name differs"
	done
}

@test "Miller's tables: read alike, or each row that does not fit is named" {
	wild csv-miller
	for f in "$DATA"/csv-miller/*.csv*; do
		name=${f##*/}
		[[ $name != *.json ]] || continue
		table "$f" >got
		case $name in
		spaces.csv) continue ;;	# blanks around cells and names are cut here
		ragged*) is 65 "$status" ;;
		*) diff got <(wanted "$f.mlr.json") || is "$name as wanted" "$name differs" ;;
		esac
	done
}

@test "East Asian character sets: a column and a mail body in each give the text" {
	wild cjk-charsets
	for pair in gb2312:GB2312 gbk:GBK big5:Big5 euc_jp:EUC-JP euc_kr:EUC-KR shift_jis:Shift_JIS; do
		name=${pair%%:*} charset=${pair#*:}
		want=$(jq -Rrs 'rtrimstr("\n")' "$DATA/cjk-charsets/$name-utf8.txt")
		{ printf 'From: a@x.cn\nTo: b@x.cn\nDate: Thu, 01 Oct 2026 09:00:00 +0800\nMessage-ID: <%s@x>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=%s\nContent-Transfer-Encoding: 8bit\n\n' "$name" "$charset"
		  cat "$DATA/cjk-charsets/$name.txt"; } >"$name.eml"
		take -n "$name.eml"
		# EUC-KR spells a syllable without a code of its own by four letters, filler first;
		# it stays spelled.
		diff <(jq -r .text out | tr -s '\n' | grep -v '첫가끝') <(tr -s '\n' <<<"$want" | grep -v '첫가끝')
	done
}

@test "json-suite: y is taken and leaves as it came, n is refused, i is one of both" {
	wild json-suite
	for f in "$DATA"/json-suite/*.json; do
		name=${f##*/}
		printf '{"kind":"message","channel":"webchat","external_id":"%s","at":"2026-10-01T09:00:00+08:00","from":{"id":"c"},"text":"t","x":' "$name"
		# A line end between values is a blank; within a line of a refused file it stays.
		if [[ $name = n_* ]]; then cat "$f"; else tr '\n' ' ' <"$f"; fi
		printf '}\n'
	done >in.jsonl
	take in.jsonl
	stored
	jq -r .external_id out | LC_ALL=C sort >got
	(cd "$DATA/json-suite" && printf '%s\n' y_*.json) | grep -v escaped_null_in_key | LC_ALL=C sort >want
	diff want got
	jq -r 'select(.external_id == "y_array_with_several_null.json") | .x | length' out | grep -qx 5
}

@test "json-suite: no whole file of it makes csr-ingest fall" {
	wild json-suite
	take "$DATA"/json-suite/*.json
	is 0 "$(jq .new <<<"$stats")"
}

@test "naughty strings come back unchanged as text, name and subject" {
	wild naughty
	jq -c '{kind: "message", channel: "webchat", external_id: "n\(input_line_number)", at: "2026-10-01T09:00:00+08:00",
		from: {id: "c\(input_line_number)", name: .text}, subject: .text, text: .text}' "$DATA/naughty/blns.jsonl" >in.jsonl
	take in.jsonl
	is '{"no text":1}' "$(jq -c .refused <<<"$stats")"
	stored
	diff <(jq -c '[.external_id, .text, .subject, .from.name]' in.jsonl | tail -n +2) \
		<(csr-db dump | jq -c 'select(.table == "message") | [.external_id, .text, .subject, .subject]')
}

@test "naughty strings come back unchanged from the cells of a table" {
	wild naughty
	jq -r '["n\(input_line_number)", "2026-10-01T09:00:00+08:00", "c", .text] | @csv' "$DATA/naughty/blns.jsonl" >rows
	{ echo id,time,customer_id,text; cat rows; } >in.csv
	take -C webchat in.csv
	is 252 "$(jq .read <<<"$stats")"
	is '{"no text":1}' "$(jq -c .refused <<<"$stats")"
	stored
	diff <(jq -c .text "$DATA/naughty/blns.jsonl" | tail -n +2) \
		<(csr-db dump | jq -c 'select(.table == "message") | .text')
}

@test "naughty strings in a mail's encoded body and subject" {
	wild naughty
	mkdir mails
	jq -r '"\(input_line_number) \(.text | @base64)"' "$DATA/naughty/blns.jsonl" | while read -r n b64; do
		printf 'From: a@x.cn\nDate: Thu, 01 Oct 2026 09:00:00 +0800\nMessage-ID: <n%s@x>\nSubject: =?UTF-8?B?%s?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%s\n' \
			"$n" "$b64" "$b64" >"mails/$n.eml"
	done
	take mails/*.eml
	is 252 "$(jq .read <<<"$stats")"
	stored
	is 0 "$(jq -r 'select(.text == "77u/" or .text == "IA==") | .external_id' out | wc -l)"
}
