# csr-classify: what a message is about

load helper

# LINE is stored as message 1 before it is classified.
LINE='{"kind":"message","channel":"webchat","account":"shop-1","external_id":"e1","thread":"t1","direction":"in","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1"},"text":"转人工","id":1}'
stored() { csr-ingest -q <<<"$LINE"; }

@test "help goes to stdout, exit 0"          { seven_help csr-classify; }
@test "an unknown option is a wrong call"    { seven_option csr-classify; }
@test "no input, no output, exit 0"          { seven_empty csr-classify; }
@test "a bad line is named, the rest passes" { stored && seven_bad_line "$LINE" csr-classify; }
@test "a full disk under stdout is 74"       { stored && seven_full "$LINE" csr-classify; }
@test "a locked database is 75"              { seven_locked "$LINE" csr-classify; }
@test "unknown fields survive"               { stored && seven_unknown "$LINE" csr-classify; }

@test "a message that takes another back has no text and passes as it is" {
	local r='{"kind":"message","channel":"wecom","direction":"in","recalls":"m1"}'
	run --separate-stderr csr-classify -n <<<"$r"
	is 0 "$status"
	is "$r" "$output"
}

# says TEXT - the four labels that rules alone give TEXT
says() {
	jq -nc --arg t "$1" '{kind:"message",text:$t}' | csr-classify -n --no-model |
		field '.class | "\(.type) \(.area) \(.urgency) \(.sentiment)"'
}

@test "labels say why they were given, entities where they stand" {
	run --separate-stderr csr-classify -n <<<'{"kind":"message","channel":"wecom","text":"請問訂單１２３４５６７８９０什麼時候出票？"}'
	is 0 "$status"
	is '{"type":"inquiry","area":"order","urgency":"normal","sentiment":"neutral"}' \
		"$(jq -c '.class | {type,area,urgency,sentiment}' <<<"$output")"
	has '"rule:question"' "$(jq -c .class.why <<<"$output")"
	is '[{"kind":"order_no","text":"１２３４５６７８９０","start":4,"end":14}]' \
		"$(jq -c .entities <<<"$output")"
}

@test "the cases of tests/data/classify.cases come out as they say" {
	local text want rest bad=0
	while IFS= read -r text; do
		[ -n "$text" ] && [ "${text:0:1}" != '#' ] || continue
		IFS= read -r want
		IFS= read -r rest
		[ -z "$rest" ]
		is "$want" "$(says "$text")" || { echo "$text" && bad=1; }
	done <"$ROOT/tests/data/classify.cases"
	[ "$bad" = 0 ]
}

@test "what staff and machines write, and other kinds, pass untouched" {
	cat >in.jsonl <<-'EOF'
	{"kind":"message","direction":"out","text":"已为您改签"}
	{"kind":"message","direction":"note","text":"客户很生气"}
	{"kind":"message","direction":"in","auto":true,"text":"我休假了"}
	{"kind":"order","order":"1234567890"}
	EOF
	run --separate-stderr csr-classify -n in.jsonl
	is 0 "$status"
	is "$(cat in.jsonl)" "$output"
}

@test "a question about one's order that states no number needs it" {
	run csr-classify -n <<<'{"kind":"message","text":"我的订单怎么还没出票"}'
	is '["order_no"]' "$(jq -c .class.needs <<<"$output")"
	run csr-classify -n <<<'{"kind":"message","text":"我的订单1234567890怎么还没出票"}'
	is null "$(jq -c .class.needs <<<"$output")"
	run csr-classify -n <<<'{"kind":"message","text":"退票一般扣多少钱"}'
	is null "$(jq -c .class.needs <<<"$output")"
}

