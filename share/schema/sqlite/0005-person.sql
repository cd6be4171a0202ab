-- The person behind the addresses: who must not be taken for whom, what they agreed to,
-- prefer and are entitled to, and what they are worth to us.

ALTER TABLE customer ADD COLUMN folded TEXT;	-- summary: the name as it is searched
ALTER TABLE customer ADD COLUMN birthday TEXT;	-- YYYY-MM-DD, or MM-DD without the year
ALTER TABLE customer ADD COLUMN profile TEXT;	-- business, leisure, family ...: how they buy
ALTER TABLE customer ADD COLUMN erased_at INTEGER;	-- when all that told who it was went
UPDATE customer SET folded = name;
CREATE INDEX customer_folded ON customer (folded) WHERE folded IS NOT NULL;

-- A shared identity (a switchboard, a role mailbox, a number two members were seen with)
-- is used by several people: it links nobody.
ALTER TABLE identity ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));
ALTER TABLE link ADD COLUMN unlinked_by TEXT;	-- program or person who ended it

-- Who was seen with a shared identity, and the name they gave beside it.
CREATE TABLE contact (
	id INTEGER PRIMARY KEY,
	identity INTEGER NOT NULL REFERENCES identity (id),
	customer INTEGER NOT NULL REFERENCES customer (id),
	name TEXT NOT NULL,			-- as it is searched; '' if none was given
	first_at INTEGER NOT NULL,
	UNIQUE (identity, name, customer)
) STRICT;
CREATE INDEX contact_customer ON contact (customer);

-- Two customers of whom a person said that they are two: no program links them.
CREATE TABLE apart (
	id INTEGER PRIMARY KEY,
	a INTEGER NOT NULL REFERENCES customer (id),	-- the smaller id
	b INTEGER NOT NULL REFERENCES customer (id),
	actor TEXT NOT NULL,
	decided_at INTEGER NOT NULL,
	ended_at INTEGER,			-- when they were linked by hand after all
	CHECK (a < b)
) STRICT;
CREATE INDEX apart_a ON apart (a);
CREATE INDEX apart_b ON apart (b);

-- A customer who wrote on a ticket of another.  A summary of message.
CREATE TABLE participant (
	customer INTEGER NOT NULL REFERENCES customer (id),
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	PRIMARY KEY (customer, ticket)
) STRICT;
INSERT INTO participant (customer, ticket)
	SELECT DISTINCT m.customer, m.ticket FROM message AS m
	JOIN ticket AS k ON k.id = m.ticket WHERE m.customer <> k.customer;

-- What a customer agreed to, refused or withdrew, as it happened.  Of the rows that cover
-- a channel and purpose the latest holds; at the same time a refusal.
CREATE TABLE consent (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer (id),
	channel TEXT NOT NULL,			-- email sms wecom ...; '' covers all
	purpose TEXT NOT NULL,			-- marketing survey archive ...; '' covers all
	given INTEGER NOT NULL CHECK (given IN (0, 1)),
	at INTEGER NOT NULL,
	source TEXT NOT NULL,			-- the form, list, letter it is found in
	actor TEXT NOT NULL,			-- program or person who wrote it down
	UNIQUE (customer, channel, purpose, at, given)
) STRICT;

-- What a customer would like, the last word on each thing.
CREATE TABLE preference (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer (id),
	name TEXT NOT NULL,			-- channel mute quiet, or your own: seat, meal ...
	value TEXT NOT NULL,
	at INTEGER NOT NULL,
	source TEXT NOT NULL,
	actor TEXT NOT NULL,
	UNIQUE (customer, name)
) STRICT;

-- A membership: its number is an identity of its customer.
CREATE TABLE membership (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer (id),
	number TEXT NOT NULL UNIQUE,
	level TEXT,				-- gold, platinum ... as the list says it
	expires_at INTEGER,			-- NULL: does not
	at INTEGER NOT NULL,			-- when this was last stated
	source TEXT NOT NULL
) STRICT;
CREATE INDEX membership_customer ON membership (customer);
CREATE INDEX membership_expires ON membership (expires_at) WHERE expires_at IS NOT NULL;

-- A benefit a customer may use: a lounge visit, a voucher, an upgrade.
CREATE TABLE entitlement (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer (id),
	name TEXT NOT NULL,
	reference TEXT NOT NULL,		-- what it was given for; makes it one and the same
	quantity INTEGER,			-- how often; NULL: any number of times
	used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0),	-- summary of its events
	expires_at INTEGER,			-- NULL: does not
	at INTEGER NOT NULL,			-- when it was given
	actor TEXT NOT NULL,
	UNIQUE (customer, name, reference)
) STRICT;
CREATE INDEX entitlement_expires ON entitlement (expires_at) WHERE expires_at IS NOT NULL;

-- How a person stood when segments were last computed; of the root at that time.
CREATE TABLE standing (
	customer INTEGER PRIMARY KEY REFERENCES customer (id),
	as_of_at INTEGER NOT NULL,
	orders INTEGER NOT NULL,		-- that counted: in the period, not void
	amount_minor INTEGER NOT NULL,		-- their sum
	currency TEXT NOT NULL,
	last_order_at INTEGER,
	recency INTEGER,			-- quintiles, 5 is best; NULL: no orders
	frequency INTEGER,
	monetary INTEGER,
	segment TEXT,				-- as computed
	profile TEXT,
	why TEXT				-- JSON array: the rules that held
) STRICT;

-- Everything about one person is found without reading everything about all.
CREATE INDEX message_loose ON message (customer, at)
	WHERE ticket IS NULL AND customer IS NOT NULL;
CREATE INDEX event_customer ON event (customer) WHERE customer IS NOT NULL AND ticket IS NULL;
CREATE INDEX outbox_customer ON outbox (customer) WHERE customer IS NOT NULL;
CREATE INDEX response_customer ON response (customer) WHERE customer IS NOT NULL;
