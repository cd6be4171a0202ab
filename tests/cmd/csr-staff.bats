# csr-staff: how many people a load needs
load helper

LINE='{"kind":"demand","channel":"phone","from":"2026-10-01T09:00:00+08:00","interval_s":1800,"arrivals":100,"aht_s":180}'

@test "help goes to stdout, exit 0"          { seven_help csr-staff; }
@test "an unknown option is a wrong call"    { seven_option csr-staff; }
@test "no input, no output, exit 0"          { seven_empty csr-staff; }
@test "a bad line is named, the rest passes" { seven_bad_line "$LINE" csr-staff; }
@test "a full disk under stdout is 74"       { seven_full "$LINE" csr-staff; }
@test "unknown fields survive"               { seven_unknown "$LINE" csr-staff; }

# staff OPTION... - LINE with what was added to it
staff() { csr-staff "$@" <<<"$LINE" | jq -c 'del(.kind, .channel, .from, .interval_s, .arrivals, .aht_s)'; }

@test "the load of the textbooks takes 14 agents, 20 with 30 % shrinkage" {
	run staff --target 80/20 --shrinkage 30
	is '{"traffic":10,"model":"erlang-c","agents":14,"positions":20,"service_level":0.88835,"wait_probability":0.174132,"asa_s":7.835937,"occupancy":0.714286}' "$output"
}

@test "five times the load takes four times the agents, more if they may not be busier than 85 %" {
	run staff --surge 5
	is '5 56' "$(jq -r '"\(.surge) \(.agents)"' <<<"$output")"
	run staff --surge 5 --occupancy 85
	is '59 0.94415' "$(jq -r '"\(.agents) \(.service_level)"' <<<"$output")"
}

@test "people who give up: Erlang A, and a limit on how many may" {
	run staff --patience 5m
	is '{"traffic":10,"model":"erlang-a","agents":13,"positions":13,"service_level":0.858178,"wait_probability":0.225797,"asa_s":7.488991,"occupancy":0.750028,"abandon_probability":0.024963}' "$output"
	run staff --patience 5m --abandon 1
	is 15 "$(jq .agents <<<"$output")"
	run --separate-stderr csr-staff --abandon 1
	is 64 "$status"
	has "--abandon needs --patience" "$stderr"
}

@test "a given number of agents is judged; too few are unstable, never a negative wait" {
	run staff --agents 12
	is '12 0.640158' "$(jq -r '"\(.agents) \(.service_level)"' <<<"$output")"
	run staff --agents 10
	is '{"traffic":10,"model":"erlang-c","agents":10,"positions":10,"unstable":true}' "$output"
	run staff --agents 10 --patience 1m
	is null "$(jq .unstable <<<"$output")"
}

@test "each channel has its target, its patience and its customers at once" {
	printf '%s\n' "$LINE" "${LINE/phone/webchat}" "${LINE/phone/email}" >in.jsonl
	run csr-staff -t 80/20 -t webchat=90/1m -t email=95/4h --concurrency webchat=3 --patience phone=2m in.jsonl
	is 'phone 12 erlang-a
webchat 5 erlang-c
email 11 erlang-c' "$(jq -r '"\(.channel) \(.agents) \(.model)"' <<<"$output")"
}

@test "nothing comes: nobody is needed" {
	run csr-staff <<<'{"kind":"demand","interval_s":1800,"arrivals":0}'
	is '0 1' "$(jq -r '"\(.agents) \(.service_level|floor)"' <<<"$output")"
}

@test "what is not a demand passes; what is not a load is refused by name" {
	cat >in.jsonl <<-'END'
		{"kind":"message","text":"在吗"}
		{"kind":"demand","interval_s":1800,"arrivals":-1,"aht_s":180}
		{"kind":"demand","interval_s":1800,"arrivals":5,"aht_s":0}
		{"kind":"demand","interval_s":0,"arrivals":5,"aht_s":180}
		{"kind":"demand","interval_s":1800,"arrivals":5}
		{"kind":"demand","interval_s":1,"arrivals":1e9,"aht_s":180}
		{"kind":"demand","from":"bald","interval_s":1800,"arrivals":5,"aht_s":180}
	END
	run --separate-stderr csr-staff in.jsonl
	is 65 "$status"
	is '{"kind":"message","text":"在吗"}' "$output"
	is 'csr-staff: in.jsonl:2: "arrivals" is not a number of at least 0
csr-staff: in.jsonl:3: "aht_s" is 0: nobody is needed for no work
csr-staff: in.jsonl:4: "interval_s" is not a number of seconds
csr-staff: in.jsonl:5: no "aht_s"
csr-staff: in.jsonl:6: "arrivals" take more than 1000000 agents
csr-staff: in.jsonl:7: from: "bald" is not a time' "$stderr"
}

