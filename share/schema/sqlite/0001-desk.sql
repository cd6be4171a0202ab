-- The desk: who wrote what, where, when, and the ticket it belongs to.
--
-- Facts (message, event) are only ever added.  Columns marked "summary" can be computed
-- from the facts again; `csr-db check` does so and compares.  All times are milliseconds
-- since 1970-01-01 UTC (*_at); durations are *_ms; flags are 0 or 1; money is in minor
-- units of its currency.

-- One of our own addresses on a channel: a mailbox, a shop, a phone number.
CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	channel TEXT NOT NULL,			-- phone email wecom wechat webchat sms ...
	name TEXT NOT NULL DEFAULT '',		-- the account there; '' if there is but one
	UNIQUE (channel, name)
) STRICT;

-- Somebody of ours who writes or owns tickets, as the sources name them.
CREATE TABLE agent (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,		-- the id in the roster and in the sources
	name TEXT				-- for people
) STRICT;

-- A file or stream that was read once, so that each row can be traced to its line.
CREATE TABLE source (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,			-- path as given, or stdin
	format TEXT NOT NULL,			-- csv jsonl wecom mail ...
	read_at INTEGER NOT NULL		-- when reading began
) STRICT;

-- A conversation as its channel knows it: a chat, a group, a mail thread, a caller.
CREATE TABLE thread (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	name TEXT NOT NULL,			-- the channel's id of it
	grouped INTEGER NOT NULL DEFAULT 0 CHECK (grouped IN (0, 1)),	-- 1: a group chat
	UNIQUE (account, name)
) STRICT;

-- A person, as one source knew them first.  Persons found to be one are linked, never
-- copied together: `root` names the one that stands for all of them.
CREATE TABLE customer (
	id INTEGER PRIMARY KEY,
	root INTEGER NOT NULL,			-- summary: smallest id reachable over links
	name TEXT,
	segment TEXT,				-- vip, business, new ... as given or computed
	language TEXT,				-- zh, en: picks the template
	zone TEXT,				-- IANA time zone, NULL: the desk's
	extra TEXT,				-- JSON object: all else a source said
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_root ON customer (root);

-- What a customer is known by.  An identity belongs to one customer for ever.
CREATE TABLE identity (
	id INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
						-- 1 channel id, 2 phone (E.164), 3 e-mail, 4 member
	account INTEGER NOT NULL DEFAULT 0,	-- where a channel id holds; 0 for the others
	value TEXT NOT NULL,
	customer INTEGER NOT NULL REFERENCES customer (id),
	first_at INTEGER NOT NULL,		-- when it was first seen
	UNIQUE (value, kind, account)
) STRICT;
CREATE INDEX identity_customer ON identity (customer);

-- Two customers are one person.  Unlinking ends the row; the rest stays as it was.
CREATE TABLE link (
	id INTEGER PRIMARY KEY,
	a INTEGER NOT NULL REFERENCES customer (id),	-- the smaller id
	b INTEGER NOT NULL REFERENCES customer (id),
	identity INTEGER REFERENCES identity (id),	-- what they share; NULL: by hand
	actor TEXT NOT NULL,			-- program or person who linked
	linked_at INTEGER NOT NULL,
	unlinked_at INTEGER,			-- NULL while it holds
	CHECK (a < b)
) STRICT;
CREATE INDEX link_a ON link (a);
CREATE INDEX link_b ON link (b);

-- Two customers share an identity but have different verified ones: a person decides.
CREATE TABLE conflict (
	id INTEGER PRIMARY KEY,
	a INTEGER NOT NULL REFERENCES customer (id),
	b INTEGER NOT NULL REFERENCES customer (id),
	identity INTEGER NOT NULL REFERENCES identity (id),
	seen_at INTEGER NOT NULL,
	UNIQUE (a, b, identity)
) STRICT;

-- A matter of one customer on one thread, from opening to its last resolution.
CREATE TABLE ticket (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	thread INTEGER NOT NULL REFERENCES thread (id),
	external_id TEXT,			-- the source's own ticket id
	customer INTEGER REFERENCES customer (id),
	follows INTEGER REFERENCES ticket (id),	-- the resolved ticket it continues
	related INTEGER REFERENCES ticket (id),	-- perhaps about this one: unproven tag
	subject TEXT,
	opened_at INTEGER NOT NULL,		-- summary: time of its first message
	status INTEGER NOT NULL DEFAULT 1 CHECK (status BETWEEN 1 AND 4),
						-- summary: 1 open 2 pending 3 resolved 4 closed
	cycle INTEGER NOT NULL DEFAULT 1,	-- summary: 1 + reopens
	reopens INTEGER NOT NULL DEFAULT 0,	-- summary
	messages_in INTEGER NOT NULL DEFAULT 0,	-- summary: from the customer
	messages_out INTEGER NOT NULL DEFAULT 0,-- summary: public, by people of ours
	first_in_at INTEGER,			-- summary: first message of the customer
	first_response_at INTEGER,		-- summary: first public human answer to it
	first_response_agent INTEGER REFERENCES agent (id),	-- summary
	last_in_at INTEGER,			-- summary
	last_out_at INTEGER,			-- summary: last public message of ours, human
	waiting_since_at INTEGER,		-- summary: oldest unanswered customer message
	first_resolved_at INTEGER,		-- summary
	resolved_at INTEGER,			-- summary: of the present cycle, NULL if open
	cause TEXT,				-- summary: as the last resolution states it
	outcome TEXT,				-- summary
	type TEXT,				-- summary of class over its messages
	area TEXT,
	urgency TEXT,
	sentiment TEXT,
	queue TEXT,				-- summary: by the last routing event
	agent INTEGER REFERENCES agent (id),	-- summary: its owner
	priority INTEGER,			-- summary: 1 highest .. 4
	routed_at INTEGER,			-- summary
	csat INTEGER,				-- summary: last score 1..5 of its surveys
	last_at INTEGER,			-- summary: time of its last message or event
	event_at INTEGER,			-- summary: time of its last status event
	UNIQUE (account, external_id)
) STRICT;
CREATE INDEX ticket_thread ON ticket (thread);
CREATE INDEX ticket_customer ON ticket (customer);
CREATE INDEX ticket_opened ON ticket (opened_at, account);
CREATE INDEX ticket_open ON ticket (status, id) WHERE status < 3;

-- One thing somebody said, on any channel.  Never changed (but redacted or erased).
CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	external_id TEXT NOT NULL,		-- the channel's id, or "sha256:" and a hash
	thread INTEGER NOT NULL REFERENCES thread (id),
	ticket INTEGER REFERENCES ticket (id),	-- NULL: asks for nothing (group chatter)
	customer INTEGER REFERENCES customer (id),	-- as first known; see customer.root
	agent INTEGER REFERENCES agent (id),
	direction INTEGER NOT NULL CHECK (direction BETWEEN 1 AND 3),	-- 1 in 2 out 3 note
	automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1)),
	at INTEGER NOT NULL,			-- when it was said
	subject TEXT,
	text TEXT NOT NULL,
	extra TEXT,				-- JSON object: to, mentions, attachments, all else
	source INTEGER REFERENCES source (id),
	line INTEGER,				-- of the source
	UNIQUE (account, external_id)
) STRICT;
CREATE INDEX message_ticket ON message (ticket, at, direction, automatic, agent)
	WHERE ticket IS NOT NULL;
