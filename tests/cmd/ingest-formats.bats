# ingest-formats: what csr-ingest makes of each source format, whole and broken

load helper

# put FORMAT - reads stdin into the file of that name
put() { cat >"$1"; }

# refused LINE PART - stderr names in.* at LINE with PART; --rejects has that line
refused() {
	has ":$1: " "$stderr"
	has "$2" "$stderr"
	is 1 "$(jq -s --argjson line "$1" '[.[] | select(.line == $line)] | length' rejects)"
}

# ingest FILE... - stores, keeping what is refused in ./rejects
ingest() { run --separate-stderr csr-ingest --tz Asia/Shanghai --rejects rejects "$@"; }

GOOD='时间,手机,内容'
ROW='2026-10-01 09:00:00,13800138000,能退票吗'

# --- CSV

@test "csv: a message of a GB18030 file has its words and its time" {
	printf '%s\r\n%s\r\n' "$GOOD" "$ROW" | iconv -f UTF-8 -t GB18030 >in.csv
	ingest in.csv
	is 0 "$status"
	is "能退票吗 2026-10-01T09:00:00+08:00 13800138000" \
		"$(field '"\(.text) \(.at) \(.from.phone)"' <<<"$output")"
}

@test "csv: UTF-16 with a mark, UTF-8 with a mark, and lone CRs read alike" {
	printf '%s\n%s\n' "$GOOD" "$ROW" >plain.csv
	{ printf '\377\376'; iconv -f UTF-8 -t UTF-16LE plain.csv; } >wide.csv
	{ printf '\357\273\277'; cat plain.csv; } >bom.csv
	tr '\n' '\r' <plain.csv >cr.csv
	csr-ingest -n plain.csv >want
	for f in wide bom cr; do
		csr-ingest -n $f.csv | cmp - want
	done
}

@test "csv: the same export twice changes nothing" {
	printf '%s\n%s\n' "$GOOD" "$ROW" >in.csv
	ingest in.csv
	is true "$(field .new <<<"$output")"
	csr-db dump >before
	ingest in.csv
	is "0 false" "$status $(field .new <<<"$output")"
	csr-db dump | cmp - before
}

@test "csv: a truncated last row is refused, the rest stored" {
	printf '%s\n%s\n2026-10-01 09:01,138' "$GOOD" "$ROW" >in.csv
	ingest in.csv
	is 65 "$status"
	refused 3 '2 fields where the header has 3'
	is '2026-10-01 09:01,138' "$(field .raw <rejects)"
	is 1 "$(csr-db stats | field .messages)"
}

@test "csv: an empty file is nothing to refuse; one without records neither" {
	: >in.csv
	ingest in.csv
	is "0 " "$status $output"
	echo "$GOOD" >in.csv
	ingest in.csv
	is "0 " "$status $output"
}

@test "csv: bytes in no encoding are refused with their column, byte for byte" {
	{ printf '%s\n%s\n' "$GOOD" "$ROW"; printf '2026-10-01 09:01,138,a\377b\n'; } >in.csv
	ingest in.csv
	is 65 "$status"
	refused 3 '内容: not valid UTF-8'
	printf '2026-10-01 09:01,138,a\377b' >want
	field .raw_base64 <rejects | base64 -d | cmp - want
	is 1 "$(csr-db stats | field .messages)"
}

@test "csv: a NUL costs its row" {
	{ printf '%s\n' "$GOOD"; printf '2026-10-01,138,a\0b\n'; printf '%s\n' "$ROW"; } >in.csv
	ingest in.csv
	is 65 "$status"
	refused 2 '内容: a NUL byte'
	is 1 "$(csr-db stats | field .messages)"
}

@test "csv: an over-long field and an over-long line cost their rows" {
	{
		printf '%s\n2026-10-01,138,' "$GOOD"
		head -c 1048577 /dev/zero | tr '\0' x
		printf '\n'
		head -c 5000000 /dev/zero | tr '\0' x
		printf '\n%s\n' "$ROW"
	} >in.csv
	ingest in.csv
	is 65 "$status"
	refused 2 '内容: more than 1 MiB'
	refused 3 'longer than 4194304 bytes'
	is 1 "$(csr-db stats | field .messages)"
}

@test "csv: one column twice is refused with both places" {
	printf '时间,内容,手机,内容\n2026-10-01,a,138,b\n' >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:1: columns 2 and 4 are both "内容" (text)' "$stderr"
}

@test "csv: a column nobody asks for may come twice" {
	printf '%s,备用,备用\n%s,a,b\n' "$GOOD" "$ROW" >in.csv
	ingest in.csv
	is '{"备用":"a","备用#2":"b"}' "$(jq -c .extra <<<"$output")"
}

@test "csv: a wrong type is named with file, line and column" {
	printf '%s\n昨天,138,a\n%s\n' "$GOOD" "$ROW" >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:2: 时间: "昨天" is not a time' "$stderr"
	refused 2 昨天
	is 1 "$(csr-db stats | field .messages)"
}

