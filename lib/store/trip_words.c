/* trip_words - what the members of a trip are called, and how they are read */
#include <ctype.h>
#include <string.h>

#include "store/trip.h"
#include "store/trip_words.h"
#include "stream/jtext.h"
#include "time/tm.h"

struct sorting {
	struct trip *t;
	struct buf *rest;
};

static int
sort_member(void *ctx, const char *key, const struct node *n)
{
	struct sorting *s = ctx;

	if (strcmp(key, "segments") == 0 && node_is_array(n)) {
		s->t->segments = n;
	} else if (strcmp(key, "passengers") == 0 && node_is_array(n)) {
		s->t->passengers = n;
	} else if (strcmp(key, "partial") == 0) {
		s->t->partial = node_as_bool(n);
	} else {
		jtext_key(s->rest, key);
		node_print(n, s->rest);
	}
	return 0;
}

void
trip_read(struct trip *t, const char *extra)
{
	struct sorting s = { t, &t->text };
	struct err ignored;

	*t = (struct trip){ .rest = extra };
	if (extra == NULL || (strstr(extra, "\"segments\"") == NULL &&
	    strstr(extra, "\"passengers\"") == NULL) ||
	    (t->root = node_parse(extra, strlen(extra), &ignored)) == NULL)
		return;
	buf_char(&t->text, '{');
	node_each(t->root, sort_member, &s);
	buf_char(&t->text, '}');
	t->rest = t->text.len > 2 ? t->text.p : NULL;
}

void
trip_release(struct trip *t)
{
	node_free(t->root);
	buf_release(&t->text);
	arena_release(&t->memory);
}

const char *
trip_member(const struct node *n, const char *const *names)
{
	for (; *names != NULL; names++) {
		const char *s = node_as_text(node_get(n, *names));

		if (s != NULL && *s != '\0')
			return s;
	}
	return NULL;
}

const char *const trip_code_names[] = { "flight", "flight_no", "train", "train_no", "no",
	"code", "number", NULL };
const char *const trip_day_names[] = { "date", "day", "departure_date", NULL };
const char *const trip_from_names[] = { "from", "origin", "departure", "dep", NULL };
const char *const trip_to_names[] = { "to", "destination", "arrival", "arr", NULL };
const char *const trip_departs_names[] = { "departs", "departs_at", "departure_time",
	"depart", NULL };
const char *const trip_arrives_names[] = { "arrives", "arrives_at", "arrival_time", "arrive",
	NULL };
const char *const trip_cabin_names[] = { "cabin", "class", NULL };
const char *const trip_status_names[] = { "status", "state", NULL };
const char *const trip_name_names[] = { "name", "passenger", NULL };
const char *const trip_document_names[] = { "document", "id_no", "id_number", "passport",
	"cert_no", "card_no", NULL };
const char *const trip_phone_names[] = { "phone", "mobile", "tel", NULL };
const char *const trip_email_names[] = { "email", NULL };
const char *const trip_ticket_names[] = { "ticket_no", "ticket", "eticket", NULL };
const char *const trip_seat_names[] = { "seat", "seat_no", NULL };

struct leftover {
	struct buf *out;
	const char *const *const *known;	/* lists of names, ended by NULL */
};

static int
keep_unknown(void *ctx, const char *key, const struct node *n)
{
	struct leftover *l = ctx;
	size_t i, k;

	for (i = 0; l->known[i] != NULL; i++)
		for (k = 0; l->known[i][k] != NULL; k++)
			if (strcmp(l->known[i][k], key) == 0)
				return 0;
	if (node_is_null(n))
		return 0;
	jtext_key(l->out, key);
	node_print(n, l->out);
	return 0;
}

const char *
trip_rest(struct arena *a, struct buf *text, const struct node *n, const char *const *const *known)
{
	struct leftover l = { text, known };

	buf_clear(text);
	buf_char(text, '{');
	node_each(n, keep_unknown, &l);
	buf_char(text, '}');
	return text->len > 2 ? arena_str(a, text->p) : NULL;
}

const char *
trip_code(struct arena *a, const char *code)
{
	char *copy = arena_str(a, code), *to = copy;

	if (code == NULL)
		return "";
	for (; *code != '\0'; code++)
		if (*code != ' ' && *code != '-')
			*to++ = (char)toupper((unsigned char)*code);
	*to = '\0';
	return copy;
}

int
trip_time(const struct node *n, const char *const *names, int64_t *at, struct err *e)
{
	const char *s = trip_member(n, names);
	const struct zone *z = zone_default(e);

	*at = FACT_NO_TIME;
	if (z == NULL)
		return -1;
	if (s == NULL || tm_parse(s, strlen(s), z, at, e) == 0)
		return 0;
	return err_at(e, "segment", 0);
}

const char *
trip_day(struct arena *a, const struct node *n, int64_t departs_at)
{
	const char *s = trip_member(n, trip_day_names);
	char text[TM_SIZE];
	struct err ignored;
	int64_t day;

	if (s == NULL)
		s = trip_member(n, trip_departs_names);
	if (s != NULL && strlen(s) >= 10) {
		char *copy = arena_strn(a, s, 10);

		if (tm_parse_date(copy, &day, &ignored) == 0) {
			tm_format(day * TM_DAY_MS, NULL, text);
			return arena_strn(a, text, 10);
		}
	}
	if (departs_at == FACT_NO_TIME)
		return "";
	tm_format(departs_at, zone_default(&ignored), text);
	return arena_strn(a, text, 10);
}

const char *
trip_masked(struct arena *a, const char *document)
{
	size_t len = document != NULL ? strlen(document) : 0, i;
	char *copy;

	if (len == 0)
		return "";
	copy = arena_strn(a, document, len);
	for (i = 0; i + 4 < len; i++)
		copy[i] = '*';
	return copy;
}

int
trip_check(const struct trip *t, struct err *e)
{
	int64_t at;
	size_t i;

	if (node_len(t->segments) > TRIP_MAX || node_len(t->passengers) > TRIP_MAX)
		return err_set(e, ERR_DATA, "more than %d segments or passengers", TRIP_MAX);
	for (i = 0; i < node_len(t->segments); i++)
		if (trip_time(node_at(t->segments, i), trip_departs_names, &at, e) < 0 ||
		    trip_time(node_at(t->segments, i), trip_arrives_names, &at, e) < 0)
			return -1;
	for (i = 0; i < node_len(t->passengers); i++)
		if (trip_member(node_at(t->passengers, i), trip_name_names) == NULL)
			return err_set(e, ERR_DATA, "a passenger without a name");
	return 0;
}
