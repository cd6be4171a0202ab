/* record - answers on their way into the database: records of kind "response" */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/record.h"
#include "store/response.h"
#include "text/utf8.h"
#include "time/tm.h"

/* A response with text of its own: the record may change before it is stored. */
struct item {
	struct response r;
	char *ticket;		/* the source's name of it; NULL: none, or a number */
	struct arena text;
};

/* The score: a number on the scale, or words the form knows. */
static int
read_score(const struct survey_form *f, const struct rec *r, int64_t *score, struct err *e)
{
	const struct node *n = rec_node(r, "score");
	const char *text = node_as_text(n);
	double v;

	*score = RESPONSE_NO_SCORE;
	if (node_is_null(n) || (text != NULL && *text == '\0'))
		return 0;
	if (text != NULL) {
		if (survey_read(f, text, score))
			return 0;
		return err_set(e, ERR_DATA,
		    "\"score\": \"%.60s\" is no answer to the form %s", text, f->name);
	}
	if (!node_as_real(n, &v) || v != (double)(int64_t)v)
		return err_set(e, ERR_DATA, "\"score\" is neither a whole number nor text");
	*score = (int64_t)v;
	if (*score >= f->min && *score <= f->max)
		return 0;
	return err_set(e, ERR_DATA, "\"score\": %lld is not on the scale %lld-%lld of the form %s",
	    (long long)*score, (long long)f->min, (long long)f->max, f->name);
}

static const struct survey_form *
form_of(const struct recording *c, const struct rec *r, struct err *e)
{
	const char *name = rec_text(r, "form");
	const struct survey_form *f;

	if (name == NULL)
		name = c->form;
	if (name == NULL) {
		err_set(e, ERR_DATA, "no \"form\" (or give --form)");
		return NULL;
	}
	if ((f = forms_find(c->forms, name, e)) == NULL)
		e->code = ERR_DATA;
	return f;
}

static int
read_at(const struct recording *c, const struct rec *r, int64_t *at, struct err *e)
{
	const char *text = rec_text(r, "at");

	if (text == NULL)
		return err_set(e, ERR_DATA, "no \"at\"");
	if (tm_parse(text, strlen(text), c->zone, at, e) < 0)
		return err_at(e, "\"at\"", 0);
	return 0;
}

/* A number is ours; text is the source's name of a ticket. */
static void
read_ticket(struct item *it, const struct rec *r)
{
	const char *name = rec_text(r, "ticket");

	if (name != NULL)
		it->ticket = *name != '\0' ? arena_str(&it->text, name) : NULL;
	else
		rec_int(r, "ticket", &it->r.ticket);
}

static int
read_item(const struct recording *c, const struct rec *r, struct item *it, struct err *e)
{
	const struct survey_form *f = form_of(c, r, e);
	const char *mode = rec_text(r, "mode");

	if (f == NULL || read_at(c, r, &it->r.at, e) < 0 ||
	    read_score(f, r, &it->r.score, e) < 0)
		return -1;
	it->r.form = f->name;
	it->r.mode = mode != NULL ? arena_str(&it->text, mode) :
	    c->mode != NULL ? c->mode : "import";
	it->r.id = arena_str(&it->text, rec_text(r, "external_id"));
	it->r.comment = arena_str(&it->text, rec_text(r, "comment"));
	if (it->r.comment != NULL && *it->r.comment == '\0')
		it->r.comment = NULL;
	rec_int(r, "survey", &it->r.survey);
	rec_int(r, "message", &it->r.message);
	read_ticket(it, r);
	if (it->r.score == RESPONSE_NO_SCORE && it->r.comment == NULL)
		return err_set(e, ERR_DATA, "neither \"score\" nor \"comment\"");
	return 0;
}

static void
free_item(void *item)
{
	struct item *it = item;

	arena_release(&it->text);
	free(it);
}

static int
each(void *recording, struct rec *r, void **item, struct err *e)
{
	struct item *it;

	if (!rec_is(r, "response"))
		return 0;
	it = xcalloc(1, sizeof(*it));
	if (read_item(recording, r, it, e) < 0) {
		free_item(it);
		return -1;
	}
	*item = it;
	return 1;
}

