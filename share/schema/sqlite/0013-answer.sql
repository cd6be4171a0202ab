-- The knowledge base, and what it answered.

-- A version of an article.  What it says never changes; an import that brings other words
-- ends it and adds the next one.
CREATE TABLE article (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,			-- its id in the files: refund-arrival
	version INTEGER NOT NULL,		-- 1, 2, ...
	type TEXT NOT NULL,			-- faq policy guide script offer
	record TEXT NOT NULL,			-- JSON object, as csr-answer export writes it
	imported_at INTEGER NOT NULL,
	ended_at INTEGER,			-- when another version came or it was taken out; NULL: holds
	UNIQUE (code, version)
) STRICT;
CREATE UNIQUE INDEX article_current ON article (code) WHERE ended_at IS NULL;

-- Where the words of the articles that hold are found: made from them, and made again when
-- they or the synonyms change.  Never dumped.
CREATE TABLE article_index (
	term INTEGER PRIMARY KEY,		-- hash of a word, a character or a pair of them; 0: the
						-- table of all passages
	postings BLOB NOT NULL			-- passages that have it, as lib/learn/index.c writes them
) STRICT;

-- What csr-answer said to a message: the article it found, and whether it was sent.
CREATE TABLE answer (
	message INTEGER PRIMARY KEY REFERENCES message (id),
	ticket INTEGER NOT NULL REFERENCES ticket (id),
	article TEXT,				-- code of the best one; NULL: none was near
	version INTEGER,			-- and which version of it
	score REAL,				-- how sure, 0 to 1
	margin REAL,				-- by how much more than the next one
	automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),	-- 1: it was sent
	why TEXT NOT NULL,			-- JSON array: what kept it from being sent
	outbox INTEGER REFERENCES outbox (id),	-- the answer or the acknowledgement queued for it
	at INTEGER NOT NULL			-- when that was decided
) STRICT;
CREATE INDEX answer_ticket ON answer (ticket);
CREATE INDEX answer_article ON answer (article) WHERE article IS NOT NULL;
CREATE INDEX outbox_answers ON outbox (recipient, created_at)
	WHERE kind = 'answer' OR kind = 'ack';