@test "csv: an open quote costs its line, not the file" {
	{
		printf '%s\n2026-10-01,138,"unclosed\n' "$GOOD"
		for i in 1 2 3; do printf '2026-10-01 09:0%d,138,"m%d, x"\n' $i $i; done
	} >in.csv
	ingest in.csv
	is 65 "$status"
	refused 2 '内容: the quote opened here is not closed'
	is 'm1, x
m2, x
m3, x' "$(field .text <<<"$output")"
}

@test "csv: quoted line ends are text" {
	printf '%s\n2026-10-01,138,"one\r\ntwo"\n' "$GOOD" >in.csv
	ingest in.csv
	is '"one\r\ntwo"' "$(jq .text <<<"$output")"
}

@test "csv: ids a spreadsheet has rounded are refused, wrapped ones are whole" {
	cat >in.csv <<-'X'
	订单编号,金额,联系手机
	="202610010000000017",￥1299.00,'13800138000
	2.0261E+17,5,138
	202610010000000000,5,138
	X
	ingest in.csv
	is 65 "$status"
	refused 3 'digits are lost'
	is "202610010000000017 129900 13800138000" \
		"$(head -n 1 <<<"$output" | field '"\(.external_id) \(.amount_minor) \(.person.phone)"')"
	# In a column that shows other digits there, zeros at the end are digits.
	is 202610010000000000 "$(tail -n 1 <<<"$output" | field .external_id)"
}

@test "csv: lines of notes before the header and behind the last record are no records" {
	printf '聊天记录导出\n导出人: 张\n%s\n%s\n合计,1,\n导出时间: 2026-10-02\n' "$GOOD" "$ROW" >in.csv
	run --separate-stderr csr-ingest -v in.csv
	is 0 "$status"
	has 'in.csv:1: a note before the header: 聊天记录导出' "$stderr"
	has 'in.csv:3: message rows, 3 columns, comma, UTF-8' "$stderr"
	has 'in.csv:5: a note behind the last record: 合计,1,' "$stderr"
	is 1 "$(csr-db stats | field .messages)"
}

@test "csv: a map names the columns nobody knows" {
	printf 'Wann;Wer;Was\n31.12.2026 09:00;a@b.cn;Hallo\n' >in.csv
	printf 'at = Wann tz=Europe/Berlin format=%%d.%%m.%%Y %%H:%%M\nemail = Wer\ntext = Was\n[set]\nchannel = email\n' >map
	run --separate-stderr csr-ingest -n --tz Asia/Shanghai -m map in.csv
	is 0 "$status"
	is 'email a@b.cn 2026-12-31T16:00:00+08:00 Hallo' \
		"$(field '"\(.channel) \(.from.email) \(.at) \(.text)"' <<<"$output")"
	echo 'colour = Was' >map
	run --separate-stderr csr-ingest -n -m map in.csv
	is 78 "$status"
	has 'map:1: no field is called "colour"' "$stderr"
}

@test "csv: names of one's own stand beside the shipped ones" {
	mkdir -p conf/aliases
	printf '[message]\ntext = 客人原话\n' >conf/aliases/ours.conf
	printf '时间,手机,客人原话\n2026-10-01,138,在吗\n' >in.csv
	ingest -c conf -n in.csv
	is 在吗 "$(field .text <<<"$output")"
	ingest -n in.csv
	is 65 "$status"
	has 'name the columns by --map' "$stderr"
}

@test "csv: a live feed is stored row by row" {
	mkfifo pipe
	csr-ingest <pipe >out &
	exec 7>pipe
	printf '%s\n%s\n' "$GOOD" "$ROW" >&7
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s out ] && break
		sleep 0.1
	done
	is 能退票吗 "$(field .text <out)"
	exec 7>&-
	wait
}

@test "csv: each sample reads as it should" {
	cd "$ROOT/tests/data/csv"
	local f failed=0
	for f in *.csv; do
		[ "$f" != roster.csv ] || continue	# its time is the file's: ingest-chat.bats
		csr-ingest -n --tz Asia/Shanghai "$f" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || true
		cat "$BATS_TEST_TMPDIR/err" "$BATS_TEST_TMPDIR/out" | diff "${f%.csv}.want" - || failed=1
	done
	is 0 $failed
}

# --- WeCom

wecom() {
	printf '{"msgid":"%s","action":"send","from":"%s","tolist":["%s"],"roomid":"","msgtime":%s,"msgtype":"text","text":{"content":"%s"}}\n' "$@"
}

@test "wecom: both directions of a talk meet in one ticket" {
	{ wecom m1 wmAAA lisi 1790816400123 没出票; wecom m2 lisi wmAAA 1790816460123 马上; } >in.json
	ingest in.json
	is 0 "$status"
	is '1 in
1 out' "$(field '"\(.ticket) \(.direction)"' <<<"$output")"
}

