-- title: Calls that came in: taken, lost, and how long they waited
-- about: Each call once, however many records tell of it; calls served by a voice menu alone,
-- about: and those still going on, were never offered to anybody. A short abandon, within
-- about: short_s, counts in neither percentage (--set short_ms=10s). abandoned_pct = longer
-- about: abandons / (offered - short); service_level_pct = taken within target_s (--set
-- about: target_ms=20s) / (offered - short). There is no standard for either: the two
-- about: thresholds stand beside them. Waits of calls whose source does not tell them are in
-- about: no duration and no service level; unknown counts them. --from and --to ask when the
-- about: call came in.
-- zh: title 来电：接起、流失与等待
-- zh: about 每通电话计一次，不论有多少条记录；只经语音菜单的和仍在通话的，从未分派给人，不计。short_ms 以内的短时放弃不计入任何百分比。
-- zh: about 放弃率 = 较长的放弃 /（分派 − 短时放弃）；服务水平 = target_ms 内接起 /（分派 − 短时放弃）。两者都没有统一标准，阈值随报表列出。来源未说明等待的来电不计入时长和服务水平，另计。
-- by: queue
-- column: queue text the queue it stood in last
-- column: channel text phone
-- column: account text our number
-- column: agent text who took it
-- column: outcome text answered abandoned no_answer busy failed left voicemail
-- column: at time when it came in
-- time: at
-- column: ticket int number of its ticket
-- option: short_ms 10s up to this an abandon is short
-- option: target_ms 20s a call should be taken within
-- hidden: offered int to our people
-- hidden: answered int taken
-- hidden: abandoned int the caller hung up waiting
-- hidden: short int within short_ms
-- hidden: missed int all others that nobody took
-- hidden: lost int abandons that are not short
-- hidden: kept int all others that are not short
-- hidden: within int taken within target_ms
-- hidden: beyond int all others that are not short, their wait known
-- hidden: unknown int taken, the wait not told
-- column: wait_ms ms of the calls taken
-- column: gave_up_ms ms of the calls abandoned
-- column: talk_ms ms of the calls taken
-- hidden: short_limit_ms ms as set
-- hidden: target_limit_ms ms as set
-- measure: offered sum offered calls that came in
-- measure: answered sum answered taken by a person
-- measure: abandoned sum abandoned the caller hung up waiting
-- measure: short sum short of these short ones
-- measure: missed sum missed rang out, busy, failed, sent away, voicemail
-- measure: abandoned_pct share lost kept 100 * (abandoned - short) / (offered - short)
-- measure: service_level_pct share within beyond 100 * within target / (offered - short)
-- measure: unknown sum unknown taken, in no service level: the wait is not told
-- measure: short_s max short_limit_ms up to this an abandon was short
-- measure: target_s max target_limit_ms within this a call should be taken
-- measure: asa_s mean wait_ms mean wait of the calls taken (speed of answer)
-- measure: p90_s p90 wait_ms nine of ten waited no longer
-- measure: gave_up_mean_s mean gave_up_ms mean wait of the calls abandoned
-- measure: talk_mean_s mean talk_ms mean time talked
-- measure: talk_p90_s p90 talk_ms nine of ten talked no longer
-- zh: offered 分派来电
-- zh: answered 接起
-- zh: abandoned 放弃
-- zh: short 短时放弃
-- zh: missed 未接
-- zh: abandoned_pct 放弃率
-- zh: service_level_pct 服务水平
-- zh: unknown 等待不明
-- zh: outcome 结果
-- zh: wait_ms 等待时长
-- en: offered Calls offered
-- en: answered Answered
-- en: abandoned_pct Abandoned
-- en: service_level_pct Service level
-- figure: service_level_pct more
-- figure: abandoned_pct less
-- figure: offered neither
-- figure: answered more
-- chart: days line day offered,answered Calls day by day
-- zh: days 每天的来电
-- chart: hours heat hour,weekday offered When calls come in
-- zh: hours 来电的时段
-- chart: waits spread wait_ms How long the calls taken waited
-- zh: waits 接起来电的等待分布
-- chart: outcomes bar outcome offered What became of them
-- zh: outcomes 来电的结果
-- note: {offered} calls offered, {answered} taken; {short} abandons within {short_ms} are in no percentage, {unknown} calls of unknown wait in no service level. Within {target_ms}: {service_level_pct}.
-- zh: note 分派 {offered} 通，接起 {answered} 通；{short_ms} 内的短时放弃 {short} 通不计入百分比，等待不明的 {unknown} 通不计入服务水平。{target_ms} 内接起：{service_level_pct}。
WITH seen AS (
	SELECT m.id AS id, m.at AS at, m.account AS account, m.ticket AS ticket,
		c.outcome AS outcome, c.queue AS queue, c.agent AS agent,
		c.wait_ms AS wait_ms, c.talk_ms AS talk_ms,
		CASE WHEN c.outcome = 2 AND c.wait_ms <= :short_ms THEN 1 ELSE 0 END AS is_short,
		CASE WHEN c.outcome = 1 AND c.wait_ms IS NULL THEN 1 ELSE 0 END AS is_unknown
	FROM call AS c
		JOIN message AS m ON m.id = c.message
	WHERE m.direction = 1 AND c.outcome < 8 AND m.at >= :from_at AND m.at < :to_at
)
SELECT s.queue AS queue, a.channel AS channel, a.name AS account, g.code AS agent,
	CASE s.outcome WHEN 1 THEN 'answered' WHEN 2 THEN 'abandoned' WHEN 3 THEN 'no_answer'
		WHEN 4 THEN 'busy' WHEN 5 THEN 'failed' WHEN 6 THEN 'left'
		ELSE 'voicemail' END AS outcome,
	s.at AS at, s.ticket AS ticket, 1 AS offered,
	CASE WHEN s.outcome = 1 THEN 1 ELSE 0 END AS answered,
	CASE WHEN s.outcome = 2 THEN 1 ELSE 0 END AS abandoned,
	s.is_short AS short, CASE WHEN s.outcome > 2 THEN 1 ELSE 0 END AS missed,
	CASE WHEN s.outcome = 2 THEN 1 - s.is_short ELSE 0 END AS lost,
	CASE WHEN s.outcome = 2 THEN 0 ELSE 1 END AS kept,
	CASE WHEN s.outcome = 1 AND s.wait_ms <= :target_ms THEN 1 ELSE 0 END AS within,
	CASE WHEN s.outcome = 1 AND s.wait_ms <= :target_ms THEN 0
		WHEN s.is_short = 1 OR s.is_unknown = 1 THEN 0 ELSE 1 END AS beyond,
	s.is_unknown AS unknown,
	CASE WHEN s.outcome = 1 THEN s.wait_ms END AS wait_ms,
	CASE WHEN s.outcome = 2 THEN s.wait_ms END AS gave_up_ms,
	CASE WHEN s.outcome = 1 THEN s.talk_ms END AS talk_ms,
	:short_ms AS short_limit_ms, :target_ms AS target_limit_ms
FROM seen AS s
	JOIN account AS a ON a.id = s.account
	LEFT JOIN agent AS g ON g.id = s.agent;
