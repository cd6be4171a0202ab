# csr-customer: one view of a customer, over all channels

load helper

# say CHANNEL ID PERSON-JSON TEXT [TIME] - a customer writes
say() {
	jq -cn --arg channel "$1" --arg id "$2" --argjson from "$3" --arg text "$4" \
		--arg at "${5:-2026-10-01T09:00:00+08:00}" \
		'{kind:"message",channel:$channel,external_id:$id,at:$at,from:$from,text:$text}' | csr-ingest -q
}

desk() {
	export CSR_TZ=Asia/Shanghai CSR_NOW=2026-10-02T12:00:00+08:00 CSR_ACTOR=li
	csr-ingest -q <<-'END'
	{"kind":"customer","channel":"crm","person":{"id":"c1","name":"王雨桐","phone":"13800138000","member":"qh 10023"},"extra":{"birthday":"1990/5/1","membership":{"number":"QH10023","level":"金卡","expires":"2026-12-31"},"consent":[{"channel":"sms","purpose":"marketing","given":true,"at":"2026-01-02T00:00:00+08:00","source":"form 7"}],"prefer":{"channel":"wecom email","language":"zh"}}}
	{"kind":"customer","channel":"crm","person":{"id":"c2","name":"李伟","email":"Li.Wei@Mail.example"}}
	{"kind":"message","channel":"wecom","external_id":"m1","thread":"wm1","at":"2026-10-01T09:00:00+08:00","from":{"id":"wm1","name":"小王","phone":"+86 138 0013 8000"},"text":"订单没出票"}
	{"kind":"message","channel":"wecom","external_id":"m2","thread":"wm1","direction":"out","at":"2026-10-01T09:05:00+08:00","from":{"id":"lisi","name":"李思","role":"agent"},"person":{"id":"wm1"},"text":"马上查"}
	{"kind":"order","channel":"taobao","external_id":"88001","person":{"id":"tb1","phone":"13800138000"},"status":"交易成功","title":"三亚亲子套餐","amount_minor":129900,"currency":"CNY","ordered_at":"2026-09-20T08:00:00+08:00"}
	{"kind":"order","channel":"taobao","external_id":"88002","person":{"id":"tb1"},"status":"交易关闭","title":"签证","amount_minor":50000,"currency":"CNY","ordered_at":"2026-09-21T08:00:00+08:00"}
	END
}

@test "help goes to stdout, exit 0"         { seven_help csr-customer; }
@test "an unknown option is a wrong call"   { seven_option csr-customer show; }
@test "nobody named, nobody shown, exit 0"  { new_db; seven_empty csr-customer show; }
@test "a full disk under stdout is 74" {
	desk
	run --separate-stderr bash -c 'csr-customer show 1 >/dev/full'
	is 74 "$status"
	has "csr-customer: stdout: " "$stderr"
}
@test "a locked database is 75" { seven_locked 1 csr-customer set segment=vip; }

@test "a bad line is named, the rest is done" {
	desk
	printf '1\nnobody at all\n{"customer":2}\n{"kind":"message"}\n' >in
	run --separate-stderr csr-customer show -q <in
	is 65 "$status"
	is "1 2" "$(echo $output)"
	has 'csr-customer: nobody is "nobody at all"' "$stderr"
	has 'csr-customer: stdin:4: no "customer"' "$stderr"
}

@test "one page over all channels, by any of their identities" {
	desk
	for who in 1 13800138000 '+86 138-0013-8000' qh10023 member:QH10023 wm1 tb1 channel:wm1 88001 order:88002 '#1' ticket:1 王雨桐 雨桐; do
		is "1" "$(csr-customer show -q "$who")"
	done
	run csr-customer show 13800138000
	is '王雨桐 1990-05-01 zh 金卡 2026-12-31' "$(field '"\(.name) \(.birthday) \(.language) \(.memberships[0].level) \(.memberships[0].until)"' <<<"$output")"
	is 'member phone channel channel channel' "$(field '[.identities[].kind] | sort | reverse | sort_by(. == "channel") | join(" ")' <<<"$output" | sed 's/phone member/member phone/')"
	is '1 1 129900' "$(field '"\(.value.orders) \(.value.void) \(.value.amounts[0].amount_minor)"' <<<"$output")"
	is 'message message' "$(field '[.timeline[].what] | map(select(. == "message")) | join(" ")' <<<"$output")"
	is 'true marketing' "$(field '"\(.consent[0].given) \(.consent[0].purpose)"' <<<"$output")"
	is 'wecom email' "$(field .prefer.channel <<<"$output")"
	is '1' "$(field '.open[0].ticket' <<<"$output")"
}