@test "wecom: overlapping pulls are stored once" {
	wecom m1 wmAAA lisi 1790816400123 a >in.json
	wecom m2 wmAAA lisi 1790816400124 b >>in.json
	ingest in.json
	wecom m3 wmAAA lisi 1790816400125 c >>in.json
	ingest in.json
	is 'false
false
true' "$(field .new <<<"$output")"
}

@test "wecom: broken lines are named and kept, the rest stored" {
	{
		wecom m1 wmAAA lisi 1790816400123 a
		echo '{"msgid":"m2","action":"send","from":"wmAAA","msgtype":"text"}'
		echo '{"msgid":"m3","action":"send","from":true,"msgtime":1790816400123,"msgtype":"text"}'
		printf '{"msgid":"m4","action":"send","from":"wm\377"}\n'
		printf '{"msgid":"m5","action":"send","from":"wm\0"}\n'
		echo '{"msgid":"m6","msgid":"m6"}'
		printf '{"msgid":"m7","x":"'; head -c 5000000 /dev/zero | tr '\0' x; echo '"}'
		wecom m8 wmAAA lisi 1790816400123 b
		printf '{"msgid":"m9","action":"se'
	} >in.json
	ingest in.json
	is 65 "$status"
	refused 2 'no "msgtime"'
	refused 3 'no "from"'
	refused 4 'not JSON'
	refused 5 'not JSON'
	refused 6 'duplicate'
	refused 7 'longer than 4194304 bytes'
	refused 9 'not JSON'
	is 2 "$(csr-db stats | field .messages)"
}

# --- our own JSON Lines

@test "jsonl: a wrong type is named with its field, the rest stored" {
	local good='{"kind":"message","channel":"sms","at":"2026-10-01T09:00:00+08:00","from":{"phone":"13800138000"},"text":"a"}'
	{
		echo "${good/\"a\"/[1]}"
		echo "${good/\"13800138000\"/\{\}}"
		echo "${good/2026-10-01/2026-02-30}"
		printf '%s\n' "${good/\"a\"/\"$'\xff'\"}"
		echo "$good"
		printf '%s' "${good%??}"
	} >in.jsonl
	ingest in.jsonl
	is 65 "$status"
	refused 1 '"text" is not text'
	refused 2 '"from.phone" is not text'
	refused 3 '"at": '
	refused 4 'not JSON'
	refused 6 'not JSON'
	is 1 "$(csr-db stats | field .messages)"
}

@test "auto: each format is known by its first bytes" {
	mkdir -p box/new box/cur box/tmp
	printf 'From: a@b.cn\nTo: c@d.cn\nMessage-ID: <1@x>\nDate: Thu, 1 Oct 2026 09:00:00 +0800\nSubject: s\n\nhi\n' >in.eml
	cp in.eml box/new/1
	{ echo 'From a@b.cn Thu Oct  1 09:00:00 2026'; cat in.eml; } >in.mbox
	printf '%s\n%s\n' "$GOOD" "$ROW" >in.csv
	wecom m1 wmAAA lisi 1790816400123 a >in.json
	for f in in.eml box in.mbox; do
		is email "$(csr-ingest -n $f | field .channel)"
	done
	is other "$(csr-ingest -n in.csv | field .channel)"
	is wecom "$(csr-ingest -n <in.json | field .channel)"
}

@test "auto: a workbook is no export, and the message says what to do" {
	printf 'PK\003\004' >in.xlsx
	ingest in.xlsx
	is 65 "$status"
	has 'save it as CSV' "$stderr"
}

# --- e-mail

mail() {
	printf 'From: %s\nTo: c@d.cn\nMessage-ID: <%s@x>\nDate: Thu, 1 Oct 2026 09:00:00 +0800\nSubject: s\nContent-Type: text/plain; charset=gb2312\n\n' "$@"
}

@test "mbox: a mail from nobody is named by its number and kept, the rest stored" {
	{
		echo 'From a Thu Oct  1 09:00:00 2026'; mail a@b.cn 1; echo one; echo
		printf 'From b Thu Oct  1 09:00:00 2026\nSubject: none\n\nx\n\n'
		echo 'From a Thu Oct  1 09:00:00 2026'; mail a@b.cn 3; printf 'cut off he'
	} >in.mbox
	ingest in.mbox
	is 65 "$status"
	refused 2 nobody
	is 'one
cut off he' "$(field .text <<<"$output")"
}

@test "mail: a wrong charset label, a NUL and no end are read as far as they go" {
	{ mail a@b.cn 1; printf '\303\273\263\366\306\261\2415 a\0b'; } >in.eml
	ingest in.eml
	is 0 "$status"
	has 没出票 "$(field .text <<<"$output")"
	is 1 "$(csr-db stats | field .messages)"
}
