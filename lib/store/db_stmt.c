/* db_stmt - prepared statements of SQLite */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "store/db_private.h"

enum {
	QUERY_SECONDS = 600,		/* a SELECT from outside may take */
	QUERY_STEPS = 100000,		/* between two looks at the clock */
	QUERY_LENGTH = 64 * 1024 * 1024,	/* of one value */
	QUERY_DEPTH = 200,		/* of an expression */
	QUERY_OPS = 250000		/* of the program SQLite makes of it */
};

/* SQLite asks whether a statement may do what it names: that is how we learn it. */
static int
note_table(void *ctx, int action, const char *table, const char *column, const char *base,
    const char *inner)
{
	struct db *db = ctx;
	unsigned i;

	(void)column;
	(void)base;
	(void)inner;
	if (db->preparing != NULL && (action == SQLITE_READ || action == SQLITE_INSERT ||
	    action == SQLITE_UPDATE || action == SQLITE_DELETE))
		for (i = 0; i < db->late_n; i++)
			if (strcmp(table, db->late[i].table) == 0)
				db->preparing->late |= 1u << i;
	return SQLITE_OK;
}

void
db_late(struct db *db, const char *table, int (*flush)(void *ctx, struct err *e), void *ctx)
{
	assert(db->late_n < LATE_MAX);
	if (db->late_n == 0)
		sqlite3_set_authorizer(db->h, note_table, db);
	db->late[db->late_n++] = (struct db_late){ table, flush, ctx, false };
}

void
db_late_end(struct db *db)
{
	db->late_n = 0;
}

struct stmt *
db_stmt_early(struct db *db, const struct db_sql *sql, struct err *e)
{
	struct stmt *s = &db->stmts[sql - __start_csr_sql];
	int rc;

	if (s->s != NULL) {
		sqlite3_reset(s->s);
		sqlite3_clear_bindings(s->s);
		s->last = 0;
		return s;
	}
	s->db = db;
	s->name = sql->name;
	db->preparing = s;
	rc = sqlite3_prepare_v3(db->h, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &s->s, NULL);
	db->preparing = NULL;
	if (rc != SQLITE_OK) {
		db_fail(db, sql->name, rc, e);
		return NULL;
	}
	return s;
}

/* Writes what S would miss. */
static int
flush_late(struct db *db, const struct stmt *s, struct err *e)
{
	unsigned i;
	int bad = 0;

	for (i = 0; i < db->late_n && bad == 0; i++) {
		struct db_late *l = &db->late[i];

		if ((s->late & 1u << i) == 0 || l->flushing)
			continue;
		l->flushing = true;
		bad = l->flush(l->ctx, e);
		l->flushing = false;
	}
	return bad;
}

struct stmt *
db_stmt(struct db *db, const struct db_sql *sql, struct err *e)
{
	struct stmt *s = db_stmt_early(db, sql, e);

	if (s == NULL || s->late == 0)
		return s;
	return flush_late(db, s, e) < 0 ? NULL : s;
}

