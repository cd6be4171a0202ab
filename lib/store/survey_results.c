/* survey_results - what the answers come to, as a whole or by what they are about */
#include <stdlib.h>
#include <string.h>

#include "store/survey_results.h"

DB_SQL(RESULTS_ANSWERS, "SELECT r.form, coalesce(a.channel, r.mode) AS channel, "
    "g.code AS agent, t.queue AS queue, t.area AS area, r.mode AS mode, r.score, count(*) "
    "FROM response AS r LEFT JOIN ticket AS t ON t.id = r.ticket "
    "LEFT JOIN account AS a ON a.id = t.account LEFT JOIN agent AS g ON g.id = t.agent "
    "WHERE r.score IS NOT NULL AND r.answered_at >= :first AND r.answered_at < :past "
    "GROUP BY r.form, coalesce(a.channel, r.mode), g.code, t.queue, t.area, r.mode, r.score");
DB_SQL(RESULTS_INVITED, "SELECT s.form, a.channel, g.code, t.queue, t.area, s.mode, "
    "count(*), sum(CASE WHEN EXISTS (SELECT 1 FROM response AS r WHERE r.survey = s.id) "
    "THEN 1 ELSE 0 END) FROM survey AS s JOIN ticket AS t ON t.id = s.ticket "
    "JOIN account AS a ON a.id = t.account LEFT JOIN agent AS g ON g.id = t.agent "
    "WHERE s.invited_at >= :first AND s.invited_at < :past "
    "GROUP BY s.form, a.channel, g.code, t.queue, t.area, s.mode");

static const char *const dims[SURVEY_DIMS] = { "channel", "agent", "queue", "area", "mode" };

const char *
survey_dim_name(enum survey_dim d)
{
	return dims[d];
}

int
survey_parse_by(struct survey_question *q, const char *list, struct err *e)
{
	size_t len, d;

	for (; *list != '\0'; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		for (d = 0; d < SURVEY_DIMS; d++)
			if (strlen(dims[d]) == len && strncmp(dims[d], list, len) == 0)
				break;
		if (d == SURVEY_DIMS)
			return err_set(e, ERR_USAGE,
			    "--by takes channel, agent, queue, area, mode, not \"%.*s\"",
			    (int)len, list);
		if (q->n_by == SURVEY_DIMS)
			return err_set(e, ERR_USAGE, "--by names something twice");
		q->by[q->n_by++] = (enum survey_dim)d;
	}
	return 0;
}

/* The group of the row S stands on: its form and the columns asked for. */
static struct survey_result *
group_of(struct survey_results *out, const struct survey_question *q, struct stmt *s)
{
	struct buf key = BUF_INIT;
	union map_value *place;
	struct survey_result *r;
	size_t i;
	int is_new;

	buf_str(&key, stmt_col_text(s, 0));
	for (i = 0; i < q->n_by; i++) {
		const char *v = stmt_col_text(s, 1 + (int)q->by[i]);

		buf_char(&key, '\n');
		buf_str(&key, v != NULL ? v : "\n");
	}
	place = map_put(&out->groups, key.p, key.len, &is_new);
	buf_release(&key);
	if (!is_new)
		return place->ptr;
	r = arena_alloc(&out->text, sizeof(*r));
	r->form = arena_str(&out->text, stmt_col_text(s, 0));
	for (i = 0; i < q->n_by; i++)
		r->by[i] = arena_str(&out->text, stmt_col_text(s, 1 + (int)q->by[i]));
	place->ptr = r;
	out->v = xrealloc(out->v, (out->n + 1) * sizeof(struct survey_result *));
	out->v[out->n++] = r;
	return r;
}

static struct stmt *
select_time(struct db *db, const struct db_sql *sql, const struct survey_question *q,
    struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);

	if (s == NULL)
		return NULL;
	stmt_int(s, ":first", q->from);
	stmt_int(s, ":past", q->to);
	return s;
}

static bool
wanted(const struct survey_question *q, struct stmt *s)
{
	return q->form == NULL || strcmp(q->form, stmt_col_text(s, 0)) == 0;
}

/* The highest score of the form NAME; of one that is gone, by what its name says. */
static int64_t
scale_of(const struct forms *forms, const char *name, enum survey_measure *measure)
{
	struct err ignored;
	const struct survey_form *f = forms_find(forms, name, &ignored);

	if (f != NULL) {
		*measure = f->measure;
		return f->max;
	}
	*measure = strncmp(name, "nps", 3) == 0 ? SURVEY_NPS :
	    strncmp(name, "ces", 3) == 0 ? SURVEY_CES : SURVEY_CSAT;
	return *measure == SURVEY_NPS ? 10 : *measure == SURVEY_CES ? 7 : 5;
}

static int
add_answers(struct db *db, const struct survey_question *q, const struct forms *forms,
    struct survey_results *out, struct err *e)
{
	struct stmt *s = select_time(db, &RESULTS_ANSWERS, q, e);
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		struct survey_result *r = wanted(q, s) ? group_of(out, q, s) : NULL;

		if (r != NULL)
			survey_count(&r->stats, scale_of(forms, r->form, &r->measure),
			    stmt_col_int(s, 6), stmt_col_int(s, 7));
	}
	return got;
}

static int
add_invited(struct db *db, const struct survey_question *q, const struct forms *forms,
    struct survey_results *out, struct err *e)
{
	struct stmt *s = select_time(db, &RESULTS_INVITED, q, e);
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		struct survey_result *r = wanted(q, s) ? group_of(out, q, s) : NULL;

		if (r == NULL)
			continue;
		scale_of(forms, r->form, &r->measure);
		r->invited += stmt_col_int(s, 6);
		r->answered += stmt_col_int(s, 7);
	}
	return got;
}

static int
compare_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int
compare(const void *a, const void *b)
{
	const struct survey_result *x = *(struct survey_result *const *)a;
	const struct survey_result *y = *(struct survey_result *const *)b;
	int c = strcmp(x->form, y->form);
	size_t i;

	for (i = 0; i < SURVEY_DIMS && c == 0; i++)
		c = compare_text(x->by[i], y->by[i]);
	return c;
}

int
survey_results(struct db *db, const struct survey_question *q,
    const struct forms *forms, struct survey_results *out, struct err *e)
{
	*out = (struct survey_results){ NULL, 0, MAP_INIT, ARENA_INIT };
	if (add_answers(db, q, forms, out, e) < 0 || add_invited(db, q, forms, out, e) < 0) {
		survey_results_release(out);
		return -1;
	}
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(struct survey_result *), compare);
	return 0;
}

void
survey_results_release(struct survey_results *r)
{
	free(r->v);
	map_release(&r->groups);
	arena_release(&r->text);
	*r = (struct survey_results){ NULL, 0, MAP_INIT, ARENA_INIT };
}
