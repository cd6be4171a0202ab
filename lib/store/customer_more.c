/* customer_more - what lists say about customers beside names and addresses */
#include <string.h>

#include "store/consent.h"
#include "store/customer_more.h"
#include "store/membership.h"
#include "store/preference.h"
#include "stream/jtext.h"
#include "text/member.h"
#include "time/tm.h"
#include "time/zone.h"

/* A day as the end of something means until that day is over. */
static bool
read_end(const char *s, int64_t *at)
{
	struct err ignored;
	const struct zone *z = zone_default(&ignored);
	size_t len = strlen(s);

	if (tm_parse(s, len, z, at, &ignored) < 0)
		return false;
	if (strpbrk(s, ":Tt") == NULL)
		*at = zone_day_start(z, zone_day(z, *at) + 1);
	return true;
}

static bool
read_membership(struct customer_more *m, const struct node *n)
{
	const char *number = node_as_text(node_get(n, "number"));
	const char *expires = node_as_text(node_get(n, "expires"));
	char folded[MEMBER_SIZE];

	if (!node_is_object(n) || number == NULL || !member_fold(number, folded) ||
	    (expires != NULL && *expires != '\0' && !read_end(expires, &m->expires_at)))
		return false;
	m->number = arena_str(&m->text, folded);
	m->level = arena_str(&m->text, node_as_text(node_get(n, "level")));
	return true;
}

struct sorting {
	struct customer_more *m;
	struct buf rest;
};

/* Takes a member it understands; the others stay. */
static int
take(void *ctx, const char *key, const struct node *value)
{
	struct sorting *s = ctx;
	struct customer_more *m = s->m;
	const char *text = node_as_text(value);

	if (strcmp(key, "birthday") == 0 && text != NULL && birthday_read(text, m->birthday))
		return 0;
	if (strcmp(key, "profile") == 0 && text != NULL) {
		m->profile = arena_str(&m->text, text);
		return 0;
	}
	if (strcmp(key, "membership") == 0 && read_membership(m, value))
		return 0;
	if (strcmp(key, "consent") == 0 && node_is_array(value)) {
		m->consent = value;
		return 0;
	}
	if (strcmp(key, "prefer") == 0 && node_is_object(value)) {
		m->prefer = value;
		m->language = arena_str(&m->text, node_as_text(node_get(value, "language")));
		return 0;
	}
	jtext_key(&s->rest, key);
	node_print(value, &s->rest);
	return 0;
}

void
customer_more_read(struct customer_more *m, const char *extra)
{
	static const char *const keys[] = { "\"birthday\"", "\"profile\"", "\"membership\"",
		"\"consent\"", "\"prefer\"" };
	struct sorting s = { m, BUF_INIT };
	struct err ignored;
	bool any = false;
	size_t i;

	*m = (struct customer_more){ .rest = extra, .text = ARENA_INIT };
	for (i = 0; extra != NULL && i < sizeof(keys) / sizeof(*keys); i++)
		any |= strstr(extra, keys[i]) != NULL;
	if (!any || (m->root = node_parse(extra, strlen(extra), &ignored)) == NULL)
		return;
	buf_char(&s.rest, '{');
	node_each(m->root, take, &s);
	buf_char(&s.rest, '}');
	m->rest = s.rest.len > 2 ? arena_str(&m->text, s.rest.p) : NULL;
	buf_release(&s.rest);
}

void
customer_more_release(struct customer_more *m)
{
	node_free(m->root);
	arena_release(&m->text);
}

/* true, 1, "yes", "同意" ... */
static bool
says_yes(const struct node *n)
{
	static const char *const yes[] = { "yes", "true", "y", "1", "given", "agree", "agreed",
		"是", "同意", "已同意" };
	const char *text = node_as_text(n);
	int64_t v;
	size_t i;

	if (text == NULL)
		return node_as_int(n, &v) ? v != 0 : node_as_bool(n);
	for (i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (strcasecmp(text, yes[i]) == 0)
			return true;
	return false;
}

static int
store_consent(const struct node *n, struct db *db, struct consent *c, bool *changed,
    struct err *e)
{
	const char *at = node_as_text(node_get(n, "at"));
	const char *source = node_as_text(node_get(n, "source"));
	const char *list = c->source;
	struct err ignored;
	bool added;
	int bad;

	c->channel = node_as_text(node_get(n, "channel"));
	c->purpose = node_as_text(node_get(n, "purpose"));
	c->given = says_yes(node_get(n, "given"));
	if (source != NULL)
		c->source = source;
	if (at != NULL && tm_parse(at, strlen(at), zone_default(&ignored), &c->at, e) < 0)
		return err_at(e, "\"consent.at\"", 0);
	bad = at != NULL ? consent_add(db, c, &added, e) : consent_state(db, c, &added, e);
	c->source = list;
	*changed |= bad == 0 && added;
	return bad;
}

struct storing {
	struct db *db;
	struct preference p;
	bool *changed;
	struct err *e;
};

static int
store_preference(void *ctx, const char *key, const struct node *value)
{
	struct storing *s = ctx;
	struct buf text = BUF_INIT;
	bool changed = false;
	size_t i;
	int bad;

	if (strcmp(key, "language") == 0 || node_is_null(value))
		return 0;
	if (node_is_array(value))
		for (i = 0; i < node_len(value); i++) {
			buf_str(&text, i > 0 ? " " : "");
			buf_str(&text, node_as_text(node_at(value, i)) != NULL ?
			    node_as_text(node_at(value, i)) : "");
		}
	else if (node_as_text(value) != NULL)
		buf_str(&text, node_as_text(value));
	else
		node_print(value, &text);
	s->p.name = key;
	s->p.value = buf_cstr(&text);
	bad = preference_set(s->db, &s->p, &changed, s->e);
	*s->changed |= changed;
	buf_release(&text);
	return bad;
}

int
customer_more_store(const struct customer_more *m, struct db *db, int64_t customer,
    const char *source, int64_t now, bool *changed, struct err *e)
{
	struct membership member = { .customer = customer, .number = m->number,
		.level = m->level, .expires_at = m->expires_at, .at = now, .source = source };
	struct storing s = { .db = db, .changed = changed, .e = e, .p = { .customer = customer,
		.at = now, .source = source, .actor = "csr-ingest" } };
	bool news = false;
	size_t i;

	if (m->number != NULL && membership_put(db, &member, &news, e) < 0)
		return -1;
	*changed |= news;
	for (i = 0; i < node_len(m->consent); i++) {
		struct consent c = { .customer = customer, .at = now, .source = source,
			.actor = "csr-ingest" };

		if (store_consent(node_at(m->consent, i), db, &c, changed, e) < 0)
			return -1;
	}
	return m->prefer != NULL ? node_each(m->prefer, store_preference, &s) : 0;
}