@test "people get a page, Chinese in line, control characters harmless" {
	desk
	say wecom m3 '{"id":"wm1"}' "$(printf '坏\033[31m字\n第二行')" 2026-10-01T09:06:00+08:00
	run csr-customer show -o table 1
	is '王雨桐  customer 1, since 2026-10-02' "${lines[0]}"
	has '  is         birthday 1990-05-01  language zh' "$output"
	has '  phone      +8613800138000' "$output"
	has '  membership QH10023  金卡  until 2026-12-31' "$output"
	has '  bought     1 order and 1 void, CNY 1,299.00, last 2026-09-20' "$output"
	has '  09:05 wecom    > 李思: 马上查' "$output"
	has '坏?[31m字 第二行' "$output"
}

@test "search finds names, parts of names and ends of telephones; ids go through pipes" {
	desk
	is "1" "$(csr-customer search -q 8000)"
	is "1" "$(csr-customer search -q 雨)"
	is "2" "$(csr-customer search -q LI.WEI@mail.example)"
	is "" "$(csr-customer search -q 赵)"
	is "王雨桐" "$(csr-customer search -q 雨 | csr-customer show | field .name)"
	is "李伟" "$(csr-customer search 李 | csr-customer show | field .name)"
	is "1 2" "$(csr-customer list -q | xargs)"
	is "1" "$(csr-customer list -q --members)"
	is "1" "$(csr-customer list -q --limit 1)"
}

@test "who may be several is refused and named" {
	desk
	say webchat w1 '{"id":"v1","name":"李伟民"}' hi
	run --separate-stderr csr-customer show 李
	is 65 "$status"
	has '"李" may be 2 李伟, 3 李伟民; name one by its id, as id:2' "$stderr"
	is "2" "$(csr-customer show -q 李伟)"
}

@test "options may stand behind names" {
	desk
	is "1" "$(csr-customer show 1 -q)"
}

@test "set changes traits once, each change is an event with its actor" {
	desk
	run csr-customer set 1 segment=vip birthday=5月1日 zone=Asia/Tokyo
	is "vip true" "$(field '"\(.segment) \(.changed)"' <<<"$output")"
	is "false" "$(csr-customer set 1 segment=vip | field .changed)"
	is "birthday 05-01 li, segment vip li, zone Asia/Tokyo li" "$(sqlite3 "$CSR_DB" "SELECT subject || ' ' || value || ' ' || actor FROM event WHERE name = 'customer.set' ORDER BY subject" | paste -sd, | sed 's/,/, /g')"
	run --separate-stderr csr-customer set 1 birthday=yesterday
	is 65 "$status"
	run --separate-stderr csr-customer set 1 shoe=42
	is 64 "$status"
	csr-customer set -q 1 segment=
	is null "$(csr-customer show 1 | field .segment)"
}

@test "link and unlink: the groups are again as they were, and stay so" {
	desk
	say webchat w1 '{"id":"v1"}' a
	say webchat w2 '{"id":"v2","email":"li.wei@mail.example"}' b
	run csr-customer link 2 3
	is "linked 2" "$(field '"\(.state) \(.customers[0])"' <<<"$output")"
	is "2" "$(csr-customer show -q 3)"
	is "linked already" "$(csr-customer link 3 2 | field .state)"
	run csr-customer unlink 3 2
	is "unlinked 2 3" "$(field '"\(.state) \(.customers | map(tostring) | join(" "))"' <<<"$output")"
	is "3" "$(csr-customer show -q 3)"
	say webchat w3 '{"id":"v1","email":"li.wei@mail.example"}' "same proof"
	is "3 3" "$(csr-customer show -q 3) $(csr-customer show -q channel:v1)"
	is "" "$(csr-customer conflicts)"
	is "li li" "$(sqlite3 "$CSR_DB" "SELECT group_concat(actor, ' ') FROM event WHERE name IN ('customer.linked', 'customer.unlinked') AND actor <> 'csr-ingest'")"
	csr-db check
}

