-- title: How long customers wait for the next answer
-- about: After the first answer: from the oldest message of the customer that is not answered
-- about: to our next public answer by a person, or until their call is taken; further
-- about: messages of the customer do not move it. Automatic messages, notes, messages taken
-- about: back, calls of ours that reached nobody and closing thanks do not count; a wait that
-- about: ends with the resolution of the ticket instead was never answered.
-- about: Percentiles are exact, by nearest rank. First clock time, then (work_) working time by
-- about: one calendar (--calendar). Attainment is that of the next-response clocks: met / (met
-- about: + breached). --from and --to ask when the wait began.
-- zh: title 客户等下一次回复等多久
-- zh: about 首次回复之后：从客户最早一条未回复的消息到我方下一次由人公开回复；客户其后的消息不改变起点。
-- zh: about 自动消息、备注、撤回的消息和结束时的致谢不算；以解决工单结束的等待视为未回复。百分位数用最近秩法，精确。
-- by: channel
-- column: channel text where the conversation is held
-- column: account text our address there
-- column: agent text who answered, else the owner
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: urgency text urgent, important, normal, low
-- column: sentiment text angry, negative, neutral, positive
-- column: priority int 1 highest to 4
-- column: status text of the ticket: open, pending, resolved, closed
-- column: segment text of the customer
-- column: at time the oldest message without an answer
-- time: at
-- hidden: until_at time our next public answer by a person
-- span: wait_ms at until_at from there to that answer
-- work: wait_work_ms at until_at the same in working time
-- column: unanswered flag waits without an answer so far
-- column: met flag a promise (SLA clock) that was kept
-- column: breached flag a promise that was broken, or is unanswered past its time
-- column: pending flag a promise that can still be kept
-- measure: n count wait_ms waits answered
-- measure: unanswered sum unanswered waits without an answer, in no duration
-- measure: mean_s mean wait_ms mean
-- measure: p50_s p50 wait_ms half took no longer
-- measure: p90_s p90 wait_ms nine of ten took no longer
-- measure: p95_s p95 wait_ms nineteen of twenty took no longer
-- measure: work_mean_s mean wait_work_ms the same in working time
-- measure: work_p50_s p50 wait_work_ms
-- measure: work_p90_s p90 wait_work_ms
-- measure: work_p95_s p95 wait_work_ms
-- measure: met sum met promises (SLA clocks) kept
-- measure: breached sum breached promises broken, or unanswered past their time
-- measure: open sum pending promises that can still be kept, in no percentage
-- measure: attainment_pct share met breached 100 * met / (met + breached)
-- figure: p50_s less
-- figure: p90_s less
-- figure: attainment_pct more
-- chart: waits spread wait_ms How long the waits were
-- zh: waits 等待时长的分布
-- note: {n} waits were answered; {unanswered} were not and are in no duration.
-- zh: note {n} 次等待得到回复；{unanswered} 次没有，不计入任何时长。
-- note: Promises: {met} kept, {breached} broken; {open} can still be kept and are in no percentage. Working time by the calendar {calendar}.
-- zh: note 时限承诺：{met} 个达标，{breached} 个超时；{open} 个尚未到期，不计入百分比。工作时间按日历 {calendar}。

-- What followed the first answer, as steps: asked (1), answered (2), resolved (3).  A place
-- is some questions and the step that ends them; the earliest question begins the wait.
WITH step AS (
	SELECT m.ticket AS ticket, m.at AS at, 0 AS class, m.id AS id,
		m.direction AS what, m.agent AS agent
	FROM message AS m
		JOIN ticket AS t ON t.id = m.ticket
		LEFT JOIN call AS c ON c.message = m.id
	WHERE m.at > t.first_response_at AND m.automatic = 0 AND m.direction < 3
		-- A call of ours that reached nobody is no answer.
		AND (m.direction = 1 OR coalesce(c.outcome, 1) IN (1, 8))
		AND NOT EXISTS (SELECT 1 FROM event AS e
			WHERE e.ticket = m.ticket AND e.message = m.id
				AND e.name IN ('ticket.thanks', 'message.recalled'))
	UNION ALL
	SELECT m.ticket, c.answered_at, 1, m.id, 2, c.agent
	FROM call AS c
		JOIN message AS m ON m.id = c.message
		JOIN ticket AS t ON t.id = m.ticket
	WHERE c.answered_at > t.first_response_at AND m.direction = 1
	UNION ALL
	SELECT e.ticket, e.at, 2, e.id, CASE e.name WHEN 'ticket.answered' THEN 2 ELSE 3 END,
		g.id
	FROM event AS e
		JOIN ticket AS t ON t.id = e.ticket
		LEFT JOIN agent AS g ON g.code = e.actor
	WHERE e.at > t.first_response_at AND (e.name = 'ticket.answered'
		OR (e.name = 'ticket.status' AND e.value IN ('resolved', 'closed')))
), placed AS (
	SELECT s.ticket AS ticket, s.at AS at, s.what AS what, s.agent AS agent,
		sum(CASE WHEN s.what > 1 THEN 1 ELSE 0 END) OVER (PARTITION BY s.ticket
			ORDER BY s.at, s.class, s.id
			ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
			- CASE WHEN s.what > 1 THEN 1 ELSE 0 END AS place
	FROM step AS s
), wait AS (
	SELECT p.ticket AS ticket, p.place AS place,
		min(CASE WHEN p.what = 1 THEN p.at END) AS at,
		max(CASE WHEN p.what = 2 THEN p.at END) AS until_at,
		max(CASE WHEN p.what = 2 THEN p.agent END) AS agent
	FROM placed AS p
	GROUP BY p.ticket, p.place
	HAVING min(CASE WHEN p.what = 1 THEN p.at END) IS NOT NULL
)
SELECT a.channel AS channel, a.name AS account, g.code AS agent,
	t.queue AS queue, t.area AS area, t.type AS type, t.urgency AS urgency,
	t.sentiment AS sentiment, t.priority AS priority,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END AS status,
	r.segment AS segment,
	w.at AS at, w.until_at AS until_at,
	CASE WHEN w.until_at IS NULL THEN 1 ELSE 0 END AS unanswered,
	NULL AS met, NULL AS breached, NULL AS pending
FROM wait AS w
	JOIN ticket AS t ON t.id = w.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = coalesce(w.agent, t.agent)
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE w.at >= :from_at AND w.at < :to_at
UNION ALL
SELECT a.channel, a.name, g.code, t.queue, t.area, t.type, t.urgency, t.sentiment,
	t.priority,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END,
	r.segment,
	k.started_at, NULL, NULL,
	CASE WHEN k.stopped_at <= k.due_at THEN 1 ELSE 0 END,
	CASE WHEN coalesce(k.stopped_at, :now_at) > k.due_at THEN 1 ELSE 0 END,
	CASE WHEN k.stopped_at IS NULL AND k.due_at >= :now_at THEN 1 ELSE 0 END
FROM clock AS k
	JOIN ticket AS t ON t.id = k.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE k.kind = 2 AND k.started_at >= :from_at AND k.started_at < :to_at;
