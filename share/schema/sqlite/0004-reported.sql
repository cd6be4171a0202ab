-- Figures that other systems report: kept beside our own, never instead of them.

-- A length of time a helpdesk reports of a ticket.  A later export may state another one:
-- what was true later stays; of two as late, the longer one, since these times only grow.
CREATE TABLE reported (
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	measure TEXT NOT NULL,			-- first_response first_resolution resolution agent_wait
						-- requester_wait on_hold time_tracked ...; in working
						-- time with _work behind it
	value_ms INTEGER NOT NULL,
	as_of_at INTEGER NOT NULL,		-- when the ticket had last changed there; 0: not stated
	source INTEGER REFERENCES source (id),	-- the file it stands in
	PRIMARY KEY (ticket, measure)
) STRICT;

-- A figure of an agent, a team or the like over a time, from an export of aggregates.  The
-- newest row of a measure and time counts; those before it are what was stated earlier.
CREATE TABLE metric (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	about TEXT NOT NULL,			-- agent team inbox label
	subject TEXT NOT NULL,			-- its name there
	measure TEXT NOT NULL,			-- its unit in its name: conversations,
						-- first_response_mean_ms
	from_at INTEGER NOT NULL,
	to_at INTEGER NOT NULL,			-- the end, not counted
	value INTEGER NOT NULL,
	source INTEGER REFERENCES source (id),
	UNIQUE (account, about, subject, measure, from_at, to_at, value)
) STRICT;
