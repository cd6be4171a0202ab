-- title: One row for every ticket
-- about: Never cut, in the order of their numbers; what has not happened yet is null.
-- about: First response: from the first message of the customer to our first public answer by
-- about: a person (automatic messages and notes do not count). Resolution: from opening to
-- about: the last entry into resolved or closed, null while the ticket is open again.
-- about: Working time is counted by one calendar (--calendar).
-- zh: title 工单明细
-- zh: about 一行一张，从不截断，按编号排列；尚未发生的为空。首次回复：从客户第一条消息到我方第一次由人公开回复（自动消息和备注不算）。
-- zh: about 解决：从开单到最后一次进入“已解决”或“已关闭”，重开期间为空。工作时间按一个日历计（--calendar）。
-- column: ticket int number of the ticket
-- column: external_id text its number in the system it came from
-- column: channel text where the conversation is held
-- column: customer int the customer, linked persons as one
-- hidden: customer_name text their name, for --where
-- column: queue text where it was routed
-- column: agent text its owner
-- column: status text open, pending, resolved, closed
-- column: type text inquiry, request, complaint ...
-- column: area text order, refund, change ...
-- column: urgency text urgent, important, normal, low
-- column: priority int 1 highest to 4
-- column: opened_at time its first message
-- time: opened_at
-- hidden: first_in_at time the first message of the customer
-- hidden: first_response_at time our first public answer by a person
-- hidden: resolved_at time the last entry into resolved or closed
-- span: first_response_ms first_in_at first_response_at from the customer to that answer
-- work: first_response_work_ms first_in_at first_response_at the same in working time
-- span: resolution_ms opened_at resolved_at from opening to the last resolution
-- work: resolution_work_ms opened_at resolved_at the same in working time
-- column: messages_in int messages by the customer
-- column: messages_out int public messages by people of ours
-- column: reopens int how often it was opened again
-- column: csat int last satisfaction score, 1 to 5
-- unit: ticket #
-- unit: customer #
-- note: Working time by the calendar {calendar}.
-- zh: note 工作时间按日历 {calendar}。
SELECT
	t.id AS ticket, t.external_id AS external_id, a.channel AS channel,
	c.root AS customer, coalesce(r.name, c.name) AS customer_name,
	t.queue AS queue, g.code AS agent,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END AS status,
	t.type AS type, t.area AS area, t.urgency AS urgency, t.priority AS priority,
	t.opened_at AS opened_at, t.first_in_at AS first_in_at,
	t.first_response_at AS first_response_at, t.resolved_at AS resolved_at,
	t.messages_in AS messages_in, t.messages_out AS messages_out,
	t.reopens AS reopens, t.csat AS csat
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
ORDER BY t.id;
