/* select - the SELECT of a report that answers what is asked */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "report/select.h"
#include "time/tm.h"

/* Which column is which: 0, or -1 for one that the header does not know. */
static int
map_columns(struct select *q, struct err *e)
{
	const struct report *r = q->r;
	size_t i;
	int c, n = stmt_cols(q->s);

	for (i = 0; i < r->n; i++)
		q->col[i] = -1;
	q->quarter = -1;
	for (c = 0; c < n; c++) {
		const char *name = stmt_col_name(q->s, c);
		int found = field_find(r->fields, r->n, name, strlen(name));

		if (r->time >= 0 && strcmp(name, "quarter_at") == 0) {
			q->quarter = c;
			continue;
		}
		if (found < 0 || r->origins[found].kind > FROM_HIDDEN)
			return err_set(e, ERR_CONFIG, "%s: the SELECT gives \"%s\", which no "
			    "\"-- column:\" declares", r->path, name);
		q->col[found] = c;
	}
	return 0;
}

/* The first field asked for that the SELECT does not give, -1 if it gives all. */
static int
missing(const struct select *q, const bool *needs)
{
	const struct report *r = q->r;
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (!needs[i])
			continue;
		if (r->origins[i].kind <= FROM_HIDDEN && q->col[i] < 0)
			return (int)i;
		if (r->origins[i].kind == FROM_TIME && q->quarter < 0 && q->col[r->time] < 0)
			return r->time;
	}
	return -1;
}

int
select_choose(struct select *q, const struct report *r, const bool *needs, struct db *db,
    struct err *e)
{
	size_t i;

	q->r = r;
	q->col = xcalloc(r->n, sizeof(*q->col));
	for (i = 0; i < r->n_selects; i++) {
		stmt_free(q->s);
		q->s = NULL;
		if (db_query(db, r->path, r->selects[i], &q->s, e) < 0 ||
		    map_columns(q, e) < 0)
			return -1;
		if (missing(q, needs) < 0)
			return 0;
	}
	return err_set(e, ERR_CONFIG, "%s: no SELECT gives \"%s\"%s", r->path,
	    r->fields[missing(q, needs)].name, r->n_selects > 1 ? " together with the rest" : "");
}

/* An option as its default or --set has it: a number, a length of time for a name that
 * ends in _ms, else text. */
static void
bind_value(struct select *q, const char *name, const char *value)
{
	struct buf param = BUF_INIT;
	struct err unused;
	size_t len = strlen(name);
	int64_t ms;
	char *end;
	long long n;

	buf_fmt(&param, ":%s", name);
	errno = 0;
	n = strtoll(value, &end, 10);
	if (*value == '\0')
		stmt_null(q->s, buf_cstr(&param));
	else if (errno == 0 && *end == '\0')
		stmt_int(q->s, buf_cstr(&param), n);
	else if (len > 3 && strcmp(name + len - 3, "_ms") == 0 &&
	    tm_parse_span(value, &ms, &unused) == 0)
		stmt_int(q->s, buf_cstr(&param), ms);
	else
		stmt_text(q->s, buf_cstr(&param), value);
	buf_release(&param);
}

static int
set_options(struct select *q, const struct run_args *a, struct err *e)
{
	const struct report *r = q->r;
	size_t i, o;

	for (o = 0; o < r->n_options; o++)
		bind_value(q, r->options[o].name, r->options[o].value);
	for (i = 0; i < a->n_set; i++) {
		const char *text = a->set[i];
		size_t len = strcspn(text, "=");

		for (o = 0; o < r->n_options; o++)
			if (strlen(r->options[o].name) == len &&
			    strncmp(r->options[o].name, text, len) == 0)
				break;
		if (o == r->n_options || text[len] != '=')
			return err_set(e, ERR_USAGE, "--set: %s has no option \"%.*s\" (try "
			    "csr-report describe %s)", r->name, (int)len, text, r->name);
		bind_value(q, r->options[o].name, text + len + 1);
	}
	return 0;
}

/* The whole quarters of an hour in the range: what is before and behind them is less than
 * a quarter each.  Remainders point towards zero. */
static void
bind_whole(struct select *q, const struct run_args *a)
{
	int64_t ahead = -(a->from_at % TM_QUARTER_MS), past = a->to_at % TM_QUARTER_MS;
	int64_t from = a->from_at, to = a->to_at;

	if (ahead < 0)
		ahead += TM_QUARTER_MS;
	if (past < 0)
		past += TM_QUARTER_MS;
	from = from < to - ahead ? from + ahead : to;
	to = to - past > from ? to - past : from;
	stmt_int(q->s, ":whole_from_at", from);
	stmt_int(q->s, ":whole_to_at", to);
}

int
select_bind(struct select *q, const struct run_args *a, struct err *e)
{
	stmt_int(q->s, ":from_at", a->from_at);
	stmt_int(q->s, ":to_at", a->to_at);
	bind_whole(q, a);
	stmt_int(q->s, ":now_at", a->now_at);
	stmt_int(q->s, ":as_of_at", a->has_to ? a->to_at : a->now_at);
	return set_options(q, a, e);
}

struct cell
select_time(const struct select *q)
{
	if (q->quarter < 0)
		return select_cell(q, (size_t)q->r->time);
	return stmt_col_null(q->s, q->quarter) ? cell_null() :
	    cell_time(stmt_col_int(q->s, q->quarter));
}

struct cell
select_cell(const struct select *q, size_t field)
{
	int c = q->col[field];

	if (stmt_col_null(q->s, c))
		return cell_null();
	switch (q->r->fields[field].type) {
	case FIELD_TEXT:
		return (struct cell){ .kind = CELL_TEXT, .u.text = stmt_col_text(q->s, c),
		    .len = stmt_col_len(q->s, c) };
	case FIELD_REAL:
	case FIELD_SECONDS:
		return cell_real(stmt_col_real(q->s, c));
	case FIELD_TIME:
		return cell_time(stmt_col_int(q->s, c));
	default:
		return cell_int(stmt_col_int(q->s, c));
	}
}

void
select_release(struct select *q)
{
	stmt_free(q->s);
	free(q->col);
}
