# csr-customer erase: no byte of the person is left, every figure is (P13)

load helper

SECRET='13812345678|138 1234-5678|wmSECRET77|secret\.wang@mail|QH98765|王秘密|护照号在这里|订单备注秘密|秘密评语'

desk() {
	export CSR_TZ=Asia/Shanghai CSR_NOW=2026-10-02T12:00:00+08:00 CSR_ACTOR=li
	mkdir -p data saved
	export CSR_DB=$PWD/data/csr.db
	hash=$(printf a%.0s {1..64}) other=$(printf b%.0s {1..64})
	touch "saved/$hash" "saved/$other"
	csr-ingest -q --rejects refused.jsonl <<-END || true
	{"kind":"customer","channel":"crm","person":{"id":"c1","name":"王秘密","phone":"13812345678","member":"QH98765","email":"secret.wang@mail.example"},"extra":{"birthday":"1990-05-01","note":"订单备注秘密","prefer":{"seat":"王秘密"}}}
	{"kind":"message","channel":"wecom","external_id":"m1","thread":"wmSECRET77","at":"2026-10-01T09:00:00+08:00","from":{"id":"wmSECRET77","name":"王秘密","phone":"13812345678"},"text":"护照号在这里 13812345678","extra":{"attachments":[{"name":"护照号在这里.jpg","sha256":"$hash"},{"name":"x","sha256":"$other"}]}}
	{"kind":"message","channel":"wecom","external_id":"m2","thread":"wmSECRET77","direction":"out","at":"2026-10-01T09:05:00+08:00","from":{"id":"lisi","role":"agent"},"person":{"id":"wmSECRET77"},"text":"王秘密您好"}
	{"kind":"message","channel":"wecom","external_id":"g1","group":"wr1","at":"2026-10-01T09:10:00+08:00","from":{"id":"wmSECRET77"},"text":"请问护照号在这里怎么填？"}
	{"kind":"message","channel":"wecom","external_id":"g2","group":"wr1","at":"2026-10-01T09:11:00+08:00","from":{"id":"wmOTHER","name":"李伟"},"text":"@王秘密 打她电话 138 1234-5678 请问可以吗？","mentions":["wmSECRET77"],"extra":{"attachments":[{"name":"x","sha256":"$other"}]}}
	{"kind":"order","channel":"taobao","external_id":"88001","person":{"id":"tb1","phone":"13812345678"},"status":"交易成功","title":"套餐","amount_minor":129900,"currency":"CNY","ordered_at":"2026-09-20T08:00:00+08:00","extra":{"买家留言":"订单备注秘密"}}
	{"kind":"message","channel":"wecom","text":"没有时间的 13812345678"}
	END
	csr-classify --pending -q
	csr-route --pending -q
	printf '%s\n' '{"kind":"event","event":"ticket.status","channel":"wecom","thread":"wmSECRET77","status":"resolved","at":"2026-10-01T10:00:00+08:00"}' | csr-ingest -q
	csr-followup run -q
	csr-survey invite -q
	printf '%s\n' '{"kind":"response","external_id":"r1","form":"csat","score":2,"comment":"秘密评语","ticket":1,"at":"2026-10-01T11:00:00+08:00"}' | csr-survey record -q
	csr-customer set -q member:QH98765 zone=Asia/Tokyo
}

