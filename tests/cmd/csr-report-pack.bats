# csr-report pack: several reports as one page, with sentences that sum it up

load helper

# Five weeks of the demo's agency, up to Sunday, 27 September 2026.
setup_file() {
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db TZ=Asia/Shanghai
	local conf=$ROOT/share/demo/config
	"$ROOT/share/demo/weeks" 5 | csr-ingest -c "$conf" | csr-classify -c "$conf" |
		csr-route -q -c "$conf" --now 2026-09-28T07:00:00+08:00
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db TZ=Asia/Shanghai CSR_NOW=2026-09-28T08:00:00+08:00
}

text() { sed 's/<[^>]*>//g; s/\xe2\x80\xaf/ /g; s/\xe2\x80\x89/ /g' "$1"; }

@test "pack without a name tells which there are" {
	is "daily monthly weekly" "$(csr-report pack | jq -r .pack | paste -sd' ')"
	has "客服周报" "$(csr-report pack --lang zh)"
	run --separate-stderr csr-report pack nosuch
	is 64 "$status"
	is 'csr-report: no pack "nosuch" (try csr-report pack)' "$stderr"
}

@test "weekly is the last whole week, beside the one before, under 500 KB, a workbook beside it" {
	run --separate-stderr csr-report pack weekly -o week.html
	is 0 "$status"
	is "week.html week.xlsx" "$(paste -sd' ' <<<"$output")"
	has "Week 39, 21 Sep – 27 Sep 2026" "$(text week.html)"
	has "compared with Week 38, 14 Sep – 20 Sep 2026" "$(text week.html)"
	[ "$(wc -c <week.html)" -lt 500000 ]
	for s in "What came in" "First answers" Resolution Satisfaction "Left over" "Who did what"; do
		has "<h2>$s</h2>" "$(cat week.html)"
	done
	unzip -p week.xlsx xl/workbook.xml | grep -o '<sheet name="[^"]*' | cut -d'"' -f2 >sheets
	is "In short" "$(head -1 sheets)"
	is "What came in,First answers,Resolution,Satisfaction,Left over,Who did what" \
		"$(grep -vxE 'In short|Notes|Chart data' sheets | paste -sd,)"
}

@test "the sentences are the figures of the reports, and say whether they are more than noise" {
	csr-report pack weekly -o week.html
	read -r now before change <<<"$(csr-report volume --by '' --week --compare previous |
		jq -r '"\(.messages_in) \(.messages_in_before) \(100 * .messages_in_change / .messages_in_before)"')"
	has "What came in: Messages in $now, up $(printf %.1f "$change") % from $before the week before (may be noise)." \
		"$(text week.html)"
	# Mail was answered faster in the last week: that is news, whatever else is.
	has "First answers, E-mail: Half within" "$(text week.html)"
	grep -E '<li class="finding good">First answers, E-mail: Half within .*, down .* the week before \(more than noise, p' week.html
	p=$(csr-report response --by channel --week --compare previous -w channel=email | jq .p50_s_p)
	csr-report pack weekly --lang zh -o woche.html
	has "首次回复·邮件：半数不超过" "$(text woche.html)"
	has "超出正常波动" "$(text woche.html)"
	[ -n "$p" ]
}

@test "a folder gets files named by pack and period; the same data give the same bytes" {
	mkdir out
	csr-report pack weekly -o out --week 2026-W38
	is "weekly-2026-W38.html weekly-2026-W38.xlsx" "$(cd out && echo *)"
	csr-report pack monthly -o out --month 2026-09
	csr-report pack daily -o out/ --from 2026-09-25 --to 2026-09-25
	is "daily-2026-09-25.html daily-2026-09-25.xlsx monthly-2026-09.html monthly-2026-09.xlsx weekly-2026-W38.html weekly-2026-W38.xlsx" \
		"$(cd out && echo *)"
	sleep 1.1
	csr-report pack weekly -q -o again/ --week 2026-W38
	cmp out/weekly-2026-W38.html again/weekly-2026-W38.html
	cmp out/weekly-2026-W38.xlsx again/weekly-2026-W38.xlsx
}

@test "to a pipe, and as Markdown or a workbook alone" {
	has "<!DOCTYPE html>" "$(csr-report pack daily | head -1)"
	is "# The day at the desk" "$(csr-report pack daily -o md | head -1)"
	csr-report pack daily -o day.md
	is "day.md" "$(ls)"
	run --separate-stderr csr-report pack daily -o csv
	is 64 "$status"
}

@test "what would change a single report is refused, what narrows all is not" {
	for o in --by=channel -kchannel --charts=days --fail-if='n>1'; do
		run --separate-stderr csr-report pack daily "$o"
		is 64 "$status"
		has "is for a single report" "$stderr"
	done
	csr-report pack daily -w channel=email -o md >mail.md
	has "E-mail" "$(cat mail.md)"
	[[ $(cat mail.md) != *Telephone* ]]
}

@test "a pack of one's own; what is wrong in it is named with its line" {
	mkdir -p conf/packs
	cat >conf/packs/mine.pack <<-'END'
		title = Refunds
		period = month
		compare = no
		[volume]
		where = area=refund
		by = channel
		charts = days
		[slow]
		report = tickets
		title = The slow ones
		where = area=refund first_response_ms>3h
		columns = ticket,channel,first_response_ms
	END
	csr-report -c conf pack mine --month 2026-09 -o r.html
	has "<h1>Refunds</h1>" "$(cat r.html)"
	has "The slow ones" "$(cat r.html)"
	is "$(csr-report tickets --month 2026-09 -w 'area=refund first_response_ms>3h' | wc -l)" \
		"$(sed -n '/id="slow"/,$p' r.html | grep -c '<tr><th scope="row">')"
	local line want
	while IFS='|' read -r line want; do
		printf 'title = x\n%s\n[volume]\n' "$line" | sed 's/;/\n/' >conf/packs/bad.pack
		run --separate-stderr csr-report -c conf pack bad -o md
		is 78 "$status"
		has "bad.pack:$want" "$stderr"
	done <<-'END'
		colour = red|2: "colour" is no key here
		period = year|2: "year" is none of day, week, month
		compare = next|2: "next" is neither previous nor no
		[volume];by = channel|4: [volume] stands here twice
		[x y]|2: "x y" is no name for a section
		[volum];by = channel|2: no report "volum"
		[response];time = late|3: "late" is neither clock nor working
	END
}

@test "straight from an export" {
	"$ROOT/share/demo/weeks" 2 >weeks.jsonl
	unset CSR_DB
	csr-report pack weekly weeks.jsonl -o w.html
	has "Messages in" "$(text w.html)"
	[ ! -e "$HOME/.local/share/csr/csr.db" ]
}