static int
find_ticket(struct db *db, struct item *it, struct err *e)
{
	bool has = true;

	if (it->ticket != NULL) {
		if (response_ticket(db, it->ticket, &it->r.ticket, e) < 0)
			return -1;
		has = it->r.ticket != 0;
	} else if (it->r.ticket != 0 &&
	    response_has_ticket(db, it->r.ticket, &has, e) < 0) {
		return -1;
	}
	if (has)
		return response_check(db, &it->r, e);
	if (it->ticket != NULL)
		return err_set(e, ERR_DATA, "no ticket \"%.60s\"", it->ticket);
	return err_set(e, ERR_DATA, "no ticket %lld", (long long)it->r.ticket);
}

static int
store(void *recording, struct db *db, struct rec *r, void *item, struct err *e)
{
	struct item *it = item;
	int64_t id = 0;
	int got;

	(void)recording;
	if (find_ticket(db, it, e) < 0 || (got = response_add(db, &it->r, &id, e)) < 0)
		return -1;
	rec_put_int(r, "id", id);
	if (it->r.score != RESPONSE_NO_SCORE)
		rec_put_int(r, "score", it->r.score);
	if (it->r.ticket != 0)
		rec_put_int(r, "ticket", it->r.ticket);
	rec_put_bool(r, "new", got > 0);
	return 0;
}

static struct node *
reply_node(const struct recording *c, int64_t score)
{
	const struct survey_reply *y = &c->reply;
	struct node *n = node_object();
	char at[TM_SIZE];

	node_set_text(n, "kind", "response");
	node_set_int(n, "survey", y->survey);
	node_set_text(n, "form", y->form);
	node_set_int(n, "ticket", y->ticket);
	node_set_int(n, "message", y->message);
	node_set_text(n, "mode", y->mode);
	node_set_int(n, "score", score);
	/* "5" and "很好" say no more than the score. */
	if (utf8_count(y->text, strlen(y->text)) > 3)
		node_set_text(n, "comment", y->text);
	node_set_text(n, "at", tm_format(y->at, c->zone, at));
	return n;
}

static int
next_reply(void *recording, struct rec *r, struct err *e)
{
	struct recording *c = recording;
	struct err ignored;
	int64_t score;
	int got;

	while ((got = survey_next_reply(c->db, c->since, &c->place, &c->reply, e)) > 0) {
		const struct survey_form *f = forms_find(c->forms, c->reply.form, &ignored);

		if (f == NULL || !survey_read(f, c->reply.text, &score))
			continue;
		rec_from_node(r, reply_node(c, score));
		/* One vote an invitation: go on with the next. */
		c->place = (struct survey_place){ c->reply.survey, INT64_MAX, INT64_MAX };
		return 1;
	}
	return got;
}

static int
csv_next(void *recording, struct rec *r, struct err *e)
{
	return answer_csv_next(&((struct recording *)recording)->csv, r, e);
}

static int
csv_each(void *recording, struct rec *r, void **item, struct err *e)
{
	struct recording *c = recording;
	const struct err *refused = answer_csv_refused(&c->csv);

	if (refused == NULL)
		return each(c, r, item, e);
	*e = *refused;
	return -1;
}

static int
run_csv(struct recording *c, struct feed *f, const char *path, struct err *e)
{
	int bad = answer_csv_open(&c->csv, path, e);

	if (bad < 0)
		return -1;
	f->each = csv_each;
	bad = feed_pending(f, csv_next, e);
	answer_csv_close(&c->csv);
	return bad;
}

static void
prepare(struct recording *c, struct feed *f)
{
	c->db = f->db;
	f->each = each;
	f->store = store;
	f->free_item = free_item;
	f->ctx = c;
}

int
record_files(struct recording *c, struct feed *f, int argc, char **argv, struct err *e)
{
	char dash[] = "-", *only[] = { dash };
	size_t refused = 0;
	int i, bad = 0;

	if (argc == 0) {
		argc = 1;
		argv = only;
	}
	for (i = 0; i < argc && bad == 0; i++) {
		bool csv = c->format != NULL ? strcmp(c->format, "csv") == 0 :
		    answer_csv_is(argv[i]);

		prepare(c, f);
		bad = csv ? run_csv(c, f, argv[i], e) : feed_run(f, 1, argv + i, e);
		refused += f->refused;
	}
	f->refused = refused;
	return bad;
}

int
record_replies(struct recording *c, struct feed *f, int64_t now, struct err *e)
{
	int bad;

	prepare(c, f);
	c->since = now - 30 * TM_DAY_MS;
	bad = feed_pending(f, next_reply, e);
	arena_release(&c->reply.memory);
	return bad;
}
