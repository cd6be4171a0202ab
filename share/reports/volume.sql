-- title: How much comes in and goes out
-- about: Messages by when they were said, tickets by when they were opened and when they
-- about: were resolved (the last time, as long as they stay so): a ticket opened on Monday
-- about: and resolved on Tuesday counts on both days. messages_out are public and by
-- about: people; automatic counts what machines sent either way; notes are not counted.
-- about: The agent is who wrote the message, and the owner of the ticket.
-- zh: title 来信与处理量
-- zh: about 消息按发出时间计，工单按开单时间和最后一次解决时间计（解决后又重开的不算）：周一开、周二解决的工单两天都计。
-- zh: about “我方回复”是客服公开发出的消息；自动消息不论收发都单独计；内部备注不计。客服指消息的作者、工单的负责人。
-- by: channel
-- column: channel text where the conversation is held
-- column: account text our address there
-- column: agent text who wrote it, the owner of a ticket
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: urgency text urgent, important, normal, low
-- column: sentiment text angry, negative, neutral, positive
-- column: priority int 1 highest to 4
-- column: segment text of the customer
-- column: at time when it was said, opened, resolved
-- time: at
-- hidden: said_in int messages by customers
-- hidden: said_out int public messages by people of ours
-- hidden: said_auto int automatic messages
-- hidden: opened int tickets opened
-- hidden: resolved int tickets resolved
-- measure: messages_in sum said_in messages by customers
-- measure: messages_out sum said_out public messages by people of ours
-- measure: automatic sum said_auto messages by machines
-- measure: tickets_opened sum opened tickets opened
-- measure: tickets_resolved sum resolved tickets resolved, and still so
-- figure: messages_in neither
-- figure: tickets_opened neither
-- figure: tickets_resolved more
-- figure: messages_out neither
-- chart: days line day messages_in,messages_out Messages day by day
-- zh: days 每天的消息
-- chart: hours heat hour,weekday messages_in When customers write
-- zh: hours 客户什么时候来信
-- chart: channels stack day messages_in/channel Messages in by channel and day
-- zh: channels 各渠道每天的来信
-- note: {messages_in} messages by customers, {messages_out} by people of ours, {automatic} by machines; internal notes are not counted.
-- zh: note 客户来信 {messages_in} 条，客服回复 {messages_out} 条，自动消息 {automatic} 条；内部备注不计。

-- Enough for questions about channels and days: whole quarters of an hour as they were
-- counted, the messages at the ends of the range one by one.
SELECT a.channel AS channel, a.name AS account, q.quarter_at AS quarter_at,
	CASE WHEN q.direction = 1 AND q.automatic = 0 THEN q.n END AS said_in,
	CASE WHEN q.direction = 2 AND q.automatic = 0 THEN q.n END AS said_out,
	CASE WHEN q.automatic = 1 THEN q.n END AS said_auto,
	NULL AS opened, NULL AS resolved
FROM traffic AS q
	JOIN account AS a ON a.id = q.account
WHERE q.quarter_at >= :whole_from_at AND q.quarter_at < :whole_to_at AND q.direction < 3
UNION ALL
SELECT a.channel, a.name, m.at,
	CASE WHEN m.direction = 1 AND m.automatic = 0 THEN 1 END,
	CASE WHEN m.direction = 2 AND m.automatic = 0 THEN 1 END,
	CASE WHEN m.automatic = 1 THEN 1 END,
	NULL, NULL
FROM message AS m
	JOIN account AS a ON a.id = m.account
WHERE m.at >= :from_at AND m.at < :whole_from_at AND m.direction < 3
UNION ALL
SELECT a.channel, a.name, m.at,
	CASE WHEN m.direction = 1 AND m.automatic = 0 THEN 1 END,
	CASE WHEN m.direction = 2 AND m.automatic = 0 THEN 1 END,
	CASE WHEN m.automatic = 1 THEN 1 END,
	NULL, NULL
FROM message AS m
	JOIN account AS a ON a.id = m.account
WHERE m.at >= :whole_to_at AND m.at < :to_at AND m.direction < 3
UNION ALL
SELECT a.channel, a.name, t.opened_at, NULL, NULL, NULL, 1, NULL
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT a.channel, a.name, t.resolved_at, NULL, NULL, NULL, NULL, 1
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
WHERE t.resolved_at >= :from_at AND t.resolved_at < :to_at;

-- Enough for questions about channels and moments.
SELECT a.channel AS channel, a.name AS account, m.at AS at,
	CASE WHEN m.direction = 1 AND m.automatic = 0 THEN 1 END AS said_in,
	CASE WHEN m.direction = 2 AND m.automatic = 0 THEN 1 END AS said_out,
	CASE WHEN m.automatic = 1 THEN 1 END AS said_auto,
	NULL AS opened, NULL AS resolved
FROM message AS m
	JOIN account AS a ON a.id = m.account
WHERE m.at >= :from_at AND m.at < :to_at AND m.direction < 3
UNION ALL
SELECT a.channel, a.name, t.opened_at, NULL, NULL, NULL, 1, NULL
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT a.channel, a.name, t.resolved_at, NULL, NULL, NULL, NULL, 1
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
WHERE t.resolved_at >= :from_at AND t.resolved_at < :to_at;

-- The rest.
SELECT a.channel AS channel, a.name AS account, g.code AS agent,
	t.queue AS queue, t.area AS area, t.type AS type,
	t.urgency AS urgency, t.sentiment AS sentiment, t.priority AS priority,
	r.segment AS segment, m.at AS at,
	CASE WHEN m.direction = 1 AND m.automatic = 0 THEN 1 END AS said_in,
	CASE WHEN m.direction = 2 AND m.automatic = 0 THEN 1 END AS said_out,
	CASE WHEN m.automatic = 1 THEN 1 END AS said_auto,
	NULL AS opened, NULL AS resolved
FROM message AS m
	JOIN account AS a ON a.id = m.account
	LEFT JOIN ticket AS t ON t.id = m.ticket
	LEFT JOIN agent AS g ON g.id = m.agent
	LEFT JOIN customer AS c ON c.id = coalesce(t.customer, m.customer)
	LEFT JOIN customer AS r ON r.id = c.root
WHERE m.at >= :from_at AND m.at < :to_at AND m.direction < 3
UNION ALL
SELECT a.channel, a.name, g.code, t.queue, t.area, t.type, t.urgency, t.sentiment,
	t.priority, r.segment, t.opened_at, NULL, NULL, NULL, 1, NULL
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT a.channel, a.name, g.code, t.queue, t.area, t.type, t.urgency, t.sentiment,
	t.priority, r.segment, t.resolved_at, NULL, NULL, NULL, NULL, 1
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE t.resolved_at >= :from_at AND t.resolved_at < :to_at;
