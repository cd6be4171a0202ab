-- What people do with tickets: merge them, and have others do their part.

ALTER TABLE ticket ADD COLUMN merged INTEGER;	-- summary: the ticket it was merged into, by
	-- its last event ticket.merged, unless ticket.unmerged came after it

CREATE INDEX ticket_merged ON ticket (merged) WHERE merged IS NOT NULL;

-- A piece of work on a ticket for somebody: another department's part of it, or a step of a
-- checklist.  What was done to it stands in event (task.*).
CREATE TABLE task (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	checklist TEXT,				-- file of share/checklists, without .conf; NULL: alone
	step TEXT,				-- its step there
	round INTEGER NOT NULL DEFAULT 1,	-- 2, 3 ... when a checklist was begun again
	title TEXT NOT NULL,
	queue TEXT,				-- whose work it is; NULL: the owner's of the ticket
	state INTEGER NOT NULL DEFAULT 2 CHECK (state BETWEEN 1 AND 5),
				-- 1 not yet (a step before it is open) 2 open 3 done 4 failed 5 skipped
	waits INTEGER NOT NULL DEFAULT 0 CHECK (waits IN (0, 1)),	-- 1: the ticket waits for it
	reason TEXT,				-- why it failed or was skipped
	calendar TEXT,				-- working time it counts in; NULL: it has no time
	target_ms INTEGER,			-- working milliseconds allowed
	created_at INTEGER NOT NULL,
	started_at INTEGER,			-- when it became open
	due_at INTEGER,				-- NULL: whenever
	done_at INTEGER,			-- when it was done, failed or skipped
	actor TEXT NOT NULL,			-- who made it
	UNIQUE (ticket, checklist, round, step)
) STRICT;
CREATE INDEX task_open ON task (due_at) WHERE state < 3;
CREATE INDEX task_ticket ON task (ticket);
