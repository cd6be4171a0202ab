# csr-report: pages (HTML), workbooks (XLSX) and Markdown of a report; what strangers wrote
# stays text in all of them

load helper

# What customers have written, or might: each is the channel of one message.
PAYLOADS=(
	"=cmd|' /C calc'!A0" '+1+1' '-2+3' '@SUM(1+1)' $'\t=1+1' '＝1+1' ' =1' '"=1"'
	'<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "' onmouseover='alert(1)"
	'</title><svg onload=alert(1)>' '</style><script>alert(2)</script>' ']]><x/>' '<!-- --><b>'
	'javascript:alert(1)' '&lt;i&gt;' $'a\e[2Jb' $'a\u202eb' $'a\u0007b' '{{7*7}}' '|a|`b`*c*[d](http://e)'
)

# A desk with a week of messages, one customer a payload among them.
desk() {
	local i=0 p
	for p in "${PAYLOADS[@]}"; do
		i=$((i + 1))
		jq -nc --arg p "$p" --arg i "$i" --arg d "$((i % 7 + 5))" '{kind:"message",channel:$p,
			external_id:("p"+$i),thread:("t"+$i),at:("2026-10-"+("0"+$d)[-2:]+"T09:00:00+08:00"),
			from:{id:("c"+$i),name:$p},text:$p,subject:$p}'
		jq -nc --arg p "$p" --arg i "$i" --arg d "$((i % 7 + 5))" '{kind:"message",channel:$p,
			external_id:("o"+$i),thread:("t"+$i),at:("2026-10-"+("0"+$d)[-2:]+"T09:0\($i|tonumber % 9 + 1):00+08:00"),
			direction:"out",from:{id:("a"+$p),role:"agent"},text:"ok"}'
	done | csr-ingest -q
}

setup_file() {
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db TZ=Asia/Shanghai CSR_NOW=2026-10-12T08:00:00+08:00
	desk
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db
}

# the FILE XPATH - what the parser of another finds in a page
the() { xmllint --html --nonet --xpath "$2" "$1" 2>/dev/null; }

# part FILE PART - one part of a workbook
part() { unzip -p "$1" "$2"; }

@test "a page needs nothing else: no script, no link out, nothing loaded, a strict policy" {
	needs xmllint
	csr-report volume --by channel -o v.html
	csr-report pack weekly -o w.html
	for f in v.html w.html; do
		is 0 "$(the $f 'count(//script | //link | //img | //iframe | //object | //embed | //form | //base)')"
		is 0 "$(the $f 'count(//@src | //@style | //@*[starts-with(name(), "on")])')"
		is 0 "$(the $f 'count(//@href[not(starts-with(., "#"))])')"
		is 1 "$(the $f 'count(//style)')"
		policy=$(the $f 'string(//meta[@http-equiv="Content-Security-Policy"]/@content)')
		has "default-src 'none'; style-src 'sha256-" "$policy"
		[[ $policy != *unsafe* ]]
		run grep -oE '(url\(|@import)' $f
		is "" "$output"
	done
}

@test "the policy's hash is that of the style in the page" {
	needs openssl perl
	csr-report volume -o v.html
	want=$(perl -0777 -ne 'print $1 if m{<style>(.*?)</style>}s' v.html | openssl dgst -sha256 -binary | base64)
	has "style-src 'sha256-$want'" "$(cat v.html)"
}

@test "HTML: payloads are text, in tables, charts, titles and lists" {
	needs xmllint
	csr-report volume --by channel -o v.html
	csr-report volume --by day,channel -o d.html
	csr-report tickets -o t.html
	csr-report agents -o a.html
	for f in v.html d.html t.html a.html; do
		is 0 "$(the $f 'count(//script | //img | //b | //i | //x | //@onload | //@onerror | //@onmouseover)')"
		run grep -cP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xe2\x80\xae' $f
		is 0 "$output"
	done
	# The text survived: as row heads, and in the titles of the chart.
	is "<script>alert(1)</script>" "$(the v.html '//tbody/tr/th[contains(., "alert(1)</script>")][1]/text()' |
		sed 's/&lt;/</g; s/&gt;/>/g' | head -1)"
	is "=cmd|' /C calc'!A0" "$(the v.html 'string((//th[starts-with(., "=cmd")])[1])')"
	is "a?b" "$(the v.html 'string((//th[. = "a?b"])[1])')"
	has '&lt;/style&gt;&lt;script&gt;alert(2)' "$(the v.html '//*[local-name() = "title"]')"
}

