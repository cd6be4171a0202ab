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

-- One step of a plan for one ticket in one resolution cycle.  It stands here as soon as
-- it is known and waits for its time; then it is queued or skipped, once.
CREATE TABLE followup (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	plan TEXT NOT NULL,			-- file of share/plans, without .plan
	cycle INTEGER NOT NULL,			-- the ticket's cycle
	step INTEGER NOT NULL,			-- 1, 2, ...
	from_at INTEGER NOT NULL,		-- what it counts from: resolution or answer
	due_at INTEGER NOT NULL,
	done_at INTEGER,			-- when it was queued or skipped; NULL: waits
	outbox INTEGER REFERENCES outbox (id),	-- NULL: waits or skipped
	skipped TEXT,				-- why it was skipped, or withdrawn from the outbox
	UNIQUE (ticket, plan, cycle, step)
) STRICT;
CREATE INDEX followup_due ON followup (due_at) WHERE done_at IS NULL;

-- A warning or breach of a clock, once a clock and level; waits like a follow-up.
CREATE TABLE notice (
	id INTEGER PRIMARY KEY,
	clock INTEGER NOT NULL REFERENCES clock (id),
	level INTEGER NOT NULL,			-- 0 warning, 1 breach, 2.. escalation
	due_at INTEGER NOT NULL,
	done_at INTEGER,			-- when it was told or skipped; NULL: waits
	outbox INTEGER REFERENCES outbox (id),	-- the first told, or the digest it is in
	skipped TEXT,				-- why nobody was told
	UNIQUE (clock, level)
) STRICT;
CREATE INDEX notice_due ON notice (due_at) WHERE done_at IS NULL;

-- How far a program that goes through a growing table has come.  Ids only grow, so it
-- does not matter what the clock says or how late a row tells of the past.
CREATE TABLE progress (
	name TEXT PRIMARY KEY,			-- followup.event notice.clock ...
	id INTEGER NOT NULL,			-- the last row dealt with
	rules TEXT NOT NULL			-- hash of the rules it was dealt with by
) STRICT;
