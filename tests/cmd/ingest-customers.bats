# ingest-customers: lists of customers, with what they agreed to and would like

load helper

ingest() { run --separate-stderr csr-ingest --tz Asia/Shanghai --now 2026-10-01 --rejects rejects "$@"; }
LIST=$ROOT/tests/data/csv/customers-full.csv

@test "customers: birthday, membership, consent, preferences, tags in their places" {
	ingest "$LIST"
	is 0 "$status"
	is '{"birthday":"1990-05-01","membership":{"number":"QH10023","level":"金卡","expires":"2027-03-31"}}' \
		"$(head -n 1 <<<"$output" | jq -c '.extra | {birthday, membership}')"
	is '[["sms",true,"会员申请表"],["email",false,"会员申请表"]]' \
		"$(head -n 1 <<<"$output" | jq -c '[.extra.consent[] | [.channel, .given, .source]]')"
	is '["wecom","zh",false,"22:00-08:00"]' \
		"$(head -n 1 <<<"$output" | jq -c '[.extra.prefer | .channel, .language, .mute, .quiet]')"
	is '["亲子","高端","常客"]' "$(head -n 1 <<<"$output" | jq -c .extra.tags)"
}

@test "customers: a word nobody knows is no consent, and is kept" {
	ingest "$LIST"
	is '{"接受短信":"也许","免打扰":"不知道"}' "$(tail -n 1 <<<"$output" | jq -c .extra)"
}

@test "customers: a JSON list says the same by the names of its members" {
	ingest "$ROOT/tests/data/json/customers.json"
	is 0 "$status"
	is '王女士 QH10023 1990-05-01 true
Tom null 1985-12-24 true' "$(field '"\(.person.name) \(.person.member) \(.extra.birthday) \(.extra.consent[0].given)"' <<<"$output")"
}

@test "customers: the same list again changes nothing" {
	local list
	for list in "$LIST" "$ROOT/tests/data/json/customers.json"; do
		rm -f csr.db*
		csr-ingest -q --tz Asia/Shanghai --now 2026-10-01 "$list"
		csr-db dump >before
		ingest "$list"
		is false "$(field .new <<<"$output" | sort -u)"
		csr-db dump | cmp - before
	done
}

@test "customers: nobody to be known by is refused by name" {
	printf '姓名,生日,手机\n王,1990-01-01,\n李,1991-01-01,13800138000\n' >in.csv
	ingest in.csv
	is 65 "$status"
	has 'in.csv:2: no id, phone, e-mail or member number' "$stderr"
	is 1 "${#lines[@]}"
}

# --- address cards

@test "vcard: folded lines, several numbers, quoted-printable in any charset" {
	ingest "$ROOT/tests/data/vcard/cards.vcf" "$ROOT/tests/data/vcard/phone21.vcf"
	is 0 "$status"
	is '王女士 +86 138-0013-8000
王女士 021-62345678
王女士 null
Tom Smith +1-555-0100
张三 13900139000' "$(field '"\(.person.name) \(.person.phone)"' <<<"$output")"
	is '喜欢靠窗
不吃 辣' "$(head -n 1 <<<"$output" | field .extra.note)"
	is '出差' "$(tail -n 1 <<<"$output" | field .extra.note)"
	is 1 "$(head -n 3 <<<"$output" | field .customer | sort -u)"
	ingest "$ROOT/tests/data/vcard/cards.vcf"
	is false "$(field .new <<<"$output" | sort -u)"
}

@test "vcard: empty lines before, between and within cards are nothing" {
	printf '\n\nBEGIN:VCARD\n\nFN:A\nTEL:13800138000\n\nEND:VCARD\n\n\n' >in.vcf
	ingest -f vcard in.vcf
	is 'A 0' "$(field .person.name <<<"$output") $status"
}

@test "vcard: a card cut off, one without END and one without a number are named" {
	{
		printf 'BEGIN:VCARD\nFN:A\nTEL:13800138000\n'
		printf 'BEGIN:VCARD\nFN:B\nTEL:13800138001\nEND:VCARD\n'
		printf 'hello\nBEGIN:VCARD\nFN:C\nEND:VCARD\n'
		printf 'BEGIN:VCARD\nFN:D\nTEL:13800138003\nEND:VCARD\nBEGIN:VCARD\nFN:E\nTEL:138'
	} >in.vcf
	ingest in.vcf
	is 65 "$status"
	is 4 "$(grep -c . <<<"$stderr")"
	has 'a card without its END' "$stderr"
	has 'in.vcf:8: not in a card' "$stderr"
	has 'no id, phone, e-mail or member number' "$stderr"
	has 'the card is cut off' "$stderr"
	has 'FN:A' "$(head -n 1 rejects | field .raw)"
	has D "$(field .person.name <<<"$output")"
}