@test "labels are stored, and the ticket takes the heaviest of its messages" {
	csr-ingest <<-'EOF' | csr-classify -q
	{"kind":"message","channel":"webchat","external_id":"a","thread":"t","at":"2026-10-01T09:00:00+08:00","from":{"id":"v1"},"text":"你好，请问退票扣多少钱？"}
	{"kind":"message","channel":"webchat","external_id":"b","thread":"t","at":"2026-10-01T09:01:00+08:00","from":{"id":"v1"},"text":"投诉！你们扣了我两次钱"}
	{"kind":"message","channel":"webchat","external_id":"c","thread":"t","at":"2026-10-01T09:02:00+08:00","from":{"id":"v1"},"text":"谢谢"}
	EOF
	is "complaint refund urgent" \
		"$(sqlite3 -separator ' ' "$CSR_DB" 'SELECT type, area, urgency FROM ticket')"
	is 3 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM class')"
	csr-db check
}

@test "classifying again replaces, and leaves the same database" {
	stored
	csr-classify -q <<<"${LINE/转人工/订单1234567890退票}"
	csr-classify -q <<<"$LINE"
	csr-db dump >before
	csr-classify -q <<<"$LINE"
	csr-db dump | cmp - before
	is 0 "$(sqlite3 "$CSR_DB" 'SELECT count(*) FROM entity')"
}

@test "--pending takes what was left behind, once" {
	stored
	run --separate-stderr csr-classify --pending --tz Asia/Shanghai
	is 0 "$status"
	is '1 request service 2026-10-01T09:00:00+08:00' \
		"$(jq -r '"\(.id) \(.class.type) \(.class.area) \(.at)"' <<<"$output")"
	run csr-classify --pending
	is "" "$output"
}

@test "a message that is not stored is refused, the rest goes on" {
	stored
	run --separate-stderr csr-classify --rejects bad <<<"${LINE/\"id\":1/\"id\":99}"$'\n'"$LINE"
	is 65 "$status"
	is 'csr-classify: stdin:1: "id": no incoming message 99 is stored' "$stderr"
	is 1 "$(field .id <<<"$output")"
	is 1 "$(wc -l <bad)"
}

@test "a user's file beside ours adds rules and replaces ours" {
	mkdir -p conf/rules
	printf '[dimension team]\nlabels vip all\ndefault all\n[team vip]\ngold 1: 金卡\n[type request]\nget-human 0: x\nbare-act-end 0: x\nbare-act 0: x\n' \
		>conf/rules/90-own.rules
	run csr-classify -n -c conf <<<'{"kind":"message","text":"我是金卡会员"}'
	is vip "$(field .class.team <<<"$output")"
	run csr-classify -n --no-model -c conf <<<'{"kind":"message","text":"转人工"}'
	is chatter "$(field .class.type <<<"$output")"
}

@test "a mistake in a rule is told with its file and line" {
	mkdir -p conf/rules
	printf '[type request]\n\nmine 1: /(/\n' >conf/rules/90-own.rules
	run --separate-stderr csr-classify -n -c conf </dev/null
	is 78 "$status"
	has 'conf/rules/90-own.rules:3: pattern /(/' "$stderr"
}

@test "eval counts what is right, lists what is wrong" {
	cat >known.jsonl <<-'EOF'
	{"id":"k1","text":"转人工","type":"request","area":"service","entities":[]}
	{"id":"k2","text":"手机13800138000","type":"request","entities":[{"kind":"phone","text":"13800138000"}]}
	{"id":"k3","text":"谢谢","type":"praise","entities":[]}
	EOF
	run --separate-stderr csr-classify eval --no-model known.jsonl
	is 0 "$status"
	is '{"n":3,"type":{"n":3,"accuracy":0.6667,"macro_f1":0.5},"area":{"n":1,"accuracy":1.0,"macro_f1":1.0},"entities":{"n":1,"precision":1.0,"recall":1.0,"f1":1.0}}' "$output"
	run csr-classify eval --no-model --confusion --errors known.jsonl
	is '{"id":"k3","dimension":"type","right":"praise","given":"thanks","text":"谢谢"}' "${lines[0]}"
	is '{"request":{"request":2},"praise":{"thanks":1}}' "$(jq -c .type.confusion <<<"${lines[1]}")"
}

@test "rules lists every rule with its place" {
	run --separate-stderr csr-classify rules
	is 0 "$status"
	has '"rule":"get-human","dimension":"type","label":"request","weight":1.5' "$output"
}

