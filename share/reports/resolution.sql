-- title: How long tickets take until they are resolved
-- about: From opening to the last entry into resolved or closed. Tickets that are open, or open
-- about: again, are counted apart. Percentiles are exact, by nearest rank. First clock time, then
-- about: (work_) working time by one calendar (--calendar). Attainment is that of the resolution
-- about: clocks: met / (met + breached). --from and --to ask when the ticket was opened.
-- zh: title 工单多久解决
-- zh: about 从开单到最后一次进入“已解决”或“已关闭”。处理中或重开的工单单独计。百分位数用最近秩法，精确。
-- zh: about 先列自然时间，再列（work_）按日历计的工作时间。达标率取自解决时钟：达标 /（达标 + 超时）。
-- by: channel
-- column: channel text where the conversation is held
-- column: account text our address there
-- column: agent text the owner
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: urgency text urgent, important, normal, low
-- column: sentiment text angry, negative, neutral, positive
-- column: priority int 1 highest to 4
-- column: status text of the ticket: open, pending, resolved, closed
-- column: segment text of the customer
-- column: at time when the ticket was opened
-- time: at
-- hidden: until_at time the last entry into resolved or closed
-- span: wait_ms at until_at from there to the resolution
-- work: wait_work_ms at until_at the same in working time
-- column: unresolved flag tickets open or pending
-- column: met flag a promise (SLA clock) that was kept
-- column: breached flag a promise that was broken, or is unanswered past its time
-- column: pending flag a promise that can still be kept
-- measure: n count wait_ms tickets resolved
-- measure: unresolved sum unresolved tickets open or pending, in no duration
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
-- figure: unresolved less
-- chart: waits spread wait_ms How long resolutions took
-- zh: waits 解决时长的分布
-- chart: days line day p50_s,p90_s Resolution by the day of opening
-- zh: days 按开单日的解决时长
-- note: {n} tickets are resolved; {unresolved} are open and in no duration.
-- zh: note {n} 张工单已解决；{unresolved} 张未解决，不计入任何时长。
-- note: Promises: {met} kept, {breached} broken; {open} can still be kept and are in no percentage. Working time by the calendar {calendar}.
-- zh: note 时限承诺：{met} 个达标，{breached} 个超时；{open} 个尚未到期，不计入百分比。工作时间按日历 {calendar}。

-- Enough for questions about channels and times: no joins but one.
SELECT a.channel AS channel, a.name AS account,
	t.opened_at AS at, t.resolved_at AS until_at,
	CASE WHEN t.resolved_at IS NULL THEN 1 ELSE 0 END AS unresolved,
	NULL AS met, NULL AS breached, NULL AS pending
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT a.channel, a.name,
	t.opened_at, NULL, NULL,
	CASE WHEN k.stopped_at <= k.due_at THEN 1 ELSE 0 END,
	CASE WHEN coalesce(k.stopped_at, :now_at) > k.due_at THEN 1 ELSE 0 END,
	CASE WHEN k.stopped_at IS NULL AND k.due_at >= :now_at THEN 1 ELSE 0 END
FROM clock AS k
	JOIN ticket AS t ON t.id = k.ticket
	JOIN account AS a ON a.id = t.account
WHERE k.kind = 3 AND t.opened_at >= :from_at AND t.opened_at < :to_at;

-- The rest.
SELECT a.channel AS channel, a.name AS account,
	g.code AS agent,
	t.queue AS queue, t.area AS area, t.type AS type,
	t.urgency AS urgency, t.sentiment AS sentiment, t.priority AS priority,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END AS status,
	r.segment AS segment,
	t.opened_at AS at, t.resolved_at AS until_at,
	CASE WHEN t.resolved_at IS NULL THEN 1 ELSE 0 END AS unresolved,
	NULL AS met, NULL AS breached, NULL AS pending
FROM ticket AS t
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at
UNION ALL
SELECT a.channel, a.name,
	g.code,
	t.queue, t.area, t.type,
	t.urgency, t.sentiment, t.priority,
	CASE t.status WHEN 1 THEN 'open' WHEN 2 THEN 'pending' WHEN 3 THEN 'resolved'
		ELSE 'closed' END,
	r.segment,
	t.opened_at, NULL, NULL,
	CASE WHEN k.stopped_at <= k.due_at THEN 1 ELSE 0 END,
	CASE WHEN coalesce(k.stopped_at, :now_at) > k.due_at THEN 1 ELSE 0 END,
	CASE WHEN k.stopped_at IS NULL AND k.due_at >= :now_at THEN 1 ELSE 0 END
FROM clock AS k
	JOIN ticket AS t ON t.id = k.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = t.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE k.kind = 3 AND t.opened_at >= :from_at AND t.opened_at < :to_at;
