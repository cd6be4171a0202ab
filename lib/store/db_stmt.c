/* db_stmt - prepared statements of SQLite */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db_private.h"

struct stmt *
db_stmt(struct db *db, const struct db_sql *sql, struct err *e)
{
	struct stmt *s = &db->stmts[sql - __start_csr_sql];
	int rc;

	if (s->s != NULL) {
		sqlite3_reset(s->s);
		sqlite3_clear_bindings(s->s);
		s->last = 0;
		return s;
	}
	rc = sqlite3_prepare_v3(db->h, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &s->s, NULL);
	if (rc != SQLITE_OK) {
		db_fail(db, sql->name, rc, e);
		return NULL;
	}
	s->db = db;
	s->name = sql->name;
	return s;
}

int
db_query(struct db *db, const char *name, const char *text, struct stmt **out,
    struct err *e)
{
	struct stmt *s = xcalloc(1, sizeof(*s));
	const char *rest = NULL;
	int rc = sqlite3_prepare_v2(db->h, text, -1, &s->s, &rest);

	s->db = db;
	s->name = name;
	s->foreign = true;
	*out = s;
	if (rc != SQLITE_OK || s->s == NULL)
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
stmt_free(struct stmt *s)
{
	if (s == NULL)
		return;
	sqlite3_finalize(s->s);
	free(s);
}

/* The parameter's number.  Names come in the order of the text nearly always. */
static int
place(struct stmt *s, const char *name)
{
	int next = s->last + 1;

	if (next < PARAMS_SEEN && s->names[next] != NULL && strcmp(s->names[next], name) == 0)
		return s->last = next;
	next = sqlite3_bind_parameter_index(s->s, name);
	assert(next > 0 || s->foreign);
	if (next > 0 && next < PARAMS_SEEN)
		s->names[next] = sqlite3_bind_parameter_name(s->s, next);
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