/* What a SELECT from outside may do: read the tables of the desk by SQL's own functions. */
static int
allow(void *unused, int action, const char *a, const char *b, const char *database,
    const char *trigger)
{
	(void)unused;
	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_READ:
		return strcmp(a, "secret") == 0 ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_FUNCTION:
		return strcmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

/* Ends a statement from outside that would never end by itself, and so hold the log. */
static int
is_late(void *ctx)
{
	const struct db *db = ctx;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec >= db->query_until_s;
}

static void
limit(struct db *db)
{
	const char *wanted = getenv("CSR_QUERY_SECONDS");
	struct timespec now;
	long seconds = wanted != NULL ? strtol(wanted, NULL, 10) : 0;

	clock_gettime(CLOCK_MONOTONIC, &now);
	db->query_until_s = now.tv_sec + (seconds > 0 ? seconds : QUERY_SECONDS);
	sqlite3_progress_handler(db->h, QUERY_STEPS, is_late, db);
	sqlite3_limit(db->h, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db->h, SQLITE_LIMIT_LENGTH, QUERY_LENGTH);
	sqlite3_limit(db->h, SQLITE_LIMIT_EXPR_DEPTH, QUERY_DEPTH);
	sqlite3_limit(db->h, SQLITE_LIMIT_VDBE_OP, QUERY_OPS);
}

int
db_query(struct db *db, const char *name, const char *text, struct stmt **out,
    struct err *e)
{
	struct stmt *s = xcalloc(1, sizeof(*s));
	const char *rest = NULL;
	int rc;

	limit(db);
	sqlite3_set_authorizer(db->h, allow, NULL);
	rc = sqlite3_prepare_v2(db->h, text, -1, &s->s, &rest);
	sqlite3_set_authorizer(db->h, db->late_n > 0 ? note_table : NULL, db);
	s->db = db;
	s->name = name;
	s->foreign = true;
	*out = s;
	if (rc == SQLITE_NOMEM)
		mem_die();
	if (rc == SQLITE_AUTH)
		err_set(e, ERR_CONFIG, "%s: a report may only read: %s", name,
		    sqlite3_errmsg(db->h));
	else if (rc != SQLITE_OK || s->s == NULL)
		err_set(e, ERR_CONFIG, "%s: %s", name,
		    rc != SQLITE_OK ? sqlite3_errmsg(db->h) : "no statement");
	else if (!sqlite3_stmt_readonly(s->s))
		err_set(e, ERR_CONFIG, "%s: a report may only read", name);
	else if (rest != NULL && rest[strspn(rest, " \t\r\n;")] != '\0')
		err_set(e, ERR_CONFIG, "%s: more than one statement", name);
	else
		return 0;
	stmt_free(s);
	*out = NULL;
	return -1;
}

void
db_stmt_release(struct stmt *s)
{
	int i;

	sqlite3_finalize(s->s);
	for (i = 0; i < PARAMS_SEEN; i++)
		free(s->names[i]);
}

void
stmt_free(struct stmt *s)
{
	if (s == NULL)
		return;
	db_stmt_release(s);
	free(s);
}

/* The parameter's number.  Names come in the order of the text nearly always.  SQLite's own
 * names do not live as long as the statement: it is made anew when the schema changes. */
static int
place(struct stmt *s, const char *name)
{
	int next = s->last + 1;

	if (next < PARAMS_SEEN && s->names[next] != NULL && strcmp(s->names[next], name) == 0)
		return s->last = next;
	next = sqlite3_bind_parameter_index(s->s, name);
	assert(next > 0 || s->foreign);
	if (next > 0 && next < PARAMS_SEEN && s->names[next] == NULL)
		s->names[next] = xstrdup(name);
	if (next > 0)
		s->last = next;
	return next;
}

void
stmt_int(struct stmt *s, const char *name, int64_t v)
{
	sqlite3_bind_int64(s->s, place(s, name), v);
}

void
stmt_id(struct stmt *s, const char *name, int64_t id)
{
	if (id == 0)
		stmt_null(s, name);
	else
		stmt_int(s, name, id);
}

void
stmt_real(struct stmt *s, const char *name, double v)
{
	sqlite3_bind_double(s->s, place(s, name), v);
}

void
stmt_textn(struct stmt *s, const char *name, const char *v, size_t len)
{
	sqlite3_bind_text64(s->s, place(s, name), v, len, SQLITE_STATIC, SQLITE_UTF8);
}

void
stmt_text(struct stmt *s, const char *name, const char *v)
{
	stmt_textn(s, name, v, v != NULL ? strlen(v) : 0);
}

void
stmt_blob(struct stmt *s, const char *name, const void *p, size_t len)
{
	sqlite3_bind_blob64(s->s, place(s, name), p, len, SQLITE_STATIC);
}

void
stmt_null(struct stmt *s, const char *name)
{
	sqlite3_bind_null(s->s, place(s, name));
}

bool
stmt_has(const struct stmt *s, const char *name)
{
	return sqlite3_bind_parameter_index(s->s, name) > 0;
}

int
stmt_step(struct stmt *s, struct err *e)
{
	int rc = sqlite3_step(s->s);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE) {
		sqlite3_reset(s->s);
		return 0;
	}
	db_fail(s->db, s->name, rc, e);
	sqlite3_reset(s->s);
	return -1;
}

int
stmt_run(struct stmt *s, struct err *e)
{
	int got;

	do
		got = stmt_step(s, e);
	while (got > 0);
	return got;
}

int
stmt_one(struct stmt *s, int64_t *v, struct err *e)
{
	int got = stmt_step(s, e);

	if (got > 0) {
		*v = stmt_col_int(s, 0);
		stmt_reset(s);
	}
	return got;
}

void
stmt_reset(struct stmt *s)
{
	sqlite3_reset(s->s);
}

int
stmt_cols(const struct stmt *s)
{
	return sqlite3_column_count(s->s);
}

const char *
stmt_col_name(const struct stmt *s, int i)
{
	return sqlite3_column_name(s->s, i);
}

int64_t
stmt_col_int(const struct stmt *s, int i)
{
	return sqlite3_column_int64(s->s, i);
}

double
stmt_col_real(const struct stmt *s, int i)
{
	return sqlite3_column_double(s->s, i);
}

const char *
stmt_col_text(const struct stmt *s, int i)
{
	return (const char *)sqlite3_column_text(s->s, i);
}

size_t
stmt_col_len(const struct stmt *s, int i)
{
	return (size_t)sqlite3_column_bytes(s->s, i);
}

const void *
stmt_col_blob(const struct stmt *s, int i)
{
	return sqlite3_column_blob(s->s, i);
}

bool
stmt_col_null(const struct stmt *s, int i)
{
	return sqlite3_column_type(s->s, i) == SQLITE_NULL;
}

enum db_type
stmt_col_type(const struct stmt *s, int i)
{
	switch (sqlite3_column_type(s->s, i)) {
	case SQLITE_NULL:
		return DB_NULL;
	case SQLITE_INTEGER:
		return DB_INT;
	case SQLITE_FLOAT:
		return DB_REAL;
	default:
		return DB_TEXT;
	}
}
