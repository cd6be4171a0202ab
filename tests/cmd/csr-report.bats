# csr-report: measure, and show it to people

load helper

# m ID AT THREAD in|out WORDS - a message line of 2026-10-01 (a Thursday, a holiday).
m() {
	local who='"from":{"id":"v-'$3'"}'
	[ "$4" = in ] || who='"from":{"id":"lisi","role":"agent"}'
	printf '{"kind":"message","channel":"%s","external_id":"%s","thread":"%s","direction":"%s","at":"%s",%s,"text":"%s"}\n' \
		"${CHANNEL:-webchat}" "$1" "$3" "$4" "$2" "$who" "$5"
}

# Two tickets on webchat, answered after 60 and 180 s, one on email without an answer.
day() {
	m a1 2026-10-12T09:00:00+08:00 a in 订单没出票
	m a2 2026-10-12T09:01:00+08:00 a out 马上查
	m a3 2026-10-12T09:10:00+08:00 a in 查到了吗
	m a4 2026-10-12T09:30:00+08:00 a out 已出票
	m b1 2026-10-12T22:00:00+08:00 b in 怎么改签
	m b2 2026-10-12T22:03:00+08:00 b out 在订单页
	CHANNEL=email m c1 2026-10-13T10:00:00+08:00 c in 要发票
}

desk() { day | csr-ingest -q; }

LINE='{"kind":"message","channel":"webchat","external_id":"e1","thread":"t1","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1"},"text":"能退票吗"}'

@test "help goes to stdout, exit 0"           { seven_help csr-report; }
@test "an unknown option is a wrong call"     { seven_option csr-report; }
@test "an unknown option behind the name too" { seven_option csr-report tickets; }
@test "no input, no output, exit 0"           { seven_empty csr-report tickets -; }
@test "a bad line is named, the rest passes" {
	printf '%s\n{"kind":"message", oops\n%s\n' "$LINE" "${LINE//1\"/2\"}" >in.jsonl
	run --separate-stderr csr-report tickets --rejects bad.jsonl - <in.jsonl
	is 65 "$status"
	is 2 "${#lines[@]}"
	has "csr-report: stdin:2:" "$stderr"
	is '{"kind":"message", oops' "$(field .raw <bad.jsonl)"
}

@test "a full disk under stdout is 74" {
	desk
	run --separate-stderr bash -c 'csr-report tickets >/dev/full'
	is 74 "$status"
	has "csr-report: stdout: " "$stderr"
}

@test "a writer in the middle of its work does not hold up a report" {
	desk
	exec 9>>"$CSR_DB.lock"
	flock 9
	run csr-report tickets 9>&-
	exec 9>&-
	is 0 "$status"
	is 3 "${#lines[@]}"
}

@test "no database is 66, a foreign file 78, and neither is touched" {
	run --separate-stderr csr-report tickets
	is 66 "$status"
	[ ! -e "$CSR_DB" ]
	echo "not a database, but long enough to be looked at as one ........" >"$CSR_DB"
	cp "$CSR_DB" before
	run --separate-stderr csr-report tickets
	is 78 "$status"
	cmp before "$CSR_DB"
}

@test "list names every report; describe and sql show one" {
	run csr-report list
	is 0 "$status"
	for r in agents backlog response satisfaction tickets volume; do
		has "{\"report\":\"$r\"," "$output"
	done
	has "p90_s" "$(csr-report describe response)"
	csr-report sql response | cmp - "$ROOT/share/reports/response.sql"
	run --separate-stderr csr-report describe
	is 64 "$status"
	run --separate-stderr csr-report sql ../response
	is 64 "$status"
	run --separate-stderr csr-report nosuch
	is 64 "$status"
	is 'csr-report: no report "nosuch" (try csr-report list)' "$stderr"
}

@test "tickets: one row each, these fields in this order, null where it has not happened" {
	desk
	run --separate-stderr csr-report tickets
	is 0 "$status"
	is 3 "${#lines[@]}"
	is "ticket external_id channel customer queue agent status type area urgency priority opened_at first_response_ms first_response_work_ms resolution_ms resolution_work_ms messages_in messages_out reopens csat" \
		"$(jq -r 'keys_unsorted | join(" ")' <<<"${lines[0]}")"
	is '[60000,60000,null,2,2,"open"]' "$(jq -c '[.first_response_ms, .first_response_work_ms,
		.resolution_ms, .messages_in, .messages_out, .status]' <<<"${lines[0]}")"
	is '[180000,0]' "$(jq -c '[.first_response_ms, .first_response_work_ms]' <<<"${lines[1]}")"
	is '[null,null]' "$(jq -c '[.first_response_ms, .first_response_work_ms]' <<<"${lines[2]}")"
	is '"2026-10-12T09:00:00+08:00"' "$(csr-report --tz Asia/Shanghai tickets | head -1 | jq .opened_at)"
}

