-- title: How much comes in, interval by interval, for csr-staff
-- about: Contacts by the interval (--set interval_ms=30m) in which they came, as records of
-- about: kind demand: csr-report demand -o jsonl | csr-staff. Telephone: calls offered to
-- about: people; an agent's time is the mean time talked. All other channels: tickets opened,
-- about: each taking aht_ms of an agent (--set aht_ms=6m): measure yours, several chats at a
-- about: time as they are, and say it. Intervals in which nothing came are left out.
-- zh: title 各时段的来量（供 csr-staff 排班）
-- zh: about 按时段（interval_ms，默认 30 分钟）统计的来量，每行即一条 demand 记录。电话：分派给人的来电，处理时长取通话均值；其他渠道：新开工单，处理时长取 aht_ms（默认 6 分钟，请按实测设置）。没有来量的时段不列。
-- by: kind,channel,at,interval_s
-- column: kind text demand
-- column: channel text where they came
-- column: account text our address there
-- column: queue text where they went
-- column: at time when the interval began
-- column: interval_s int how long it is
-- time: at
-- option: interval_ms 30m the interval; it should divide a day
-- option: aht_ms 6m an agent's time for a contact that is no call
-- hidden: one int a contact
-- hidden: hold_ms ms of an agent
-- measure: arrivals sum one contacts that came in
-- measure: aht_s mean hold_ms mean time of an agent each takes
-- zh: at 时段开始
-- zh: interval_s 时段秒数
-- zh: arrivals 来量
-- zh: aht_s 平均处理时长（秒）
-- figure: arrivals neither
-- chart: hours heat hour,weekday arrivals When they come
-- zh: hours 来量的时段

SELECT 'demand' AS kind, a.channel AS channel, a.name AS account, c.queue AS queue,
	m.at - m.at % :interval_ms AS at, :interval_ms / 1000 AS interval_s,
	1 AS one, coalesce(c.talk_ms, t.talk_ms, :aht_ms) AS hold_ms
FROM message AS m
	JOIN call AS c ON c.message = m.id
	JOIN account AS a ON a.id = m.account
	LEFT JOIN (SELECT cast(avg(talk_ms) AS double precision) AS talk_ms FROM call
		WHERE outcome = 1 AND talk_ms > 0) AS t ON 1 = 1
WHERE m.direction = 1 AND c.outcome NOT IN (8, 9)
	AND m.at >= :from_at AND m.at < :to_at
UNION ALL
SELECT 'demand', a.channel, a.name, k.queue,
	k.opened_at - k.opened_at % :interval_ms, :interval_ms / 1000, 1, :aht_ms
FROM ticket AS k
	JOIN account AS a ON a.id = k.account
WHERE k.opened_at >= :from_at AND k.opened_at < :to_at
	AND NOT EXISTS (SELECT 1 FROM message AS m JOIN call AS c ON c.message = m.id
		WHERE m.ticket = k.id AND m.at = k.opened_at);
