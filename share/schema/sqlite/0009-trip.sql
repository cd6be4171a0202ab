-- Trips: what an order's travellers are booked on, and how their flights stand.

-- A flight, train or the like within an order.  Of a source that lists them all, those it
-- names no more are dropped; they are never deleted.
CREATE TABLE segment (
	id INTEGER PRIMARY KEY,
	orders INTEGER NOT NULL REFERENCES orders (id),
	code TEXT NOT NULL,			-- MU5101, G102; '' if not stated
	day TEXT NOT NULL,			-- YYYY-MM-DD it leaves on, local; '' if not stated
	origin TEXT NOT NULL,			-- as the source says it: PEK, Beijing; '' if not stated
	destination TEXT NOT NULL,
	departs_at INTEGER,
	arrives_at INTEGER,
	cabin TEXT,
	status TEXT,				-- as the source says it
	extra TEXT,				-- JSON object: the rest
	dropped_at INTEGER,			-- when the order had it no more, NULL while it has
	UNIQUE (orders, code, day, origin)
) STRICT;
CREATE INDEX segment_code ON segment (code, day);

-- Somebody who travels on an order; perhaps not who bought it.
CREATE TABLE passenger (
	id INTEGER PRIMARY KEY,
	orders INTEGER NOT NULL REFERENCES orders (id),
	name TEXT NOT NULL,
	document TEXT NOT NULL,			-- masked, its last four characters; '' if not stated
	customer INTEGER REFERENCES customer (id),	-- by telephone or e-mail, NULL if unknown
	phone TEXT,				-- as written
	extra TEXT,				-- JSON object: the rest
	dropped_at INTEGER,			-- as of segment
	UNIQUE (orders, name, document)
) STRICT;
CREATE INDEX passenger_customer ON passenger (customer) WHERE customer IS NOT NULL;

-- Who travels on what.
CREATE TABLE travel (
	segment INTEGER NOT NULL REFERENCES segment (id),
	passenger INTEGER NOT NULL REFERENCES passenger (id),
	ticket_no TEXT,				-- of the carrier
	seat TEXT,
	extra TEXT,				-- JSON object: what the source says of this pair
	PRIMARY KEY (segment, passenger)
) STRICT;
CREATE INDEX travel_passenger ON travel (passenger);

-- A flight as last told; how it got there is in event (flight.status, subject code/day).
CREATE TABLE flight (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	day TEXT NOT NULL,			-- YYYY-MM-DD it was to leave on, local
	origin TEXT NOT NULL,			-- airport code, '' if not told
	destination TEXT NOT NULL,
	leg INTEGER NOT NULL CHECK (leg IN (0, 1)),	-- 1: a part of the journey of that code
	state TEXT NOT NULL,			-- scheduled boarding departed arrived delayed
						-- cancelled diverted returned, or the source's word
	departs_at INTEGER,			-- as planned
	arrives_at INTEGER,
	departs_now_at INTEGER,			-- as expected
	arrives_now_at INTEGER,
	left_at INTEGER,			-- as it was
	landed_at INTEGER,
	told_at INTEGER NOT NULL,		-- when this was told
	UNIQUE (code, day, origin, destination)
) STRICT;