@test "response: the unanswered are counted apart; clock and working time" {
	desk
	run --separate-stderr csr-report response
	is 0 "$status"
	is '["email",0,1,null,null]' \
		"$(jq -c '[.channel,.n,.unanswered,.mean_s,.p90_s]' <<<"${lines[0]}")"
	is '["webchat",2,0,120,60,180,180,30,0,60]' \
		"$(jq -c '[.channel,.n,.unanswered,.mean_s,.p50_s,.p90_s,.p95_s,.work_mean_s,
		.work_p50_s,.work_p95_s]' <<<"${lines[1]}")"
	is '[2,120]' "$(csr-report response -w channel=webchat --calendar 24x7 |
		jq -c '[.n,.work_mean_s]')"
}

@test "next-response: from the oldest unanswered message after the first answer" {
	desk
	{
		m a5 2026-10-12T10:00:00+08:00 a in 还有行李
		m a6 2026-10-12T10:05:00+08:00 a in 在吗
		m a7 2026-10-12T10:20:00+08:00 a out 二十公斤
		m b3 2026-10-12T23:00:00+08:00 b in 没找到
	} | csr-ingest -q
	run --separate-stderr csr-report next-response --by ''
	is 0 "$status"
	is '[2,1,1200,1200,1200]' "$(jq -c '[.n,.unanswered,.mean_s,.p50_s,.p95_s]' <<<"$output")"
}

@test "only the columns asked for, in that order; an unknown one is named" {
	desk
	run --separate-stderr csr-report volume --by channel -k tickets_opened,channel -o csv
	is 0 "$status"
	is 'tickets_opened,channel 2,webchat 1,email' "$(tr -d '\r' <<<"$output" | sort -r | paste -sd' ')"
	run --separate-stderr csr-report volume --by channel -k channel,queue
	is 64 "$status"
	has '--columns: no column "queue" here' "$stderr"
	is "" "$output"
}

@test "volume by day and channel, in the zone asked for" {
	desk
	run --separate-stderr csr-report --tz Asia/Shanghai volume --by day,channel
	is '[["2026-10-12","webchat",3,3,2],["2026-10-13","email",1,0,1]]' \
		"$(jq -sc 'map([.day,.channel,.messages_in,.messages_out,.tickets_opened])' <<<"$output")"
	run --separate-stderr csr-report --tz America/New_York volume --by day
	is '["2026-10-11","2026-10-12"]' "$(jq -sc 'map(.day)' <<<"$output")"
}

@test "volume is exact to the moment, though whole quarters of an hour are counted ahead" {
	desk
	# FROM TO: in, out, opened
	while read -r from to want; do
		is "$want" "$(csr-report volume --by '' --from "$from" --to "$to" |
			jq -r '"\(.messages_in) \(.messages_out) \(.tickets_opened)"')"
		is "$want" "$(csr-report volume --by agent --from "$from" --to "$to" | jq -sr '
			"\(map(.messages_in) | add) \(map(.messages_out) | add) \(map(.tickets_opened) | add)"')"
	done <<-'END'
		2026-10-12T09:00+08:00 2026-10-12T09:30+08:00 2 1 1
		2026-10-12T09:00+08:00 2026-10-12T09:30:01+08:00 2 2 1
		2026-10-12T09:00:01+08:00 2026-10-12T22:00+08:00 1 2 0
		2026-10-12T09:01:01+08:00 2026-10-12T09:10:01+08:00 1 0 0
		2026-10-12T08:59+08:00 2026-10-12T22:03:00+08:00 3 2 2
	END
	is 1 "$(csr-report volume --by channel -w 'at<2026-10-12T09:01+08:00' | jq .messages_in)"
	is 3 "$(csr-report volume --by hour --tz Asia/Kathmandu | jq -s length)"
}

