-- title: Figures of agents and teams as other systems sum them up
-- about: From exports of aggregates (an agent, team, inbox or label a row): nothing here is
-- about: reckoned by csr. Of a figure stated twice for the same time, the newest statement
-- about: counts. Lengths of time are in value_ms, counts in value. --from and --to ask when
-- about: the time they count begins.
-- zh: title 其他系统汇总的客服与团队数字
-- zh: about 取自汇总导出（一行一个客服、团队、收件箱或标签），均非本系统计算；同一时段重复陈述的数字以最新为准。
-- column: about text agent, team, inbox, label
-- column: subject text its name there
-- column: channel text where the conversations are held
-- column: account text our address there
-- column: measure text conversations, first_response_mean ...
-- column: value int a count
-- column: value_ms ms a length of time
-- column: from_at time where the time they count begins
-- time: from_at
-- column: to_at time where it ends
SELECT m.about AS about, m.subject AS subject, a.channel AS channel, a.name AS account,
	CASE WHEN m.measure LIKE '%\_ms' ESCAPE '\' THEN substr(m.measure, 1,
		length(m.measure) - 3) ELSE m.measure END AS measure,
	CASE WHEN m.measure LIKE '%\_ms' ESCAPE '\' THEN NULL ELSE m.value END AS value,
	CASE WHEN m.measure LIKE '%\_ms' ESCAPE '\' THEN m.value END AS value_ms,
	m.from_at AS from_at, m.to_at AS to_at
FROM metric AS m
	JOIN account AS a ON a.id = m.account
WHERE m.from_at >= :from_at AND m.from_at < :to_at
	AND NOT EXISTS (SELECT 1 FROM metric AS n
		WHERE n.account = m.account AND n.about = m.about AND n.subject = m.subject
			AND n.measure = m.measure AND n.from_at = m.from_at
			AND n.to_at = m.to_at AND n.id > m.id)
ORDER BY m.about, m.subject, m.from_at, m.measure, m.account;
