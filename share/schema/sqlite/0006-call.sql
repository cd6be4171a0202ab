-- Telephone calls: what became of each, and what every source told of it.

-- A message that is a call, summed up from its legs.
CREATE TABLE call (
	message INTEGER PRIMARY KEY REFERENCES message (id),
	outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 9),
				-- summary: 1 answered 2 abandoned (hung up waiting) 3 no answer
				-- 4 busy 5 failed 6 left the queue 7 voicemail 8 menu only 9 ongoing
	answered_at INTEGER,			-- summary: when a person took it
	ended_at INTEGER,			-- summary
	wait_ms INTEGER,			-- summary: until answered, else until its end
	talk_ms INTEGER,			-- summary: over all who took it
	queue TEXT,				-- summary
	agent INTEGER REFERENCES agent (id)	-- summary: who took it, else whose phone rang last
) STRICT;

-- What one source tells of a call: a record of the line, a stay in a queue.  Never changed.
CREATE TABLE call_leg (
	id INTEGER PRIMARY KEY,
	message INTEGER NOT NULL REFERENCES message (id),
	log INTEGER NOT NULL CHECK (log IN (1, 2)),	-- 1 the line's record, 2 a queue's log
	outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 8),	-- as in call
	at INTEGER NOT NULL,			-- rings, or waits, since
	answered_at INTEGER,
	ended_at INTEGER NOT NULL,		-- 0: not stated
	wait_ms INTEGER,
	talk_ms INTEGER,
	queue TEXT NOT NULL DEFAULT '',
	party TEXT NOT NULL DEFAULT '',		-- code of the agent it rang at or who took it
	extra TEXT,				-- JSON object: what has no column, of all but the first leg
	UNIQUE (message, log, ended_at, queue, party)
) STRICT;