CREATE INDEX message_at ON message (at);

-- How many messages were said in a quarter of an hour: to count by hours and days without
-- reading them all.  A summary of message.
CREATE TABLE traffic (
	quarter_at INTEGER NOT NULL,		-- when the quarter began, a multiple of 900000
	account INTEGER NOT NULL REFERENCES account (id),
	direction INTEGER NOT NULL,		-- as in message
	automatic INTEGER NOT NULL,		-- as in message
	n INTEGER NOT NULL,			-- summary: messages, never 0
	PRIMARY KEY (quarter_at, account, direction, automatic)
) STRICT;

-- An order or booking in its present state; how it got there is in event.
CREATE TABLE orders (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	external_id TEXT NOT NULL,		-- the order number
	customer INTEGER REFERENCES customer (id),
	status TEXT,				-- as the shop says it
	title TEXT,
	amount_minor INTEGER,			-- fen, cents
	currency TEXT,				-- ISO 4217
	ordered_at INTEGER,
	paid_at INTEGER,
	starts_at INTEGER,			-- departure, arrival at the hotel
	ends_at INTEGER,
	extra TEXT,				-- JSON object: all other columns
	UNIQUE (external_id, account)
) STRICT;
CREATE INDEX orders_customer ON orders (customer);

-- Something that happened, to a ticket, an order, a flight, a message.  Never changed.
CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	key TEXT UNIQUE,			-- what makes it one and the same; NULL if nothing
	name TEXT NOT NULL,			-- ticket.resolved ticket.reopened ticket.routed
						-- order.status flight.status message.recalled ...
	at INTEGER NOT NULL,
	ticket INTEGER REFERENCES ticket (id),
	customer INTEGER REFERENCES customer (id),
	message INTEGER REFERENCES message (id),	-- its cause
	subject TEXT,				-- order number, flight, external message id
	value TEXT,				-- the state it now has
	actor TEXT,				-- program or person
	data TEXT				-- JSON object: the rest
) STRICT;
CREATE INDEX event_ticket ON event (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX event_subject ON event (subject, name) WHERE subject IS NOT NULL;

-- What a message is about, by csr-classify.
CREATE TABLE class (
	message INTEGER PRIMARY KEY REFERENCES message (id),
	type TEXT,
	area TEXT,
	urgency TEXT,
	sentiment TEXT,
	confidence REAL,
	why TEXT,				-- JSON array of the rules that counted
	needs TEXT,				-- JSON array of what is missing, NULL: nothing
	more TEXT				-- JSON object: further dimensions, NULL: none
) STRICT;

-- Order numbers, telephones and the like found in a message.
CREATE TABLE entity (
	message INTEGER NOT NULL REFERENCES message (id),
	n INTEGER NOT NULL,			-- 0, 1, ... in order of appearance
	kind TEXT NOT NULL,			-- order_no flight_no phone email date amount ...
	text TEXT NOT NULL,
	first INTEGER NOT NULL,			-- offset of its first character in the text
	past INTEGER NOT NULL,			-- offset behind its last character
	PRIMARY KEY (message, n)
) STRICT;

-- A promise of time made for a ticket, frozen when it starts.
CREATE TABLE clock (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
				-- 1 first response 2 next response 3 resolution 4 keep-informed
	cycle INTEGER NOT NULL,			-- 1, 2, ... of this kind on this ticket
	policy TEXT NOT NULL,			-- name of the rule that set the target
	calendar TEXT NOT NULL,			-- working time it counts in
	target_ms INTEGER NOT NULL,		-- working milliseconds allowed
	started_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	stopped_at INTEGER,			-- summary: when what was promised happened
	UNIQUE (ticket, kind, cycle)
) STRICT;
CREATE INDEX clock_due ON clock (due_at) WHERE stopped_at IS NULL;

-- What only this database knows: the key that signs ticket tags in mail subjects.
-- Not a fact about anybody: dump leaves it out.
CREATE TABLE secret (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL			-- hexadecimal
) STRICT;
