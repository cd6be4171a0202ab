-- Group chats and who is in them, as rosters tell it.

-- A group chat: a thread that has members.
CREATE TABLE chat_group (
	thread INTEGER PRIMARY KEY REFERENCES thread (id),
	name TEXT,
	owner TEXT,				-- the channel's id of who owns it
	notice TEXT,				-- what is pinned in it
	opened_at INTEGER,
	version TEXT,				-- the channel's mark of this state of its members
	seen_at INTEGER NOT NULL,		-- the last roster's time
	extra TEXT				-- JSON object: the rest
) STRICT;

-- A membership, from joining to leaving. Who joins again has another row.
CREATE TABLE member (
	id INTEGER PRIMARY KEY,
	thread INTEGER NOT NULL REFERENCES thread (id),
	person TEXT NOT NULL,			-- the channel's id, else the name
	name TEXT,				-- in the group, else their own
	customer INTEGER REFERENCES customer (id),	-- NULL: one of ours
	staff INTEGER NOT NULL CHECK (staff IN (0, 1)),
	admin INTEGER NOT NULL CHECK (admin IN (0, 1)),	-- or its owner
	joined_at INTEGER NOT NULL,		-- as the roster says, else when it first had them
	scene TEXT,				-- invited link qr, or the source's word
	invitor TEXT,				-- the channel's id of who asked them in
	left_at INTEGER,			-- the first roster without them; NULL: is in it
	seen_at INTEGER NOT NULL,		-- the last roster with them
	extra TEXT,				-- JSON object: the rest
	UNIQUE (thread, person, joined_at)
) STRICT;
CREATE INDEX member_customer ON member (customer) WHERE customer IS NOT NULL;
