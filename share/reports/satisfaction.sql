-- title: How content customers are
-- about: Answers on the scale of 1 to 5 (form csat). n is the answers with a score, top2box_pct
-- about: those of 4 and 5 among them, low95_pct and high95_pct the 95 % interval of Wilson
-- about: round it: where the intervals of two rows overlap, the rows may well be equal.
-- about: Asked customers count by when they were invited, so that a rate compares answers
-- about: with the invitations they belong to; others by when they spoke, as unasked.
-- zh: title 客户满意吗
-- zh: about 1 到 5 分的回答（csat 问卷）。满意率是其中 4 分和 5 分的占比，low95_pct 与 high95_pct 是 Wilson 95% 置信区间：两行区间重叠，就可能并无差别。
-- zh: about 受邀的按邀请时间计，回收率因此把回答与所属的邀请相比；主动评价按说出的时间计，单列。
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
-- zh: n 评分数
-- en: n Scores
-- figure: top2box_pct more
-- figure: mean more
-- figure: response_rate_pct more
-- figure: n neither
-- chart: days line day top2box_pct Satisfied day by day
-- zh: days 每天的满意率
-- chart: scores bar score n Answers by score
-- zh: scores 各分数的回答
-- chart: modes bar mode top2box_pct Satisfied by way of asking
-- zh: modes 各询问方式的满意率
-- note: {n} answers with a score, of {invited} customers asked ({response_rate_pct}) and {unasked} unasked.
-- zh: note 评分 {n} 个：邀请 {invited} 人，回收率 {response_rate_pct}；主动评价 {unasked} 个。

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