# samples - 60 lines of two intents, told apart by a word.
samples() {
	local i
	for i in {1..30}; do
		printf '{"text":"please pay my money back, case %s","label":"refund"}\n' "$i"
		printf '{"text":"请给我开一张发票 %s号","label":"invoice"}\n' "$i"
	done
}

@test "train makes a model that labels what it was not shown" {
	samples >s.jsonl
	run --separate-stderr csr-classify train --dimension intent --now 2026-11-26T00:00:00Z -o i.model s.jsonl
	is 0 "$status"
	is "" "$output$stderr"
	run csr-classify -n -m i.model <<<'{"kind":"message","text":"My money, back please!"}'
	is refund "$(field .class.intent <<<"$output")"
	run csr-classify -n -m i.model <<<'{"kind":"message","text":"發票呢"}'
	is invoice "$(field .class.intent <<<"$output")"
}

@test "the same samples, seed and time make the same model" {
	samples >s.jsonl
	csr-classify train --dimension intent --now 2026-11-26T00:00:00Z -o a.model s.jsonl
	csr-classify train --dimension intent --now 2026-11-26T00:00:00Z -o b.model - <s.jsonl
	cmp a.model b.model
}

@test "a label is a field named as the dimension, label, true, or each of a list" {
	cat >s.jsonl <<-'EOF'
	{"text":"a","asks":true,"label":"x"}
	{"text":"b","class":{"asks":"false"}}
	{"text":"c","labels":["true","false"]}
	{"text":"d"}
	{"asks":true}
	EOF
	run --separate-stderr csr-classify train -v --dimension asks -o a.model s.jsonl
	is 65 "$status"
	is 'csr-classify: s.jsonl:5: no "text"
csr-classify: 3 texts, 1 without a label, 1 refused' "$stderr"
	[ -s a.model ]
}

@test "a set that cannot be learned says why and leaves the old model" {
	echo old >a.model
	run --separate-stderr csr-classify train --dimension x -o a.model <<<'{"text":"a","label":"one"}'
	is 65 "$status"
	is 'csr-classify: 1 samples with 1 labels: two labels are the least there is to learn' "$stderr"
	is old "$(cat a.model)"
	run --separate-stderr csr-classify train -o a.model </dev/null
	is 64 "$status"
	samples >s.jsonl
	run --separate-stderr csr-classify train --dimension x -o no/such/a.model s.jsonl
	is 74 "$status"
}

@test "a damaged or foreign model is refused, with its name" {
	samples | csr-classify train --dimension intent -o i.model
	head -c 300 i.model >short.model
	printf 'x' | dd of=i.model bs=1 seek=900 conv=notrunc status=none
	echo hello >text.model
	: >empty.model
	for m in short:'a damaged model: 300 of its' i:'a damaged model: its checksum is wrong' \
		text:'not a model' empty:'not a model'; do
		run --separate-stderr csr-classify -n -m "${m%%:*}.model" </dev/null
		is 78 "$status"
		has "csr-classify: ${m%%:*}.model: ${m#*:}" "$stderr"
	done
	run --separate-stderr csr-classify -n -m none.model </dev/null
	is 66 "$status"
}

@test "below the threshold the label is unsure and a person decides" {
	samples | csr-classify train --dimension intent -o i.model
	run csr-classify -n -m i.model --threshold 1 <<<'{"kind":"message","text":"发票"}'
	is unsure "$(field .class.intent <<<"$output")"
	has '"unsure:intent"' "$output"
	run csr-classify -n -m i.model --threshold 0 <<<'{"kind":"message","text":"zzz"}'
	[ "$(field .class.intent <<<"$output")" != unsure ]
	run csr-classify -n --threshold 2 </dev/null
	is 64 "$status"
}

@test "--explain names the n-grams that decided" {
	samples | csr-classify train --dimension intent -o i.model
	run --separate-stderr csr-classify -n --explain -m i.model <<<'{"kind":"message","text":"發票"}'
	has 'stdin:1: intent invoice' "$stderr"
	has '("发票' "$stderr"
}

