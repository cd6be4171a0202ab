-- What people say messages are about, and how often rules were right.

-- A person's word on a message: what csr-classify should have said.  Rows are only added;
-- of the words on a message and dimension the last one holds, and training learns it.
CREATE TABLE label (
	id INTEGER PRIMARY KEY,
	message INTEGER NOT NULL REFERENCES message (id),
	dimension TEXT NOT NULL,		-- type area urgency sentiment, or one's own
	label TEXT NOT NULL,
	given TEXT,				-- what the program had said, NULL: nothing
	actor TEXT NOT NULL,			-- who
	at INTEGER NOT NULL,			-- when
	UNIQUE (message, dimension, at, actor)
) STRICT;

-- How often a rule held, counted once a message, by days.
CREATE TABLE rule_use (
	day_at INTEGER NOT NULL,		-- when the day began in UTC, a multiple of 86400000
	dimension TEXT NOT NULL,
	label TEXT NOT NULL,			-- what the rule speaks for
	rule TEXT NOT NULL,
	hits INTEGER NOT NULL DEFAULT 0,	-- its label was given
	misses INTEGER NOT NULL DEFAULT 0,	-- it held, another label was given
	overruled INTEGER NOT NULL DEFAULT 0,	-- its label was given, a person said otherwise
	PRIMARY KEY (day_at, dimension, label, rule)
) STRICT;