@test "a range from one date to another has all of both days" {
	desk
	is 2 "$(csr-report --tz Asia/Shanghai tickets --from 2026-10-12 --to 2026-10-12 | wc -l)"
	is 1 "$(csr-report --tz Asia/Shanghai tickets --from 2026-10-13 | wc -l)"
	is 1 "$(csr-report --tz Asia/Shanghai tickets --to '2026-10-12 22:00' | wc -l)"
	run --separate-stderr csr-report tickets --from soon
	is 64 "$status"
	is 'csr-report: --from: "soon" is no date or time' "$stderr"
}

@test "terms choose rows; a wrong one is named" {
	desk
	is 1 "$(csr-report tickets -w channel=email | wc -l)"
	is 1 "$(csr-report tickets -w 'channel!=email first_response_ms>2m' | wc -l)"
	is 1 "$(csr-report tickets -w channel=webchat -w 'messages_in>1' | wc -l)"
	is 1 "$(csr-report tickets -w first_response_ms= | wc -l)"
	jq -c '.from.name="王雨桐"' <<<"$LINE" | csr-ingest -q
	is 1 "$(csr-report tickets -w customer_name~雨桐 | wc -l)"
	run --separate-stderr csr-report tickets -w chanel=email
	is 64 "$status"
	has 'csr-report: --where: no column "chanel" here; there are ticket external_id channel' "$stderr"
}

@test "a table lines up with Chinese in it under any locale" {
	CHANNEL=微信客服 m w1 2026-10-12T09:00:00+08:00 w in 你好 | csr-ingest -q
	desk
	want="$(printf '%s\n' 'channel   n' 'email     0' 'webchat   2' '微信客服  0')"
	for locale in C C.UTF-8; do
		run --separate-stderr bash -c "LC_ALL=$locale csr-report -o table response | cut -c1-16"
		is "$want" "$(LC_ALL=C.UTF-8 sed -E 's/^(.{11}|微信客服  .).*/\1/' <<<"$output")"
	done
}

@test "CSV for a spreadsheet: a mark, and no cell it would calculate" {
	CHANNEL="=cmd" m x1 2026-10-12T09:00:00+08:00 x in 你好 | csr-ingest -q
	run --separate-stderr csr-report volume -o csv
	is "channel,messages_in,messages_out,automatic,tickets_opened,tickets_resolved" "${lines[0]}"
	is "\"'=cmd\",1,0,0,1,0" "${lines[1]}"
	is "=cmd,1,0,0,1,0" "$(csr-report volume -o csv --raw | tail -1)"
	is "efbbbf" "$(csr-report volume -o csv --bom | head -c3 | od -An -tx1 | tr -d ' ')"
}

@test "a terminal is shown no control characters" {
	m x1 2026-10-12T09:00:00+08:00 x in 你好 |
		jq -c '.channel = "a\u001b[2Jb\u202e"' | csr-ingest -q
	has "a?[2Jb?" "$(csr-report volume -o table)"
}

@test "-o FILE takes the form from its name and appears only when complete" {
	desk
	csr-report tickets -o t.csv
	is 4 "$(wc -l <t.csv)"
	csr-report response -o r.md
	is "# How long customers wait for the first answer" "$(head -1 r.md)"
	has "| Channel | n |" "$(cat r.md)"
	echo old >keep.csv
	run --separate-stderr csr-report tickets -w nonsense -o keep.csv
	is 64 "$status"
	is old "$(cat keep.csv)"
	is "keep.csv t.csv r.md" "$(echo *.csv* *.md*)"
	run --separate-stderr csr-report tickets -o t.pdf
	is 64 "$status"
}

@test "--fail-if answers by the exit status" {
	desk
	run --separate-stderr csr-report -q response --fail-if 'n>0 p90_s>2m'
	is 1 "$status"
	is "" "$output"
	is 'csr-report: "n>0 p90_s>2m" holds for 1 of 2 rows' "$stderr"
	run --separate-stderr csr-report -q response --fail-if 'p90_s>1h'
	is 0 "$status"
	is "" "$stderr"
	run --separate-stderr csr-report response --fail-if 'p99_s>1'
	is 64 "$status"
}

@test "a report from files needs no database and makes none" {
	day >day.jsonl
	run --separate-stderr csr-report response --by '' day.jsonl
	is 0 "$status"
	is '[2,1,120]' "$(jq -c '[.n,.unanswered,.mean_s]' <<<"$output")"
	is '[2,1,120]' "$(day | csr-report response --by '' - | jq -c '[.n,.unanswered,.mean_s]')"
	[ ! -e "$CSR_DB" ]
	run --separate-stderr csr-report response nosuch.csv
	is 66 "$status"
}