@test "eval of a model and of training is one object" {
	samples >s.jsonl
	csr-classify train --dimension intent -o i.model s.jsonl
	echo '{"text":"hello there","label":"greeting"}' >>s.jsonl
	run --separate-stderr csr-classify eval -m i.model --labels --confusion --calibration s.jsonl
	is 0 "$status"
	is '["intent",60,1,1,1,30,1]' "$(jq -c '[.dimension,.n,.accuracy,.macro_f1,.sure.accuracy,
		.labels.refund.n,.unknown.n]' <<<"$output")"
	is '{"refund":{"refund":30},"invoice":{"invoice":30}}' "$(jq -c .confusion <<<"$output")"
	jq -e '.calibration.ece < 0.1 and (.calibration.bins | length > 0)' <<<"$output"
	run --separate-stderr csr-classify eval --cross 5 --dimension intent s.jsonl
	is 0 "$status"
	jq -e '.n + (.unknown.n // 0) == 61 and .accuracy > 0.9' <<<"$output"
	run csr-classify eval --cross 1 --dimension intent s.jsonl
	is 64 "$status"
}

@test "rules and the installed model decide together, and why shows both" {
	run csr-classify -n <<<'{"kind":"message","text":"请帮我退票"}'
	is request "$(field .class.type <<<"$output")"
	jq -e '(.class.why | map(startswith("rule:")) | any) and
		(.class.why | map(startswith("model:")) | any)' <<<"$output"
	run csr-classify -n --no-model <<<'{"kind":"message","text":"请帮我退票"}'
	jq -e '.class.why | map(startswith("model:")) | any | not' <<<"$output"
}

@test "a hard rule wins over any model" {
	mkdir -p conf/rules
	printf '[area invoice]\nalways hard: 退票\n' >conf/rules/90-own.rules
	run csr-classify -n -c conf <<<'{"kind":"message","text":"请帮我退票"}'
	is invoice "$(field .class.area <<<"$output")"
}

@test "a person's word holds, now and when the message is classified again" {
	stored
	csr-classify -q <<<"$LINE"
	csr-classify label --actor lisi --dimension area --now 2026-10-01T02:00:00Z refund 1
	csr-classify label --actor lisi --dimension intent --now 2026-10-01T02:00:00Z human 1
	is 'refund|{"intent":"human"}' "$(sqlite3 "$CSR_DB" 'SELECT area, more FROM class')"
	is refund "$(sqlite3 "$CSR_DB" 'SELECT area FROM ticket')"
	csr-classify -q <<<"$LINE"
	is 'refund|{"intent":"human"}' "$(sqlite3 "$CSR_DB" 'SELECT area, more FROM class')"
	has human:lisi "$(sqlite3 "$CSR_DB" 'SELECT why FROM class')"
	is 'service|refund|lisi' "$(sqlite3 "$CSR_DB" \
		"SELECT given, label, actor FROM label WHERE dimension = 'area'")"
	csr-db check
	run --separate-stderr csr-classify label --dimension area refund 99
	is 65 "$status"
}

@test "train --from-db learns what people corrected" {
	local i
	for i in {1..12}; do
		printf '{"kind":"message","channel":"webchat","external_id":"e%s","thread":"t%s","direction":"in","at":"2026-10-01T09:00:00+08:00","from":{"id":"v%s"},"text":"%s"}\n' \
			"$i" "$i" "$i" "$([ $((i % 2)) = 0 ] && echo "挂号 $i" || echo "体检 $i")"
	done >in.jsonl
	csr-ingest in.jsonl | csr-classify -q
	csr-classify label --dimension team visit 2 4 6 8 10 12
	csr-classify label --dimension team check 1 3 5 7 9 11
	csr-classify train --dimension team --from-db -o t.model
	run csr-classify -n -m t.model --threshold 0 <<<'{"kind":"message","text":"我要挂号"}'
	is visit "$(field .class.team <<<"$output")"
}