@test "unlink says through whom two hang together" {
	desk
	for i in 1 2 3; do say webchat "w$i" "{\"id\":\"v$i\"}" x; done
	csr-customer link -q 3 4 && csr-customer link -q 4 5
	run --separate-stderr csr-customer unlink 3 5
	is 65 "$status"
	has "3 - 4 - 5" "$stderr"
}

@test "different members with one telephone: a person decides" {
	desk
	say app a1 '{"member":"M2","phone":"13800138000","name":"赵敏"}' x
	run csr-customer conflicts
	is "members_differ phone +8613800138000 QH10023 M2" "$(field '"\(.why) \(.by) \(.value) \([.customers[].member] | sort | reverse | join(" "))"' <<<"$output")"
	run csr-customer conflicts --resolve 1 3 keep
	is "kept apart" "$(field .state <<<"$output")"
	is "" "$(csr-customer conflicts)"
	csr-customer conflicts --resolve -q 1 3 link
	is "1" "$(csr-customer show -q M2)"
	is "" "$(csr-customer conflicts)"
	csr-db check
}

@test "a link by a telephone that others use, too, is to be looked at" {
	desk
	say wecom z1 '{"id":"wmZ"}' x
	say wecom z2 '{"id":"wmZ","phone":"13800138000"}' y
	is "1" "$(csr-customer show -q wmZ)"
	is "" "$(csr-customer conflicts)"
	say app a1 '{"member":"M2","phone":"13800138000"}' z
	is "members_differ linked_by_shared" "$(csr-customer conflicts | field .why | xargs)"
	is "1 3" "$(csr-customer conflicts | tail -n 1 | field '[.customers[].id | tostring] | join(" ")')"
	csr-customer unlink -q 1 3
	is "3" "$(csr-customer show -q wmZ)"
	is "members_differ" "$(csr-customer conflicts | field .why)"
	csr-db check
}

@test "consent: the last word holds, said again it is nothing new" {
	desk
	csr-customer consent -q --withdraw marketing --source "letter 3" 1
	csr-customer consent -q --withdraw marketing --source "letter 3" 1
	run csr-customer consent 1
	is 2 "${#lines[@]}"
	is "false  letter 3 li, true sms form 7 csr-ingest" "$(field '"\(.given) \(.channel) \(.source) \(.actor)"' <<<"$output" | paste -sd, | sed 's/,/, /g')"
	is "false" "$(csr-customer show 1 | field '.consent[0].given')"
}

@test "the archive's agreement of WeCom is consent" {
	export CSR_NOW=2026-10-02T12:00:00+08:00
	csr-ingest -q -f wecom <<-'END'
	{"msgid":"g1","action":"send","from":"wmA","tolist":["lisi"],"roomid":"","msgtime":1790816400000,"msgtype":"agree","agree":{"userid":"wmA","agree_time":1790816400000}}
	{"msgid":"g2","action":"send","from":"wmA","tolist":["lisi"],"roomid":"","msgtime":1790816500000,"msgtype":"disagree","disagree":{"userid":"wmA","disagree_time":1790816500000}}
	END
	is "archive wecom false" "$(csr-customer consent wmA | head -n 1 | field '"\(.purpose) \(.channel) \(.given)"')"
	is 2 "$(csr-customer consent wmA | wc -l)"
}

@test "preferences: known names are checked, others kept" {
	desk
	csr-customer prefer -q 1 channel=Email,wecom quiet=22:00-08:00 mute=是 seat=A language=en
	is "email wecom yes 22:00-08:00 A" "$(csr-customer show 1 | field '"\(.prefer.channel) \(.prefer.mute) \(.prefer.quiet) \(.prefer.seat)"')"
	is en "$(csr-customer show 1 | field .language)"
	csr-customer prefer -q 1 seat=
	is null "$(csr-customer show 1 | field .prefer.seat)"
	for bad in quiet=late mute=perhaps quiet=25:00-08:00; do
		run --separate-stderr csr-customer prefer 1 "$bad"
		is 65 "$status"
	done
}

