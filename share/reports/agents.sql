-- title: What each agent does
-- about: Owned tickets count by when they were opened: how many, how many of them are open
-- about: (load), resolved, opened again, and what customers scored (csat, last score of each).
-- about: First responses are those the agent gave, by when the customer first wrote, in clock
-- about: time; percentiles are exact, by nearest rank. messages_out are public messages the
-- about: agent wrote, by when they were said. Without an agent: what nobody owns.
-- zh: title 每位客服做了什么
-- zh: about 负责的工单按开单时间计：多少、多少在手、已解决、重开、客户评分（每张最后一次）。首次回复是该客服给出的，按客户首次来信时间计，自然时间。
-- zh: about 百分位数用最近秩法，精确。messages_out 是该客服公开发出的消息。没有客服的一行是无人负责的。
-- by: agent
-- column: agent text their id in the roster and the sources
-- column: name text their name
-- column: channel text where the conversation is held
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: at time when it was opened, asked, said
-- time: at
-- hidden: ticket int an owned ticket
-- hidden: open int an owned ticket that is open or pending
-- hidden: resolved int an owned ticket that is resolved or closed
-- hidden: reopens int how often an owned ticket was opened again
-- hidden: said int public messages written
-- column: wait_ms ms of a customer for the first response
-- column: score int of an owned ticket, 1 to 5
-- column: satisfied flag 4 or 5
-- measure: tickets sum ticket tickets owned
-- measure: load sum open of these open or pending
-- measure: resolved sum resolved of these resolved or closed
-- measure: reopens sum reopens how often these were opened again
-- measure: messages_out sum said public messages written
-- measure: n count wait_ms first responses given
-- measure: mean_s mean wait_ms mean wait for them
-- measure: p50_s p50 wait_ms half waited no longer
-- measure: p90_s p90 wait_ms nine of ten waited no longer
-- measure: p95_s p95 wait_ms nineteen of twenty waited no longer
-- measure: csat_n count score tickets with a score
-- measure: csat_mean mean score mean score
-- measure: top2box_pct pct satisfied of the scores are 4 or 5
-- chart: replies bar agent messages_out Messages written
-- zh: replies 发出的消息
-- chart: waits bar agent p90_s 90 % of first responses within
-- zh: waits 九成首次回复不超过
-- note: {tickets} tickets owned, {n} first responses given, {messages_out} messages written; {csat_n} tickets have a score.
-- zh: note 负责工单 {tickets} 张，首次回复 {n} 次，发出消息 {messages_out} 条；{csat_n} 张有评分。

-- Totals by agent: messages are counted by the engine.
SELECT g.code AS agent, g.name AS name, 1 AS ticket,
	CASE WHEN t.status < 3 THEN 1 ELSE 0 END AS open,
	CASE WHEN t.status >= 3 THEN 1 ELSE 0 END AS resolved,
	t.reopens AS reopens, NULL AS said, NULL AS wait_ms, t.csat AS score,
	CASE WHEN t.csat >= 4 THEN 1 WHEN t.csat < 4 THEN 0 END AS satisfied
FROM ticket AS t
	LEFT JOIN agent AS g ON g.id = t.agent
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT g.code, g.name, NULL, NULL, NULL, NULL, NULL, t.first_response_at - t.first_in_at,
	NULL, NULL
FROM ticket AS t
	JOIN agent AS g ON g.id = t.first_response_agent
WHERE t.first_in_at >= :from_at AND t.first_in_at < :to_at
UNION ALL
SELECT g.code, g.name, NULL, NULL, NULL, NULL, n.said, NULL, NULL, NULL
FROM (SELECT m.agent AS agent, count(*) AS said
	FROM message AS m
	WHERE m.direction = 2 AND m.automatic = 0 AND m.at >= :from_at AND m.at < :to_at
	GROUP BY m.agent) AS n
	JOIN agent AS g ON g.id = n.agent;

-- The rest.
SELECT g.code AS agent, g.name AS name, a.channel AS channel, t.queue AS queue,
	t.area AS area, t.type AS type, t.opened_at AS at, 1 AS ticket,
	CASE WHEN t.status < 3 THEN 1 ELSE 0 END AS open,
	CASE WHEN t.status >= 3 THEN 1 ELSE 0 END AS resolved,
	t.reopens AS reopens, NULL AS said, NULL AS wait_ms, t.csat AS score,
	CASE WHEN t.csat >= 4 THEN 1 WHEN t.csat < 4 THEN 0 END AS satisfied
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT g.code, g.name, a.channel, t.queue, t.area, t.type, t.first_in_at, NULL, NULL,
	NULL, NULL, NULL, t.first_response_at - t.first_in_at, NULL, NULL
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	JOIN agent AS g ON g.id = t.first_response_agent
WHERE t.first_in_at >= :from_at AND t.first_in_at < :to_at
UNION ALL
SELECT g.code, g.name, a.channel, t.queue, t.area, t.type, m.at, NULL, NULL, NULL, NULL,
	1, NULL, NULL, NULL
FROM message AS m
	JOIN account AS a ON a.id = m.account
	JOIN agent AS g ON g.id = m.agent
	LEFT JOIN ticket AS t ON t.id = m.ticket
WHERE m.direction = 2 AND m.automatic = 0 AND m.at >= :from_at AND m.at < :to_at;
