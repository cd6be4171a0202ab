-- title: What is open, and for how long
-- about: Tickets that were neither resolved nor closed at the moment asked about: the end of
-- about: --to, else now (--now). Which they were is read from their events; what else is told
-- about: of them (queue, owner, status ...) is as it stands today. Ages are clock time. The
-- about: range has no beginning: --from does not apply.
-- zh: title 还有哪些没解决，多久了
-- zh: about 在所问时刻（--to 之末，否则现在）既未解决也未关闭的工单。哪些在列由当时的事件得出；其余（队列、负责人、状态……）是今天的情况。时长为自然时间。
-- by: queue,age
-- column: queue text where the ticket was routed
-- column: channel text where the conversation is held
-- column: account text our address there
-- column: agent text its owner, none if nobody has it
-- column: status text open, pending (waiting for the customer), or later resolved or closed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: urgency text urgent, important, normal, low
-- column: priority int 1 highest to 4
-- column: segment text of the customer
-- column: age text since opening: 1 <1h, 2 <4h, 3 <1d, 4 <3d, 5 <7d, 6 7d+
-- column: opened_at time when the ticket was opened
-- time: opened_at
-- column: age_ms ms since opening
-- column: silent_ms ms how long a message of the customer has been waiting
-- column: unanswered flag it never had an answer
-- column: unowned flag nobody has it
-- measure: n count age_ms open tickets
-- measure: unanswered sum unanswered that never had an answer
-- measure: waiting count silent_ms with a message of the customer waiting
-- measure: unowned sum unowned that nobody has
-- measure: mean_s mean age_ms mean age
-- measure: p50_s p50 age_ms half are no older
-- measure: p90_s p90 age_ms nine of ten are no older
-- measure: p95_s p95 age_ms nineteen of twenty are no older
-- measure: oldest_s max age_ms the oldest
-- measure: longest_wait_s max silent_ms the message that has waited longest
-- moment: the end of the range
-- zh: n 未结工单
-- en: n Open tickets
-- figure: n less
-- figure: unanswered less
-- figure: unowned less
-- figure: longest_wait_s less
-- chart: ages bar age n Open tickets by age
-- zh: ages 未结工单的时长
-- chart: queues bar queue n Open tickets by queue
-- zh: queues 各队列未结工单
-- note: As of the end of the period; {n} tickets, {unanswered} of them never answered, {unowned} without an owner.
-- zh: note 截至时段之末：{n} 张，其中 {unanswered} 张从未回复，{unowned} 张无人负责。
SELECT t.queue AS queue, a.channel AS channel, a.name AS account, g.code AS agent,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END AS status,
	t.area AS area, t.type AS type, t.urgency AS urgency, t.priority AS priority,
	r.segment AS segment, t.opened_at AS opened_at, :as_of_at - t.opened_at AS age_ms,
	CASE WHEN :as_of_at - t.opened_at < 3600000 THEN '1 <1h'
		WHEN :as_of_at - t.opened_at < 14400000 THEN '2 <4h'
		WHEN :as_of_at - t.opened_at < 86400000 THEN '3 <1d'
		WHEN :as_of_at - t.opened_at < 259200000 THEN '4 <3d'
		WHEN :as_of_at - t.opened_at < 604800000 THEN '5 <7d'
		ELSE '6 7d+' END AS age,
	CASE WHEN t.waiting_since_at < :as_of_at THEN :as_of_at - t.waiting_since_at END
		AS silent_ms,
	CASE WHEN t.first_response_at < :as_of_at THEN 0 ELSE 1 END AS unanswered,
	CASE WHEN t.agent IS NULL THEN 1 ELSE 0 END AS unowned
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE t.opened_at >= :from_at AND t.opened_at < :as_of_at
	-- Resolved by then and not opened again since.
	AND (t.resolved_at IS NULL OR t.resolved_at >= :as_of_at)
	AND coalesce((SELECT CASE WHEN e.name = 'ticket.status'
			AND e.value IN ('resolved', 'closed') THEN 0 ELSE 1 END
		FROM event AS e
		WHERE e.ticket = t.id AND e.at < :as_of_at
			AND e.name IN ('ticket.status', 'ticket.reopened')
		ORDER BY e.at DESC, e.id DESC
		LIMIT 1
	), 1) = 1;
