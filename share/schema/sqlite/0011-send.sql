-- How what is in the outbox goes out.

ALTER TABLE outbox ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;	-- summary of delivery
ALTER TABLE outbox ADD COLUMN purpose INTEGER CHECK (purpose BETWEEN 1 AND 4);
	-- once it was decided about: 1 staff 2 service 3 care 4 marketing
ALTER TABLE outbox ADD COLUMN lease_at INTEGER;	-- state 2: whoever sends it has until then
ALTER TABLE outbox ADD COLUMN done_at INTEGER;	-- state 3, 4: when that was decided
CREATE INDEX outbox_recipient ON outbox (recipient, done_at) WHERE state = 3;

-- One try to deliver, or why it was not tried.
CREATE TABLE delivery (
	id INTEGER PRIMARY KEY,
	outbox INTEGER NOT NULL REFERENCES outbox (id),
	attempt INTEGER NOT NULL,		-- 1, 2, ...; 0 when it was not tried
	transport TEXT,				-- of transports.conf; NULL: none was asked
	at INTEGER NOT NULL,
	result INTEGER NOT NULL CHECK (result BETWEEN 1 AND 5),
				-- 1 sent 2 failed for now 3 failed for good 4 put off 5 not wanted
	code INTEGER,				-- SMTP or HTTP status, exit status; NULL: none
	detail TEXT				-- in words
) STRICT;
CREATE INDEX delivery_outbox ON delivery (outbox);

-- Addresses nothing is sent to any more: they bounced, or a person said so.
CREATE TABLE suppressed (
	id INTEGER PRIMARY KEY,
	channel TEXT NOT NULL,
	address TEXT NOT NULL,			-- as in outbox.recipient
	reason TEXT NOT NULL,			-- bounce:5.1.1, refused:550, by hand
	actor TEXT NOT NULL,			-- program or person
	at INTEGER NOT NULL,
	UNIQUE (channel, address)
) STRICT;
