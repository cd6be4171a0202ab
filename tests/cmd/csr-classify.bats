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

# says TEXT - the four labels of TEXT
says() {
	jq -nc --arg t "$1" '{kind:"message",text:$t}' | csr-classify -n |
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
	run csr-classify -n -c conf <<<'{"kind":"message","text":"转人工"}'
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
	run --separate-stderr csr-classify eval known.jsonl
	is 0 "$status"
	is '{"n":3,"type":{"n":3,"accuracy":0.6667,"macro_f1":0.5},"area":{"n":1,"accuracy":1.0,"macro_f1":1.0},"entities":{"n":1,"precision":1.0,"recall":1.0,"f1":1.0}}' "$output"
	run csr-classify eval --confusion --errors known.jsonl
	is '{"id":"k3","dimension":"type","right":"praise","given":"thanks","text":"谢谢"}' "${lines[0]}"
	is '{"request":{"request":2},"praise":{"thanks":1}}' "$(jq -c .type.confusion <<<"${lines[1]}")"
}

@test "rules lists every rule with its place" {
	run --separate-stderr csr-classify rules
	is 0 "$status"
	has '"rule":"get-human","dimension":"type","label":"request","weight":1.5' "$output"
}

@test "the triage lines are labelled as well as they were" {
	local dev=$ROOT/../shared/data/triage/dev.jsonl
	[ -r "$dev" ] || skip "no ../shared/data/triage"
	run csr-classify eval "$dev"
	jq -e '.type.macro_f1 >= 0.75 and .area.macro_f1 >= 0.65 and .urgency.macro_f1 >= 0.75 and
		.sentiment.macro_f1 >= 0.75 and .entities.f1 >= 0.95' <<<"$output"
}