@test "CSV and Markdown: payloads are text" {
	csr-report volume --by channel -k channel -o csv >v.csv
	run grep -cE '^"?([=+@-]|＝|[[:space:]])' v.csv
	is 0 "$output"
	is "$(csr-report volume --by channel | wc -l)" "$(($(wc -l <v.csv) - 1))"
	csr-report volume --by channel -o md >v.md
	run grep -cE '(^|[^\\])<(script|img|svg|b|x)' v.md
	is 0 "$output"
	has '\|a\|\`b\`\*c\*\[d\](http://e)' "$(cat v.md)"
}

@test "a terminal: payloads cannot command it, as a table and as bars" {
	for form in table bars; do
		csr-report volume --by channel -o $form >out
		run grep -cP '[\x00-\x09\x0b-\x1f\x7f]|\xe2\x80\xae' out
		is 0 "$output"
	done
	has 'a?[2Jb' "$(csr-report volume --by channel -o table)"
}

@test "XLSX: every cell is typed, no formula, no payload is one" {
	needs unzip xmllint
	csr-report volume --by channel -o v.xlsx
	csr-report tickets -o t.xlsx
	for f in v.xlsx t.xlsx; do
		for s in $(unzip -Z1 $f | grep -E '^xl/.*\.xml$'); do
			part $f "$s" | xmllint --noout -
			is 0 "$(part $f "$s" | grep -c '<f>')"
		done
		is 0 "$(unzip -Z1 $f | grep -ciE 'vba|external|macro')"
	done
	strings=$(part v.xlsx xl/sharedStrings.xml | sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')
	for p in "=cmd|' /C calc'!A0" '+1+1' '＝1+1' '<script>alert(1)</script>' 'a?[2Jb' 'a?b'; do
		has ">$p</t>" "$strings"
	done
}

@test "XLSX: numbers, lengths, percentages and times are what they are; the head stays" {
	needs unzip xmllint
	jq -nc '{kind:"message",channel:"phone",external_id:"z1",thread:"z",at:"2026-10-06T10:00:00+08:00",from:{id:"z"},text:"x"},
		{kind:"message",channel:"phone",external_id:"z2",thread:"z",at:"2026-10-06T10:01:30+08:00",direction:"out",from:{id:"li",role:"agent"},text:"y"}' |
		CSR_DB=z.db csr-ingest -q
	export CSR_DB=z.db
	csr-report response --by channel -k channel,n,p50_s,attainment_pct -o r.xlsx
	sheet=$(part r.xlsx xl/worksheets/sheet1.xml)
	has '<pane xSplit="1" ySplit="1"' "$sheet"
	has '<autoFilter ref="A1:D2"/>' "$sheet"
	has '<v>1</v>' "$sheet"
	# 90 s as a part of a day, under [h]:mm:ss
	has '<v>0.0010416666' "$sheet"
	has 'formatCode="[h]:mm:ss"' "$(part r.xlsx xl/styles.xml)"
	csr-report tickets -k ticket,opened_at -o t.xlsx
	# 2026-10-06 10:00 local as a workbook counts days
	has '<v>46301.41666666' "$(part t.xlsx xl/worksheets/sheet1.xml)"
	has 'formatCode="yyyy-mm-dd hh:mm:ss"' "$(part t.xlsx xl/styles.xml)"
}

@test "XLSX: a chart for each that the report declares, and the numbers they are drawn from" {
	needs unzip
	csr-report volume --by channel --from 2026-10-05 --to 2026-10-11 -o v.xlsx
	is 3 "$(unzip -Z1 v.xlsx | grep -c '^xl/charts/chart')"
	has "<c:barChart>" "$(part v.xlsx xl/charts/chart1.xml)"
	has "<c:lineChart>" "$(part v.xlsx xl/charts/chart2.xml)"
	has "Chart data" "$(part v.xlsx xl/workbook.xml)"
	# The heat map is a grid with shades.
	has "<colorScale>" "$(cat <(part v.xlsx xl/worksheets/sheet2.xml))"
}

@test "a page says what was counted, how many, what was left out, and as of when" {
	csr-report response --by channel -o r.html
	text=$(sed 's/<[^>]*>//g; s/\xe2\x80\xaf/ /g' r.html)
	has "22 tickets were answered; 0 have no answer yet and are in no duration." "$text"
	has "Working time by the calendar cn-desk." "$text"
	has "What is counted" "$text"
	has "As of 2026-10-12 08:00" "$text"
	has "Times are those of Asia/Shanghai" "$text"
}

@test "under each chart stands the table of its figures; rows have heads, charts have names" {
	needs xmllint
	csr-report volume --by channel --week -o v.html
	charts=$(the v.html 'count(//figure)')
	is 4 "$charts"
	is "$charts" "$(the v.html 'count(//figure/details//table)')"
	is "$charts" "$(the v.html 'count(//figure//*[local-name() = "svg"][@role = "img"][@aria-label])')"
	is "$charts" "$(the v.html 'count(//figure[@aria-labelledby = .//figcaption/@id])')"
	is 0 "$(the v.html 'count(//tbody/tr[not(th[@scope = "row"])])')"
	is 0 "$(the v.html 'count(//thead/tr/th[not(@scope = "col")])')"
	is 0 "$(the v.html 'count(//div[@class = "scroll"][not(@tabindex) or not(@aria-label)])')"
	is en "$(the v.html 'string(/html/@lang)')"
	csr-report volume --lang zh -o z.html
	is zh-CN "$(the z.html 'string(/html/@lang)')"
}

@test "the same data and time give the same bytes; another time does not" {
	for f in html xlsx md; do
		csr-report volume --by channel --week -o a.$f
		sleep 1.1
		csr-report volume --by channel --week -o b.$f
		cmp a.$f b.$f
	done
	csr-report volume --week 2026-W41 --now 2026-10-13T08:00:00+08:00 -o c.html
	run cmp -s a.html c.html
	is 1 "$status"
}

@test "a long list is never cut: every row is in the page and in the workbook" {
	needs unzip
	csr-report tickets -o t.html
	csr-report tickets -o t.xlsx
	n=$(csr-report tickets | wc -l)
	is "$n" "$(grep -c '<tr><th scope="row">' t.html)"
	is "$((n + 1))" "$(part t.xlsx xl/worksheets/sheet1.xml | grep -o '<row ' | wc -l)"
}

@test "a full disk, a file that cannot be, an unknown chart" {
	run --separate-stderr bash -c 'csr-report volume -o html >/dev/full'
	is 74 "$status"
	run --separate-stderr bash -c 'csr-report volume -o xlsx >/dev/full'
	is 74 "$status"
	run --separate-stderr csr-report volume -o nowhere/x.html
	is 74 "$status"
	run --separate-stderr csr-report volume --charts nosuch -o html
	is 64 "$status"
	has 'volume has no chart "nosuch"; there are by days hours channels' "$stderr"
	TMPDIR=/nonexistent run --separate-stderr csr-report volume -o xlsx
	is 74 "$status"
}

@test "only the charts asked for, in that order; none for an empty text" {
	needs xmllint
	csr-report volume --charts hours,days -o v.html
	is "When customers write,Messages day by day" \
		"$(the v.html '//figcaption/text()' | paste -sd,)"
	csr-report volume --charts '' -o v.html
	is 0 "$(the v.html 'count(//figure)')"
}

@test "one's own style sheet; one that would end the style is refused" {
	mkdir -p conf/reports
	echo 'body { color: green }' >conf/reports/page.css
	csr-report -c conf volume -o v.html
	has '<style>body { color: green }' "$(cat v.html)"
	echo 'a{}</style><script>x</script>' >conf/reports/page.css
	run --separate-stderr csr-report -c conf volume -o html
	is 78 "$status"
	has 'page.css: "</" would end the style' "$stderr"
}

@test "straight from an export, by a pipe, to a page and a workbook" {
	needs unzip
	printf '%s\n' 时间,渠道,会话,客户,客服,方向,内容 '2026-10-12 09:00:00,wecom,c1,王女士,,in,机票怎么改签' \
		'2026-10-12 09:05:00,wecom,c1,,李四,out,请提供订单号' | iconv -f UTF-8 -t GB18030 >export.csv
	unset CSR_DB
	csr-report response --lang zh -o r.html export.csv
	has "企业微信" "$(cat r.html)"
	has "5 分" "$(sed 's/\xe2\x80\xaf/ /g' r.html)"
	csr-report response -o xlsx - <export.csv >r.xlsx
	has "WeCom" "$(part r.xlsx xl/sharedStrings.xml)"
	[ ! -e "$HOME/.local/share/csr/csr.db" ]
}
