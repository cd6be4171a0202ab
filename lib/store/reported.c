/* reported - figures other systems state, beside our own: of tickets, and aggregates */
#include <stdio.h>
#include <string.h>

#include "store/reported.h"

enum { MEASURE_SIZE = 64 };

DB_SQL(REPORTED_FIND, "SELECT value_ms, as_of_at FROM reported "
    "WHERE ticket = :ticket AND measure = :measure");
DB_SQL(REPORTED_PUT, "INSERT INTO reported (ticket, measure, value_ms, as_of_at, source) "
    "VALUES (:ticket, :measure, :value_ms, :as_of_at, :source) "
    "ON CONFLICT (ticket, measure) DO UPDATE SET value_ms = excluded.value_ms, "
    "as_of_at = excluded.as_of_at, source = excluded.source");
DB_SQL(METRIC_FIND, "SELECT id FROM metric WHERE account = :account AND about = :about "
    "AND subject = :subject AND measure = :measure AND from_at = :from_at "
    "AND to_at = :to_at AND value = :value");
DB_SQL(METRIC_ADD, "INSERT INTO metric (account, about, subject, measure, from_at, to_at, "
    "value, source) VALUES (:account, :about, :subject, :measure, :from_at, :to_at, "
    ":value, :source)");

/* Whether the ticket's measure is to become VALUE, stated AS_OF. */
static int
is_news(struct db *db, int64_t ticket, const char *measure, int64_t value, int64_t as_of,
    bool *news, struct err *e)
{
	struct stmt *s = db_stmt(db, &REPORTED_FIND, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	stmt_text(s, ":measure", measure);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	*news = got == 0 || as_of > stmt_col_int(s, 1) ||
	    (as_of == stmt_col_int(s, 1) && value > stmt_col_int(s, 0));
	stmt_reset(s);
	return 0;
}

/* first_response of first_response_ms. */
static const char *
measure_of(const struct fact_figure *f, char out[MEASURE_SIZE])
{
	snprintf(out, MEASURE_SIZE, "%.*s", (int)strlen(f->name) - 3, f->name);
	return out;
}

int
reported_put(struct db *db, int64_t ticket, const struct fact_message *m,
    reported_source *source, void *ctx, bool *added, struct err *e)
{
	int64_t as_of = m->reported_at != INT64_MIN ? m->reported_at : 0;
	char measure[MEASURE_SIZE];
	size_t i;

	for (i = 0; i < m->reported_n; i++) {
		const struct fact_figure *f = &m->reported[i];
		int64_t file;
		struct stmt *s;
		bool news;

		if (is_news(db, ticket, measure_of(f, measure), f->value, as_of, &news, e) < 0)
			return -1;
		if (!news)
			continue;
		if ((file = source(ctx, e)) < 0 || (s = db_stmt(db, &REPORTED_PUT, e)) == NULL)
			return -1;
		stmt_int(s, ":ticket", ticket);
		stmt_text(s, ":measure", measure);
		stmt_int(s, ":value_ms", f->value);
		stmt_int(s, ":as_of_at", as_of);
		stmt_id(s, ":source", file);
		if (stmt_run(s, e) < 0)
			return -1;
		*added = true;
	}
	return 0;
}

static struct stmt *
bind_metric(struct db *db, const struct db_sql *sql, int64_t account,
    const struct fact_metric *m, const struct fact_figure *f, struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);

	if (s == NULL)
		return NULL;
	stmt_int(s, ":account", account);
	stmt_text(s, ":about", m->about);
	stmt_text(s, ":subject", m->subject);
	stmt_text(s, ":measure", f->name);
	stmt_int(s, ":from_at", m->from_at);
	stmt_int(s, ":to_at", m->to_at);
	stmt_int(s, ":value", f->value);
	return s;
}

int
metric_put(struct db *db, int64_t account, const struct fact_metric *m,
    reported_source *source, void *ctx, bool *added, struct err *e)
{
	size_t i;

	for (i = 0; i < m->values_n; i++) {
		struct stmt *s = bind_metric(db, &METRIC_FIND, account, m, &m->values[i], e);
		int64_t known, file;
		int got = s != NULL ? stmt_one(s, &known, e) : -1;

		if (got < 0)
			return -1;
		if (got > 0)
			continue;
		if ((file = source(ctx, e)) < 0 ||
		    (s = bind_metric(db, &METRIC_ADD, account, m, &m->values[i], e)) == NULL)
			return -1;
		stmt_id(s, ":source", file);
		if (stmt_run(s, e) < 0)
			return -1;
		*added = true;
	}
	return 0;
}
