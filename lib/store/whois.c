/* whois - the person somebody means by an id, a telephone, an address, a name */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/identity.h"
#include "store/whois.h"
#include "text/email.h"
#include "text/member.h"
#include "text/phone.h"

/* Each gives a root and the customer that was found. */
DB_SQL(WHOIS_ID, "SELECT root, id FROM customer WHERE id = :id");
DB_SQL(WHOIS_TICKET, "SELECT c.root, c.id FROM ticket AS t JOIN customer AS c "
    "ON c.id = t.customer WHERE t.id = :id");
DB_SQL(WHOIS_ORDER, "SELECT c.root, c.id FROM orders AS o JOIN customer AS c "
    "ON c.id = o.customer WHERE o.external_id = :value ORDER BY o.id");
/* Of a shared identity those who were seen with it; a telephone with any extension. */
DB_SQL(WHOIS_IDENTITY, "SELECT c.root, c.id, i.value, i.id FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer WHERE i.value >= :value AND i.value < :past "
    "AND i.kind = :kind AND i.shared = 0 "
    "UNION SELECT c.root, c.id, i.value, i.id FROM identity AS i "
    "JOIN contact AS x ON x.identity = i.id JOIN customer AS c ON c.id = x.customer "
    "WHERE i.value >= :value AND i.value < :past AND i.kind = :kind ORDER BY 3, 1, 2");
DB_SQL(WHOIS_NAME, "SELECT root, id FROM customer WHERE folded = :name ORDER BY id");
DB_SQL(WHOIS_NAMES, "SELECT folded, id FROM customer WHERE folded IS NOT NULL "
    "ORDER BY folded, id");
DB_SQL(WHOIS_TAIL, "SELECT c.root, c.id FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer WHERE i.kind = 2 AND i.value LIKE :tail "
    "ESCAPE '\\' ORDER BY i.value, c.root");
DB_SQL(WHOIS_CALLED, "SELECT coalesce(name, '') FROM customer WHERE id = :id");

/* The row S stands on; 1 when there are enough. */
static int
hit(struct whois *w, const struct stmt *s, const char *by)
{
	int64_t root = stmt_col_int(s, 0);
	size_t i;

	for (i = 0; i < w->n; i++)
		if (w->hits[i].root == root)
			return 0;
	if (w->max != 0 && w->n == w->max) {
		w->more = true;
		return 1;
	}
	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 16;
		w->hits = xrealloc(w->hits, w->cap * sizeof(*w->hits));
	}
	w->hits[w->n++] = (struct whois_hit){ root, stmt_col_int(s, 1), by };
	return 0;
}

/* Hits every row of S. */
static int
all_rows(struct whois *w, struct stmt *s, const char *by, struct err *e)
{
	int got;

	while ((got = stmt_step(s, e)) > 0)
		if (hit(w, s, by) != 0)
			break;
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

static int
by_number(struct whois *w, const struct db_sql *sql, const char *text, const char *by,
    struct err *e)
{
	struct stmt *s;

	if (*text == '\0' || text[strspn(text, "0123456789")] != '\0' || strlen(text) > 18)
		return 0;
	if ((s = db_stmt(w->db, sql, e)) == NULL)
		return -1;
	stmt_int(s, ":id", strtoll(text, NULL, 10));
	return all_rows(w, s, by, e);
}

static int
by_id(struct whois *w, const char *text, struct err *e)
{
	return by_number(w, &WHOIS_ID, text, "id", e);
}

static int
by_ticket(struct whois *w, const char *text, struct err *e)
{
	return by_number(w, &WHOIS_TICKET, text + (*text == '#'), "ticket", e);
}

static int
by_order(struct whois *w, const char *text, struct err *e)
{
	struct stmt *s = db_stmt(w->db, &WHOIS_ORDER, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":value", text);
	return all_rows(w, s, "order", e);
}

/* Values that are VALUE, or VALUE and an extension. */
static int
by_identity(struct whois *w, enum identity_kind kind, const char *value, struct err *e)
{
	struct stmt *s = db_stmt(w->db, &WHOIS_IDENTITY, e);
	struct buf past = BUF_INIT;
	size_t len = strlen(value);
	int got;

	if (s == NULL)
		return -1;
	buf_fmt(&past, "%s<", value);		/* '<' comes behind ';' */
	stmt_text(s, ":value", value);
	stmt_text(s, ":past", buf_cstr(&past));
	stmt_int(s, ":kind", kind);
	while ((got = stmt_step(s, e)) > 0) {
		char end = stmt_col_text(s, 2)[len];

		if ((end == '\0' || (end == ';' && kind == IDENTITY_PHONE)) &&
		    hit(w, s, identity_kind_name(kind)) != 0)
			break;
	}
	stmt_reset(s);
	buf_release(&past);
	return got < 0 ? -1 : 0;
}

static int
by_member(struct whois *w, const char *text, struct err *e)
{
	char member[MEMBER_SIZE];

	return member_fold(text, member) ? by_identity(w, IDENTITY_MEMBER, member, e) : 0;
}

static int
by_phone(struct whois *w, const char *text, struct err *e)
{
	char value[PHONE_SIZE + PHONE_EXT_SIZE + 8];
	struct phone p;

	if (!phone_read(text, w->country, &p))
		return 0;
	snprintf(value, sizeof(value), "%s%s%s", p.number, p.ext[0] != '\0' ? ";ext=" : "",
	    p.ext);
	return by_identity(w, IDENTITY_PHONE, value, e);
}

static int
by_email(struct whois *w, const char *text, struct err *e)
{
	char email[EMAIL_SIZE];

	return email_fold(text, email) ? by_identity(w, IDENTITY_EMAIL, email, e) : 0;
}

static int
by_channel(struct whois *w, const char *text, struct err *e)
{
	return by_identity(w, IDENTITY_CHANNEL, text, e);
}

static const char *
folded(struct whois *w, const char *text)
{
	fold_text(&w->fold, text, strlen(text));
	return buf_cstr(&w->fold.text);
}

static int
by_whole_name(struct whois *w, const char *text, struct err *e)
{
	struct stmt *s = db_stmt(w->db, &WHOIS_NAME, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":name", folded(w, text));
	return all_rows(w, s, "name", e);
}

static int
hit_id(struct whois *w, int64_t id, const char *by, struct err *e)
{
	struct stmt *s = db_stmt(w->db, &WHOIS_ID, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) > 0)
		got = hit(w, s, by);
	stmt_reset(s);
	return got;
}

