/* response - what customers answered, each answer once */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/response.h"
#include "store/survey.h"
#include "store/ticket.h"

DB_SQL(RESPONSE_ADD, "INSERT INTO response (key, survey, ticket, customer, form, mode, "
    "score, comment, message, answered_at) VALUES (:key, :survey, :ticket, :customer, "
    ":form, :mode, :score, :comment, :message, :at) ON CONFLICT (key) DO NOTHING "
    "RETURNING id");
DB_SQL(RESPONSE_FIND, "SELECT id FROM response WHERE key = :key");
DB_SQL(RESPONSE_CUSTOMER, "SELECT c.root FROM ticket AS t "
    "JOIN customer AS c ON c.id = t.customer WHERE t.id = :ticket");
DB_SQL(RESPONSE_CSAT, "SELECT score FROM response WHERE ticket = :ticket "
    "AND score IS NOT NULL AND (form = 'csat' OR form LIKE 'csat-%' ESCAPE '\\') "
    "ORDER BY answered_at DESC, id DESC LIMIT 1");
DB_SQL(RESPONSE_BY_EXTERNAL, "SELECT t.id FROM account AS a JOIN ticket AS t "
    "ON t.account = a.id AND t.external_id = :name ORDER BY t.id LIMIT 1");
DB_SQL(RESPONSE_SURVEY, "SELECT count(*) FROM survey WHERE id = :id");
DB_SQL(RESPONSE_MESSAGE, "SELECT count(*) FROM message WHERE id = :id");
DB_SQL(RESPONSE_TICKET, "SELECT count(*) FROM ticket WHERE id = :id");

/* FNV-1a: enough to tell one answer of a file from the next. */
static uint64_t
mix(uint64_t h, const char *s)
{
	for (; s != NULL && *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return (h ^ 0xff) * UINT64_C(0x100000001b3);
}

static void
key_of(const struct response *r, struct buf *key)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	if (r->survey != 0)
		buf_fmt(key, "survey:%lld", (long long)r->survey);
	else if (r->id != NULL)
		buf_fmt(key, "id:%s", r->id);
	else {
		h = mix(mix(mix(h, r->form), r->mode), r->comment);
		buf_fmt(key, "hash:%016llx:%lld:%lld:%lld", (unsigned long long)h,
		    (long long)r->ticket, (long long)r->at, (long long)r->score);
	}
}

static int
find(struct db *db, const char *key, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &RESPONSE_FIND, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":key", key);
	return stmt_one(s, id, e);
}

static int
customer_of(struct db *db, int64_t ticket, int64_t *root, struct err *e)
{
	struct stmt *s = db_stmt(db, &RESPONSE_CUSTOMER, e);

	*root = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	return stmt_one(s, root, e) < 0 ? -1 : 0;
}

static int
insert(struct db *db, const struct response *r, const char *key, int64_t *id,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &RESPONSE_ADD, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":key", key);
	stmt_id(s, ":survey", r->survey);
	stmt_id(s, ":ticket", r->ticket);
	stmt_id(s, ":customer", r->customer);
	stmt_text(s, ":form", r->form);
	stmt_text(s, ":mode", r->mode);
	if (r->score == RESPONSE_NO_SCORE)
		stmt_null(s, ":score");
	else
		stmt_int(s, ":score", r->score);
	stmt_text(s, ":comment", r->comment);
	stmt_id(s, ":message", r->message);
	stmt_int(s, ":at", r->at);
	return stmt_one(s, id, e);
}

/* The ticket's csat is its last answer, in whatever order they come in. */
static int
set_csat(struct db *db, int64_t ticket, struct err *e)
{
	struct stmt *s = db_stmt(db, &RESPONSE_CSAT, e);
	int64_t score;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	got = stmt_one(s, &score, e);
	return got > 0 ? ticket_set_csat(db, ticket, score, e) : got;
}

static int
complete(struct db *db, struct response *r, struct err *e)
{
	if (r->ticket == 0)
		return 0;
	if (r->customer == 0 && customer_of(db, r->ticket, &r->customer, e) < 0)
		return -1;
	return r->survey != 0 ? 0 :
	    survey_open_of_ticket(db, r->ticket, r->form, r->at, &r->survey, e);
}

int
response_add(struct db *db, const struct response *given, int64_t *id, struct err *e)
{
	struct response r = *given;
	struct buf key = BUF_INIT;
	int got;

	key_of(&r, &key);
	got = find(db, key.p, id, e);
	if (got == 0) {
		got = complete(db, &r, e);
		if (got == 0)
			got = insert(db, &r, key.p, id, e);
		if (got > 0 && r.ticket != 0 && set_csat(db, r.ticket, e) < 0)
			got = -1;
	} else if (got > 0) {
		got = 0;
	}
	buf_release(&key);
	return got;
}

static int
exists(struct db *db, const struct db_sql *sql, int64_t id, bool *has, struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);
	int64_t n = 0;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	*has = n > 0;
	return 0;
}

int
response_has_ticket(struct db *db, int64_t ticket, bool *has, struct err *e)
{
	return exists(db, &RESPONSE_TICKET, ticket, has, e);
}

int
response_check(struct db *db, const struct response *r, struct err *e)
{
	bool survey = true, message = true;

	if ((r->survey != 0 && exists(db, &RESPONSE_SURVEY, r->survey, &survey, e) < 0) ||
	    (r->message != 0 && exists(db, &RESPONSE_MESSAGE, r->message, &message, e) < 0))
		return -1;
	if (!survey)
		return err_set(e, ERR_DATA, "no survey %lld", (long long)r->survey);
	if (!message)
		return err_set(e, ERR_DATA, "no message %lld", (long long)r->message);
	return 0;
}

int
response_ticket(struct db *db, const char *name, int64_t *ticket, struct err *e)
{
	struct stmt *s = db_stmt(db, &RESPONSE_BY_EXTERNAL, e);
	bool has = false;
	char *end;
	int got;

	*ticket = 0;
	if (s == NULL)
		return -1;
	stmt_text(s, ":name", name);
	if ((got = stmt_one(s, ticket, e)) != 0)
		return got < 0 ? -1 : 0;
	*ticket = strtoll(name, &end, 10);
	if (*end != '\0' || *ticket <= 0)
		*ticket = 0;
	else if (response_has_ticket(db, *ticket, &has, e) < 0)
		return -1;
	if (!has)
		*ticket = 0;
	return 0;
}
