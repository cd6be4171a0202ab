-- title: What other systems report, beside our own reckoning
-- about: Times a helpdesk's export states of its tickets (first_response, resolution,
-- about: requester_wait ...), and what csr reckons from messages and events where it reckons
-- about: the same: clock time, and (work_) working time by one calendar (--calendar), which
-- about: need not be the helpdesk's. Where csr knows of an answer or resolution only from the
-- about: export, both say the same. differ counts tickets more than a minute apart in clock
-- about: time. --from and --to ask when the ticket was opened.
-- zh: title 其他系统的说法与本系统的计算
-- zh: about 帮助台导出里写明的工单时长（首次回复、解决、客户等待……），与本系统由消息和事件算出的同一时长相比：自然时间，以及按一个日历的工作时间（与帮助台的日历未必相同）。相差超过一分钟的计入 differ。
-- by: measure
-- column: measure text first_response, first_resolution, resolution, requester_wait ...
-- column: channel text where the conversation is held
-- column: account text our address there
-- column: agent text the owner
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: ticket int number of the ticket
-- column: external_id text its number in the system it came from
-- column: at time when the ticket was opened
-- time: at
-- column: reported_ms ms as the helpdesk says
-- column: computed_ms ms as csr reckons, if it reckons this and it has happened
-- column: difference_ms ms what is reported less what is computed
-- column: reported_work_ms ms as the helpdesk says, in working time
-- hidden: from_at time where csr's reckoning begins
-- hidden: until_at time where it ends
-- work: computed_work_ms from_at until_at as csr reckons, in working time
-- column: differs flag more than a minute apart
-- measure: n count reported_ms tickets with the time in clock time
-- measure: mean_s mean reported_ms mean as reported
-- measure: computed_mean_s mean computed_ms mean as computed
-- measure: p50_s p50 reported_ms half took no longer, as reported
-- measure: computed_p50_s p50 computed_ms
-- measure: p90_s p90 reported_ms nine of ten took no longer, as reported
-- measure: computed_p90_s p90 computed_ms
-- measure: differ sum differs more than a minute apart
-- measure: work_n count reported_work_ms tickets with the time in working time
-- measure: work_mean_s mean reported_work_ms mean as reported
-- measure: work_computed_mean_s mean computed_work_ms mean as computed
-- measure: work_p90_s p90 reported_work_ms
-- measure: work_computed_p90_s p90 computed_work_ms

WITH both AS (
	SELECT r.ticket AS ticket, r.measure AS measure, r.value_ms AS clock_ms,
		CAST(NULL AS bigint) AS work_ms
	FROM reported AS r
	WHERE r.measure NOT LIKE '%\_work' ESCAPE '\'
	UNION ALL
	SELECT r.ticket, substr(r.measure, 1, length(r.measure) - 5), NULL, r.value_ms
	FROM reported AS r
	WHERE r.measure LIKE '%\_work' ESCAPE '\'
), said AS (
	SELECT b.ticket AS ticket, b.measure AS measure, max(b.clock_ms) AS clock_ms,
		max(b.work_ms) AS work_ms
	FROM both AS b
	GROUP BY b.ticket, b.measure
), own AS (
	SELECT s.ticket AS ticket, s.measure AS measure, s.clock_ms AS clock_ms,
		s.work_ms AS work_ms,
		CASE s.measure WHEN 'first_response' THEN t.first_in_at
			WHEN 'first_resolution' THEN t.opened_at
			WHEN 'resolution' THEN t.opened_at END AS from_at,
		CASE s.measure WHEN 'first_response' THEN t.first_response_at
			WHEN 'first_resolution' THEN t.first_resolved_at
			WHEN 'resolution' THEN t.resolved_at END AS until_at
	FROM said AS s
		JOIN ticket AS t ON t.id = s.ticket
)
SELECT o.measure AS measure, a.channel AS channel, a.name AS account, g.code AS agent,
	t.queue AS queue, t.area AS area, o.ticket AS ticket, t.external_id AS external_id,
	t.opened_at AS at, o.clock_ms AS reported_ms, o.until_at - o.from_at AS computed_ms,
	o.clock_ms - (o.until_at - o.from_at) AS difference_ms, o.work_ms AS reported_work_ms,
	o.from_at AS from_at, o.until_at AS until_at,
	CASE WHEN abs(o.clock_ms - (o.until_at - o.from_at)) > 60000 THEN 1
		WHEN o.clock_ms IS NOT NULL AND o.until_at IS NOT NULL THEN 0 END AS differs
FROM own AS o
	JOIN ticket AS t ON t.id = o.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
WHERE t.opened_at >= :from_at AND t.opened_at < :to_at;
