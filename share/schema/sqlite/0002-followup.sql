-- What the desk sends and when: the outbox, follow-ups, notices of clocks.

-- Everything that is to leave the desk.  Queued once (key), delivered by csr-send.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,		-- what makes it one and the same message
	kind TEXT NOT NULL,			-- followup sla_warning sla_breach survey ack ...
	audience INTEGER NOT NULL CHECK (audience IN (1, 2)),	-- 1 customer, 2 our staff
	channel TEXT NOT NULL,			-- email sms wecom ... or phone (a person calls)
	recipient TEXT NOT NULL,		-- address there: number, mail, agent or queue
	ticket INTEGER REFERENCES ticket (id),
	customer INTEGER REFERENCES customer (id),
	subject TEXT,
	text TEXT NOT NULL,
	data TEXT,				-- JSON object: plan, step, clock, level ...
	created_at INTEGER NOT NULL,
	not_before_at INTEGER NOT NULL,		-- delivery waits until then
	state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 5)
				-- 1 queued 2 sending 3 sent 4 failed 5 withdrawn
) STRICT;
CREATE INDEX outbox_open ON outbox (not_before_at) WHERE state < 3;
CREATE INDEX outbox_ticket ON outbox (ticket) WHERE ticket IS NOT NULL;

-- One step of a plan for one ticket in one resolution cycle.
CREATE TABLE followup (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	plan TEXT NOT NULL,			-- section name in share/plans
	cycle INTEGER NOT NULL,			-- the ticket's cycle
	step INTEGER NOT NULL,			-- 1, 2, ...
	due_at INTEGER NOT NULL,
	done_at INTEGER NOT NULL,		-- when it was queued or skipped
	outbox INTEGER REFERENCES outbox (id),	-- NULL: skipped
	skipped TEXT,				-- why, NULL: queued
	UNIQUE (ticket, plan, cycle, step)
) STRICT;

-- A warning or breach that was told, once a clock and level.
CREATE TABLE notice (
	id INTEGER PRIMARY KEY,
	clock INTEGER NOT NULL REFERENCES clock (id),
	level INTEGER NOT NULL,			-- 0 warning, 1 breach, 2.. escalation
	at INTEGER NOT NULL,
	outbox INTEGER REFERENCES outbox (id),
	UNIQUE (clock, level)
) STRICT;