@test "benefits are used as often as they were given, until they end" {
	desk
	run csr-customer entitlements --add lounge --quantity 1 --expires 2026-12-31 --reference gold 1
	is "1 lounge 0 1 2026-12-31" "$(field '"\(.id) \(.name) \(.used) \(.quantity) \(.until)"' <<<"$output")"
	csr-customer entitlements -q --add lounge --quantity 1 --reference gold 1
	is 1 "$(csr-customer entitlements 1 | wc -l)"
	is "" "$(csr-customer entitlements --expiring 30d)"
	is "王雨桐" "$(csr-customer entitlements --expiring 100d | field .customer_name)"
	run --separate-stderr csr-customer entitlements --use 1 --now 2027-01-01T00:00:00+08:00
	is 65 "$status"
	has "has expired" "$stderr"
	csr-customer entitlements -q --use 1 --reference order-7
	csr-customer entitlements -q --use 1 --reference order-7
	run --separate-stderr csr-customer entitlements --use 1 --reference order-8
	is 65 "$status"
	has "all 1 are used" "$stderr"
	csr-db check
}

@test "segments need a day, explain themselves and change nothing the second time" {
	desk
	run --separate-stderr csr-customer segment
	is 64 "$status"
	run csr-customer segment --as-of 2026-10-01 --dry-run
	is "vip family true" "$(field '"\(.segment) \(.profile) \(.dry_run)"' <<<"$output")"
	is null "$(csr-customer show 1 | field .segment)"
	run csr-customer segment --as-of 2026-10-01
	is 'vip: by level (member 金卡)' "$(field '.why[0]' <<<"$output")"
	is 'family: takes children along (children 100%)' "$(field '.why[1]' <<<"$output")"
	is "" "$(csr-customer segment --as-of 2026-10-01)"
	is "vip null" "$(sqlite3 -nullvalue null "$CSR_DB" "SELECT value || ' ' || coalesce(subject, 'null') FROM event WHERE name = 'customer.segment'")"
	is "1" "$(csr-customer list -q --segment vip)"
	csr-customer set -q 1 segment=friend
	csr-customer segment -q --as-of 2026-10-01
	is "friend" "$(csr-customer show 1 | field .segment)"
	is "segment" "$(csr-customer segment --as-of 2026-10-01 --explain | head -n 1 | field .kept)"
	is "vip" "$(csr-customer segment --as-of 2026-10-01 --replace | field .segment)"
	csr-db check
}

@test "a faulty rules file is 78 and names the line" {
	desk
	mkdir -p conf/segments
	printf 'into = segment\n[vip]\nshoes = 3\n' >conf/segments/10-worth.conf
	run --separate-stderr csr-customer segment -c conf --as-of 2026-10-01
	is 78 "$status"
	has 'conf/segments/10-worth.conf:3: "shoes" is nothing a rule can ask about' "$stderr"
}

@test "watch says who may be leaving, and why" {
	desk
	for m in 01 02 03 04; do say email "e$m" '{"email":"li.wei@mail.example"}' hi "2026-$m-01T09:00:00+08:00"; done
	run csr-customer watch --now 2026-09-01T00:00:00+08:00
	is "2 3 silent 152d, usually 31d (2) waits 242d (1)" \
		"$(field 'select(.customer == 2) | "\(.customer) \(.points) \(.why | join(" "))"' <<<"$output")"
	is "" "$(csr-customer watch --now 2026-04-01T10:00:00+08:00)"
}

@test "import takes customers and refuses the rest" {
	export CSR_TZ=Asia/Shanghai
	printf '姓名,手机,会员号\n王雨桐,138 0013 8000,qh1\n李伟,13900139000/13700137000,\n' >list.csv
	run csr-customer import -q list.csv
	is "" "$output"
	is "2" "$(csr-customer show -q 13700137000)"
	run --separate-stderr csr-customer import --rejects no.jsonl <<<'{"kind":"message","channel":"x","at":"2026-10-01T00:00:00Z","from":{"id":"a"},"text":"hi"}'
	is 65 "$status"
	has "stdin:1: not of the kind that is asked for" "$stderr"
	is 1 "$(wc -l <no.jsonl)"
}

@test "export is everything about one person, and loads into an empty desk" {
	desk
	say email e1 '{"email":"li.wei@mail.example"}' "别人的信"
	csr-customer export 1 >bundle.jsonl
	is 0 "$(grep -c '别人的信\|li.wei' bundle.jsonl)"
	csr-db -d other.db load bundle.jsonl
	csr-db -d other.db check --fix >/dev/null || true
	csr-db -d other.db check
	is "$(csr-customer show --limit 0 1)" "$(csr-customer -d other.db show --limit 0 1)"
}