@test "a CSV export of messages is reported in one command" {
	printf '%s\n' 时间,渠道,会话,客户,客服,方向,内容 '2026-10-12 09:00:00,wecom,c1,王女士,,in,机票怎么改签' \
		'2026-10-12 09:05:00,wecom,c1,,李四,out,请提供订单号' '2026-10-12 09:06:00,wecom,c1,王女士,,in,1234567890' |
		iconv -f UTF-8 -t GB18030 >export.csv
	run --separate-stderr csr-report --tz Asia/Shanghai response export.csv
	is 0 "$status"
	is '["wecom",1,0,300,300]' "$(jq -c '[.channel,.n,.unanswered,.p90_s,.work_p90_s]' <<<"$output")"
	is '[2,1]' "$(csr-report volume - <export.csv | jq -c '[.messages_in,.messages_out]')"
	[ ! -e "$CSR_DB" ]
}

@test "a CSV export of tickets is reported in one command" {
	printf '%s\n' 工单号,渠道,客户,电话,客服,状态,创建时间,首次回复时间,解决时间,内容 \
		'T1,电话,王敏,13800000001,李四,已解决,2026-10-12 09:00,2026-10-12 09:04,2026-10-12 12:00,退票' \
		'T2,微信,张三,13800000002,王五,处理中,2026-10-12 10:00,,,改签' >tickets.csv
	run --separate-stderr csr-report --tz Asia/Shanghai tickets tickets.csv
	is 0 "$status"
	is '["T1","phone","resolved",240000,240000,10800000,10800000]' "$(jq -c '[.external_id,
		.channel,.status,.first_response_ms,.first_response_work_ms,.resolution_ms,
		.resolution_work_ms]' <<<"${lines[0]}")"
	is '["T2","wechat","open",null,null,null,null]' "$(jq -c '[.external_id,
		.channel,.status,.first_response_ms,.first_response_work_ms,.resolution_ms,
		.resolution_work_ms]' <<<"${lines[1]}")"
	is '[1,1,240]' "$(csr-report --tz Asia/Shanghai response --by '' tickets.csv |
		jq -c '[.n,.unanswered,.p50_s]')"
}

# Five customers asked, four of them answered (5 5 4 2); one more spoke unasked (1).
@test "satisfaction: mean, top-2-box with its interval, response rate, the unasked apart" {
	desk
	{
		for i in 1 2 3 4 5; do
			printf '{"table":"survey","id":%d,"ticket":1,"cycle":%d,"customer":1,"form":"csat","mode":"sms","invited_at":%d,"expires_at":9}\n' \
				"$i" "$i" 1791766800000
		done
		i=0
		for score in 5 5 4 2 1; do
			i=$((i + 1))
			printf '{"table":"response","id":%d,"key":"k%d",%s"ticket":1,"customer":1,"form":"csat","mode":"sms","score":%d,"answered_at":%d}\n' \
				"$i" "$i" "$([ $i = 5 ] || echo "\"survey\":$i,")" "$score" 1791770400000
		done
	} | csr-db load
	run --separate-stderr csr-report satisfaction --by channel,mode
	is '["webchat","sms",5,3.4,60,23.1,88.2,5,80,1]' "$(jq -c '[.channel,.mode,.n,.mean,
		.top2box_pct,.low95_pct,.high95_pct,.invited,.response_rate_pct,.unasked]' <<<"$output")"
}

@test "backlog: what was open at a moment, by the events, and how old" {
	desk
	printf '%s\n' '{"kind":"event","event":"ticket.status","channel":"webchat","thread":"a","status":"resolved","at":"2026-10-12T12:00:00+08:00"}' \
		'{"kind":"event","event":"ticket.status","channel":"webchat","thread":"a","status":"open","at":"2026-10-12T15:00:00+08:00"}' |
		csr-ingest -q
	n() { csr-report backlog --by '' --to "$1" | jq -c '[.n,.oldest_s]'; }
	is '[1,3600]' "$(n 2026-10-12T10:00:00+08:00)"
	is '[0,null]' "$(n 2026-10-12T13:00:00+08:00)"
	is '[1,25200]' "$(n 2026-10-12T16:00:00+08:00)"
	is '[3,93600,3]' "$(csr-report backlog --by '' --now 2026-10-13T11:00:00+08:00 |
		jq -c '[.n,.oldest_s,.unowned]')"
}

