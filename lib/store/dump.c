/* dump - every fact of the database as JSON Lines, and back */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/dump.h"
#include "store/dump_tables.h"
#include "stream/jtext.h"

/* The shortest text that reads back as the same number. */
static void
add_real(struct buf *out, double v)
{
	char text[40];

	snprintf(text, sizeof(text), "%.15g", v);
	if (strtod(text, NULL) != v)
		snprintf(text, sizeof(text), "%.17g", v);
	buf_str(out, text);
	if (strpbrk(text, ".en") == NULL)
		buf_str(out, ".0");
}

static void
add_column(struct buf *out, const struct stmt *s, int i)
{
	enum db_type type = stmt_col_type(s, i);

	if (type == DB_NULL)
		return;
	jtext_key(out, stmt_col_name(s, i));
	if (type == DB_INT)
		buf_fmt(out, "%lld", (long long)stmt_col_int(s, i));
	else if (type == DB_REAL)
		add_real(out, stmt_col_real(s, i));
	else
		jtext_string(out, stmt_col_text(s, i), stmt_col_len(s, i));
}

static int
table_out(struct db *db, const struct dumped *t, struct buf *line,
    int (*put)(void *ctx, const char *line, size_t len, struct err *e), void *ctx,
    struct err *e)
{
	struct stmt *s = db_stmt(db, t->all, e);
	int got, i, n;

	if (s == NULL)
		return -1;
	n = stmt_cols(s);
	while ((got = stmt_step(s, e)) > 0) {
		buf_clear(line);
		buf_char(line, '{');
		jtext_member(line, "table", t->name);
		for (i = 0; i < n; i++)
			add_column(line, s, i);
		buf_str(line, "}\n");
		if (put(ctx, line->p, line->len, e) < 0)
			return -1;
	}
	return got;
}

int
dump_all(struct db *db, int (*put)(void *ctx, const char *line, size_t len,
    struct err *e), void *ctx, struct err *e)
{
	struct buf line = BUF_INIT;
	const struct dumped *t;
	int bad = db_begin_read(db, e);

	for (t = dump_tables; t->name != NULL && bad == 0; t++)
		bad = table_out(db, t, &line, put, ctx, e);
	buf_release(&line);
	if (db_in_transaction(db))
		db_rollback(db);
	return bad;
}

const char *
dump_table(size_t i, const struct db_sql **one, const struct db_sql **put)
{
	*one = dump_tables[i].one;
	*put = dump_tables[i].put;
	return dump_tables[i].name;
}

bool
dump_is_row(const struct rec *r)
{
	return rec_text(r, "table") != NULL;
}

struct binding {
	struct stmt *s;
	const struct rec *r;
	struct err *e;
};

static int
bind_member(void *ctx, const char *key, const struct node *value)
{
	struct binding *b = ctx;
	char name[64];
	int64_t number;
	double real;

	if (strcmp(key, "table") == 0)
		return 0;
	snprintf(name, sizeof(name), ":%.60s", key);
	if (!stmt_has(b->s, name))
		return err_set(b->e, ERR_DATA, "no column \"%.60s\"", key);
	if (node_as_text(value) != NULL)
		stmt_text(b->s, name, node_as_text(value));
	else if (node_as_int(value, &number))
		stmt_int(b->s, name, number);
	else if (node_as_real(value, &real))
		stmt_real(b->s, name, real);
	else if (!node_is_null(value))
		return err_set(b->e, ERR_DATA, "\"%.60s\" is neither text nor number", key);
	return 0;
}

static const struct dumped *
table_of(const struct rec *r)
{
	const char *name = rec_text(r, "table");
	const struct dumped *t;

	for (t = dump_tables; t->name != NULL; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	return NULL;
}

static bool
same_value(const struct stmt *s, int i, const struct node *n)
{
	int64_t number;
	double real;

	switch (stmt_col_type(s, i)) {
	case DB_NULL:
		return node_is_null(n);
	case DB_INT:
		return node_as_int(n, &number) && number == stmt_col_int(s, i);
	case DB_REAL:
		return node_as_real(n, &real) && real == stmt_col_real(s, i);
	case DB_TEXT:
		break;
	}
	return node_as_text(n) != NULL && strcmp(node_as_text(n), stmt_col_text(s, i)) == 0;
}

/* The row is refused by a key: it must be there already, value for value. */
static int
compare(struct db *db, const struct dumped *t, const struct rec *r, struct err *e)
{
	static const char *const keys[] = { "id", "message", "n", "name", "quarter_at",
		"account", "direction", "automatic", "ticket", "measure", "customer" };
	struct stmt *s = db_stmt(db, t->one, e);
	int got, i;
	size_t k;
	int64_t v;

	if (s == NULL)
		return -1;
	for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		char name[16];

		snprintf(name, sizeof(name), ":%s", keys[k]);
		if (!stmt_has(s, name))
			continue;
		if (rec_int(r, keys[k], &v))
			stmt_int(s, name, v);
		else
			stmt_text(s, name, rec_text(r, keys[k]));
	}
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	for (i = 0; got > 0 && i < stmt_cols(s); i++)
		if (!same_value(s, i, rec_node(r, stmt_col_name(s, i)))) {
			err_set(e, ERR_DATA, "%s: \"%s\" differs from the row that is there",
			    t->name, stmt_col_name(s, i));
			stmt_reset(s);
			return -1;
		}
	stmt_reset(s);
	return got > 0 ? 0 : err_set(e, ERR_DATA, "%s: another row has its key", t->name);
}

int
dump_load(struct db *db, const struct rec *r, struct err *e)
{
	const struct dumped *t = table_of(r);
	struct binding b = { .r = r, .e = e };

	if (t == NULL)
		return err_set(e, ERR_DATA, "no table \"%.60s\"", rec_text(r, "table"));
	if ((b.s = db_stmt(db, t->put, e)) == NULL ||
	    node_each(r->root, bind_member, &b) != 0)
		return -1;
	if (stmt_run(b.s, e) < 0)
		return -1;
	return db_changes(db) > 0 ? 1 : compare(db, t, r, e);
}