@test "options that mean nothing are wrong calls" {
	local o
	for o in '--target 80' '--target 100/20' '--target phone=x/20' '--surge many' '--agents 0' \
		'--occupancy 120' '--shrinkage 100' '--patience 0s' '--concurrency 2.5' '--forecast soon'; do
		# shellcheck disable=SC2086
		run --separate-stderr csr-staff $o <<<"$LINE"
		is 64 "$status"
		has "csr-staff: ${o%% *} ${o#* }: not " "$stderr"
	done
}

@test "the roster: who is on shift, and how many are missing" {
	mkdir -p conf/routing
	cat >conf/routing/roster.conf <<-'END'
		[roster]
		zone = Asia/Shanghai
		[agent li]
		shift = daily 09:00-18:00
		[agent wang]
		channels = phone
		shift = daily 09:15-18:00
		[agent zhao]
		channels = email
	END
	printf '%s\n' "$LINE" "${LINE/09:00/10:00}" >in.jsonl
	run csr-staff -c conf --roster in.jsonl
	is '1 -13
2 -12' "$(jq -r '"\(.on_shift) \(.gap)"' <<<"$output")"
}

@test "a table, in the zone asked for" {
	run csr-staff --tz Asia/Shanghai -o table <<<"$LINE"
	is 'channel  from                 arrivals  aht_s  traffic  agents  positions  service_level  asa_s  occupancy  abandon  on_shift  gap
phone    2026-10-01 09:00:00     100.0    180     10.0      14         14          0.888    7.8      0.714        -         -    -' "$output"
	run csr-staff -o csv <<<"$LINE"
	is 'phone,2026-10-01T01:00:00+00:00,100,180,10,14,14,0.888,7.8,0.714,,,' "${lines[1]}"
}

# history DAYS - calls by the hour from Monday 3 August: 10 an hour, 5 on weekends
history() {
	local d h n
	for ((d = 0; d < $1; d++)); do
		n=$((d % 7 < 5 ? 10 : 5))
		for ((h = 0; h < 24; h++)); do
			printf '{"kind":"demand","channel":"phone","from":"%s","interval_s":3600,"arrivals":%d,"aht_s":180}\n' \
				$((1785686400 + d * 86400 + h * 3600)) $n
		done
	done
}

@test "the past foretells the coming week, and says what that is worth" {
	history 56 >past.jsonl
	run --separate-stderr csr-staff --forecast 7d --now 2026-09-28T10:00:00+08:00 --tz Asia/Shanghai past.jsonl
	is 0 "$status"
	is 169 "${#lines[@]}"
	is '{"kind":"metric","name":"forecast.error","channel":"phone","history_days":56,"tested_days":14,"wape":0.0,"wape_day":0.0,"wape_repeated":0.0}' "${lines[0]}"
	is '{"kind":"demand","channel":"phone","from":"2026-09-29T00:00:00+08:00","interval_s":3600,"arrivals":10.0,"aht_s":180.0,"forecast":true}' "${lines[1]}"
	is '2026-10-03T00:00:00+08:00 5' "$(jq -r '"\(.from) \(.arrivals|floor)"' <<<"${lines[97]}")"
	is 'csr-staff: phone: 56 days of history; of the last 14 it would have missed 0 % by interval, 0 % by day (0 % by repeating the weeks before)' "$stderr"
	csr-staff <<<"$output" | jq -e 'select(.kind == "demand") | .agents > 0' >/dev/null
}

@test "too little past is said, not guessed from" {
	history 10 >past.jsonl
	run --separate-stderr csr-staff --forecast 7d --now 2026-09-28T10:00:00+08:00 --tz Asia/Shanghai past.jsonl
	is 65 "$status"
	is "" "$output"
	has "10 whole days of history, 14 needed" "$stderr"
}

@test "what came into the desk, interval by interval, is a demand" {
	for t in 09:00 09:10 09:29 09:30; do
		echo "{\"kind\":\"message\",\"channel\":\"webchat\",\"external_id\":\"$t\",\"thread\":\"$t\",\"at\":\"2026-11-23T$t:00+08:00\",\"from\":{\"id\":\"v$t\"},\"text\":\"机票能改签吗\"}"
	done | csr-ingest -q
	run csr-report demand --tz Asia/Shanghai -o jsonl --set aht_ms=10m
	is '{"kind":"demand","channel":"webchat","at":"2026-11-23T09:00:00+08:00","interval_s":1800,"arrivals":3,"aht_s":600}
{"kind":"demand","channel":"webchat","at":"2026-11-23T09:30:00+08:00","interval_s":1800,"arrivals":1,"aht_s":600}' "$output"
	is '3
2' "$(csr-staff <<<"$output" | jq .agents)"
	is 4 "$(csr-report demand -o jsonl --set interval_ms=1h | jq .arrivals)"
}