@test "agents: who answered how much, how fast" {
	desk
	run --separate-stderr csr-report agents -w agent=lisi
	is '["lisi",3,2,120]' "$(jq -c '[.agent,.messages_out,.n,.mean_s]' <<<"$output")"
}

@test "a user's report beside ours; one that writes is refused" {
	desk
	mkdir -p conf/reports
	printf '%s\n' '-- title: Long threads' '-- column: ticket int its number' \
		'-- column: n int messages' '-- option: least 4 messages at least' \
		'SELECT t.id AS ticket, t.messages_in + t.messages_out AS n FROM ticket AS t' \
		'WHERE t.messages_in + t.messages_out >= :least ORDER BY t.id;' >conf/reports/long.sql
	is '{"ticket":1,"n":4}' "$(csr-report -c conf long)"
	is 2 "$(csr-report -c conf long --set least=2 | wc -l)"
	has '"report":"long"' "$(csr-report -c conf list)"
	run --separate-stderr csr-report -c conf long --set most=2
	is 64 "$status"
}

# bad SQL - what csr-report says to a report of it; it must end with 78
bad() {
	mkdir -p conf/reports
	printf '%s\n' '-- title: x' '-- column: n int x' "$1" >conf/reports/bad.sql
	run --separate-stderr csr-report -c conf bad
	is 78 "$status"
	is "" "$output"
	has "$2" "$stderr"
}

@test "a user's report only reads, and not everything; one without end is ended" {
	desk
	cp "$CSR_DB" before
	bad 'DELETE FROM ticket;' 'bad.sql: "DELETE" is no SELECT: a report only reads'
	bad 'SELECT 1 AS n; DROP TABLE ticket;' 'bad.sql: "DROP" is no SELECT: a report only reads'
	bad "WITH x AS (SELECT 1) INSERT INTO secret VALUES ('a', 'b');" 'not authorized'
	bad 'SELECT value AS n FROM secret;' 'access to secret.value is prohibited'
	bad "SELECT load_extension('x') AS n;" 'not authorized to use function: load_extension'
	bad 'SELECT seq AS n FROM pragma_database_list;' 'not authorized'
	export CSR_QUERY_SECONDS=1
	bad 'WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT max(n) AS n FROM a;' \
		'took too long, stopped'
	cmp before "$CSR_DB"
}

@test "options may stand behind the names, too; what follows -- is a file" {
	day >day.jsonl
	is '[2,1]' "$(csr-report response day.jsonl --by '' | jq -c '[.n,.unanswered]')"
	is '[2,1]' "$(csr-report --by '' response day.jsonl -o jsonl | jq -c '[.n,.unanswered]')"
	mv day.jsonl ./--by
	is '[2,1]' "$(csr-report response --by '' -- --by | jq -c '[.n,.unanswered]')"
}

@test "--week, --month and --last are whole local ones" {
	desk	# 2026-10-12 is a Monday
	local now=2026-10-20T12:00:00+08:00 args want
	export CSR_NOW=$now TZ=Asia/Shanghai
	while read -r want args; do
		# shellcheck disable=SC2086
		is "$want $args" "$(csr-report volume --by '' $args | jq .tickets_opened) $args"
	done <<-'END'
		3 --week
		3 --week last
		0 --week=this
		3 --week=2026-W42
		3 --week 2026-W42
		0 --week 2026-W41
		3 --month=this
		3 --month 2026-10
		0 --month
		3 --last 8d
		1 --last 7d
		0 --last 12h
		0 --last 1w --tz America/New_York
	END
}

@test "a period that is none, or two at once, is a wrong call" {
	desk
	local args
	for args in '--week 2026-W54' '--week=2026-10' '--month 2026-13' '--last 7' '--last -3d' \
		'--week --month' '--week --from 2026-10-01' '--from 2026-10-02 --to 2026-10-01' \
		'--compare previous' '--compare next --week' '--time summer' '--lang fr'; do
		# shellcheck disable=SC2086
		run --separate-stderr csr-report volume $args
		[ "$status" = 64 ] || { echo "$args: $status $output $stderr"; false; }
		is 1 "${#stderr_lines[@]}"
	done
}