left() { grep -alE "$SECRET" data/* refused.jsonl 2>/dev/null | xargs; }

figures() {
	csr-report volume -o jsonl
	sqlite3 "$CSR_DB" 'SELECT count(*), sum(score) FROM response; SELECT count(*) FROM message;
		SELECT count(*), sum(messages_in), sum(csat), sum(opened_at), sum(resolved_at) FROM ticket;
		SELECT count(*), sum(amount_minor) FROM orders; SELECT count(*), sum(first) FROM entity;
		SELECT type, area, urgency, sentiment FROM class ORDER BY message'
}

@test "a rehearsal erases nothing and says what would go" {
	desk
	before=$(csr-db dump | sha256sum)
	run csr-customer erase --dry-run 13812345678
	is "message 3" "$(field 'select(.table == "message" and .erases != "them in what others wrote") | "\(.table) \(.rows)"' <<<"$output")"
	is "true" "$(field .dry_run <<<"$output" | sort -u)"
	is "$before" "$(csr-db dump | sha256sum)"
	[ ! -e "$CSR_DB.erased.jsonl" ]
}

@test "erased is erased: no byte in any file of the database's folder, figures stay" {
	desk
	has data/csr.db "$(left)"
	has refused.jsonl "$(left)"
	before=$(figures)
	csr-customer erase -q --rejects refused.jsonl --attachments saved 13812345678
	is "" "$(left)"
	is "$before" "$(figures)"
	csr-db check
	is "***" "$(sqlite3 "$CSR_DB" "SELECT substr(text, 2, 3) FROM message WHERE external_id = 'g2'")"
	is "李伟" "$(csr-customer show wmOTHER | field .name)"
	is "$other" "$(ls saved)"
	is '{"line":7,"error":"erased","raw":""}' "$(cat refused.jsonl)"
	is "li 1 null 64" "$(field '"\(.actor) \(.customer) \(.found_in) \(.bundle_sha256 | length)"' <"$CSR_DB.erased.jsonl")"
	is "$(csr-customer show 1 | field .erased_at)" "2026-10-02T12:00:00+08:00"
}

@test "the proof's hash is that of the bundle" {
	desk
	want=$(csr-customer export 1 | sha256sum | cut -d' ' -f1)
	csr-customer erase -q --proof proof.jsonl 1
	is "$want" "$(field .bundle_sha256 <proof.jsonl)"
}

@test "what was imported before is known still, nothing comes back" {
	desk
	csr-customer erase -q 1
	run csr-ingest <<<'{"kind":"message","channel":"wecom","external_id":"m1","thread":"wmSECRET77","at":"2026-10-01T09:00:00+08:00","from":{"id":"wmSECRET77","name":"王秘密"},"text":"护照号在这里"}'
	is false "$(field .new <<<"$output")"
	is "" "$(sqlite3 "$CSR_DB" "SELECT text FROM message WHERE external_id = 'm1'")"
	csr-customer erase -q 1
	csr-db check
}

@test "while somebody reads the old state it is 75; again it is done" {
	desk
	mkfifo hold
	sqlite3 "$CSR_DB" >read.out <hold &
	exec 8>hold
	echo "BEGIN; SELECT count(*) FROM message;" >&8
	while [ ! -s read.out ]; do sleep 0.05; done
	CSR_BUSY_MS=200 run --separate-stderr csr-customer erase -q 1
	is 75 "$status"
	exec 8>&-
	wait
	csr-customer erase -q 1
	is "" "$(left | sed 's/refused.jsonl//' | xargs)"
}

@test "a file beside the database that holds them is named, an old copy of ours goes" {
	desk
	echo "王,13812345678" >data/customers.csv
	cp data/csr.db data/csr.db.schema3
	run --separate-stderr csr-customer erase -q 1
	is 1 "$status"
	has "still in customers.csv" "$stderr"
	[ ! -e data/csr.db.schema3 ]
}

@test "a name alone erases nobody" {
	desk
	run --separate-stderr csr-customer erase 王秘密
	is 65 "$status"
	has "is not erased by a name" "$stderr"
	has data/csr.db "$(left)"
}

@test "a shared number goes on to those who use it, too" {
	desk
	csr-ingest -q <<-'END'
	{"kind":"message","channel":"app","external_id":"a1","at":"2026-10-01T09:00:00+08:00","from":{"member":"M1","phone":"13700137000","name":"甲"},"text":"x"}
	{"kind":"message","channel":"app","external_id":"a2","at":"2026-10-01T09:00:00+08:00","from":{"member":"M2","phone":"13700137000","name":"乙"},"text":"y"}
	END
	csr-customer erase -q M1
	is "乙" "$(csr-customer show 13700137000 | field .name)"
	csr-db check
}
