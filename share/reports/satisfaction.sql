-- title: How content customers are
-- about: Answers on the scale of 1 to 5 (form csat). n is the answers with a score, top2box_pct
-- about: those of 4 and 5 among them, low95_pct and high95_pct the 95 % interval of Wilson
-- about: round it: where the intervals of two rows overlap, the rows may well be equal.
-- about: Asked customers count by when they were invited, so that a rate compares answers
-- about: with the invitations they belong to; others by when they spoke, as unasked.
-- by: channel
-- column: channel text where the ticket was handled
-- column: account text our address there
-- column: mode text the way it was asked or answered: email, sms, link, import ...
-- column: agent text the owner of the ticket
-- column: queue text where the ticket was routed
-- column: area text order, refund, change ...
-- column: type text inquiry, request, complaint ...
-- column: urgency text urgent, important, normal, low
-- column: priority int 1 highest to 4
-- column: segment text of the customer
-- column: at time when the customer was invited, or spoke unasked
-- time: at
-- column: score int the answer, 1 to 5
-- column: satisfied flag 4 or 5
-- column: invited flag was asked
-- column: answered flag was asked and has answered
-- column: unasked flag spoke without being asked
-- measure: n count score answers with a score
-- measure: mean mean score mean score
-- measure: top2box_pct pct satisfied of the scores are 4 or 5
-- measure: low95_pct low95 satisfied lower end of the 95 % interval
-- measure: high95_pct high95 satisfied upper end
-- measure: invited sum invited customers asked
-- measure: response_rate_pct pct answered of these have answered
-- measure: unasked sum unasked answers nobody had asked for

-- Enough for questions about channels and times.
SELECT a.channel AS channel, a.name AS account, s.mode AS mode, s.invited_at AS at,
	p.score AS score,
	CASE WHEN p.score >= 4 THEN 1 WHEN p.score < 4 THEN 0 END AS satisfied,
	1 AS invited, CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS answered, NULL AS unasked
FROM survey AS s
	JOIN ticket AS t ON t.id = s.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN response AS p ON p.survey = s.id
WHERE s.form = 'csat' AND s.invited_at >= :from_at AND s.invited_at < :to_at
UNION ALL
SELECT a.channel, a.name, p.mode, p.answered_at, p.score,
	CASE WHEN p.score >= 4 THEN 1 WHEN p.score < 4 THEN 0 END, NULL, NULL, 1
FROM response AS p
	LEFT JOIN ticket AS t ON t.id = p.ticket
	LEFT JOIN account AS a ON a.id = t.account
WHERE p.survey IS NULL AND p.form = 'csat' AND p.answered_at >= :from_at
	AND p.answered_at < :to_at;

-- The rest.
SELECT a.channel AS channel, a.name AS account, s.mode AS mode, g.code AS agent,
	t.queue AS queue, t.area AS area, t.type AS type, t.urgency AS urgency,
	t.priority AS priority, r.segment AS segment, s.invited_at AS at, p.score AS score,
	CASE WHEN p.score >= 4 THEN 1 WHEN p.score < 4 THEN 0 END AS satisfied,
	1 AS invited, CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS answered, NULL AS unasked
FROM survey AS s
	JOIN ticket AS t ON t.id = s.ticket
	JOIN account AS a ON a.id = t.account
	LEFT JOIN response AS p ON p.survey = s.id
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = s.customer
	LEFT JOIN customer AS r ON r.id = c.root
WHERE s.form = 'csat' AND s.invited_at >= :from_at AND s.invited_at < :to_at
UNION ALL
SELECT a.channel, a.name, p.mode, g.code, t.queue, t.area, t.type, t.urgency, t.priority,
	r.segment, p.answered_at, p.score,
	CASE WHEN p.score >= 4 THEN 1 WHEN p.score < 4 THEN 0 END, NULL, NULL, 1
FROM response AS p
	LEFT JOIN ticket AS t ON t.id = p.ticket
	LEFT JOIN account AS a ON a.id = t.account
	LEFT JOIN agent AS g ON g.id = t.agent
	LEFT JOIN customer AS c ON c.id = coalesce(p.customer, t.customer)
	LEFT JOIN customer AS r ON r.id = c.root
WHERE p.survey IS NULL AND p.form = 'csat' AND p.answered_at >= :from_at
	AND p.answered_at < :to_at;