@test "--compare previous: what it was, how it changed, and how likely that is by chance" {
	desk
	export CSR_NOW=2026-10-14T12:00:00+08:00 TZ=Asia/Shanghai
	run --separate-stderr csr-report response --by channel --last 1d --compare previous -k channel,n,p50_s
	is 0 "$status"
	is '["channel","n","n_before","n_change","n_p","p50_s","p50_s_before","p50_s_change","p50_s_p"]' \
		"$(jq -c keys_unsorted <<<"${lines[0]}")"
	is '["email",0,0,0,null,null,null,null,null]' "$(jq -c '[.[]]' <<<"${lines[0]}")"
	is '["webchat",0,2,-2,null,60,null]' "$(jq -c '[.channel,.n,.n_before,.n_change,.p50_s,.p50_s_before,
		.p50_s_change]' <<<"${lines[1]}")"
	run --separate-stderr csr-report volume --by day --last 1d --compare previous
	is 64 "$status"
	has "a day has none before it" "$stderr"
	run --separate-stderr csr-report tickets --last 1d --compare previous
	is 64 "$status"
}

@test "--time leaves out the other time; counts are the same by every clock" {
	desk
	is "n mean_s p50_s p90_s p95_s" "$(csr-report response --time clock |
		head -1 | jq -r 'keys_unsorted | map(select(test("^n$|_s$"))) | join(" ")')"
	is "n work_mean_s work_p50_s work_p90_s work_p95_s" "$(csr-report response --time working |
		head -1 | jq -r 'keys_unsorted | map(select(test("^n$|_s$"))) | join(" ")')"
	is "first_response_work_ms resolution_work_ms" "$(csr-report tickets --time working |
		head -1 | jq -r 'keys_unsorted | map(select(test("_ms$"))) | join(" ")')"
}

@test "a percentage may be asked for as a fraction" {
	desk
	csr-route -q --pending
	csr-report response --by channel -k attainment_pct >rows
	run --separate-stderr csr-report -q response --by '' --fail-if 'attainment<1.01'
	is 1 "$status"
	run --separate-stderr csr-report -q response --by '' --fail-if 'attainment>1'
	is 0 "$status"
	run --separate-stderr csr-report -q response --fail-if 'nothing<1'
	is 64 "$status"
}

@test "the language of headings and values: asked for, configured, or the locale's" {
	desk
	is "渠道  来信" "$(csr-report volume --lang zh -o table -k channel,messages_in | head -1 |
		sed 's/ *客户来信/  来信/')"
	has "网页客服" "$(csr-report volume --lang zh -o csv)"
	is "webchat" "$(csr-report volume --lang zh | jq -r .channel | tail -1)"
	is "channel" "$(csr-report volume -o csv | head -1 | cut -d, -f1)"
	is "# 来信与处理量" "$(LANG=zh_CN.UTF-8 LC_ALL='' csr-report volume -o md | head -1)"
	is "# How much comes in and goes out" "$(csr-report volume -o md | head -1)"
	mkdir -p conf/reports
	printf 'language = zh\ndesk = 青禾旅行\n' >conf/reports/pages.conf
	is "# 来信与处理量" "$(csr-report -c conf volume -o md | head -1)"
	has "青禾旅行" "$(csr-report -c conf volume -o md)"
	printf '[zh]\nchannel.webchat = 在线\n' >conf/reports/own.words
	has "在线" "$(csr-report -c conf volume -o md)"
	has "邮件" "$(csr-report -c conf volume -o md)"
	printf 'colour = red\n' >conf/reports/pages.conf
	run --separate-stderr csr-report -c conf volume
	is 78 "$status"
	has 'pages.conf:1: "colour" is no key' "$stderr"
}

@test "list and describe speak the language, too" {
	has '"title":"来信与处理量"' "$(csr-report list --lang zh)"
	has "渠道" "$(csr-report describe volume --lang zh)"
	has "Messages in" "$(csr-report describe volume)"
	has "hours               When customers write" "$(csr-report describe volume)"
}

@test "bars: the charts of a report as text, aligned with Chinese in it" {
	desk
	CHANNEL=微信客服 m w1 2026-10-12T09:00:00+08:00 w in 你好 | csr-ingest -q
	csr-report volume -o bars --charts by >bars
	is "Messages in by channel" "$(head -1 bars)"
	is 1 "$(sed -n '2,4p' bars | LC_ALL=C.UTF-8 sed -E 's/[^0-9]*([0-9]+)$/\1/; s/^.*$/x/' | sort -u | wc -l)"
	has "████" "$(cat bars)"
	run --separate-stderr csr-report tickets -o bars
	is 64 "$status"
}