/* Reads an index of names alone, so that even many are looked through at once. */
static int
by_part_of_name(struct whois *w, const char *text, struct err *e)
{
	struct stmt *s = db_stmt(w->db, &WHOIS_NAMES, e);
	const char *part = folded(w, text);
	size_t len = strlen(part);
	int got = 0;

	if (s == NULL)
		return -1;
	while (len > 0 && got == 0 && (got = stmt_step(s, e)) > 0)
		got = memmem(stmt_col_text(s, 0), stmt_col_len(s, 0), part, len) != NULL ?
		    hit_id(w, stmt_col_int(s, 1), "name", e) : 0;
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

static int
by_name(struct whois *w, const char *text, struct err *e)
{
	return by_whole_name(w, text, e) < 0 ? -1 : by_part_of_name(w, text, e);
}

/* 尾号8000: four digits and more, as the end of a telephone number. */
static int
by_tail(struct whois *w, const char *text, struct err *e)
{
	struct stmt *s = db_stmt(w->db, &WHOIS_TAIL, e);
	char tail[32];

	if (s == NULL)
		return -1;
	if (strlen(text) < 4 || strlen(text) > 15 || text[strspn(text, "0123456789")] != '\0')
		return 0;
	snprintf(tail, sizeof(tail), "%%%s", text);
	stmt_text(s, ":tail", tail);
	return all_rows(w, s, "phone", e);
}

static const struct way {
	const char *prefix;
	int (*find)(struct whois *w, const char *text, struct err *e);
} ways[] = {
	{ "id:", by_id }, { "member:", by_member }, { "phone:", by_phone }, { "email:", by_email },
	{ "channel:", by_channel }, { "order:", by_order }, { "ticket:", by_ticket },
	{ "name:", by_name },
};
enum { SURE = 6 };	/* ways that are tried without a prefix */

static const struct way *
way_of(const char **text)
{
	size_t i;

	if (**text == '#')
		return &ways[SURE];
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (strncmp(*text, ways[i].prefix, strlen(ways[i].prefix)) == 0) {
			*text += strlen(ways[i].prefix);
			return &ways[i];
		}
	return NULL;
}

/* What TEXT says by itself: an id, an address, a number. */
static int
sure(struct whois *w, const char *text, struct err *e)
{
	size_t i;

	for (i = 0; i < SURE; i++)
		if (ways[i].find(w, text, e) < 0)
			return -1;
	return 0;
}

int
whois_search(struct whois *w, const char *text, size_t max, struct err *e)
{
	const struct way *way = way_of(&text);

	w->n = 0;
	w->more = false;
	w->max = max;
	if (way != NULL)
		return way->find(w, text, e);
	if (sure(w, text, e) < 0 || by_name(w, text, e) < 0)
		return -1;
	return w->n > 0 ? 0 : by_tail(w, text, e);
}

/* "3 王雨桐, 9 王芳 and more". */
static int
several(struct whois *w, const char *text, struct err *e)
{
	struct buf names = BUF_INIT;
	size_t i;

	for (i = 0; i < w->n && i < 4; i++) {
		struct stmt *s = db_stmt(w->db, &WHOIS_CALLED, e);

		if (s == NULL)
			break;
		stmt_int(s, ":id", w->hits[i].root);
		if (stmt_step(s, e) > 0)
			buf_fmt(&names, "%s%lld %s", i > 0 ? ", " : "",
			    (long long)w->hits[i].root, stmt_col_text(s, 0));
		stmt_reset(s);
	}
	err_set(e, ERR_DATA, "\"%.60s\" may be %s%s; name one by its id, as id:%lld", text,
	    buf_cstr(&names), i < w->n || w->more ? " and more" : "",
	    (long long)w->hits[0].root);
	buf_release(&names);
	return -1;
}

/* The whole name, before a part of one. */
static int
best_name(struct whois *w, const char *text, struct err *e)
{
	if (by_whole_name(w, text, e) < 0)
		return -1;
	return w->n > 0 ? 0 : by_part_of_name(w, text, e);
}

int
whois_one(struct whois *w, const char *text, struct whois_hit *one, struct err *e)
{
	const char *word = text;
	const struct way *way = way_of(&word);
	bool named = way == NULL || way->find == by_name;
	int bad;

	w->n = 0;
	w->more = false;
	w->max = 5;
	bad = way == NULL ? sure(w, word, e) : named ? 0 : way->find(w, word, e);
	if (bad == 0 && w->n == 0 && named)
		bad = best_name(w, word, e);
	if (bad < 0)
		return -1;
	if (w->n == 0)
		return err_set(e, ERR_DATA, "nobody is \"%.60s\"", text);
	if (w->n > 1)
		return several(w, text, e);
	*one = w->hits[0];
	return 0;
}

void
whois_release(struct whois *w)
{
	free(w->hits);
	fold_release(&w->fold);
}
