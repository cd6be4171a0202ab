/* consent - what customers agreed to, refused and withdrew */
#include "store/consent.h"

DB_SQL(CONSENT_ADD, "INSERT INTO consent (customer, channel, purpose, given, at, source, "
    "actor) VALUES (:customer, :channel, :purpose, :given, :at, :source, :actor) "
    "ON CONFLICT (customer, channel, purpose, at, given) DO NOTHING");
DB_SQL(CONSENT_LAST, "SELECT given FROM consent WHERE customer = :customer "
    "AND channel = :channel AND purpose = :purpose ORDER BY at DESC, given LIMIT 1");
DB_SQL(CONSENT_ASK, "SELECT n.given FROM customer AS c JOIN consent AS n "
    "ON n.customer = c.id WHERE c.root = :root AND n.channel IN (:channel, '') "
    "AND n.purpose IN (:purpose, '') ORDER BY n.at DESC, n.given LIMIT 1");
DB_SQL(CONSENT_OF, "SELECT n.customer, n.channel, n.purpose, n.given, n.at, n.source, "
    "n.actor FROM customer AS c JOIN consent AS n ON n.customer = c.id "
    "WHERE c.root = :root ORDER BY n.at DESC, n.given, n.id DESC");

static const char *
or_all(const char *word)
{
	return word != NULL ? word : "";
}

int
consent_add(struct db *db, const struct consent *c, bool *added, struct err *e)
{
	struct stmt *s = db_stmt(db, &CONSENT_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", c->customer);
	stmt_text(s, ":channel", or_all(c->channel));
	stmt_text(s, ":purpose", or_all(c->purpose));
	stmt_int(s, ":given", c->given);
	stmt_int(s, ":at", c->at);
	stmt_text(s, ":source", c->source);
	stmt_text(s, ":actor", c->actor);
	if (stmt_run(s, e) < 0)
		return -1;
	if (added != NULL)
		*added = db_changes(db) > 0;
	return 0;
}

int
consent_state(struct db *db, const struct consent *c, bool *added, struct err *e)
{
	struct stmt *s = db_stmt(db, &CONSENT_LAST, e);
	int64_t given = 0;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", c->customer);
	stmt_text(s, ":channel", or_all(c->channel));
	stmt_text(s, ":purpose", or_all(c->purpose));
	if ((got = stmt_one(s, &given, e)) < 0)
		return -1;
	if (got == 0 || (given != 0) != c->given)
		return consent_add(db, c, added, e);
	if (added != NULL)
		*added = false;
	return 0;
}

int
consent_ask(struct db *db, int64_t root, const char *channel, const char *purpose,
    enum consent_word *word, struct err *e)
{
	struct stmt *s = db_stmt(db, &CONSENT_ASK, e);
	int64_t given = 0;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	stmt_text(s, ":channel", or_all(channel));
	stmt_text(s, ":purpose", or_all(purpose));
	if ((got = stmt_one(s, &given, e)) < 0)
		return -1;
	*word = got == 0 ? CONSENT_UNKNOWN : given ? CONSENT_GIVEN : CONSENT_REFUSED;
	return 0;
}

int
consent_each(struct db *db, int64_t root, void (*fn)(void *ctx, const struct consent *c),
    void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &CONSENT_OF, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		struct consent c = { .customer = stmt_col_int(s, 0),
			.channel = stmt_col_text(s, 1), .purpose = stmt_col_text(s, 2),
			.given = stmt_col_int(s, 3) != 0, .at = stmt_col_int(s, 4),
			.source = stmt_col_text(s, 5), .actor = stmt_col_text(s, 6) };

		fn(ctx, &c);
	}
	return got;
}
