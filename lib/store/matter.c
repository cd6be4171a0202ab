/* matter - a ticket as plans and surveys see it */
#include <string.h>

#include "store/identity.h"
#include "store/matter.h"
#include "text/phone.h"
#include "text/utf8.h"

DB_SQL(MATTER_LOAD,
    "SELECT t.id, t.cycle, t.opened_at, t.resolved_at, t.first_in_at, t.last_in_at, "
    "t.last_out_at, t.first_response_at, t.waiting_since_at, t.customer, c.root, t.account, "
    "a.channel, a.name, t.subject, t.external_id, t.urgency, t.type, t.area, t.sentiment, "
    "t.queue, t.priority, coalesce(r.name, c.name), coalesce(r.segment, c.segment), "
    "coalesce(r.language, c.language), coalesce(r.zone, c.zone), g.code, g.name, "
    "CASE WHEN t.merged IS NOT NULL THEN 1 ELSE 0 END, "
    "(SELECT max(m.at) FROM message AS m WHERE m.ticket = t.id), "
    "(SELECT substr(m.text, 1, 200) FROM message AS m WHERE m.ticket = t.id "
    "AND m.direction = 1 AND m.automatic = 0 ORDER BY m.at, m.id LIMIT 1) "
    "FROM ticket AS t JOIN account AS a ON a.id = t.account "
    "LEFT JOIN customer AS c ON c.id = t.customer "
    "LEFT JOIN customer AS r ON r.id = c.root "
    "LEFT JOIN agent AS g ON g.id = t.agent WHERE t.id = :ticket");
DB_SQL(MATTER_CHANNEL_ID, "SELECT i.value FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer JOIN account AS a ON a.id = i.account "
    "WHERE c.root = :root AND i.kind = 1 AND a.channel = :channel "
    "ORDER BY CASE WHEN i.account = :account THEN 0 ELSE 1 END, "
    "CASE WHEN i.customer = :customer THEN 0 ELSE 1 END, i.first_at DESC, i.id DESC LIMIT 1");
/* What is their own comes before what others use, too. */
DB_SQL(MATTER_IDENTITY, "SELECT i.value, i.shared, i.first_at, i.id, "
    "CASE WHEN i.customer = :customer THEN 0 ELSE 1 END AS other FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer "
    "WHERE c.root = :root AND i.kind = :kind AND i.shared = 0 "
    "UNION SELECT i.value, i.shared, x.first_at, i.id, "
    "CASE WHEN x.customer = :customer THEN 0 ELSE 1 END FROM customer AS c "
    "JOIN contact AS x ON x.customer = c.id JOIN identity AS i ON i.id = x.identity "
    "WHERE c.root = :root AND i.kind = :kind ORDER BY 2, 5, 3 DESC, 4 DESC");

/* Walks the columns of a row in order. */
struct columns {
	struct stmt *s;
	struct arena *a;
	int i;
};

static int64_t
next_int(struct columns *c)
{
	return stmt_col_int(c->s, c->i++);
}

static const char *
next_text(struct columns *c)
{
	return arena_str(c->a, stmt_col_text(c->s, c->i++));
}

/* What a customer writes is what he reads; NULL when a few signs tell nothing. */
static const char *
language_of(const char *text)
{
	const char *end = text + strlen(text);
	size_t letters = 0;

	while (text < end) {
		uint32_t c = utf8_next(&text, end);

		if (utf8_is_cjk(c))
			return "zh";
		letters += (c | 32) >= 'a' && (c | 32) <= 'z';
	}
	return letters > 3 ? "en" : NULL;
}

static void
read_row(struct columns *c, struct matter *m)
{
	int64_t *const numbers[] = { &m->ticket, &m->cycle, &m->opened_at, &m->resolved_at,
		&m->first_in_at, &m->last_in_at, &m->last_out_at, &m->first_response_at,
		&m->waiting_since_at, &m->customer, &m->root, &m->account };
	const char **const texts[] = { &m->channel, &m->account_name, &m->subject,
		&m->external_id, &m->urgency, &m->type, &m->area, &m->sentiment, &m->queue,
		&m->priority, &m->name, &m->segment, &m->language };
	const char *zone, *first;
	struct err ignored;
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		*numbers[i] = next_int(c);
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		*texts[i] = next_text(c);
	zone = next_text(c);
	m->zone = zone != NULL ? zone_get(zone, &ignored) : NULL;
	m->agent = next_text(c);
	m->agent_name = next_text(c);
	m->merged = next_int(c) != 0;
	m->last_message_at = next_int(c);
	first = next_text(c);
	m->human = first != NULL;
	if (m->language == NULL && first != NULL)
		m->language = language_of(first);
	m->ours = m->first_in_at == 0 || m->first_in_at > m->opened_at;
}

int
matter_load(struct db *db, int64_t ticket, struct matter *m, struct err *e)
{
	struct stmt *s = db_stmt(db, &MATTER_LOAD, e);
	struct columns c = { s, &m->text, 0 };
	int got;

	if (s == NULL)
		return -1;
	arena_clear(&m->text);
	stmt_int(s, ":ticket", ticket);
	got = stmt_step(s, e);
	if (got == 0)
		return err_set(e, ERR_DATA, "no ticket %lld", (long long)ticket);
	if (got > 0)
		read_row(&c, m);
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

void
matter_release(struct matter *m)
{
	arena_release(&m->text);
	memset(m, 0, sizeof(*m));
}

static int
take_value(struct matter *m, struct stmt *s, const char **value, struct err *e)
{
	int got = stmt_step(s, e);

	if (got > 0)
		*value = arena_str(&m->text, stmt_col_text(s, 0));
	stmt_reset(s);
	return got;
}

static int
channel_id(struct db *db, struct matter *m, const char *channel, const char **id,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &MATTER_CHANNEL_ID, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", m->root);
	stmt_int(s, ":customer", m->customer);
	stmt_int(s, ":account", m->account);
	stmt_text(s, ":channel", channel);
	return take_value(m, s, id, e);
}

/* A text message needs a mobile telephone where we can tell. */
static bool
fits(const char *channel, const char *value)
{
	return strcmp(channel, "sms") != 0 || strncmp(value, "+86", 3) != 0 ||
	    phone_is_cn_mobile(value + 3);
}

static int
identity(struct db *db, struct matter *m, enum identity_kind kind, const char *channel,
    const char **value, struct err *e)
{
	struct stmt *s = db_stmt(db, &MATTER_IDENTITY, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", m->root);
	stmt_int(s, ":customer", m->customer);
	stmt_int(s, ":kind", kind);
	while ((got = stmt_step(s, e)) > 0 && !fits(channel, stmt_col_text(s, 0)))
		;
	if (got > 0)
		*value = arena_str(&m->text, stmt_col_text(s, 0));
	stmt_reset(s);
	return got;
}

int
matter_address(struct db *db, struct matter *m, const char *channel, const char **real,
    const char **address, struct err *e)
{
	*real = strcmp(channel, "same") == 0 ? m->channel : arena_str(&m->text, channel);
	if (m->root == 0)
		return 0;
	if (strcmp(*real, "email") == 0)
		return identity(db, m, IDENTITY_EMAIL, *real, address, e);
	if (strcmp(*real, "sms") == 0 || strcmp(*real, "phone") == 0)
		return identity(db, m, IDENTITY_PHONE, *real, address, e);
	return channel_id(db, m, *real, address, e);
}
