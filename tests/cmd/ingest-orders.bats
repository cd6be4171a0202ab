# ingest-orders: orders, their flights and travellers, and how the flights stand

load helper

ingest() { run --separate-stderr csr-ingest --tz Asia/Shanghai --now 2026-10-01 --rejects rejects "$@"; }
FLIGHTS=$ROOT/tests/data/csv/orders-flights.csv

# rows TABLE - the rows of a table, as they are
rows() { csr-db dump | jq -c "select(.table == \"$1\")"; }

@test "orders: a row for each traveller and flight makes one order, its flights and people" {
	ingest "$FLIGHTS"
	is 0 "$status"
	is 'F2609300001 2026-10-02T00:00:00Z 2026-10-07T11:00:00Z
F2609300002 2026-10-02T00:00:00Z 2026-10-02T03:00:00Z' \
		"$(rows orders | jq -r '"\(.external_id) \(.starts_at / 1000 | todate) \(.ends_at / 1000 | todate)"')"
	is 'MU5101 2026-10-02 PEK KMG
MU5102 2026-10-07 KMG PEK
CZ3101 2026-10-02 CAN PEK' "$(rows segment | jq -r '"\(.code) \(.day) \(.origin) \(.destination)"')"
	is '1 1 7812100000001
1 2 7812100000002
2 1 7812100000003
3 3 7842100000001' "$(rows travel | jq -r '"\(.segment) \(.passenger) \(.ticket_no)"')"
}

@test "orders: documents are kept with their last four characters only" {
	ingest -q "$FLIGHTS"
	is '王女士 **************002X
小王 *****5678
Tom ' "$(rows passenger | jq -r '"\(.name) \(.document)"')"
	run grep -ac 11010519491231002X csr.db csr.db-wal
	[[ $output != *:[1-9]* ]]
}

@test "orders: the same rows again change nothing" {
	ingest -q "$FLIGHTS"
	csr-db dump >before
	ingest "$FLIGHTS"
	is false "$(field .new <<<"$output" | sort -u)"
	csr-db dump | cmp - before
	csr-db check
}

trip() {
	printf '{"kind":"order","channel":"shop","external_id":"T1","status":"已出票","person":{"phone":"13800138000"},"segments":[%s],"passengers":[%s]}\n' "$@"
}
OUT='{"flight":"MU 5101","from":"PEK","to":"KMG","departs":"2026-10-02T08:00:00+08:00"}'
BACK='{"flight":"MU5102","from":"KMG","to":"PEK","departs":"2026-10-07 15:00"}'

@test "orders: JSON lists are the whole of it: what they name no more is dropped" {
	trip "$OUT,$BACK" '{"name":"王","id_no":"123456"},{"name":"李"}' >a.jsonl
	trip "$BACK" '{"name":"王","id_no":"123456"}' >b.jsonl
	csr-ingest -q --tz Asia/Shanghai a.jsonl
	ingest b.jsonl
	is true "$(field .new <<<"$output")"
	is 'MU5101 true
MU5102 false' "$(rows segment | jq -r '"\(.code) \(.dropped_at != null)"')"
	is '李 true
王 false' "$(rows passenger | jq -r '"\(.name) \(.dropped_at != null)"' | sort)"
	ingest a.jsonl
	is 0 "$(csr-db dump | grep -c dropped_at)"
}

@test "orders: a trip that cannot be read refuses its order whole" {
	{
		trip '{"flight":"MU1","departs":"soon"}' ''
		trip "$OUT" '{"phone":"13800138000"}'
		trip "$OUT" '{"name":"王"}'
	} >in.jsonl
	ingest in.jsonl
	is 65 "$status"
	has 'in.jsonl:1: segment: "soon" is not a time' "$stderr"
	has 'in.jsonl:2: a passenger without a name' "$stderr"
	is 1 "$(rows orders | wc -l)"
	csr-db check
}

@test "orders: a state told by an event is the order's, once" {
	csr-ingest -q --tz Asia/Shanghai "$FLIGHTS"
	echo '{"event":"order.status","order":"F2609300001","status":"已成交","at":"2026-10-02T09:00:00+08:00"}' >in.jsonl
	ingest in.jsonl
	is true "$(field .new <<<"$output")"
	ingest in.jsonl
	is false "$(field .new <<<"$output")"
	is 已成交 "$(rows orders | head -n 1 | field .status)"
}

# --- flights

@test "flight: a journey with its legs is one event of its number and day" {
	ingest "$ROOT/tests/data/flight/stops.json"
	is 0 "$status"
	is 'MU5101/2026-10-02 delayed 2
CA984/2026-10-01 cancelled 0' "$(field '"\(.subject) \(.status) \(.extra.legs | length)"' <<<"$output")"
	is 2 "$(rows event | wc -l)"
	is 'PEK KMG 0
PEK SHA 1
SHA KMG 1
LAX PEK 0' "$(rows flight | jq -r '"\(.origin) \(.destination) \(.leg)"')"
}

@test "flight: told again it is known, a new time expected is news" {
	ingest -q "$ROOT/tests/data/flight/stops.json"
	run csr-ingest --now 2026-10-03 "$ROOT/tests/data/flight/stops.json"
	is false "$(field .new <<<"$output" | sort -u)"
	sed 's/10:40:00/11:30:00/' "$ROOT/tests/data/flight/stops.json" >later.json
	ingest later.json
	is 'true
false' "$(field .new <<<"$output")"
	is 2026-10-02T03:30:00Z "$(rows flight | head -n 1 | jq -r '.departs_now_at / 1000 | todate')"
}

@test "flight: small letters, epoch values, English states, the airport's own time" {
	ingest "$ROOT/tests/data/flight/lines.jsonl"
	is 'CZ3101/2026-10-02 departed 2026-10-02T08:00:00+08:00
HU7605/2026-10-02 diverted 2026-10-02T09:00:00+08:00' \
		"$(field '"\(.subject) \(.status) \(.extra.departs)"' <<<"$output")"
	ingest "$ROOT/tests/data/flight/stops.json"
	is 2026-10-02T13:40:00+08:00 "$(tail -n 1 <<<"$output" | field .extra.departs)"
}

@test "flight: who is on it is found by number and day" {
	csr-ingest -q --tz Asia/Shanghai "$FLIGHTS" "$ROOT/tests/data/flight/stops.json"
	is '王女士 1
小王 1' "$(sqlite3 -separator ' ' csr.db "SELECT p.name, coalesce(p.customer, o.customer)
		FROM event AS e JOIN segment AS s ON e.subject = s.code || '/' || s.day
		JOIN orders AS o ON o.id = s.orders JOIN travel AS t ON t.segment = s.id
		JOIN passenger AS p ON p.id = t.passenger
		WHERE e.name = 'flight.status' AND e.value = 'delayed' ORDER BY p.id")"
}

@test "flight: what is missing or cut off is named, the rest stored" {
	{
		echo '{"FlightNo":"MU1","FlightState":"延误"}'
		echo '{"FlightNo":"MU2","FlightState":"延误","FlightDeptimePlanDate":"soon"}'
		head -n 1 "$ROOT/tests/data/flight/lines.jsonl"
		echo '{"FlightNo":"MU3","FlightSta'
	} >in.json
	ingest in.json
	is 65 "$status"
	has 'in.json:1: no "FlightDeptimePlanDate"' "$stderr"
	has 'in.json:2: a time of MU2 cannot be read' "$stderr"
	has 'in.json:4: not JSON' "$stderr"
	is CZ3101/2026-10-02 "$(field .subject <<<"$output")"
}
