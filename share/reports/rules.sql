-- title: How often each rule of csr-classify held, and was right
-- about: A rule held for a message when its conditions did; its label was then given (a hit)
-- about: or another was (a miss). Overruled: its label was given and a person said otherwise
-- about: (csr-classify label). Each message is counted once, on the day it was first
-- about: classified. Rules that never held are not here: csr-classify rules lists all.
-- zh: title 分类规则命中多少，判对多少
-- zh: about 规则的条件成立即为触发：最终采用其标签为命中，采用别的标签为未采用；采用后被人改判为被推翻。每条消息只在首次分类当天计一次。从未触发的规则不在此列。
-- by: dimension,label,rule
-- column: dimension text type, area, urgency, sentiment or one's own
-- column: label text what the rule speaks for
-- column: rule text its name
-- column: day_at time the day
-- time: day_at
-- column: hits int its label was given
-- column: misses int another label was given
-- column: overruled int a person said otherwise
-- measure: hits sum hits its label was given
-- measure: misses sum misses another label was given
-- measure: taken_pct share hits misses hits of all times it held
-- measure: overruled sum overruled a person said otherwise
SELECT u.dimension AS dimension, u.label AS label, u.rule AS rule, u.day_at AS day_at,
	u.hits AS hits, u.misses AS misses, u.overruled AS overruled
FROM rule_use AS u
WHERE u.day_at >= :from_at AND u.day_at < :to_at
ORDER BY u.day_at, u.dimension, u.label, u.rule