@test "rules are counted once a message, and when a person overrules them" {
	local line="${LINE/转人工/取消订单}"
	csr-ingest -q <<<"$line"
	csr-classify -q --no-model <<<"$line"
	csr-classify -q --no-model <<<"$line"
	is '1|0' "$(sqlite3 "$CSR_DB" "SELECT max(hits), max(overruled) FROM rule_use")"
	csr-classify label --dimension type inquiry 1
	jq -e '. >= 1' <<<"$(sqlite3 "$CSR_DB" "SELECT sum(overruled) FROM rule_use WHERE dimension = 'type' AND label = 'request'")"
}

@test "rules lint finds nothing in ours, and names what cannot hold or takes too long" {
	run --separate-stderr csr-classify rules lint
	is 0 "$status"
	is "" "$output"
	mkdir -p conf/rules
	cat >conf/rules/90-own.rules <<-'EOF'
	[list none]
	[type request]
	slow 1: /(x+x+)+y/
	empty 1: @none
	apart 1: 退 & area=refund & chars>20 & chars<10
	[area refund]
	both 1: type=praise & type=complaint
	EOF
	sed -i 's/ & area=refund//' conf/rules/90-own.rules
	run --separate-stderr csr-classify rules lint -c conf
	is 1 "$status"
	is 'conf/rules/90-own.rules:3: rule slow: its pattern takes too long on some texts: repeats within repeats
conf/rules/90-own.rules:4: rule empty: can never hold: a list it needs has no words
conf/rules/90-own.rules:5: rule apart: can never hold: two of its conditions exclude each other
conf/rules/90-own.rules:7: rule both: can never hold: two of its conditions exclude each other' "$output"
}

@test "a hostile pattern names its rule, then is left out; the feed goes on" {
	mkdir -p conf/rules
	printf '[type request]\nslow 1: /(x+x+)+y/\n' >conf/rules/90-own.rules
	for _ in {1..20}; do
		printf '{"kind":"message","text":"%s 1y"}\n' "$(printf 'x%.0s' {1..3000})"
	done >in.jsonl
	run --separate-stderr timeout 20 csr-classify -n -c conf in.jsonl
	is 0 "$status"
	is 20 "${#lines[@]}"
	is 5 "${#stderr_lines[@]}"
	has 'in.jsonl:1: conf/rules/90-own.rules:2: rule slow: pattern:' "${stderr_lines[0]}"
	has 'it is left out from now on' "${stderr_lines[4]}"
}

@test "rules test runs cases and tells which fail" {
	printf '转人工\nrequest service normal neutral\n\n# none\n谢谢\npraise\n' >a.cases
	run --separate-stderr csr-classify rules test --no-model a.cases
	is 1 "$status"
	is 'a.cases:5: 谢谢: want praise, got thanks
a.cases: 2 cases, 1 failed' "$output"
	run --separate-stderr csr-classify rules test --no-model "$ROOT/tests/data/classify.cases"
	is 0 "$status"
}

@test "the triage lines are labelled as well as they were" {
	local dev=$ROOT/../shared/data/triage/dev.jsonl
	[ -r "$dev" ] || skip "no ../shared/data/triage"
	run csr-classify eval "$dev"
	jq -e '.type.macro_f1 >= 0.75 and .area.macro_f1 >= 0.65 and .urgency.macro_f1 >= 0.75 and
		.sentiment.macro_f1 >= 0.75 and .entities.f1 >= 0.95' <<<"$output"
}

@test "csr-report rules: how often each rule held, was taken, and was overruled by a person" {
	echo '{"kind":"message","channel":"webchat","external_id":"r1","thread":"t1","at":"2026-11-23T10:00:00+08:00","from":{"id":"v1"},"text":"我要投诉，你们太过分了"}' |
		csr-ingest | csr-classify --no-model -q
	csr-report rules -o jsonl -w dimension=type >rules
	is complaint "$(jq -r 'select(.hits > 0) | .label' rules | sort -u)"
	is 0 "$(jq -s 'map(.overruled) | add' rules)"
	csr-classify label --dimension type inquiry 1 >/dev/null
	csr-report rules -o jsonl -w dimension=type >rules
	is true "$(jq -s 'map(select(.label == "complaint") | .overruled) | add > 0' rules)"
}
