-- Asking customers, and what they answered.

-- Who may be asked: what was resolved lately.
CREATE INDEX ticket_resolved ON ticket (resolved_at) WHERE resolved_at IS NOT NULL;

-- An invitation: at most one a ticket and resolution cycle.
CREATE TABLE survey (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	cycle INTEGER NOT NULL,			-- the ticket's cycle
	customer INTEGER NOT NULL REFERENCES customer (id),
	form TEXT NOT NULL,			-- csat nps ces ... in share/surveys
	mode TEXT NOT NULL,			-- the channel it goes out by
	invited_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	outbox INTEGER REFERENCES outbox (id),
	UNIQUE (ticket, cycle)
) STRICT;
CREATE INDEX survey_customer ON survey (customer, invited_at);

-- Why a ticket's cycle was not asked about.
CREATE TABLE survey_skip (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	cycle INTEGER NOT NULL,
	reason TEXT NOT NULL,			-- recently_asked automatic spam no_address ...
	at INTEGER NOT NULL,
	UNIQUE (ticket, cycle, reason)
) STRICT;

-- An answer, invited or not.
CREATE TABLE response (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,		-- survey:ID, message:ID, or the source's own id
	survey INTEGER REFERENCES survey (id),	-- NULL: nobody had asked
	ticket INTEGER REFERENCES ticket (id),
	customer INTEGER REFERENCES customer (id),
	form TEXT NOT NULL,			-- csat (1..5) nps (0..10) ces (1..7)
	mode TEXT NOT NULL,			-- email sms wecom link phone import ...
	score INTEGER,				-- NULL: words only
	comment TEXT,
	message INTEGER REFERENCES message (id),	-- the reply it was read from
	answered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX response_ticket ON response (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX response_survey ON response (survey) WHERE survey IS NOT NULL;
