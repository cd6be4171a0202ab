-- title: How long customers wait for the first answer
-- about: From the first message of the customer to our first public answer by a person: automatic
-- about: messages and notes do not count. Tickets without an answer are counted apart, never as 0.
-- about: Percentiles are exact, by nearest rank. First clock time, then (work_) working time by one
-- about: calendar (--calendar). Attainment is that of the first-response clocks: met / (met +
-- about: breached). --from and --to ask when the customer first wrote.
-- zh: title 客户等首次回复等多久
-- zh: about 从客户第一条消息到我方第一次由人公开回复：自动消息和内部备注不算。没有回复的工单单独计，绝不当作 0。
-- zh: about 百分位数用最近秩法，精确。先列自然时间，再列（work_）按日历计的工作时间。达标率取自首次回复时钟：达标 /（达标 + 超时）。
-- by: channel
-- column: channel text where the conversation is held
-- column: account text our address there
-- column: agent text who answered first, else the owner
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: urgency text urgent, important, normal, low
-- column: sentiment text angry, negative, neutral, positive
-- column: priority int 1 highest to 4
-- column: status text of the ticket: open, pending, resolved, closed
-- column: segment text of the customer
-- column: at time the first message of the customer
-- time: at
-- hidden: until_at time our first public answer by a person
-- span: wait_ms at until_at from there to the first answer
-- work: wait_work_ms at until_at the same in working time
-- column: unanswered flag tickets without an answer
-- column: met flag a promise (SLA clock) that was kept
-- column: breached flag a promise that was broken, or is unanswered past its time
-- column: pending flag a promise that can still be kept
-- measure: n count wait_ms tickets answered
-- measure: unanswered sum unanswered tickets without an answer, in no duration
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
-- figure: unanswered less
-- chart: waits spread wait_ms How long the waits were
-- zh: waits 等待时长的分布
-- chart: days line day p50_s,p90_s Waits day by day
-- zh: days 每天的等待
-- chart: promises bar queue attainment_pct Promises kept by queue
-- zh: promises 各队列达标率
-- note: {n} tickets were answered; {unanswered} have no answer yet and are in no duration.
-- zh: note {n} 张工单已回复；{unanswered} 张尚无回复，不计入任何时长。
-- note: Promises: {met} kept, {breached} broken; {open} can still be kept and are in no percentage. Working time by the calendar {calendar}.
-- zh: note 时限承诺：{met} 个达标，{breached} 个超时；{open} 个尚未到期，不计入百分比。工作时间按日历 {calendar}。

-- Enough for questions about channels and times: no joins but one.
SELECT a.channel AS channel, a.name AS account,
	t.first_in_at AS at, t.first_response_at AS until_at,
	CASE WHEN t.first_response_at IS NULL THEN 1 ELSE 0 END AS unanswered,
	NULL AS met, NULL AS breached, NULL AS pending
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
WHERE t.first_in_at >= :from_at AND t.first_in_at < :to_at
UNION ALL
SELECT a.channel, a.name,
	t.first_in_at, NULL, NULL,
	CASE WHEN k.stopped_at <= k.due_at THEN 1 ELSE 0 END,
	CASE WHEN coalesce(k.stopped_at, :now_at) > k.due_at THEN 1 ELSE 0 END,
	CASE WHEN k.stopped_at IS NULL AND k.due_at >= :now_at THEN 1 ELSE 0 END
FROM clock AS k
	JOIN ticket AS t ON t.id = k.ticket
	JOIN account AS a ON a.id = t.account
WHERE k.kind = 1 AND t.first_in_at >= :from_at AND t.first_in_at < :to_at;

-- The rest.
SELECT a.channel AS channel, a.name AS account,
	g.code AS agent,
	t.queue AS queue, t.area AS area, t.type AS type,
	t.urgency AS urgency, t.sentiment AS sentiment, t.priority AS priority,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END AS status,
	r.segment AS segment,
	t.first_in_at AS at, t.first_response_at AS until_at,
	CASE WHEN t.first_response_at IS NULL THEN 1 ELSE 0 END AS unanswered,
	NULL AS met, NULL AS breached, NULL AS pending
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = coalesce(t.first_response_agent, t.agent)
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE t.first_in_at >= :from_at AND t.first_in_at < :to_at
UNION ALL
SELECT a.channel, a.name,
	g.code,
	t.queue, t.area, t.type,
	t.urgency, t.sentiment, t.priority,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END,
	r.segment,
	t.first_in_at, NULL, NULL,
	CASE WHEN k.stopped_at <= k.due_at THEN 1 ELSE 0 END,
	CASE WHEN coalesce(k.stopped_at, :now_at) > k.due_at THEN 1 ELSE 0 END,
	CASE WHEN k.stopped_at IS NULL AND k.due_at >= :now_at THEN 1 ELSE 0 END
FROM clock AS k
	JOIN ticket AS t ON t.id = k.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = coalesce(t.first_response_agent, t.agent)
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE k.kind = 1 AND t.first_in_at >= :from_at AND t.first_in_at < :to_at;
